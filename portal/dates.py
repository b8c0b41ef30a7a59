"""Dates, moments and clocks as people say them in their language, by CLDR."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton, format_timedelta, get_timezone_location
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# English that puts the day before the month, as the three other languages do.
LOCALES = {"en": "en_001"}
SKELETONS = {"short": "MMMd", "medium": "yMMMd"}
SPANS = ((21, 1, "day"), (60, 7, "week"), (730, 30, "month"))
URGENT_DAYS, DUE_DAYS = 3, 21


def locale():
    """The Babel locale of the reader's language."""
    return _locale(get_language() or "en")


@lru_cache(maxsize=100)
def _locale(code):
    return Locale.parse(LOCALES.get(code, code))


def zone_of(name):
    try:
        return ZoneInfo(str(name)) if name else timezone.get_current_timezone()
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def as_day(value):
    """A date and its precision from a date, a moment, or a text such as 2027-09-09, 2027-09 or 2027."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date(), "day"
    if isinstance(value, date):
        return value, "day"
    parts = str(value).partition("T")[0].split("-")
    try:
        numbers = [int(part) for part in parts] + [1, 1]
        return date(*numbers[:3]), ("year", "month", "day")[len(parts) - 1]
    except (ValueError, IndexError):
        return None, "day"


def day(value, style="long"):
    """A day as long "9 September 2027", medium, short "9 Sept", or full with its weekday."""
    found, _precision = as_day(value)
    if found is None:
        return str(value or "")
    if style in SKELETONS:
        return format_skeleton(SKELETONS[style], found, locale=locale())
    return format_date(found, style, locale=locale())


def partial_date(value, precision="day"):
    """A date no more exactly than it is known: "9 September 2027", "September 2027" or "2027"."""
    found, known = as_day(value)
    if found is None:
        return str(value or "")
    order = ("year", "month", "day")
    precision = min(str(precision or "day"), known, key=order.index)
    if precision == "year":
        return str(found.year)
    if precision == "month":
        return format_skeleton("yMMMM", found, locale=locale())
    return format_date(found, "long", locale=locale())


def period(begins, begins_precision, ends, ends_precision):
    """The time between two dates, each no more exactly than it is known; what both share is said once."""
    first = partial_date(begins, begins_precision) if begins else ""
    last = partial_date(ends, ends_precision) if ends else ""
    if not first or not last or first == last:
        return first or last
    if str(begins_precision) == str(ends_precision) == "day" and begins.year == ends.year:
        shared = "d" if begins.month == ends.month else "MMMMd"
        first = format_skeleton(shared, begins, locale=locale())
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def moment(value, zone=""):
    """A moment as day and clock of a zone: "9 September 2027, 23:59"."""
    if not value:
        return ""
    here = timezone.localtime(value, zone_of(zone))
    return _("%(day)s, %(time)s") % {"day": day(here.date()), "time": clock_time(value, zone)}


def clock_time(value, zone=""):
    """The hour and minute of a moment in a zone, "23:59"."""
    return format_datetime(timezone.localtime(value, zone_of(zone)), "HH:mm", locale=locale())


def zone_name(zone):
    """The city whose clock a zone is, in the reader's language; UTC is UTC."""
    key = zone_of(zone).key
    if key in {"UTC", "Etc/UTC"}:
        return "UTC"
    return get_timezone_location(key, locale=locale(), return_city=True)


@dataclass
class ZonedLine:
    """A moment, or the time between two, on the clock of one zone."""

    zone: str
    begins: datetime
    ends: datetime | None
    shows_day: bool

    @property
    def has_ends(self):
        return self.ends is not None

    @property
    def ends_same_day(self):
        return self.ends is None or self.ends.date() == self.begins.date()


def zoned(begins, ends=None, zone="UTC", reader_zone=""):
    """A moment on the clock of the event, of UTC, and of the reader: one ZonedLine for each different clock."""
    lines, offsets = [], set()
    for where in (zone_of(name) for name in (zone, "UTC", reader_zone) if name):
        here, there = begins.astimezone(where), ends.astimezone(where) if ends else None
        # A clock that is put forward or back meanwhile is another one than one that is not.
        clock = (here.utcoffset(), there.utcoffset() if there else None)
        if clock in offsets:
            continue
        offsets.add(clock)
        shows_day = not lines or here.date() != lines[0].begins.date()
        lines.append(ZonedLine(where.key, here, there, shows_day))
    return lines


def from_now(value, now):
    """How far a moment is from now, never overstated: "in 3 days", "in 5 hours", "2 weeks ago"."""
    delta = value - now
    days = abs(delta) // timedelta(days=1)
    if days < 1:
        unit = "hour" if abs(delta) >= timedelta(hours=1) else "minute"
        return _span(delta, unit)
    sign = 1 if delta > timedelta(0) else -1
    for limit, size, unit in SPANS:
        if days < limit:
            return _span(timedelta(days=days // size * size) * sign, unit)
    return day(value)


def _span(delta, unit):
    # A threshold that nothing reaches keeps Babel from choosing a larger unit.
    return format_timedelta(delta, granularity=unit, threshold=10_000, add_direction=True, locale=locale())


def urgency(value, now):
    """How a deadline stands: "past", "urgent", "due", or nothing; the words of a row say it too."""
    if value is None:
        return ""
    left = (value - now).total_seconds() / 86400
    if left <= 0:
        return "past"
    return "urgent" if left <= URGENT_DAYS else "due" if left <= DUE_DAYS else ""


@dataclass
class DateParts:
    """A date as a date block shows it: what stands large, what stands beneath, the machine's form."""

    large: str
    small: str
    iso: str
    is_word: bool = False


def date_parts(value, precision="day", zone=""):
    """The parts of a date block; the year is said unless it is the current one."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value, zone_of(zone)).date()
    found, known = as_day(value)
    if found is None:
        return None
    precision = min(str(precision or "day"), known, key=("year", "month", "day").index)
    if precision == "year":
        return DateParts(str(found.year), "", str(found.year))
    if precision == "month":
        word = format_skeleton("MMM", found, locale=locale())
        return DateParts(word, str(found.year), f"{found:%Y-%m}", is_word=True)
    this_year = found.year == timezone.localdate().year
    month = format_datetime(datetime(found.year, found.month, 1, tzinfo=UTC), "MMM", locale=locale())
    return DateParts(str(found.day), month if this_year else f"{month} {found.year}", found.isoformat())


def said_date(text):
    """A date that was kept as text, said in the reader's language; a text that is no date stays as it is."""
    found = parse_datetime(text) if "T" in str(text) else None
    return moment(found, "UTC") if found and timezone.is_aware(found) else partial_date(text)


def brief_date(text, zone=""):
    """The same as a date block says it: no clock, and the year only where it is another one."""
    found = parse_datetime(text) if "T" in str(text) else None
    parts = date_parts(found or text, zone=zone)
    return f"{parts.large} {parts.small}".strip() if parts else str(text)


def weekdays(language):
    """The days of the week by their names, in the order in which weeks run there: [(1 to 7 from Monday, name)]."""
    spoken = Locale.parse(LOCALES.get(language, language))
    first = spoken.first_week_day
    names = spoken.days["stand-alone"]["wide"]
    return [(day + 1, names[day]) for day in ((first + number) % 7 for number in range(7))]
