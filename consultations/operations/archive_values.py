"""Single values of an archive file: what they say, cleaned of what a database or a page cannot bear.

Each function returns None where a value does not say what is asked; nothing here refuses, except a date that
cannot be.
"""

import hashlib
import math
import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from portal import languages

LONGEST_ADDRESS = 2000
LONGEST_TEXT = 20_000
LONGEST_NOTE = 5_000
DEEPEST_NOTE = 12
MOST_IN_A_NOTE = 500

UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\u200b\u2060-\u2064\ufeff]"
)
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
LONGEST_LANGUAGE = 12
WRITTEN_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?([T ][\d:.,Z+-]+)?", re.ASCII)
COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})()", re.ASCII)
DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
YEARS = range(1800, 2201)
LONGEST_DATE = 64
ID = re.compile(r"[a-z0-9]+(?:[-_:][a-z0-9]+)+", re.ASCII)


class Impossible(ValueError):
    """A date that cannot be, such as 30 February."""


def line(value, longest=None):
    """One line of text, or None; cut where it is longer than a column holds."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = " ".join(UNWANTED.sub(" ", unicodedata.normalize("NFC", _written(value))).split())
    return shorten(text, longest) or None


def passage(value):
    """Some lines of text, or None."""
    if not isinstance(value, str):
        return None
    text = unicodedata.normalize("NFC", _written(value)).replace("\r\n", "\n").replace("\r", "\n")
    return shorten(UNWANTED.sub("", text).strip(), LONGEST_TEXT) or None


def shorten(text, longest):
    """The text, cut with a mark where it is too long."""
    return text if longest is None or len(text) <= longest else text[: longest - 1].rstrip() + "…"


def address(value):
    """The address of a page on the web, or None: nothing else may become a link."""
    text = line(value) if isinstance(value, str) else None
    if text is None or len(text) > LONGEST_ADDRESS or " " in text:
        return None
    try:
        parts = urlsplit(text)
        is_page = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return None
    return text if is_page else None


def number(value, most=32_767):
    """A whole number from 0 to what a column holds, or None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value) < 12:
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and 0 <= value <= most else None


def word(value):
    """A word as tables of words know it: lower case, single spaces for whatever joins."""
    text = line(value)
    return " ".join(re.split(r"[\s_-]+", text.casefold())).strip() if text else None


def language(value):
    """The code of a language, or None where it cannot be one."""
    text = value.strip().lower().replace("_", "-") if isinstance(value, str) else ""
    if len(text) > LONGEST_LANGUAGE or not LANGUAGE.fullmatch(text):
        return None
    base = text.split("-")[0]
    return base if base in languages.CODES else text


def identity(value):
    """What an id or a reference to one holds as text; numbers count, other things do not."""
    return (
        line(value)
        if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool))
        else None
    )


def digest(text):
    """A short digest that tells long ids apart."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def looks_like_an_id(text):
    """Whether words were meant as an id: lower-case parts joined by hyphens."""
    return bool(ID.fullmatch(text))


@dataclass(frozen=True)
class Day:
    """A date no more exact than it is known."""

    first: date
    precision: str
    written: str

    @property
    def last(self):
        return last_day(self.first, self.precision)


def last_day(first, precision):
    """The last day that a date may mean."""
    if precision == "year":
        return first.replace(month=12, day=31)
    if precision == "month":
        return first.replace(day=monthrange(first.year, first.month)[1])
    return first


def day(value):
    """A Day, or None for words and nothing; what is written as a date and is none is Impossible."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    text = line(value, LONGEST_DATE) if isinstance(value, str) else None
    match = text and (WRITTEN_DATE.fullmatch(text) or COMPACT_DATE.fullmatch(text))
    if not match:
        _check_day_first(text or "")
        return None
    parts = [int(part) for part in match.groups()[:3] if part]
    first = _date(*parts, *[1] * (3 - len(parts)), text=text)
    written = first.isoformat()[: (4, 7, 10)[len(parts) - 1]]
    return Day(first, ("year", "month", "day")[len(parts) - 1], written)


def _check_day_first(text):
    """A date that begins with its day or its month may mean two days: it stays words, unless it means none."""
    match = DAY_FIRST.fullmatch(text)
    if match:
        first, second, year = (int(part) for part in match.groups())
        small, large = sorted((first, second))
        _date(year, small, large, text=text)


def _date(year, month, day_of_month, *, text):
    try:
        if year not in YEARS:
            raise Impossible(text)
        return date(year, month, day_of_month)
    except ValueError as error:
        raise Impossible(text) from error


def zone(value):
    """The name of a time zone that this machine knows, or None."""
    text = line(value, 64) if isinstance(value, str) else None
    try:
        return text if text and ZoneInfo(text) else None
    except (KeyError, OSError, ValueError):
        return None


def moment(value, zone_name=None):
    """(moment, whether it is a whole day) of a deadline, or None for words; a day lasts until its last minute."""
    found = day(value)
    if found is None or found.precision != "day":
        return None
    here = ZoneInfo(zone_name) if zone_name else UTC
    text = line(str(value), LONGEST_DATE)
    if not WRITTEN_DATE.fullmatch(text) or WRITTEN_DATE.fullmatch(text)[4] is None:
        return datetime.combine(found.first, time(23, 59), here).astimezone(UTC), True
    try:
        at = datetime.fromisoformat(text)
        at = at if at.tzinfo else at.replace(tzinfo=here)
        return at.astimezone(UTC), False
    except (ValueError, OverflowError) as error:
        raise Impossible(text) from error


def choice(value, table, choices, other=None):
    """(kind, the word where no kind is known for it) of a word of kind."""
    text = word(value)
    if text is None:
        return None
    kind = table.get(text) or next((kind for kind in choices if word(kind.value) == text), None)
    return (kind, "") if kind else (other or choices("other"), line(value, 60))


def note(value, depth=0):
    """Any value as a source note keeps it: without what JSON columns cannot hold, neither endless nor bottomless."""
    if isinstance(value, str):
        return shorten(UNWANTED.sub(" ", _written(value)), LONGEST_NOTE)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if depth >= DEEPEST_NOTE:
        return "…"
    if isinstance(value, dict):
        pairs = list(value.items())[:MOST_IN_A_NOTE]
        return {note(str(name), depth)[:120]: note(inner, depth + 1) for name, inner in pairs}
    if isinstance(value, list):
        return [note(inner, depth + 1) for inner in value[:MOST_IN_A_NOTE]]
    return note(str(value))


def _written(value):
    return str(value)[: LONGEST_TEXT * 4]


def yes_or_no(value):
    """True and false as words; what is neither is not understood."""
    return {True: "yes", False: "no"}.get(value) if isinstance(value, bool) else None


def one_of(choices):
    """A reader of the words of some choices."""
    return lambda value: value if isinstance(value, str) and value in choices.values else None
