"""The road of a process: its phases as stations, behind us, here, or ahead."""

import calendar
from dataclasses import dataclass

from portal.models import Phase


@dataclass
class Station:
    """A phase of a process, as it stands on a day: done, now or next."""

    phase: Phase
    when: str


def road(phases, today):
    """The stations of these phases in order of their dates, undated ones last."""
    ordered = sorted(
        phases, key=lambda row: (row.begins_on is None, row.begins_on or row.created_at.date(), row.pk)
    )
    return [Station(phase, _when(phase, today)) for phase in ordered]


def _when(phase, today):
    first, last = _first(phase), last_day(phase)
    if last is not None and last < today:
        return "done"
    if first is not None and first <= today:
        return "now"
    return "next"


def _first(phase):
    return phase.begins_on or phase.ends_on


def last_day(thing):
    """The last day that a thing's dates allow: a month's last day where only the month is known."""
    if thing.ends_on is not None:
        return _end(thing.ends_on, thing.ends_precision)
    return _end(thing.begins_on, thing.begins_precision) if thing.begins_on is not None else None


def _end(day, precision):
    if precision == "year":
        return day.replace(month=12, day=31)
    if precision == "month":
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day
