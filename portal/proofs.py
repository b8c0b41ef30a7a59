"""Whether a person has proved just now to be herself: what sensitive acts ask for (safety.md, D8)."""

import time
from urllib.parse import urlencode, urlsplit

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.utils import is_mfa_enabled
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from portal import unsent


class ProofRequired(ReauthenticationRequired):
    """The act needs a new proof first; the person then goes on at `back_to`, or where she was."""

    def __init__(self, back_to=""):
        super().__init__(back_to)
        self.back_to = back_to


def is_fresh(request):
    """Whether the person signed in, or proved it again, a few minutes ago; with the second factor, if there is one."""
    counted = {"mfa"} if is_mfa_enabled(request.user) else {"code", "password"}
    records = get_authentication_records(request, request.user)
    proved = (row["at"] for row in records if row["method"] in counted or row.get("reauthenticated"))
    return time.time() - max(proved, default=0) < app_settings.REAUTHENTICATION_TIMEOUT


def require(request, back_to=""):
    """Ask for a new proof unless there is a fresh one; a file names the page that one takes it from."""
    if not is_fresh(request):
        raise ProofRequired(back_to)


def ask(request, back_to=""):
    """Lead to where this person proves it, and from there back; what she had typed is brought back there."""
    method = get_adapter(request).get_reauthentication_methods(request.user)[0]
    if not back_to and unsent.keep(request):
        back_to = reverse("unsent")
    back_to = back_to or (came_from(request) if request.method == "POST" else "") or request.get_full_path()
    return redirect(f"{method['url']}?{urlencode({'next': back_to})}")


def came_from(request):
    """The page of this site that the person came from; empty where there is none."""
    return ours(request, request.META.get("HTTP_REFERER", ""))


def ours(request, address):
    """An address of this very host; empty where it leads elsewhere."""
    hosts = {request.get_host()}
    allowed = url_has_allowed_host_and_scheme(address, allowed_hosts=hosts, require_https=request.is_secure())
    # Without a stroke it would be taken for the name of a page.
    return address if allowed and urlsplit(address).path.startswith("/") else ""
