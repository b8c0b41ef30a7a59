"""Calendar files: meetings as entries that a later file updates or cancels (stable UID, SEQUENCE, STATUS).

Times are written in UTC; the zone of the event is named in words, since zone tables go back to 1970.
The join address stands only where the caller asked for meetings with it: see MeetingQuerySet.with_join_for.
"""

from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from consultations import clocks
from consultations.models import Meeting
from portal.templatetags.portal import languages_list

NAME = "consultation.ics"
MEDIA_TYPE = "text/calendar; method=PUBLISH; charset=utf-8"


def of_consultation(consultation, reader):
    """The meetings of a consultation as this reader may see them, with the join address for the confirmed."""
    meetings = Meeting.objects.visible_to(reader).filter(consultation=consultation)
    return as_file(consultation, meetings.with_join_for(reader).in_order())


def of_registration(registration, *, gives_join):
    """The meetings of a registration: to be joined while it is confirmed, called off once it no longer is."""
    consultation = registration.consultation
    meetings = list(consultation.meetings.in_order())
    is_confirmed = registration.status == registration.Status.CONFIRMED
    for meeting in meetings:
        meeting.join = meeting.join_url if gives_join and is_confirmed else ""
    return as_file(consultation, meetings, is_off=not is_confirmed, since=registration.status_at)


def as_file(consultation, meetings, *, is_off=False, since=None):
    """The bytes of a calendar of these meetings, each with `join` (or empty), in the language that is active."""
    calendar = Calendar()
    calendar.add("prodid", "-//Civil Society Portal//Consultations//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for meeting in meetings:
        if meeting.starts_at:
            calendar.add_component(_entry(consultation, meeting, is_off, since))
    return calendar.to_ical()


def _entry(consultation, meeting, is_off, since):
    entry = Event()
    entry.add("uid", f"{meeting.key}@{urlsplit(settings.SITE_URL).hostname}")
    # By facts, not by the clock: the same message sent again has the same bytes.
    entry.add(
        "dtstamp", max(filter(None, (meeting.changed_at, since))).astimezone(UTC).replace(microsecond=0)
    )
    entry.add("sequence", meeting.sequence)
    entry.add("status", "CANCELLED" if is_off or meeting.cancelled_at else "CONFIRMED")
    entry.add("dtstart", meeting.starts_at.astimezone(UTC))
    if meeting.ends_at:
        entry.add("dtend", meeting.ends_at.astimezone(UTC))
    entry.add("summary", _title(consultation, meeting))
    entry.add("description", "\n".join(_description(consultation, meeting)))
    entry.add("url", settings.SITE_URL + consultation.get_absolute_url())
    if meeting.join or consultation.place:
        entry.add("location", meeting.join or consultation.place)
    entry.add("class", "PRIVATE" if consultation.is_closed_room else "PUBLIC")
    return entry


def _title(consultation, meeting):
    language = get_language()
    title, own = consultation.text("title", language).text, meeting.text("title", language).text
    return f"{title}: {own}" if own else title


def _description(consultation, meeting):
    """When it is on the clock of the event, named; where one joins; where everything else stands."""
    yield from clocks.lines(meeting)
    if consultation.interpretation:
        spoken = languages_list(consultation.interpretation)
        yield _("Interpretation: %(languages)s") % {"languages": spoken}
    if meeting.join:
        yield _("Join here: %(address)s") % {"address": meeting.join}
    yield settings.SITE_URL + consultation.get_absolute_url()
