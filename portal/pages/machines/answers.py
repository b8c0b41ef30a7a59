"""Answers for programs: the same for everybody, fetched again only when changed, open to pages of other sites.

Other sites may read them (CORS) because nothing here depends on who asks: no cookie is looked at, so a page
elsewhere learns what its own server could have fetched, and no more.
"""

import hashlib
from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from portal.operations import limits

WAIT = int(limits.READING.within.total_seconds())
# Kept, but asked for again each time: what is withdrawn is gone from every copy at once.
KEPT = "public, no-cache"
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
}


def for_everybody(view, *, language=None):
    """A view that programs read, whoever asks, within the limit of readings: in this language, or in the address's."""

    @login_not_required
    @require_safe
    def open_view(request, *args, **kwargs):
        if not limits.take_reading(get_adapter(request).get_client_ip(request)):
            return too_many()
        with translation.override(language or translation.get_language()):
            request.method = "GET"  # the server leaves out the body of an answer to HEAD by itself
            response = view(request, *args, **kwargs)
        return kept(request, response)

    return open_view


def kept(request, response):
    """The answer with its ETag, or the word that nothing has changed."""
    opened(response)
    if response.status_code != HTTPStatus.OK:
        return response
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:  # whoever has signed in leaves no traces anywhere
        response["Cache-Control"] = KEPT
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag, None, response)


def too_many():
    """Refuse, and say when to come again."""
    response = opened(JsonResponse({"detail": "Too many requests: please wait."}, status=429))
    response["Retry-After"] = str(WAIT)
    return response


def opened(response):
    """The answer with the headers that let everybody read and keep it."""
    for name, value in OPEN.items():
        response[name] = value
    return response
