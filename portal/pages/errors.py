"""Answers when something is not there, not allowed, or broken."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseForbidden, HttpResponseServerError
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from portal import languages, unsent

CERTAIN_FOR = timedelta(days=360)  # of whom one tells of a weakness; RFC 9116 wants less than a year


def not_found(request, exception):
    """What does not exist and what one may not see answer with the same bytes; the signed-out may sign in."""
    return render(request, "404.html", status=404)


def not_allowed(request, exception):
    return render(request, "403.html", status=403)


def broken(request):
    """Say so without asking the database, the session or the context processors: any of them may be why."""
    with translation.override(languages.supported(request.path_info.split("/")[1])):
        return HttpResponseServerError(loader.render_to_string("500.html", what_was_sent(request)))


def expired(request, reason=""):
    """A form without the token of this moment, mostly for one signed in elsewhere in the same browser meanwhile."""
    with translation.override(languages.supported(request.path_info.split("/")[1])):
        context = what_was_sent(request) | {"bore_cookie": settings.CSRF_COOKIE_NAME in request.COOKIES}
        return HttpResponseForbidden(loader.render_to_string("403_csrf.html", context))


def what_was_sent(request):
    """The form that did not arrive, with a token to send it again; both are asked of the request alone."""
    sent = unsent.of(request)
    return {"sent": sent, "token": get_token(request) if sent else ""}


@login_not_required
@require_safe
def robots(request):
    """Everything public may be found; pages that should not be say so themselves."""
    words = f"User-agent: *\nDisallow: /*/search/\n\nSitemap: {settings.SITE_URL}{reverse('sitemap')}\n"
    return HttpResponse(words, content_type="text/plain")


@login_not_required
@require_safe
def security(_request):
    """Whom one tells of a weakness, in which languages, until when that is certain (RFC 9116)."""
    ends = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + CERTAIN_FOR
    lines = (
        f"Contact: mailto:{settings.SECURITY_EMAIL}",
        f"Expires: {ends:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(languages.CODES)}",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
