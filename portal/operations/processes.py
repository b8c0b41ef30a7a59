"""Processes and their phases: one of them is the current one; phases are shown and hidden with their process."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.errors import Refused
from portal.models import Phase, Process, ended_before
from portal.operations import log, publication, records

create = records.create


@transaction.atomic
def edit(process, *, is_current=None, by, **values):
    """Change a process from the version that was shown; made the current one, it takes the place of the one before."""
    if is_current:
        for before in Process.objects.select_for_update().filter(is_current=True).exclude(pk=process.pk):
            before.is_current = False
            before.save(update_fields=["is_current"])
            publication.changed(before)
    if is_current is not None:
        values["is_current"] = is_current
    return records.edit(process, **values, by=by)


@transaction.atomic
def publish(process, *, by):
    """Show a process and its phases to their readers; the first of all is the current one, unless it is over."""
    process = records.publish(process, by=by)
    others = Process.objects.filter(Q(status=Process.Status.PUBLISHED) | Q(is_current=True))
    if not others.exclude(pk=process.pk).exists():
        is_over = Process.objects.filter(ended_before(clock.now().date()), pk=process.pk).exists()
        process.is_current = not is_over
        process.save(update_fields=["is_current"])
    hidden = process.phases.filter(status__in=[Phase.Status.DRAFT, Phase.Status.WITHDRAWN])
    for phase in hidden.order_by("pk"):
        records.publish(phase, by=by)
    return process


@transaction.atomic
def withdraw(process, *, by):
    """Take a process and its phases away from their readers; it is no longer the current one."""
    process = records.withdraw(process, by=by)
    if process.is_current:
        process.is_current = False
        process.save(update_fields=["is_current"])
    for phase in process.phases.filter(status=Phase.Status.PUBLISHED).order_by("pk"):
        records.withdraw(phase, by=by)
    return process


@transaction.atomic
def add_phase(process, *, by, **values):
    """Add a phase to a process; it is shown at once where the process is."""
    process = records.lock(process)
    phase = records.create(Phase, process=process, **values, by=by)
    return records.publish(phase, by=by) if process.status == Process.Status.PUBLISHED else phase


@transaction.atomic
def remove_phase(phase, *, by):
    """Take a phase off the road: a draft for good, one that was shown is withdrawn."""
    phase = records.lock(phase)
    process = phase.process
    if process is None:
        raise Refused(_("This phase belongs to no process."))
    if phase.status == Phase.Status.PUBLISHED:
        records.withdraw(phase, by=by)
    elif phase.status == Phase.Status.DRAFT:
        phase.delete()
        log.record("phase removed", process, by=by)
    return process
