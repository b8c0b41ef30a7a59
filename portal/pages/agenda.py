"""What is due: consultations, calls, papers and doors still open, each by its deadline."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from consultations.models import AccreditationTrack, Call, CommentRound, Consultation, Paper


@dataclass
class Due:
    """One row of an agenda: a thing, the moment that matters and its zone, and what it is."""

    thing: Any
    kind: str
    closes_at: datetime | None
    zone: str = "UTC"
    is_open: bool = False

    @property
    def date(self):
        """The day that leads the row: the deadline, else the day on which the thing itself begins."""
        return self.closes_at or self.thing.begins_on

    @property
    def precision(self):
        return "day" if self.closes_at else self.thing.begins_precision


def due(reader, at, *, objective=None):
    """What this reader can still take part in, by what closes first; what has no deadline comes last."""
    rows = [*consultations(reader, at, objective), *calls(reader, at, objective)]
    rows += [*comment_rounds(reader, at, objective), *endorsements(reader, at, objective)]
    if objective is None:
        rows += tracks(reader, at)
    last = datetime.max.replace(tzinfo=at.tzinfo)
    return sorted(rows, key=lambda row: (row.closes_at or last, row.thing.pk))


def consultations(reader, at, objective=None):
    """Consultations open or announced; one without deadline drops out once its day has passed."""
    rows = Consultation.objects.visible_to(reader).upcoming(at).prefetch_related("moved_dates")
    rows = rows.exclude(closes_at__isnull=True, begins_on__lt=at.date())
    if objective is not None:
        rows = rows.on_objective(objective)
    return [Due(row, "consultation", row.closes_at, row.time_zone, is_open=row.is_open(at)) for row in rows]


def calls(reader, at, objective=None):
    """Calls that are open, by their deadline; where only a day is known, until it has ended everywhere: in UTC."""
    rows = Call.objects.visible_to(reader).published()
    rows = rows.filter(Q(closes_at__gt=at) | Q(closes_at__isnull=True, ends_on__gte=at.date()))
    if objective is not None:
        rows = rows.on_objective(objective)
    rows = rows.exclude(status=Call.Status.CLOSED)
    return [
        Due(
            row,
            "call",
            row.closes_at or end_of(row.ends_on),
            row.time_zone if row.closes_at else "UTC",
            is_open=row.asks_still(at),
        )
        for row in rows.order_by("ends_on", "pk")
    ]


def endorsements(reader, at, objective=None):
    """Papers that organizations can endorse."""
    rows = Paper.objects.visible_to(reader).taking_signatures(at)
    if objective is not None:
        rows = rows.on_objective(objective)
    return [Due(row, "endorse", row.sign_on_closes_at, row.time_zone, is_open=True) for row in rows]


def comment_rounds(reader, at, objective=None):
    """Drafts on which members comment."""
    if not reader.is_member:
        return []
    rows = CommentRound.objects.visible_to(reader).open(at)
    if objective is not None:
        rows = rows.filter(paper__objectives=objective)
    rows = rows.select_related("paper").prefetch_related("moved_dates")
    return [Due(row, "comment-round", row.closes_at, row.time_zone, is_open=True) for row in rows]


def tracks(reader, at):
    """Doors into an official process that are still open."""
    rows = AccreditationTrack.objects.visible_to(reader).published().filter(deadline_at__gt=at)
    return [Due(row, "accreditation-track", row.deadline_at, row.time_zone) for row in rows]


def end_of(day):
    return datetime.combine(day, time(23, 59), tzinfo=ZoneInfo("UTC"))


def keys(due, kind):
    """Primary keys of the things of one kind among what is due."""
    return [row.thing.pk for row in due if row.kind == kind]
