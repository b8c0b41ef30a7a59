"""Reminders are planned when dates are set, and sent by a sweep: late if need be, never twice."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation, Reminder
from consultations.notifications import ConsultationOpened, DeadlineNear, DelegatesToName, MeetingNear
from consultations.operations import lines
from portal import clock
from portal.errors import Refused
from portal.notifications import notify
from portal.operations import log

# Where the hours before stand that a coordinator sets.
HOURS = {
    Reminder.About.DEADLINE: "remind_before_deadline",
    Reminder.About.MEETING: "remind_before_meeting",
    Reminder.About.NAMING: "remind_to_name",
}
HELD = (Consultation.Status.OPEN, Consultation.Status.CLOSED)
MOST = 200  # reminders sent by one sweep: the next takes the others


@transaction.atomic
def plan(consultation):
    """Bring what is owed in step with the dates: what moved is due at another moment, what fell away is not due."""
    now, owed = clock.now(), consultation.reminders.owed()
    wanted = set(_wanted(consultation))
    for reminder in owed.exclude(about=Reminder.About.OPENING).exclude(is_set=True):
        if (reminder.about, reminder.meeting_id, reminder.due_at) not in wanted:
            reminder.delete()
    for about, meeting_id, due_at in wanted:
        # What would have been due already is not caught up with: people have just been told, or knew.
        if due_at > now:
            Reminder.objects.get_or_create(
                consultation=consultation, about=about, meeting_id=meeting_id, due_at=due_at
            )


@transaction.atomic
def set_time(consultation, *, about, hours=None, at=None, meeting=None, by):
    """Remind so many hours before what it is about, or at a moment that does not move."""
    consultation = lines.lock(consultation)
    if at is None:
        field = HOURS[about]
        setattr(consultation, field, sorted({*getattr(consultation, field), hours}, reverse=True))
        consultation.save(update_fields=[field])
        plan(consultation)
    else:
        _set_moment(consultation, about, at, meeting)
    log.record("reminder set", consultation, by=by)
    return consultation


@transaction.atomic
def remove_time(consultation, *, about, hours=None, at=None, by):
    """Remind at this time no more."""
    consultation = lines.lock(consultation)
    if at is None:
        field = HOURS[about]
        setattr(consultation, field, [one for one in getattr(consultation, field) if one != hours])
        consultation.save(update_fields=[field])
        plan(consultation)
    else:
        consultation.reminders.owed().filter(is_set=True, about=about, due_at=at).delete()
    log.record("reminder removed", consultation, by=by)
    return consultation


def _set_moment(consultation, about, at, meeting):
    if at <= clock.now():
        raise Refused(_("This moment has passed."), "at")
    if about == Reminder.About.MEETING:
        ahead = consultation.meetings.filter(cancelled_at__isnull=True, starts_at__gt=at)
        ahead = ahead.filter(pk=meeting.pk) if meeting else ahead.filter(breakout_of__isnull=True)
        meeting = ahead.order_by("starts_at").first()
        if meeting is None:
            raise Refused(_("No meeting begins after this moment."), "at")
    else:
        meeting = None
    values = {"about": about, "meeting": meeting, "due_at": at}
    consultation.reminders.update_or_create(**values, defaults={"is_set": True})


@transaction.atomic
def plan_opening(consultation):
    """Have members told when registration opens, at once or at its moment."""
    owed = consultation.reminders.owed().filter(about=Reminder.About.OPENING)
    owed.delete()
    due_at = max(consultation.opens_at or clock.now(), clock.now())
    return Reminder.objects.create(consultation=consultation, about=Reminder.About.OPENING, due_at=due_at)


@transaction.atomic
def move_opening(consultation):
    """Have what is still owed about the opening follow the moment at which registration opens."""
    owed = consultation.reminders.owed().filter(about=Reminder.About.OPENING)
    if owed.exists():
        plan_opening(consultation)


def send_due():
    """Tell what is due and not yet told, each in a transaction of its own; return how many were told or dropped."""
    for done in range(MOST):
        if not _send_one():
            return done
    return MOST


@transaction.atomic
def _send_one():
    now = clock.now()
    due = Reminder.objects.owed().filter(due_at__lte=now).order_by("due_at", "pk")
    due = due.select_related("consultation", "meeting__consultation")
    reminder = due.select_for_update(of=["self"], skip_locked=True).first()
    if reminder is None:
        return False
    if is_still_true(reminder, now):
        reminder.sent_at = now
        _tell(reminder)
        log.record(f"reminder of {reminder.about} sent", reminder.consultation, by=None)
    else:
        reminder.dropped_at = now
    reminder.save(update_fields=["sent_at", "dropped_at"])
    return True


def is_still_true(reminder, at):
    """Whether what it reminds of is still ahead: a day of standstill makes it late, not untrue."""
    consultation = reminder.consultation
    if reminder.about in {Reminder.About.OPENING, Reminder.About.DEADLINE}:
        return consultation.is_open(at)
    if reminder.about == Reminder.About.NAMING:
        return consultation.status in HELD and not lines.is_over(consultation, at)
    meeting = reminder.meeting
    return meeting.cancelled_at is None and meeting.starts_at is not None and meeting.starts_at > at


TOLD = {Reminder.About.DEADLINE: DeadlineNear, Reminder.About.MEETING: MeetingNear}
TOLD |= {Reminder.About.NAMING: DelegatesToName}


def _tell(reminder):
    if reminder.about == Reminder.About.OPENING:
        notify(ConsultationOpened, reminder.consultation, by=None)
    else:
        notify(TOLD[reminder.about], reminder, by=None)


def _wanted(consultation):
    """(about, meeting, moment) of everything that should be said of a consultation as it stands."""
    if consultation.status not in HELD:
        return
    closes = consultation.closes_at if consultation.takes_registrations else None
    if closes and consultation.status == Consultation.Status.OPEN:
        yield from _before(Reminder.About.DEADLINE, consultation, closes)
    # Groups break out of a meeting that is reminded of already.
    held = consultation.meetings.filter(cancelled_at__isnull=True, breakout_of__isnull=True)
    held = list(held.filter(starts_at__isnull=False).order_by("starts_at"))
    for meeting in held:
        yield from _before(Reminder.About.MEETING, consultation, meeting.starts_at, meeting.pk)
    if held and consultation.takes_registrations:
        yield from _before(Reminder.About.NAMING, consultation, held[0].starts_at)


def _before(about, consultation, moment, meeting=None):
    for hours in getattr(consultation, HOURS[about]):
        yield about, meeting, moment - timedelta(hours=hours)
