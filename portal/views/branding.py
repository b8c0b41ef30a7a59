"""The colours and the logo that whoever runs the portal has set, under addresses that change with them."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from portal import branding, colours

FOR_GOOD = "public, max-age=31536000, immutable"


@login_not_required
@require_safe
def sheet(request, digest):
    """The colours, as a stylesheet that follows the portal's own."""
    css = colours.sheet(settings.SITE_COLOURS).encode() if settings.SITE_COLOURS else b""
    return _kept(css, "text/css; charset=utf-8", digest)


@login_not_required
@require_safe
def logo(request, digest):
    content, kind = branding.logo(settings.SITE_LOGO) if settings.SITE_LOGO else (b"", "")
    return _kept(content, kind, digest)


def _kept(content, kind, digest):
    if not content or digest != branding.digest(content):
        raise Http404
    return HttpResponse(content, content_type=kind, headers={"Cache-Control": FOR_GOOD})
