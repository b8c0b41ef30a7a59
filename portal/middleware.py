"""What every request and answer passes through: headers, the reader, the second factor, new proofs, refusals."""

import re
import time
import uuid
from datetime import timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from portal import proofs, unsent
from portal.errors import Refused
from portal.models import Reader, Session
from portal.redaction import request_id

# Nothing here answers to others; TRACE would show cookies to whoever asks for an echo.
METHODS = ["GET", "HEAD", "POST"]
LEAVING = {"account_logout", "my-data-erase"}
# Where somebody gives an address, and whether it is known here is nobody's business.
TAKING_ADDRESSES = {"account_login", "account_request_login_code", "account_signup", "account_reset_password"}
TAKING_ADDRESSES |= {"account_email", "code-again", "invite", "consultations:signature-new"}
TURNED_AWAY = {403, 405, 429}
LONGEST_ACCEPT_LANGUAGE = 200
REQUEST_ID = re.compile(r"[0-9a-f-]{16,64}")
OFF = ("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture")
OFF += ("encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "idle-detection")
OFF += ("local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture")
OFF += ("screen-wake-lock", "serial", "usb", "xr-spatial-tracking")
# Passkeys are ours alone, everything else is nobody's.
PERMISSIONS = ", ".join([*(f"{name}=()" for name in OFF), "publickey-credentials-get=(self)"])
PERMISSIONS += ", publickey-credentials-create=(self)"


def as_policy(directives):
    """Write a policy of Django 6's shape ({"default-src": ["'none'"], …}) as a header."""
    parts = []
    for name, sources in directives.items():
        if sources is True:
            parts.append(name)
        elif sources:
            sources = [sources] if isinstance(sources, str) else sources
            parts.append(f"{name} {' '.join(sources)}")
    return "; ".join(parts)


class SecurityHeaders:
    """Headers of every answer (safety.md, D12), the request's id, and a default of not being kept anywhere.

    Methods that nobody here uses are refused before anything else looks at them.

    A view that answers with a header of its own keeps it: files are sandboxed, public pages may be cached.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.headers = {
            "Content-Security-Policy": as_policy(settings.SECURE_CSP),
            "Permissions-Policy": PERMISSIONS,
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Embedder-Policy": "require-corp",
            "Cache-Control": "no-store, private",
        }

    def __call__(self, request):
        if len(request.META.get("HTTP_ACCEPT_LANGUAGE", "")) > LONGEST_ACCEPT_LANGUAGE:
            del request.META["HTTP_ACCEPT_LANGUAGE"]
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        request.id = given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        request_id.set(request.id)
        allowed = request.method in METHODS
        response = self.get_response(request) if allowed else HttpResponseNotAllowed(METHODS)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        response.headers["X-Request-ID"] = request.id
        match = request.resolver_match
        if match and match.view_name in LEAVING and request.method == "POST":
            # On a shared telephone nothing of the visit stays behind.
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


class EqualTimes:
    """Answers to whoever gives an address leave at whole steps of time: what the work took tells nothing (safety.md, G13).

    The work for a known address and for an unknown one is alike; a clock that is good enough tells them apart all the
    same where nothing evens them out. What is turned away before any address is looked at is not held up: nobody shall
    fill the server's threads with forms that cost nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began = time.monotonic()
        response = self.get_response(request)
        match = request.resolver_match
        takes_address = match and match.view_name in TAKING_ADDRESSES and request.method == "POST"
        if takes_address and settings.ANSWER_STEP and response.status_code not in TURNED_AWAY:
            time.sleep((began - time.monotonic()) % settings.ANSWER_STEP)
        return response


class CompressText(GZipMiddleware):
    """Compresses pages and other text on their way out; files keep their size, so that a download can be resumed.

    Django adds bytes at random, so that the length tells nothing of a secret in the page.
    """

    def process_response(self, request, response):
        is_text = response.headers.get("Content-Type", "").startswith(("text/", "application/json"))
        if not is_text or response.has_header("Accept-Ranges"):
            return response
        return super().process_response(request, response)


class ReaderMiddleware:
    """Sets `request.reader`, looked up only when asked for, and the reader's time zone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.reader = SimpleLazyObject(lambda: Reader.of(request.user))
        # Without a session cookie nobody is signed in, and the session stays untouched: the page may be cached.
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
        with timezone.override(zone_of(request.user) if signed_in else timezone.get_default_timezone()):
            return self.get_response(request)


def zone_of(user):
    """The zone of a person's settings; UTC where the name is no longer known."""
    try:
        return ZoneInfo(user.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


class SignInFirst(LoginRequiredMiddleware):
    """Sends the signed-out to sign in, and back to where they were: what they had sent is brought back there."""

    def handle_no_permission(self, request, view_func):
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        is_kept = unsent.keep(request)
        if is_kept:
            messages.info(
                request,
                _("You are signed out. What you typed is kept for an hour: sign in, and it comes back."),
            )
        came_from = reverse("unsent") if unsent.KEPT in request.session else proofs.came_from(request)
        return redirect_to_login(came_from or request.get_full_path(), self.get_login_url(view_func))

    def process_response(self, request, response):
        unsent.hand_over_key(request, response)
        return response


class Sessions:
    """Signs coordinators out who were away, or whose day is over; notes of the others, now and then, that they are here."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return self.get_response(request)
        self.look_at(request, timezone.now())
        response = self.get_response(request)
        unsent.remember(request, response)
        return response

    def look_at(self, request, now):
        row = request.session.row
        away = now - row.seen_at
        is_over = away > timedelta(minutes=settings.COORDINATORS_IDLE_MINUTES) or (
            now - row.began_at > timedelta(hours=settings.COORDINATORS_HOURS)
        )
        if is_over and coordinates_or_administers(request.reader):
            logout(request)
            request.reader = Reader.nobody()
            messages.info(
                request,
                _("You were signed out: coordinators are after half an hour without a click, or half a day."),
            )
        elif away > timedelta(seconds=settings.SESSIONS_SEEN_SECONDS) and not asks_by_itself(request):
            Session.objects.filter(pk=row.pk).update(seen_at=now)


def asks_by_itself(request):
    """Whether a part of a page asks how far something has come, which it does with nobody there, too."""
    return request.headers.get("HX-Trigger") == "told"


def coordinates_or_administers(reader):
    return not reader.is_anonymous and (reader.coordinates_something or reader.user.is_staff)


# Where one proves who one is: open also to those who have to set up a second factor first.
PROVING = {"proof", "proof-send"}
# What allauth asks a proof for only when the form is sent, or never: asked before anything is typed.
SENSITIVE = {"account_email", "account_set_password"}


class SecondFactor:
    """Sends coordinators and administrators without a second factor to set one up, where the setting asks it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, _args, _kwargs):
        if not settings.SECOND_FACTOR_REQUIRED or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        match = request.resolver_match
        if match.func.__module__.startswith("allauth.") or match.view_name in PROVING:
            return None
        reader = request.reader
        if not coordinates_or_administers(reader) or is_mfa_enabled(reader.user):
            return None
        messages.info(
            request, _("Coordinators and administrators sign in with a second factor. Please set one up.")
        )
        return redirect("mfa_index")


class Proofs:
    """Asks for a new proof before a sensitive act, and leads back to it (portal/proofs.py)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, _args, _kwargs):
        if request.resolver_match.view_name not in SENSITIVE or not request.user.is_authenticated:
            return None
        return None if proofs.is_fresh(request) else proofs.ask(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, ReauthenticationRequired) or not request.user.is_authenticated:
            return None
        return proofs.ask(request, getattr(exception, "back_to", ""))


class Refusals:
    """Turns the refusal of an act into a message on the page that the person came from."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Refused):
            return None
        messages.error(request, str(exception.message))
        before = proofs.came_from(request)
        # A page that refuses to be read would send its reader in a circle.
        is_circle = request.method != "POST" and urlsplit(before).path == request.path
        return redirect("home" if is_circle else before or "home")


class Arrivals:
    """Keeps what was typed no longer once its page has taken it, or shows it again: no wall stands further in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.has_arrived = False
        response = self.get_response(request)
        if request.has_arrived:
            unsent.note_arrival(request, response)
        return response

    def process_view(self, request, view, _args, _kwargs):
        request.has_arrived = request.method == "POST" and request.user.is_authenticated

    def process_exception(self, request, exception):
        """Refused or failed: the middleware further out may answer by leading elsewhere."""
        request.has_arrived = False
