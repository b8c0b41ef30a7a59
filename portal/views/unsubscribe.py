"""Leaving messages, and choosing among them, from a link in any message: without signing in (RFC 8058)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from portal import tokens
from portal.forms.choices import ChoicesForm
from portal.models import Choice, Recipient
from portal.notifications import registry
from portal.operations import choices, writing

HELD = "messages"  # the session's key for a token that was taken out of the address


@csrf_exempt
@login_not_required
def stop(request, token):
    """A mail program's one click leaves the kind at once; a person comes to a page with a button."""
    recipient, kind = _stopping(token)
    if request.method == "POST":
        choices.choose(recipient, kind, how=Choice.How.NEVER, by=recipient.user)
        return HttpResponse(
            _("You will get no more messages of this kind."), content_type="text/plain; charset=utf-8"
        )
    request.session[HELD] = token
    return redirect("stop-messages-open")


@login_not_required
def stop_open(request):
    """The button that leaves a kind, and the one that comes back to it."""
    recipient, kind = _stopping(request.session.get(HELD, ""))
    if request.method == "POST":
        how = Choice.How.AT_ONCE if "again" in request.POST else Choice.How.NEVER
        choices.choose(recipient, kind, how=how, by=recipient.user)
        return redirect("stop-messages-open")
    has_left = recipient.choices.filter(kind=kind.name, objective=None, how=Choice.How.NEVER).exists()
    return render(request, "portal/stop_messages.html", {"kind": kind, "has_left": has_left})


@login_not_required
def choose(request, token):
    """Take the token out of the address, so that no later request or log carries it."""
    _choosing(token)
    request.session[HELD] = token
    return redirect("choices-open")


@login_not_required
def choose_open(request):
    """What one is told, kind by kind: by the link of a message, or signed in."""
    recipient = _recipient(request)
    if recipient is None:
        return redirect_to_login(request.get_full_path())
    form = ChoicesForm(request.POST or None, recipient=recipient)
    if request.method == "POST" and form.carry_out(choices.choose_all, recipient, by=recipient.user):
        messages.success(request, _("Your choices are saved."))
        return redirect("choices-open")
    status = 422 if request.method == "POST" else 200
    return render(request, "portal/choices.html", {"form": form, "recipient": recipient}, status=status)


def _recipient(request):
    """Whose messages these are: the holder of the link that was followed, else the person signed in."""
    if request.session.get(HELD):
        return _choosing(request.session[HELD])
    return Recipient.objects.keep_for_person(request.user) if request.user.is_authenticated else None


def _stopping(token):
    """The recipient and the kind that a token of a message's foot or header is for, or 404."""
    recipient, proof = _holder(token)
    for kind in registry.values():
        if kind.can_be_left and tokens.proves(proof, f"{writing.STOP}:{kind.name}", recipient.nonce):
            return recipient, kind
    raise Http404


def _choosing(token):
    """The recipient whose choices a token opens, or 404."""
    recipient, proof = _holder(token)
    if tokens.proves(proof, writing.CHOICES, recipient.nonce):
        return recipient
    raise Http404


def _holder(token):
    key, proof = tokens.split(token) or (None, b"")
    recipient = Recipient.objects.filter(key=key).select_related("user").first()
    if recipient is None:
        raise Http404
    return recipient, proof
