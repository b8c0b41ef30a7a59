"""Leaving messages, and choosing among them, from a link in any message: without signing in (RFC 8058)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from portal import tokens
from portal.forms.choices import ChoicesForm, ExceptionForm
from portal.models import Choice, Recipient
from portal.notifications import registry
from portal.operations import choices, suppression, writing

RETURN = "messages-again"
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
@require_safe
def choose(request, token):
    """Take the token out of the address, so that no later request or log carries it."""
    _choosing(token)
    request.session[HELD] = token
    return redirect("choices-open")


@login_not_required
def choose_open(request):
    """What one is told, by the link of a message."""
    if not request.session.get(HELD):
        return redirect("account-messages")
    return _choices(request, _choosing(request.session[HELD]), "choices-open")


def own(request):
    """What one is told, signed in."""
    return _choices(request, Recipient.objects.keep_for_person(request.user), "account-messages")


@login_not_required
def again(request, token):
    """From the link that was sent to an address which once refused us: take the token out of the address."""
    _returning(token)
    request.session[RETURN] = token
    return redirect("messages-again-open")


@login_not_required
def again_open(request):
    """A button has us write to that address again."""
    recipient = _returning(request.session.get(RETURN, ""))
    if request.method == "POST":
        suppression.lift(recipient, by=recipient.user)
        messages.success(request, _("We write to this address again."))
        return redirect("home")
    return render(request, "portal/messages_again.html")


def _choices(request, recipient, here):
    """The choices for each kind and quiet days; the exceptions for single objectives; each saved by its button."""
    asked = request.POST.get("what", "") if request.method == "POST" else ""
    form = ChoicesForm(request.POST if asked == "choices" else None, recipient=recipient)
    exception = ExceptionForm(request.POST if asked == "exception" else None)
    if _is_done(request, recipient, asked, form, exception):
        messages.success(request, _("Your choices are saved."))
        return redirect(here)
    context = {
        "form": form,
        "exception": exception,
        "exceptions": choices.exceptions(recipient),
        "recipient": recipient,
    }
    return render(request, "portal/choices.html", context, status=422 if request.method == "POST" else 200)


def _is_done(request, recipient, asked, form, exception):
    by = recipient.user
    if asked == "choices":
        return form.carry_out(choices.choose_all, recipient, by=by)
    if asked == "exception":
        return exception.carry_out(choices.choose, recipient, by=by)
    if asked == "forget":
        choices.forget(recipient, request.POST.get("choice"), by=by)
        return True
    if asked == "again":
        return suppression.offer_return(recipient)
    return False


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


def _returning(token):
    """The suppressed recipient whose way back this token is, or 404."""
    recipient, proof = _holder(token)
    if recipient.suppressed_at and tokens.proves(proof, suppression.purpose(recipient), recipient.nonce):
        return recipient
    raise Http404


def _holder(token):
    key, proof = tokens.split(token) or (None, b"")
    recipient = Recipient.objects.filter(key=key).select_related("user").first()
    if recipient is None:
        raise Http404
    return recipient, proof
