"""What somebody sent who had been signed out, or had to prove first who it is: kept sealed until that is certain.

The session holds it, the key stands in a cookie of the same browser alone: whoever has a copy of the database cannot
read it, and after an hour nobody can. Of passwords nothing is ever kept.

Another cookie says to us alone who was signed in there last, and stays when she signs out: a form is kept for her and
for nobody else, on however many hands a device goes round; without it, nothing is kept.
"""

import base64
import json
import time
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import pyrage
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import UnreadablePostError
from django.utils.crypto import salted_hmac

from portal import sealing
from portal.operations import limits

KEPT = "unsent"  # in a session: whose it is, where it belongs, until when it is kept, the sealed form
COOKIE = f"{settings.SESSION_COOKIE_NAME}-unsent"
SECONDS = 3_600
MOST = 60_000  # characters
RATES = (limits.Rate(30, limits.HOUR),)
WHOSE = f"{settings.SESSION_COOKIE_NAME}-whose"
RENEWED = 24 * 3_600  # seconds after which a browser is told anew who is signed in there
ATTRIBUTES = {
    "secure": settings.SESSION_COOKIE_SECURE,
    "httponly": True,
    "samesite": settings.SESSION_COOKIE_SAMESITE,
}


@dataclass(frozen=True)
class Sent:
    """A form as it was sent: to which address, each field with its value; files are not kept."""

    address: str
    fields: list
    had_files: bool = False

    @property
    def says_something(self):
        """Whether anything was chosen or written: a mere button is pressed again more easily."""
        return any(name != "once" and any(map(str.isalpha, value)) for name, value in self.fields)

    @property
    def passages(self):
        """What a person has written, as opposed to what she chose."""
        return [value for _name, value in self.fields if len(value.split()) > 1]


def of(request):
    """The form of a request, where somebody wrote something in it and it came from a page of ours; else None."""
    view = request.resolver_match and request.resolver_match.func.__module__
    if request.method != "POST" or not view or view.startswith("allauth.") or not came_from_us(request):
        return None
    try:
        fields = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name != "csrfmiddlewaretoken"
        ]
        sent = Sent(request.get_full_path(), fields, had_files=bool(request.FILES))
    except (UnreadablePostError, RequestDataTooBig, SuspiciousOperation):
        return None
    return sent if sent.says_something and sum(len(value) for _name, value in fields) <= MOST else None


def came_from_us(request):
    """Whether a browser says that a page of this very host sent the form."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    with suppress(ValueError):  # of what is no address
        return urlsplit(origin)[:2] == (request.scheme, request.get_host())
    return False


def remember(request, response):
    """Let a browser say later who is signed in there now."""
    mark = mark_of(request.user)
    if mark and whose(request, max_age=RENEWED) != mark:
        response.set_signed_cookie(WHOSE, mark, salt=WHOSE, max_age=settings.SESSION_COOKIE_AGE, **ATTRIBUTES)


def whose(request, *, max_age=settings.SESSION_COOKIE_AGE):
    """The mark of who was signed in last in this browser; empty where nobody was, or too long ago."""
    return request.get_signed_cookie(WHOSE, "", salt=WHOSE, max_age=max_age)


def mark_of(user):
    """What stands for a person, and says to nobody else who she is; empty for nobody."""
    return salted_hmac(WHOSE, str(user.pk), algorithm="sha256").hexdigest() if user.pk else ""


def keep(request):
    """Keep the form of a request in the session until its sender has signed in; say whether there was one to keep."""
    sent, owner = of(request), mark_of(request.user) or whose(request)
    if sent is None or not owner or not limits.take("unsent", owner, RATES):
        return False
    key, lock = sealing.new_key()
    sealed = pyrage.encrypt(json.dumps(vars(sent), ensure_ascii=False).encode(), [sealing.lock(lock)])
    request.session[KEPT] = {
        "address": sent.address,
        "whose": owner,
        "until": time.time() + SECONDS,
        "sealed": base64.b64encode(sealed).decode(),
    }
    if not request.user.is_authenticated:
        request.session.set_expiry(SECONDS)
    request.key_of_unsent = key  # the answer sets the cookie
    return True


def kept(request):
    """The form that waits for this person in this browser, or None."""
    held, key = request.session.get(KEPT), request.COOKIES.get(COOKIE, "")
    if held and (held["until"] < time.time() or held["whose"] != mark_of(request.user)):
        forget(request)
        return None
    if not held:
        return None
    try:
        opened = pyrage.decrypt(base64.b64decode(held["sealed"]), [sealing.key(key)])
    except (ValueError, pyrage.DecryptError):
        return None
    return Sent(**json.loads(opened))


def forget(request):
    """Keep it no longer."""
    request.session.pop(KEPT, None)


def note_arrival(request):
    """What is sent to the address of what was kept is that form, or another one in its place."""
    if request.session.get(KEPT, {}).get("address") == request.get_full_path():
        forget(request)
