"""When a meeting is, in words, on the clock of the event, on UTC's and the reader's: for messages and calendar files."""

from django.utils.translation import gettext as _

from portal import dates


def lines(meeting, reader=None):
    """One sentence for each clock: "9 September 2027, 14:00 to 17:00 in Amman", then "11:00 to 14:00 UTC"."""
    if meeting.starts_at is None:
        return []
    own = reader.user.time_zone if reader is not None and reader.user is not None else ""
    return said(meeting.starts_at, meeting.time_zone, meeting.ends_at, own)


def said(begins, zone, ends=None, reader_zone=""):
    """The same of a moment, or of the time between two."""
    return [_said(line) for line in dates.zoned(begins, ends, zone, reader_zone)]


def _said(line):
    words = {
        "begins": _moment(line.begins, line.zone, has_day=line.shows_day),
        "ends": _moment(line.ends, line.zone, has_day=not line.ends_same_day) if line.has_ends else "",
        "city": dates.zone_name(line.zone),
    }
    if line.zone == "UTC":
        return (_("%(begins)s to %(ends)s UTC") if line.has_ends else _("%(begins)s UTC")) % words
    return (_("%(begins)s to %(ends)s in %(city)s") if line.has_ends else _("%(begins)s in %(city)s")) % words


def _moment(value, zone, *, has_day):
    return dates.moment(value, zone) if has_day else dates.clock_time(value, zone)
