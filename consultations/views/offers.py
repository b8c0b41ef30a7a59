"""Places that are offered: taken or given back by the lead who signed in, or by the link of the message."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consultations.models import Registration, RegistrationLink
from consultations.operations import offers
from consultations.permissions import can_take_offer
from portal.permissions import require

HELD = "offer"  # the session's key for a token that was taken out of the address


@require_POST
def answer(request, key):
    """The lead takes what is offered, or gives it back."""
    rows = Registration.objects.visible_to(request.reader).select_related("consultation", "organization")
    found = get_object_or_404(rows, key=key)
    require(can_take_offer(request.user, found))
    decide(request, found)
    return redirect(found)


@login_not_required
@require_safe
def letter(request, token):
    """Take the token out of the address, so that no later request or log carries it."""
    request.session[HELD] = token
    return redirect("consultations:offer-open")


@login_not_required
@require_safe
def letter_open(request):
    """Show what is offered, and two buttons; only the buttons decide."""
    found = held(request)
    if found.consultation.is_closed_room:
        return redirect(found)
    context = {"registration": found, "consultation": found.consultation}
    return render(request, "consultations/offer.html", context)


@login_not_required
@require_POST
def letter_answer(request):
    """Take it or give it back by the link, without an account."""
    found = held(request)
    if found.consultation.is_closed_room:
        return redirect(found)
    decide(request, found)
    return redirect("consultations:offer-open")


def decide(request, registration):
    by = request.user if request.user.is_authenticated else None
    if request.POST.get("answer") == "take":
        offers.accept(registration, by=by)
        messages.success(request, _("The registration is confirmed."))
    elif request.POST.get("answer") == "give-back":
        offers.give_back(registration, by=by)
        messages.success(request, _("Thank you. The place goes to the next in line."))


def held(request):
    """The registration whose offer this browser brought the link of, or 404."""
    link = RegistrationLink.held_by(request.session.get(HELD, ""), RegistrationLink.Purpose.OFFER)
    if link is None:
        raise Http404
    return link.registration
