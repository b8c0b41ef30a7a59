"""Answers when something is not there, not allowed, or broken."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from portal import languages


def not_found(request, exception):
    """What does not exist and what one may not see answer with the same bytes; the signed-out may sign in."""
    return render(request, "404.html", status=404)


def not_allowed(request, exception):
    return render(request, "403.html", status=403)


def broken(request):
    """Say so without asking the database, the session or the context processors: any of them may be why."""
    with translation.override(languages.supported(request.path_info.split("/")[1])):
        return HttpResponseServerError(loader.render_to_string("500.html"))


@login_not_required
@require_safe
def robots(request):
    """Everything public may be found; pages that should not be say so themselves."""
    words = f"User-agent: *\nDisallow: /*/search/\n\nSitemap: {settings.SITE_URL}{reverse('sitemap')}\n"
    return HttpResponse(words, content_type="text/plain")
