"""What every message about a consultation says: its title, its day, its meetings."""

from consultations import clocks
from portal import clock, dates


def occasion(consultation, language):
    """What every message about a consultation says: its title, its day, its meetings with their zones."""
    meetings = [row for row in consultation.meetings.in_order() if row.cancelled_at is None]
    dated = [row for row in meetings if row.starts_at]
    first = next((row for row in dated if not row.is_over(clock.now())), dated[0] if dated else None)
    return {
        "title": consultation.text("title", language),
        "date": day_of(first) if first else None,
        "meetings": [(row.text("title", language), clocks.lines(row)) for row in dated],
    }


def day_of(meeting):
    """The day on which a meeting begins, on the clock of the event."""
    if meeting.starts_at is None:
        return None
    return meeting.starts_at.astimezone(dates.zone_of(meeting.time_zone)).date()
