"""Doors into official processes: the guide to one's own, what each asks for, who sees what is handed in, own notes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consultations import doors
from consultations.forms.accreditation import DoorNoteForm, GuideForm, TrackForm
from consultations.models import AccreditationTrack, DoorNote
from consultations.operations import accreditation
from consultations.permissions import can_draft, can_edit
from portal import panels
from portal.converters import by_address
from portal.models import Process
from portal.permissions import require
from portal.views.records import Editor

MOST = 200
IN_ORDER = (
    F("process__begins_on").desc(nulls_last=True),
    "process",
    F("deadline_at").asc(nulls_last=True),
    "pk",
)

editor = Editor(
    name="accreditation-track",
    model=AccreditationTrack,
    form=TrackForm,
    heads=(_("Draft a door"), _("Edit the door")),
    listing="consultations:accreditation-tracks",
    may_begin=can_draft,
)


@login_not_required
@require_safe
def tracks(request):
    """The doors of each process, the newest process first."""
    rows = AccreditationTrack.objects.visible_to(request.reader).published().select_related("process")
    context = {
        "tracks": rows.order_by(*IN_ORDER)[:MOST],
        "now": timezone.now(),
        "can_draft": can_draft(request.user),
    }
    return render(request, "consultations/accreditation_tracks.html", context)


@login_not_required
@require_safe
def guide(request):
    """A few plain questions lead to the right doors; what is not known of a door keeps it in sight."""
    rows = AccreditationTrack.objects.visible_to(request.reader).published().select_related("process")
    processes = Process.objects.visible_to(request.reader).published().filter(accreditation_tracks__in=rows)
    form = GuideForm(
        request.GET,
        processes=list(processes.distinct().order_by(F("begins_on").desc(nulls_last=True), "-pk")),
    )
    if form.process_chosen:
        rows = rows.filter(process=form.process_chosen)
    found = [doors.weigh(row, form.answers) for row in rows.order_by(*IN_ORDER)[:MOST]]
    with_notes(request.reader, found)
    context = {
        "form": form,
        "now": timezone.now(),
        "groups": [(fit, [door for door in found if door.fit == fit]) for fit in ("fits", "may", "not")],
        "is_asked": form.is_bound,
    }
    return render(request, "consultations/accreditation_guide.html", context)


def with_notes(reader, found):
    """Put the newest note of each of one's organizations beside its door."""
    newest = {}
    rows = DoorNote.objects.visible_to(reader).filter(track__in=[door.track for door in found])
    for note in rows.select_related("organization").order_by("on", "pk"):
        newest[note.track_id, note.organization_id] = note
    for door in found:
        door.notes = [note for (track, _organization), note in newest.items() if track == door.track.pk]


@login_not_required
@require_safe
def track(request, key):
    """One door, with its checklist and a warning before the way out, and what one's organization noted of it."""
    return show(request, found_at(request, key), key)


def found_at(request, key):
    rows = AccreditationTrack.objects.visible_to(request.reader).prefetch_related("moved_dates", "objectives")
    return get_object_or_404(rows, **by_address(key))


def show(request, found, key, form=None):
    if key != found.address_key and form is None:
        return redirect(found, permanent=True)
    reader, now = request.reader, timezone.now()
    others = AccreditationTrack.objects.visible_to(reader).published()
    notes = DoorNote.objects.visible_to(reader).filter(track=found)
    if form is None and reader.organizations:
        form = DoorNoteForm(request=request, today=timezone.localdate())
    context = {
        "track": found,
        "now": now,
        "process": Process.objects.visible_to(reader).filter(pk=found.process_id).first(),
        "others": others.filter(process__isnull=False, process=found.process_id).exclude(pk=found.pk)[:MOST],
        "notes": notes.select_related("organization").order_by("-on", "-pk")[:MOST],
        "note_form": form,
        "has_several": len(reader.organizations) > 1,
        "can_edit": can_edit(request.user, found),
        "panels": panels.of(found, reader, get_language()),
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "consultations/accreditation_track.html", context, status=status)


@require_POST
def note(request, key):
    """Note where one's organization stands with a door."""
    found = found_at(request, str(key))
    require(request.reader.organizations)
    form = DoorNoteForm(request.POST, request=request)
    if not form.carry_out(accreditation.note, found, by=request.user):
        return show(request, found, str(key), form)
    messages.success(request, _("The note is kept. Only people of your organization see it."))
    return redirect(form.result)


@require_POST
def note_remove(request, key):
    """Take back a note of one's organization."""
    found = get_object_or_404(DoorNote.objects.visible_to(request.reader).select_related("track"), key=key)
    found = accreditation.forget(found, by=request.user)
    messages.success(request, _("The note is removed."))
    return redirect(found)
