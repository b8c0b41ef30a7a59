"""Proving once more to be oneself, before what is sensitive, where there is neither password nor second factor."""

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from portal.forms.proofs import ProofForm
from portal.operations import proofs as operations
from portal.proofs import ask, ours

SENT = "proof"


def proof(request):
    """Type the code that was sent, and go on where one was."""
    wanted = ours(request, request.GET.get("next", "")) or reverse("account")
    if asked_otherwise(request):
        return ask(request, wanted)
    sent = request.session.get(SENT)
    form = ProofForm(request.POST or None)
    if request.method == "POST" and form.carry_out(
        operations.check_code, request.user, sent, by=request.user
    ):
        return go_on(request, wanted)
    again = f"{reverse('proof-send')}?{urlencode({'next': wanted})}"
    context = {"form": form, "again": again, "is_sent": operations.is_open(sent)}
    return render(request, "portal/proof.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def send(request):
    """Have a code sent to one's own address."""
    wanted = ours(request, request.GET.get("next", "")) or reverse("account")
    if asked_otherwise(request):
        return ask(request, wanted)
    request.session[SENT] = operations.send_code(request.user)
    return redirect(f"{reverse('proof')}?{urlencode({'next': wanted})}")


def asked_otherwise(request):
    """Whoever has a password or a second factor proves it with these: a code by mail would be a way around them."""
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    return methods[0]["url"] != reverse("proof")


def go_on(request, address):
    """Mark the session as proved just now, under a new key, and lead back."""
    del request.session[SENT]
    request.session.cycle_key()
    record_authentication(request, request.user, method="code", reauthenticated=True)
    return redirect(address)
