"""Doors into official processes: who needs which, what it asks for, by when, and who sees what is handed in."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from consultations.models import AccreditationTrack
from consultations.permissions import can_edit
from portal import panels
from portal.converters import by_address
from portal.models import Process

MOST = 200


@login_not_required
@require_safe
def tracks(request):
    """The doors of each process, the newest process first."""
    rows = AccreditationTrack.objects.visible_to(request.reader).published().select_related("process")
    order = (F("process__begins_on").desc(nulls_last=True), "process", F("deadline_at").asc(nulls_last=True))
    context = {"tracks": rows.order_by(*order, "pk")[:MOST], "now": timezone.now()}
    return render(request, "consultations/accreditation_tracks.html", context)


@login_not_required
@require_safe
def track(request, key):
    """One door, with its checklist and a warning before the way out."""
    rows = AccreditationTrack.objects.visible_to(request.reader).prefetch_related("moved_dates", "objectives")
    found = get_object_or_404(rows, **by_address(key))
    if key != found.address_key:
        return redirect(found, permanent=True)
    others = AccreditationTrack.objects.visible_to(request.reader).published()
    context = {
        "track": found,
        "now": timezone.now(),
        "process": Process.objects.visible_to(request.reader).filter(pk=found.process_id).first(),
        "others": others.filter(process__isnull=False, process=found.process_id).exclude(pk=found.pk)[:MOST],
        "can_edit": can_edit(request.user, found),
        "panels": panels.of(found, request.reader, get_language()),
    }
    return render(request, "consultations/accreditation_track.html", context)
