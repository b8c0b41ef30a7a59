"""A rapporteur's notes on a meeting, read by those who report on it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from consultations.forms.meeting_notes import MeetingNoteForm
from consultations.models import Meeting, MeetingNote, Theme
from consultations.operations import meeting_notes
from consultations.permissions import can_read_for
from portal.permissions import require


def notes(request, key):
    """What was written down of a meeting, and a form for more."""
    rows = Meeting.objects.visible_to(request.reader).select_related("consultation__process")
    found = get_object_or_404(rows, key=key)
    require(can_read_for(request.user, found.consultation))
    themes = Theme.objects.visible_to(request.reader).filter(call__consultation=found.consultation)
    asked = {"request": request, "meeting": found, "themes": themes}
    form = MeetingNoteForm(request.POST or None, **asked)
    if request.method == "POST" and form.carry_out(meeting_notes.write, found, by=request.user):
        messages.success(request, _("The note is kept."))
        return redirect("consultations:meeting-notes", key=found.key)
    written = MeetingNote.objects.visible_to(request.reader).filter(meeting=found)
    context = {
        "meeting": found,
        "consultation": found.consultation,
        "form": form,
        "notes": written.select_related("objective").prefetch_related("themes").order_by("written_at", "pk"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "consultations/meeting_notes.html", context, status=status)


@require_POST
def remove(request, key):
    """Take a note back."""
    rows = MeetingNote.objects.visible_to(request.reader).select_related("meeting__consultation__process")
    found = get_object_or_404(rows, key=key)
    require(can_read_for(request.user, found.meeting.consultation))
    meeting = meeting_notes.remove(found, by=request.user)
    messages.success(request, _("The note is removed."))
    return redirect("consultations:meeting-notes", key=meeting.key)
