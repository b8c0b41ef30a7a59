"""Who came: taken from the list by a coordinator, or told by a delegate with the code at the door."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Attendance, Delegate, DoorCode, Registration
from portal import clock, tokens
from portal.errors import Refused
from portal.operations import log

VALID = timedelta(minutes=15)


@transaction.atomic
def take(meeting, *, came=(), left=(), by):
    """Note of these delegates that they came, of those that they did not; of the others nothing changes."""
    _refuse_cancelled(meeting)
    expected = {delegate.key: delegate for delegate in expected_at(meeting)}
    _note(meeting, [expected[key] for key in came if key in expected], Attendance.Way.LIST, by=by)
    Attendance.objects.filter(meeting=meeting, delegate__key__in=left).delete()
    log.record("attendance taken", meeting, by=by)
    return meeting


@transaction.atomic
def show_code(meeting, *, by):
    """Make a code for the room to see for a short while; the one before opens nothing any more."""
    _refuse_cancelled(meeting)
    values = {"nonce": tokens.nonce(), "ends_at": clock.now() + VALID, "made_by": by}
    made = DoorCode.objects.update_or_create(meeting=meeting, defaults=values)[0]
    log.record("code at the door made", meeting, by=by)
    return made


@transaction.atomic
def arrive(meeting, *, delegates, code, by):
    """Delegates say by the code of the room that they are there.

    Who came to a closed room is forgotten after a time; the log, which forgets nothing, does not hear of it.
    """
    shown = DoorCode.objects.filter(meeting=meeting, ends_at__gt=clock.now()).first()
    if shown is None or shown.code != code:
        raise Refused(_("This is not the code that the room sees now."), "code")
    _note(meeting, delegates, Attendance.Way.CODE, by=by)
    if not meeting.consultation.is_closed_room:
        log.record("arrived by the code", meeting, by=by)
    return meeting


def past():
    """Who came to a closed room, once the time of that is over (safety.md, D18)."""
    return Attendance.objects.filter(keep_until__lt=clock.now())


def expected_at(meeting):
    """The delegates who are confirmed for a meeting."""
    confirmed = Registration.Status.CONFIRMED
    rows = Delegate.objects.filter(
        registration__consultation=meeting.consultation_id, registration__status=confirmed
    )
    return rows.select_related("registration__organization").order_by(
        "registration__organization__folded_name", "registration_id", "pk"
    )


def _refuse_cancelled(meeting):
    if meeting.cancelled_at:
        raise Refused(_("This meeting is called off."))


def _note(meeting, delegates, way, *, by):
    until = None
    if meeting.consultation.is_closed_room:
        held = meeting.ends_at or meeting.starts_at or clock.now()
        until = held + timedelta(days=settings.KEEP_ATTENDANCE_DAYS)
    now = clock.now()
    rows = [
        Attendance(
            meeting=meeting,
            registration_id=delegate.registration_id,
            delegate=delegate,
            way=way,
            taken_by=by,
            taken_at=now,
            keep_until=until,
        )
        for delegate in delegates
    ]
    Attendance.objects.bulk_create(rows, ignore_conflicts=True)
