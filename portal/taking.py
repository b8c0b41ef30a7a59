"""Whole lists that are taken as files: so many in some minutes, whoever asks and whichever lists they are."""

from functools import wraps
from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django.shortcuts import render

from portal.operations import limits


def may_take(request):
    """Take one of the lists that an account, or else an address, may have in some minutes; False: none is left."""
    asks = request.user.pk or get_adapter(request).get_client_ip(request)
    return limits.take("files", str(asks), limits.FILES)


def within_limit(view):
    """A view that answers with a list as a file, within this limit; beyond it, a page for people says so."""

    @wraps(view)
    def limited(request, *args, **kwargs):
        if not may_take(request):
            return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
        return view(request, *args, **kwargs)

    return limited
