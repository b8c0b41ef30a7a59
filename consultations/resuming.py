"""How people without account come back to what they wrote: by a code, kept in the session as its digest."""

import secrets

from allauth.account.adapter import get_adapter
from django.conf import settings

from portal import tokens
from portal.operations import limits

# Letters and figures that are not taken for one another; 26 of 32 make 130 bits.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH, CODE_GROUP = 26, 5
TAKEN_FOR = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
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


def new_code():
    """A fresh code in groups, as people copy it from a sheet of paper."""
    signs = "".join(secrets.choice(SIGNS) for _number in range(CODE_LENGTH))
    return spelled(signs)


def spelled(typed):
    """A code as it is kept: in capitals and groups, however it was typed; nothing where it can be none."""
    signs = "".join(sign for sign in typed.upper().translate(TAKEN_FOR) if sign.isalnum())
    if len(signs) != CODE_LENGTH or set(signs) - set(SIGNS):
        return ""
    return "-".join(signs[at : at + CODE_GROUP] for at in range(0, CODE_LENGTH, CODE_GROUP))
