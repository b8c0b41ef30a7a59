"""The meetings of a consultation as a page shows them: which is next, what moved, who leads, where one joins."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.translation import pgettext_lazy

from consultations.models import Meeting

# Roles of people at a meeting: as the data names them, as forms and pages say them.
PEOPLE = {
    "moderators": pgettext_lazy("people at a meeting", "Moderators"),
    "chairs": pgettext_lazy("people at a meeting", "Chairs"),
    "speakers": pgettext_lazy("people at a meeting", "Speakers"),
    "facilitators": pgettext_lazy("people at a meeting", "Facilitators"),
    "rapporteurs": pgettext_lazy("people at a meeting", "Rapporteurs"),
}


@dataclass
class Sitting:
    """A meeting as it stands at a moment."""

    meeting: Meeting
    when: str  # "over", "next", "ahead", "off"
    was: datetime | None = None
    was_end: datetime | None = None
    why_moved: str = ""

    @property
    def join(self):
        """The address where one joins: the query gave it to the confirmed alone, and it ends with the meeting."""
        return "" if self.when in {"over", "off"} else self.meeting.join

    @property
    def people(self):
        return named(self.meeting.people)


def of(consultation, reader, now):
    """The meetings of a consultation in order, as this reader may see them; the first not yet over is next."""
    meetings = Meeting.objects.visible_to(reader).filter(consultation=consultation)
    found, has_next = [], False
    for meeting in meetings.with_join_for(reader).in_order().prefetch_related("moved_dates"):
        when = "off" if meeting.cancelled_at else "over" if meeting.is_over(now) else "ahead"
        if when == "ahead" and not has_next and meeting.starts_at:
            when, has_next = "next", True
        found.append(Sitting(meeting, when, **_earlier(meeting)))
    return found


def _earlier(meeting):
    """What the time was before it last moved."""
    moves = [row for row in meeting.moved_dates.all() if row.field == "starts_at" and row.moved_at]
    if not moves:
        return {}
    last = max(moves, key=lambda row: row.moved_at)
    return {
        "was": parse_datetime(last.was_start),
        "was_end": parse_datetime(last.was_end) if last.was_end else None,
        "why_moved": last.reason,
    }


def named(people):
    """Roles with those who have them, in our order, unknown roles left out: [(label, names)]."""
    return [(label, people[role]) for role, label in PEOPLE.items() if people.get(role)]
