"""How people without account come back to what they wrote: by a code, kept in the session as its digest."""

from allauth.account.adapter import get_adapter
from django.conf import settings

from portal import tokens
from portal.operations import limits

KEPT = "contributions"
MOST = 20
TRIES = (limits.Rate(10, limits.HOUR), limits.Rate(30, limits.DAY))
BEGUN = (limits.Rate(10, limits.HOUR), limits.Rate(20, limits.DAY))


def held(request):
    """The digests of the codes that this browser has shown; without a session nothing is looked up."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return []
    return request.session.get(KEPT, [])


def remember(request, code):
    """Let this browser come back without the code, as long as its session lasts."""
    digest = tokens.digest(code)
    request.session[KEPT] = [digest, *(row for row in held(request) if row != digest)][:MOST]


def may_try(request):
    """Take one of the few tries at a code."""
    return limits.take("resume-code", sender(request), TRIES)


def may_begin(request):
    """Take one of the few contributions that people without account begin from one place."""
    return limits.take("stranger-contribution", sender(request), BEGUN)


def sender(request):
    """A keyed hash of where a request comes from, another one each day."""
    return get_adapter(request).get_client_ip(request)
