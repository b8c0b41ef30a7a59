"""Delegations: the lead passes a link on, and delegates name themselves by it, without an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consultations.forms.registrations import OneselfForm
from consultations.models import Registration, RegistrationLink
from consultations.operations import delegates
from consultations.permissions import can_change
from portal.permissions import require

HELD = "delegation"  # the session's key for a token that was taken out of the address


@require_POST
def make(request, key):
    """Make the link, or another in its place."""
    found = to_change(request, key)
    delegates.open_link(found, by=request.user)
    messages.success(request, _("The link is made. Pass it on to those whom you send."))
    return redirect(found)


@require_POST
def close(request, key):
    """Close the link."""
    found = to_change(request, key)
    delegates.close_link(found, by=request.user)
    messages.success(request, _("The link is closed."))
    return redirect(found)


def to_change(request, key):
    rows = Registration.objects.visible_to(request.reader).select_related("consultation", "organization")
    found = get_object_or_404(rows, key=key)
    require(can_change(request.user, found))
    return found


@login_not_required
@require_safe
def letter(request, token):
    """Take the token out of the address, so that no later request or log carries it."""
    request.session[HELD] = token
    return redirect("consultations:delegation")


@login_not_required
def delegation(request):
    """Name oneself for a place of a delegation; of a closed room nothing is said."""
    link = RegistrationLink.held_by(request.session.get(HELD, ""), RegistrationLink.Purpose.DELEGATES)
    if link is None:
        raise Http404
    form = OneselfForm(request.POST or None, request=request, registration=link.registration)
    by = request.user if request.user.is_authenticated else None
    if request.method == "POST" and form.carry_out(delegates.name_oneself, link, by=by):
        messages.success(request, _("Thank you, you are named. We write to you when the place is confirmed."))
        return redirect("consultations:delegation")
    left = link.registration.delegates_count - link.registration.delegate_set.count()
    context = {"registration": link.registration, "form": form, "left": max(left, 0)}
    context["consultation"] = link.registration.consultation
    status = 422 if form.is_bound else 200
    return render(request, "consultations/delegation.html", context, status=status)
