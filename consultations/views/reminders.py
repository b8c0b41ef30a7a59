"""Reminders of a consultation: coordinators set when people are reminded, and see what was sent and what is due."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from consultations.forms.reminders import ABOUT, ReminderForm, RemoveReminderForm
from consultations.models import Consultation, Reminder
from consultations.operations import reminders as acts
from consultations.permissions import can_edit
from portal.permissions import require

MOST = 200


def reminders(request, key):
    """When people are reminded; one time more."""
    found = to_edit(request, key)
    form = ReminderForm(request.POST or None, request=request, consultation=found)
    if request.method == "POST" and form.carry_out(acts.set_time, found, by=request.user):
        messages.success(request, _("The reminder is set."))
        return redirect("consultations:reminders", key=found.key)
    rows = Reminder.objects.visible_to(request.reader).filter(consultation=found, dropped_at__isnull=True)
    context = {
        "consultation": found,
        "form": form,
        "before": [(about, label, getattr(found, acts.HOURS[about])) for about, label in ABOUT],
        "reminders": rows.select_related("meeting", "meeting__repeats").order_by("due_at", "pk")[:MOST],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "consultations/reminders.html", context, status=status)


@require_POST
def remove(request, key):
    """Remind at a time no more."""
    found = to_edit(request, key)
    if RemoveReminderForm(request.POST).carry_out(acts.remove_time, found, by=request.user):
        messages.success(request, _("The reminder is removed."))
    return redirect("consultations:reminders", key=found.key)


def to_edit(request, key):
    found = get_object_or_404(Consultation.objects.visible_to(request.reader), key=key)
    require(can_edit(request.user, found))
    return found
