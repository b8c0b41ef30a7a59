"""People's own mornings, and the days on which they want to be left in peace."""

from datetime import datetime, time, timedelta

from portal import clock
from portal.dates import zone_of
from portal.models import Recipient

MORNING = time(8)
WEEK = timedelta(days=7)


def mornings(recipients):
    """When those who have a quiet day today may be written to again: {recipient id: moment}."""
    rows = Recipient.objects.filter(pk__in=recipients).exclude(quiet_days=[]).select_related("user")
    now = clock.now()
    found = {row.pk: next_loud(now, zone(row), row.quiet_days) for row in rows}
    return {pk: moment for pk, moment in found.items() if moment is not None}


def zone(recipient):
    """The zone in which a recipient's days begin."""
    return zone_of(recipient.user.time_zone if recipient.user else "UTC")


def next_loud(now, zone, quiet_days):
    """The morning of the next day that is not quiet; None where today is not."""
    today = now.astimezone(zone).date()
    if today.isoweekday() not in quiet_days:
        return None
    later = (today + timedelta(days=number) for number in range(1, 8))
    day = next((day for day in later if day.isoweekday() not in quiet_days), None)
    return datetime.combine(day, MORNING, zone) if day else None


def last_morning(now, zone, quiet_days, *, weekly):
    """The last moment at which a summary was due: 8 o'clock of a day that is not quiet, of the week's first such."""
    here = now.astimezone(zone)
    days = (here.date() - timedelta(days=number) for number in range(15))
    for day in days:
        monday = day - timedelta(days=day.isoweekday() - 1)
        week = (monday + timedelta(days=number) for number in range(7))
        loud = [each for each in week if each.isoweekday() not in quiet_days] or [monday]
        moment = datetime.combine(day, MORNING, zone)
        if moment <= now and (day == loud[0] if weekly else day in loud):
            return moment
    raise LookupError("every week has a day that is not quiet, or a Monday")
