"""How a reader stands to meetings, as calendars say it: taking part, or no longer."""

from dataclasses import dataclass
from datetime import datetime

from consultations.models import Guest, Registration


@dataclass(frozen=True)
class Tie:
    """What ties a reader to meetings: a registration that was confirmed, or an invitation that was accepted."""

    consultation: int
    meetings: frozenset | None  # of an invitation to some; None: all that the reader sees
    is_on: bool
    since: datetime

    def holds(self, meeting):
        return meeting.consultation_id == self.consultation and (
            self.meetings is None or meeting.pk in self.meetings
        )


@dataclass(frozen=True)
class Standing:
    """How a reader stands to a meeting: since when, and how often what tied them has ended.

    Each end raises the SEQUENCE, so that a calendar takes the cancellation for newer than what it holds; what is
    confirmed again after that is written later, and so is newer still.
    """

    is_on: bool = True
    since: datetime | None = None
    ended: int = 0

    @classmethod
    def of(cls, ties):
        ties = list(ties)
        since = max((tie.since for tie in ties), default=None)
        return cls(any(tie.is_on for tie in ties), since, sum(not tie.is_on for tie in ties))


def ties_of(reader):
    """Whatever ever tied this reader to meetings, ended or not."""
    if reader.is_anonymous and reader.recipient is None:
        return []
    guests = Guest.objects.of(reader).filter(accepted_at__isnull=False).prefetch_related("meetings")
    return [
        *of_registrations(Registration.objects.concerning(reader)),
        *(
            Tie(row.consultation_id, _invited(row), row.status == row.Status.ACCEPTED, row.status_at)
            for row in guests
        ),
    ]


def of_registrations(rows):
    """The ties of registrations that were ever confirmed."""
    confirmed = rows.filter(confirmed_at__isnull=False)
    return [
        Tie(row.consultation_id, None, row.status == row.Status.CONFIRMED, row.status_at) for row in confirmed
    ]


def _invited(guest):
    return None if guest.is_for_all else frozenset(row.pk for row in guest.meetings.all())
