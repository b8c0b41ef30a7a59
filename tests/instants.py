"""Instants around every change of clocks of every zone, and what the portal makes of each (G9).

Nothing here asks how the portal calculates: an hour that a clock shows is looked for among all moments at which it could
be shown, whether a window is open is said by the order of two moments in UTC, and calendar files are read as text.
"""

import random
import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from consultations import calendars, clocks
from consultations.models import Consultation, Meeting
from consultations.standings import Standing
from portal.forms.moments import LocalMomentField, on_clock, shown_on_clock

LANGUAGES = ("ar", "en", "fr", "es")
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
NO_PLACES = {"Factory", "localtime", "posixrules"}
MINUTE, WEEK = timedelta(minutes=1), timedelta(days=7)
STARTS = re.compile(rb"DTSTART:(\d{8}T\d{6}Z)\r\n")
IN_A_FILE = 50


def zones():
    return sorted(
        name for name in available_timezones() - NO_PLACES if not name.startswith(("posix/", "right/"))
    )


def changes(zone):
    """The minutes, in UTC, from which the clock of a zone runs otherwise than before."""
    weeks = [FIRST + WEEK * number for number in range((LAST - FIRST) // WEEK)]
    for early, late in pairwise(weeks):
        if offset(early, zone) == offset(late, zone):
            continue
        while late - early > MINUTE:
            middle = early + (late - early) // MINUTE // 2 * MINUTE
            early, late = (middle, late) if offset(middle, zone) == offset(early, zone) else (early, middle)
        yield late


def offset(moment, zone):
    return moment.astimezone(zone).utcoffset()


def generated(count, seed):
    """So many (instant, zone name): four of five near a change of clocks, in every zone in turn."""
    drawn, names = random.Random(seed), zones()
    edges = {name: list(changes(ZoneInfo(name))) for name in names}
    changing = [name for name in names if edges[name]]
    for number in range(count):
        if number % 5:
            name = changing[number % len(changing)]
            yield drawn.choice(edges[name]) + MINUTE * drawn.randint(-200, 200), name
        else:
            minutes = (LAST - FIRST) // MINUTE
            yield FIRST + MINUTE * drawn.randrange(minutes), names[number % len(names)]


def moments_shown_so(local, zone):
    """All moments at which the clock of a zone shows this, the earliest first."""
    near = local.replace(tzinfo=UTC)
    offsets = {offset(near + timedelta(hours=hours), zone) for hours in range(-30, 31, 6)}
    found = {near - shift for shift in offsets}
    return sorted(at for at in found if at.astimezone(zone).replace(tzinfo=None) == local)


def typed(local, name, *, is_end):
    """What the form makes of a day and an hour on the clock of a zone: a moment in UTC, or nothing if it refuses."""
    given = LocalMomentField(is_end=is_end).to_python(local.strftime("%Y-%m-%dT%H:%M"))
    try:
        return on_clock(given, name, is_end=is_end).astimezone(UTC)
    except ValidationError:
        return None


def wrong_typing(instant, name):
    """Whether a form takes for another moment what the clock shows then, or half an hour and an hour before."""
    zone = ZoneInfo(name)
    for earlier in (0, 30, 60):
        local = instant.astimezone(zone).replace(tzinfo=None) - timedelta(minutes=earlier)
        shown = moments_shown_so(local, zone)
        for is_end, wanted in ((False, shown[:1]), (True, shown[-1:])):
            made = typed(local, name, is_end=is_end)
            if [made] != (wanted or [None]):
                return True
    return shown_on_clock(instant, name) != instant.astimezone(zone).strftime("%Y-%m-%dT%H:%M")


def wrong_window(thing, instant, now):
    """Whether what closes then is open at a moment that does not come before it, or the other way round."""
    thing.closes_at = instant
    return thing.is_open(now) != (now < instant)


def wrong_words(instant, name, language):
    """Whether what pages, messages and calendars say does not hold the hour of that clock, and of UTC."""
    with translation.override(language):
        said = clocks.said(instant, name)
    hours = [f"{instant.astimezone(ZoneInfo(name)):%H:%M}"]
    if offset(instant, ZoneInfo(name)):
        hours.append(f"{instant:%H:%M}")
    return len(said) != len(hours) or any(hour not in line for hour, line in zip(hours, said, strict=True))


def wrong_files(instants):
    """How many of the entries of a calendar file do not begin when their meetings do."""
    thing = Consultation(title_en="A meeting", languages=["en"])
    meetings = [
        Meeting(consultation=thing, starts_at=at, time_zone=name, changed_at=FIRST, title_en="One")
        for at, name in instants
    ]
    for meeting in meetings:
        meeting.join = ""
    entries = [calendars._entry(meeting, Standing()) for meeting in meetings]
    begun = STARTS.findall(calendars.as_file(entries))
    wanted = [f"{at:%Y%m%dT%H%M%SZ}".encode() for at, _name in instants]
    return sum(one != other for one, other in zip(begun, wanted, strict=True))


def mismatches(count, seed):
    """Go through so many instants; how many were tried, and how often each went wrong."""
    wrong = SimpleNamespace(typed=0, windows=0, words=0, files=0)
    drawn, batch = random.Random(seed + 1), []
    thing = Consultation(status=Consultation.Status.OPEN, takes_registrations=True)
    for number, (instant, name) in enumerate(generated(count, seed)):
        wrong.typed += wrong_typing(instant, name)
        wrong.words += wrong_words(instant, name, LANGUAGES[number % 4])
        at = instant + timedelta(microseconds=drawn.choice([-600_000_000, -1, 0, 1, 600_000_000]))
        wrong.windows += wrong_window(thing, instant, at)
        if number % 10 == 0:
            batch.append((instant, name))
        if len(batch) == IN_A_FILE:
            wrong.files += wrong_files(batch)
            batch = []
    return vars(wrong)


def wrong_answers_of_the_database(count, seed, skew):
    """How often the database lets in too late or shuts out too early, while this machine's clock runs wrong."""
    from tests import factories

    thing, wrong = factories.open_consultation(meeting=False), 0
    now, timezone.now = timezone.now, lambda: datetime.now(UTC) + skew
    try:
        for instant, _name in generated(count, seed):
            rows = Consultation.objects.filter(pk=thing.pk)
            rows.update(opens_at=None, closes_at=instant)
            for at in (instant - timedelta(microseconds=1), instant):
                wrong += rows.open(at).exists() != (at < instant)
    finally:
        timezone.now = now
    return wrong
