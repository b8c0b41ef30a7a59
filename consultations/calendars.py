"""Calendar files: meetings as entries that a later file updates or cancels (stable UID, SEQUENCE, STATUS).

Times are written in UTC; the zone of the event is named in words, since zone tables go back to 1970.
The join address stands only where the caller asked for meetings with it: see MeetingQuerySet.with_join_for.
"""

from datetime import UTC, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration

from consultations import clocks
from consultations.models import Meeting
from consultations.standings import Standing, of_registrations, ties_of
from portal import clock
from portal.models import Reader
from portal.templatetags.portal import languages_list

NAME = "consultation.ics"
MEDIA_TYPE = "text/calendar; method=PUBLISH; charset=utf-8"
FETCHED_EVERY = timedelta(hours=1)
LOOKS_BACK, MOST = timedelta(days=365), 1000


def of_consultation(consultation, reader, *, as_held=False):
    """The meetings of a consultation as this reader may see them, with the join address for the confirmed.

    `as_held` calls off those at which the reader had a place and no longer has any.
    """
    ties = [tie for tie in ties_of(reader) if tie.consultation == consultation.pk]
    entries = []
    for meeting in _seen(reader, consultation=consultation):
        held = Standing.of(tie for tie in ties if tie.holds(meeting))
        is_lost = as_held and held.ended and not held.is_on
        entries.append(_entry(meeting, held if is_lost else Standing(ended=held.ended), reader=reader))
    return as_file(entries)


def of_registration(registration, *, gives_join):
    """The meetings of a registration: to be joined while it is confirmed, called off once it no longer is."""
    rows = registration.consultation.registrations.filter(organization=registration.organization_id)
    is_on = registration.status == registration.Status.CONFIRMED
    standing = Standing(is_on, registration.status_at, Standing.of(of_registrations(rows)).ended)
    return as_file(_told(registration.consultation.meetings, standing, gives_join=gives_join and is_on))


def of_guest(guest):
    """The meetings of an invitation that was taken back, called off."""
    return as_file(_told(guest.invited_meetings(), Standing(False, guest.status_at, 1), gives_join=False))


def of_reader(reader):
    """All that a person takes part in, or did and still sees, for a calendar program that fetches it again and again.

    On somebody else's machine a closed room is nothing but a time and a link behind the door (safety.md, D9).
    """
    ties, entries = ties_of(reader), []
    for meeting in _seen(reader, consultation__in={tie.consultation for tie in ties}):
        if holding := [tie for tie in ties if tie.holds(meeting)]:
            is_closed = meeting.consultation.is_closed_room
            entries.append(_entry(meeting, Standing.of(holding), reader=reader, is_neutral=is_closed))
    return as_file(entries, is_feed=True)


def of_everybody(**of):
    """The meetings that everybody may see, from a year ago on, as nobody in particular sees them."""
    rows = _seen(Reader.nobody(), **of).filter(starts_at__gt=clock.now() - LOOKS_BACK)
    return as_file((_entry(meeting, Standing()) for meeting in rows[:MOST]), is_feed=True)


def _seen(reader, **of):
    """The meetings that a reader sees, in order, each with `join` for this reader."""
    meetings = Meeting.objects.visible_to(reader).filter(**of).with_join_for(reader)
    return meetings.in_order().select_related("consultation", "repeats")


def _told(meetings, standing, *, gives_join):
    """The entries of meetings that are told to all who share a registration or an invitation."""
    for meeting in meetings.in_order().select_related("consultation", "repeats"):
        meeting.join = meeting.join_url if gives_join else ""
        yield _entry(meeting, standing)


def as_file(entries, *, is_feed=False):
    """The bytes of a calendar with these entries, those without a date left out, in the language that is active."""
    calendar = Calendar()
    calendar.add("prodid", "-//Civil Society Portal//Consultations//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if is_feed:
        calendar.add("name", _("Civil Society Portal"))
        calendar.add("x-wr-calname", _("Civil Society Portal"))
        calendar.add("refresh-interval", FETCHED_EVERY, parameters={"value": "DURATION"})
        calendar.add("x-published-ttl", vDuration(FETCHED_EVERY))
    for entry in filter(None, entries):
        calendar.add_component(entry)
    return calendar.to_ical()


def _entry(meeting, standing, *, reader=None, is_neutral=False):
    if meeting.starts_at is None:
        return None
    consultation, entry = meeting.consultation, Event()
    entry.add("uid", f"{meeting.key}@{urlsplit(settings.SITE_URL).hostname}")
    # By facts, not by the clock: the same message sent again has the same bytes.
    written = max(filter(None, (meeting.changed_at, standing.since)))
    entry.add("dtstamp", written.astimezone(UTC).replace(microsecond=0))
    entry.add("sequence", meeting.sequence + standing.ended)
    entry.add("status", "CONFIRMED" if standing.is_on and not meeting.cancelled_at else "CANCELLED")
    entry.add("dtstart", meeting.starts_at.astimezone(UTC))
    if meeting.ends_at:
        entry.add("dtend", meeting.ends_at.astimezone(UTC))
    entry.add("summary", _("A meeting by invitation") if is_neutral else _title(consultation, meeting))
    entry.add("description", "\n".join(_description(meeting, reader, is_neutral)))
    entry.add("url", settings.SITE_URL + consultation.get_absolute_url())
    if not is_neutral and (meeting.join or consultation.place):
        entry.add("location", meeting.join or consultation.place)
    entry.add("class", "PRIVATE" if consultation.is_closed_room else "PUBLIC")
    return entry


def _title(consultation, meeting):
    language = get_language()
    title, own = consultation.text("title", language).text, meeting.text("title", language).text
    return f"{title}: {own}" if own else title


def _description(meeting, reader, is_neutral):
    """When it is on the clocks of the event and the reader, named; where one joins; where all else stands."""
    yield from clocks.lines(meeting, reader)
    consultation = meeting.consultation
    if consultation.interpretation and not is_neutral:
        spoken = languages_list(consultation.interpretation)
        yield _("Interpretation: %(languages)s") % {"languages": spoken}
    if meeting.join and not is_neutral:
        yield _("Join here: %(address)s") % {"address": meeting.join}
    yield settings.SITE_URL + consultation.get_absolute_url()
