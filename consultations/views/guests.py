"""Guests: coordinators invite them; they answer by a letter or signed in, and see what belongs to their meetings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consultations import sittings
from consultations.forms.guests import GuestForm
from consultations.models import Consultation, Guest, Meeting
from consultations.operations import guests as acts
from consultations.permissions import can_answer_as_guest, can_edit
from portal.converters import by_address
from portal.models import Organization
from portal.permissions import require

HELD = "guest"  # the session's key for a token that was taken out of the address
MOST = 300


def guests(request, key):
    """Who is invited to the widened meetings of a consultation, what each answered; invite one more."""
    found = get_object_or_404(Consultation.objects.visible_to(request.reader), key=key)
    require(can_edit(request.user, found))
    meetings = Meeting.objects.visible_to(request.reader).filter(consultation=found, cancelled_at=None)
    widened = meetings.filter(circle=Meeting.Circle.WIDENED).in_order().select_related("repeats")
    asked = {"request": request, "organizations": _invitable(request.reader), "meetings": widened}
    form = GuestForm(request.POST or None, **asked)
    if request.method == "POST" and form.carry_out(acts.invite, found, by=request.user):
        messages.success(request, _("The guest is invited, and the letter is on its way."))
        return redirect("consultations:guests", key=found.key)
    rows = Guest.objects.visible_to(request.reader).filter(consultation=found)
    rows = rows.select_related("organization", "recipient").prefetch_related("meetings__repeats")
    context = {
        "consultation": found,
        "form": form,
        "guests": rows.order_by("-pk")[:MOST],
        "has_widened": bool(widened),
    }
    return render(
        request, "consultations/guests.html", context, status=422 if request.method == "POST" else 200
    )


def _invitable(reader):
    """Verified organizations of the other constituencies."""
    rows = Organization.objects.visible_to(reader).filter(status=Organization.Status.VERIFIED)
    return rows.exclude(constituency=Organization.Constituency.CIVIL_SOCIETY).order_by("folded_name", "pk")


@require_POST
def withdraw(request, key):
    """Take an invitation back."""
    found = get_object_or_404(_rows(request), key=key)
    require(can_edit(request.user, found.consultation))
    acts.withdraw(found, by=request.user)
    messages.success(request, _("The invitation is taken back, and the guest is told."))
    return redirect("consultations:guests", key=found.consultation.key)


@require_safe
def invited(request):
    """All that one is invited to as a guest."""
    own = Guest.objects.visible_to(request.reader).of(request.reader).standing()
    rows = own.select_related("consultation", "organization").order_by("-pk")[:MOST]
    return render(request, "consultations/invited.html", {"guests": rows})


@require_safe
def guest(request, key):
    """An invitation, for the signed-in guest and the coordinators."""
    found = get_object_or_404(_rows(request), key=key)
    return _letter_page(request, found, is_held=False)


@require_POST
def answer(request, key):
    """The signed-in guest accepts or declines."""
    found = get_object_or_404(_rows(request), key=key)
    require(can_answer_as_guest(request.user, found))
    return _answer(request, found, found.get_absolute_url())


@login_not_required
@require_safe
def letter(request, token):
    """Take the token out of the address, so that no later request or log carries it."""
    request.session[HELD] = token
    return redirect("consultations:guest-letter-open")


@login_not_required
@require_safe
def letter_open(request):
    """Show what one is invited to, and two buttons; only the buttons answer."""
    found = _held(request)
    if found.consultation.is_closed_room:
        return redirect(found)
    return _letter_page(request, found, is_held=True)


@login_not_required
@require_POST
def letter_answer(request):
    """Accept or decline by the letter, without an account."""
    found = _held(request)
    if found.consultation.is_closed_room:
        return redirect(found)
    return _answer(request, found, reverse("consultations:guest-letter-open"))


def page(request, key):
    """A consultation as a guest of it sees it: the widened meetings of the invitation, and nothing else."""
    rows = Meeting.objects.visible_to(request.reader).select_related("consultation")
    address = {f"consultation__{name}": value for name, value in by_address(key).items()}
    meeting = rows.filter(**address).first()
    if meeting is None:
        raise Http404
    found, now = meeting.consultation, timezone.now()
    context = {
        "consultation": found,
        "now": now,
        "sittings": sittings.of(found, request.reader, now),
        "invitations": invitations(request, found),
    }
    return render(request, "consultations/consultation_guest.html", context)


def invitations(request, consultation):
    """The reader's invitations to a consultation that stand, each with `can_answer`."""
    if request.reader.is_anonymous:
        return []
    rows = Guest.objects.visible_to(request.reader).of(request.reader).standing()
    found = list(rows.filter(consultation=consultation).select_related("organization", "consultation"))
    for row in found:
        row.can_answer = can_answer_as_guest(request.user, row)
    return found


def _rows(request):
    return Guest.objects.visible_to(request.reader).select_related("consultation", "organization")


def _held(request):
    """The invitation whose token this browser brought, or 404."""
    found = Guest.held_by(request.session.get(HELD, ""))
    if found is None:
        raise Http404
    return found


def _answer(request, found, back):
    if request.POST.get("answer") == "accept":
        acts.accept(found, by=request.user if request.user.is_authenticated else None)
        messages.success(request, _("You have accepted. The address where one joins comes by mail."))
    elif request.POST.get("answer") == "decline":
        acts.decline(found, by=request.user if request.user.is_authenticated else None)
        messages.success(request, _("You have declined. You can still accept until the meeting is over."))
    return redirect(back)


def _letter_page(request, found, *, is_held):
    """What an invitation says, and its two buttons; nothing but the times of what one is invited to."""
    meetings = found.invited_meetings().in_order().select_related("repeats").defer("join_url")
    context = {
        "guest": found,
        "consultation": found.consultation,
        "meetings": meetings,
        "is_over": found.is_over(timezone.now()),
        "is_held": is_held,
        "can_answer": is_held or can_answer_as_guest(request.user, found),
    }
    return render(request, "consultations/guest.html", context)
