"""What somebody sent who had been signed out, or had to prove first who it is: kept sealed until that is certain.

The session holds it, the key stands in a cookie of the same browser alone: whoever has a copy of the database cannot
read it, and after an hour nobody can. Of passwords nothing is ever kept.

Another cookie says to us alone who was signed in there last, and stays when she signs out: a form is kept for her and
for nobody else, on however many hands a device goes round; without it, nothing is kept.
"""

import base64
import json
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
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
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What no person types: pressed buttons, and what forms carry hidden.
CARRIED = {"act", "action_remove", "action_send", "add", "again", "approve", "draft", "everybody"}
CARRIED |= {"follow", "go_on", "look", "make", "preview", "read", "remove", "sure", "up", "what"}
CARRIED |= {"before", "next", "number", "once", "original", "rows", "seen", "version", "which"}
ARRIVED = (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)  # the page shows the form again
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
        return bool(self.passages or self.choices)

    @property
    def passages(self):
        """What a person has written, as opposed to what she chose."""
        return [value for _name, value in self.fields if len(value.split()) > 1]

    @property
    def choices(self):
        """What else she chose, or wrote in a word."""
        chosen = [value.strip() for name, value in self.fields if name not in CARRIED]
        return [value for value in chosen if len(value.split()) == 1 and not KEY.fullmatch(value)]

    @property
    def length(self):
        """How many characters it has."""
        return sum(len(value) for _name, value in self.fields)


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
    return sent if sent.says_something and sent.length <= MOST else None


def came_from_us(request):
    """Whether a browser says that a page of this very host sent the form."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    with suppress(ValueError):  # of what is no address
        return urlsplit(origin)[:2] == (request.scheme, request.get_host())
    return False


def remember(request, response):
    """Let a browser say later who is signed in there now; what others may keep, too, sets no cookie."""
    mark = mark_of(request.user)
    if mark and not _is_public(response) and whose(request, max_age=RENEWED) != mark:
        response.set_signed_cookie(WHOSE, mark, salt=WHOSE, max_age=settings.SESSION_COOKIE_AGE, **ATTRIBUTES)


def whose(request, *, max_age=settings.SESSION_COOKIE_AGE):
    """The mark of who was signed in last in this browser; empty where nobody was, or too long ago."""
    return request.get_signed_cookie(WHOSE, "", salt=WHOSE, max_age=max_age)


def mark_of(user):
    """What stands for a person, and says to nobody else who she is; empty for nobody."""
    return salted_hmac(WHOSE, str(user.pk), algorithm="sha256").hexdigest() if user.pk else ""


def keep(request):
    """Keep the form of a request in the session until its sender has signed in; say whether it is kept.

    A longer one that waits already is not given up for it.
    """
    sent, owner = of(request), mark_of(request.user) or whose(request)
    if sent is None or not owner or _held(request, owner).get("length", 0) > sent.length:
        return False
    if not limits.take("unsent", owner, RATES):
        return False
    key, lock = sealing.new_key()
    sealed = pyrage.encrypt(json.dumps(vars(sent), ensure_ascii=False).encode(), [sealing.lock(lock)])
    request.session[KEPT] = {
        "address": sent.address,
        "whose": owner,
        "length": sent.length,
        "until": time.time() + SECONDS,
        "sealed": base64.b64encode(sealed).decode(),
    }
    if not request.user.is_authenticated:
        request.session.set_expiry(SECONDS)
    request.key_of_unsent = key  # the answer sets the cookie
    return True


def kept(request):
    """The form that waits for this person in this browser, or None."""
    held, key = _held(request, mark_of(request.user)), request.COOKIES.get(COOKIE, "")
    if not held:
        forget(request)
        return None
    try:
        opened = pyrage.decrypt(base64.b64decode(held["sealed"]), [sealing.key(key)])
    except (ValueError, pyrage.DecryptError):
        return None
    return Sent(**json.loads(opened))


def _held(request, owner):
    """What the session holds of this person, whose time is not over; else nothing."""
    held = request.session.get(KEPT, {})
    return held if held and held["whose"] == owner and held["until"] > time.time() else {}


def forget(request):
    """Keep it no longer."""
    request.session.pop(KEPT, None)


def note_arrival(request, response):
    """What is sent to the address of what was kept is that form, or another one in its place."""
    if response.status_code >= HTTPStatus.BAD_REQUEST and response.status_code not in ARRIVED:
        return
    if request.session.get(KEPT, {}).get("address") == request.get_full_path():
        forget(request)


def hand_over_key(request, response):
    """Give the key of what was kept just now to the browser; take it back once nothing is kept."""
    if key := getattr(request, "key_of_unsent", ""):
        response.set_cookie(COOKIE, key, max_age=SECONDS, **ATTRIBUTES)
    elif request.COOKIES.get(COOKIE) and not _is_public(response) and KEPT not in request.session:
        response.set_cookie(COOKIE, "", max_age=0, **ATTRIBUTES)


def _is_public(response):
    return "public" in response.get("Cache-Control", "")
