"""The lead of an organization registers it, sees how it stands, names other delegates, cancels."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations import calendars, sittings, turns
from consultations.forms.registrations import DelegatesForm, RegistrationForm
from consultations.models import Attendance, Consultation, Meeting, Quota, Registration, RegistrationLink
from consultations.models.registrations import sent_as
from consultations.operations import registrations
from consultations.permissions import can_answer, can_cancel, can_change, can_register_for, can_take_offer
from consultations.views import registration_answers
from consultations.views.consultations import calendar_file
from portal.permissions import require


def register(request, key):
    """Register an organization's delegates; without script, rows are added and taken away by the server."""
    found = consultation(request, key)
    free = organizations(request, found)
    if request.method == "POST":
        require(free)
    elif not free or not found.is_open(timezone.now()):
        return cannot_yet(request, found)
    asked = {"request": request, "consultation": found, "organizations": free, "person": request.user}
    asked |= registration_answers.asks(found)
    form = RegistrationForm(request.POST or None, request.FILES or None, **asked)
    if RegistrationForm.is_rearranged(request.POST):
        form = RegistrationForm(initial=form.rearranged(), **asked)
    elif request.method == "POST" and form.carry_out(registrations.register, found, by=request.user):
        return redirect(form.result)
    status = 422 if form.is_bound else 200
    context = {"consultation": found, "form": form, "now": timezone.now()}
    return render(request, "consultations/register.html", context, status=status)


def consultation(request, key):
    """What one registers for. What a page shows beside the form is not needed to take it: a crowd is quicker by that."""
    if request.method != "POST":
        return get_object_or_404(Consultation.objects.visible_to(request.reader).as_page(), key=key)
    found = Consultation.objects.find_visible_to(request.reader, key=key)
    if found is None:
        raise Http404
    return found


def organizations(request, consultation):
    """The organizations that this person may register now; one that is registered stays while its form is repeated."""
    mine = request.reader.organizations.values()
    if request.method != "POST":
        held = Registration.objects.visible_to(request.reader).filter(consultation=consultation).held()
        taken = set(held.values_list("organization_id", flat=True))
        mine = [row for row in mine if row.pk not in taken]
    return [row for row in mine if can_register_for(request.reader, consultation, row)]


def cannot_yet(request, consultation):
    """Say why one cannot register, and what to do about it."""
    reader = request.reader
    held = Registration.objects.visible_to(reader).filter(consultation=consultation).concerning(reader).held()
    context = {
        "consultation": consultation,
        "now": timezone.now(),
        "is_open": consultation.is_open(timezone.now()),
        "mine": held.select_related("organization"),
        "organizations": list(reader.organizations.values()),
        "leads_one": bool(reader.led_ids),
    }
    return render(request, "consultations/register_not_yet.html", context)


@require_safe
def registration(request, key):
    """How a registration stands; for its people, its delegates and its coordinators."""
    found = get_object_or_404(rows(request), key=key)
    now, delegates = timezone.now(), list(found.delegates_for(request.reader))
    context = {
        "registration": found,
        "consultation": found.consultation,
        "now": now,
        "delegates": delegates,
        # Questions of a room that is closed again may name it.
        "answers": registration_answers.given(request, found) if found.shows_room else [],
        "can_answer_again": registration_answers.can_change(request, found, now),
        "sittings": sittings.of(found.consultation, request.reader, now),
        "can_change": can_change(request.user, found),
        "can_cancel": can_cancel(request.user, found),
        "can_answer": can_answer(request.user, found.consultation),
        "can_take_offer": can_take_offer(request.user, found),
        "is_ours": found.organization_id in request.reader.organizations,
    }
    context |= waiting(request.reader, found) | delegation(found, delegates, context)
    context |= attended(request.reader, found, now)
    return render(request, "consultations/registration.html", context)


def delegation(registration, delegates, context):
    """How many places have no name yet, for those who see all names; for the lead the link to pass on."""
    sees_all = registration.is_held and (context["is_ours"] or context["can_answer"])
    link = registration.links.filter(purpose=RegistrationLink.Purpose.DELEGATES).first()
    address = reverse("consultations:delegation-letter", args=[link.token]) if link else ""
    return {
        "unnamed": registration.delegates_count - len(delegates) if sees_all else 0,
        "link": settings.SITE_URL + address if address and context["can_change"] else "",
    }


def attended(reader, registration, now):
    """To which meetings its delegates came, for who may know; which room shows a code that this reader can type."""
    if registration.status != Registration.Status.CONFIRMED:
        return {"attended": [], "doors": []}
    rows = Attendance.objects.visible_to(reader).filter(registration=registration).values("meeting")
    meetings = Meeting.objects.visible_to(reader).filter(consultation=registration.consultation)
    came = meetings.filter(pk__in=rows).in_order().select_related("repeats")
    sent = registration.delegate_set.filter(pk__in=sent_as(reader).values("pk"))
    doors = meetings.filter(
        door_code__ends_at__gt=now, consultation__in=sent.values("registration__consultation")
    )
    return {"attended": list(came), "doors": list(doors.select_related("repeats"))}


def waiting(reader, registration):
    """Why a registration goes on waiting: its turn, and the quota that has no room for it."""
    if registration.status != Registration.Status.WAITLISTED:
        return {"turn": None, "quota": None}
    turn = turns.of(registration.consultation).get(registration.pk)
    rows = Quota.objects.visible_to(reader).select_related("consultation")
    return {"turn": turn, "quota": rows.filter(pk=turn.quota).first() if turn and turn.quota else None}


def rows(request):
    found = Registration.objects.visible_to(request.reader).with_place_in_line().with_room_for(request.reader)
    return found.select_related("consultation__process", "organization", "consent_text", "passed_over_for")


def delegates(request, key):
    """Name other delegates, or more or fewer of them."""
    found = get_object_or_404(rows(request), key=key)
    require(can_change(request.user, found))
    asked = {"request": request, "registration": found}
    form = DelegatesForm(request.POST or None, **asked)
    if DelegatesForm.is_rearranged(request.POST):
        form = DelegatesForm(initial=form.rearranged(), **asked)
    elif request.method == "POST" and form.carry_out(registrations.change_delegates, found, by=request.user):
        messages.success(request, _("The delegates are changed."))
        return redirect(form.result)
    status = 422 if form.is_bound else 200
    context = {"registration": found, "consultation": found.consultation, "form": form, "now": timezone.now()}
    if form.is_bound:
        context["saved"] = form.follow(get_object_or_404(rows(request), key=key))
    return render(request, "consultations/delegates.html", context, status=status)


def cancel(request, key):
    """Ask once more, then give the places back."""
    found = get_object_or_404(rows(request), key=key)
    require(can_cancel(request.user, found))
    if request.method != "POST":
        context = {"registration": found, "consultation": found.consultation}
        return render(request, "consultations/registration_cancel.html", context)
    registrations.cancel(found, by=request.user)
    messages.success(request, _("The registration is cancelled."))
    return redirect(found)


@require_safe
def calendar(request, key):
    """The meetings of a registration as a calendar file: with the join address while it is confirmed, then called off."""
    found = get_object_or_404(rows(request), key=key)
    return calendar_file(calendars.of_consultation(found.consultation, request.reader, as_held=True))
