"""Reminders are planned when dates are set, and sent by a sweep: late if need be, never twice."""

from datetime import timedelta

from django.db import transaction

from consultations.models import Consultation, Reminder
from consultations.notifications import ConsultationOpened, DeadlineNear, MeetingNear
from portal import clock
from portal.notifications import notify
from portal.operations import log

BEFORE_DEADLINE = timedelta(days=3)
BEFORE_MEETING = timedelta(days=1)
MOST = 200  # reminders sent by one sweep: the next takes the others


@transaction.atomic
def plan(consultation):
    """Bring what is owed in step with the dates: what moved is due at another moment, what fell away is not due."""
    now, owed = clock.now(), consultation.reminders.owed()
    wanted = set(_wanted(consultation)) if consultation.status == Consultation.Status.OPEN else set()
    for reminder in owed.exclude(about=Reminder.About.OPENING):
        if (reminder.about, reminder.meeting_id, reminder.due_at) not in wanted:
            reminder.delete()
    for about, meeting_id, due_at in wanted:
        # What would have been due already is not caught up with: people have just been told, or knew.
        if due_at > now:
            Reminder.objects.get_or_create(
                consultation=consultation, about=about, meeting_id=meeting_id, due_at=due_at
            )


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
    if reminder.about == Reminder.About.MEETING:
        meeting = reminder.meeting
        return meeting.cancelled_at is None and meeting.starts_at is not None and meeting.starts_at > at
    return reminder.consultation.is_open(at)


def _tell(reminder):
    if reminder.about == Reminder.About.OPENING:
        notify(ConsultationOpened, reminder.consultation, by=None)
    elif reminder.about == Reminder.About.DEADLINE:
        notify(DeadlineNear, reminder, by=None)
    else:
        notify(MeetingNear, reminder, by=None)


def _wanted(consultation):
    """(about, meeting, moment) of everything that should be said of a consultation as it stands."""
    if consultation.takes_registrations and consultation.closes_at:
        yield Reminder.About.DEADLINE, None, consultation.closes_at - BEFORE_DEADLINE
    # Groups break out of a meeting that is reminded of already.
    held = consultation.meetings.filter(cancelled_at__isnull=True, breakout_of__isnull=True)
    for meeting in held.filter(starts_at__isnull=False):
        yield Reminder.About.MEETING, meeting.pk, meeting.starts_at - BEFORE_MEETING
