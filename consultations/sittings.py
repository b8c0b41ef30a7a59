"""The meetings of a consultation as a page shows them: which is next, what moved, who leads, where one joins."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, pgettext_lazy

from consultations.models import Material, Meeting
from portal.models import Body
from portal.operations import texts

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
    """A meeting as it stands at a moment, with what belongs to it and this reader may have."""

    meeting: Meeting
    when: str  # "over", "next", "ahead", "off"
    was: datetime | None = None
    was_end: datetime | None = None
    why_moved: str = ""
    agenda: Body | None = None
    before: list = field(default_factory=list)  # materials
    afterwards: list = field(default_factory=list)
    repetitions: list = field(default_factory=list)  # held again at another hour
    groups: list = field(default_factory=list)  # that break out of it

    @property
    def join(self):
        """The address where one joins: the query gave it to the confirmed alone, and it ends with the meeting."""
        return "" if self.when in {"over", "off"} else self.meeting.join

    @property
    def people(self):
        return named(self.meeting.people)


def of(consultation, reader, now):
    """The meetings of a consultation in order, as this reader may see them; the first not yet over is next.

    What is held again stands with what it repeats, a group with what it breaks out of, where the reader sees that.
    """
    meetings = Meeting.objects.visible_to(reader).filter(consultation=consultation)
    materials = _materials(consultation, reader)
    found = {}
    for meeting in meetings.with_join_for(reader).in_order().as_agenda():
        found[meeting.pk] = Sitting(meeting, _when(meeting, now), **_earlier(meeting))
    for sitting in found.values():
        if sitting.when == "ahead" and sitting.meeting.starts_at and not sitting.meeting.breakout_of_id:
            sitting.when = "next"
            break
    return [sitting for sitting in found.values() if not _stands_with_another(sitting, found, materials)]


def _when(meeting, now):
    return "off" if meeting.cancelled_at else "over" if meeting.is_over(now) else "ahead"


def _stands_with_another(sitting, found, materials):
    """Put it with the meeting it repeats or breaks out of; by itself it shows its agenda and materials."""
    meeting = sitting.meeting
    if meeting.repeats_id in found:
        found[meeting.repeats_id].repetitions.append(sitting)
        return True
    told = meeting.told_by
    sitting.agenda = texts.readable_body(told, get_language())
    given = materials.get(told.pk, ())
    sitting.before = [row for row in given if not row.is_afterwards]
    sitting.afterwards = [row for row in given if row.is_afterwards]
    if meeting.breakout_of_id in found:
        found[meeting.breakout_of_id].groups.append(sitting)
        return True
    return False


def _materials(consultation, reader):
    """What belongs to each meeting and this reader may have: {id of the meeting: [Material]}."""
    rows = Material.objects.visible_to(reader).filter(meeting__consultation=consultation)
    found = {}
    for row in rows.in_order().select_related("file", "document"):
        found.setdefault(row.meeting_id, []).append(row)
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
