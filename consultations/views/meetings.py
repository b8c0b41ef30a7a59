"""Coordinators set the meetings of a consultation, move them, call them off."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from consultations.forms.meetings import MeetingForm
from consultations.models import Consultation, Meeting
from consultations.operations import meetings
from consultations.permissions import can_edit
from portal.permissions import require


def new(request, key):
    """Set a meeting of a consultation."""
    found = get_object_or_404(Consultation.objects.visible_to(request.reader), key=key)
    require(can_edit(request.user, found))
    form = MeetingForm(request.POST or None, request=request, consultation=found)
    if request.method != "POST" or not form.carry_out(add, found, by=request.user):
        status = 200 if request.method != "POST" else 422
        context = {"consultation": found, "meeting": None, "form": form}
        return render(request, "consultations/meeting_edit.html", context, status=status)
    messages.success(request, _("The meeting is set."))
    return redirect(found)


def add(consultation, **values):
    """Set the meeting; the form leads back to its consultation."""
    return meetings.add(consultation, **values).consultation


def edit(request, key):
    """Change a meeting; whoever holds a place is told of a new time."""
    found = get_object_or_404(
        Meeting.objects.visible_to(request.reader).select_related("consultation"), key=key
    )
    require(can_edit(request.user, found.consultation))
    sent = request.POST or None
    form = MeetingForm(sent, request=request, consultation=found.consultation, meeting=found)
    if request.method != "POST" or not form.carry_out(change, found, by=request.user):
        status = 200 if request.method != "POST" else 422
        form.follow(Meeting.objects.visible_to(request.reader).get(pk=found.pk))
        context = {"consultation": found.consultation, "meeting": found, "form": form}
        return render(request, "consultations/meeting_edit.html", context, status=status)
    messages.success(request, _("The meeting is changed."))
    return redirect(found.consultation)


def change(meeting, **values):
    """Change the meeting; the form leads back to its consultation."""
    return meetings.edit(meeting, **values).consultation


@require_POST
def cancel(request, key):
    """Call a meeting off."""
    found = get_object_or_404(
        Meeting.objects.visible_to(request.reader).select_related("consultation"), key=key
    )
    require(can_edit(request.user, found.consultation))
    meetings.cancel(found, by=request.user)
    messages.success(request, _("The meeting is called off. Whoever holds a place is told."))
    return redirect(found.consultation)


@require_POST
def remove(request, key):
    """Take a meeting out of a draft."""
    found = get_object_or_404(
        Meeting.objects.visible_to(request.reader).select_related("consultation"), key=key
    )
    require(can_edit(request.user, found.consultation))
    meetings.remove(found, by=request.user)
    messages.success(request, _("The meeting is taken out of the draft."))
    return redirect(found.consultation)
