"""Calendar files: read back by another parser, right across changes of clocks, updated and cancelled."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar

from consultations import calendars, clocks
from consultations.models import Meeting
from consultations.operations import registrations
from portal.models import Reader
from tests import factories

pytestmark = pytest.mark.django_db


def entries(content):
    return Calendar.from_ical(content).walk("VEVENT")


def plain(content):
    """Properties by name, read without the library that wrote them."""
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    return dict(line.split(":", 1) for line in lines if ":" in line)


def set_meeting(thing, begins, zone="Europe/Paris", hours=2, **fields):
    return Meeting.objects.create(
        consultation=thing,
        starts_at=begins,
        ends_at=begins + timedelta(hours=hours),
        time_zone=zone,
        languages=["en"],
        **fields,
    )


def test_a_public_file_holds_the_meetings_in_utc_without_the_join_address(client):
    thing = factories.open_consultation("Services")
    meeting = thing.meetings.get()
    response = client.get(reverse("consultations:calendar", args=[thing.address_key]))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert 'filename="consultation.ics"' in response.headers["Content-Disposition"]
    (entry,) = entries(response.content)
    found = plain(response.content)
    assert found["METHOD"] == "PUBLISH"
    assert found["DTSTART"] == f"{meeting.starts_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    assert (str(entry["SUMMARY"]), entry["SEQUENCE"], str(entry["STATUS"])) == (
        "Services: First round",
        0,
        "CONFIRMED",
    )
    assert str(entry["UID"]) == f"{meeting.key}@testserver"
    assert str(entry["URL"]) == "http://testserver" + thing.get_absolute_url()
    assert "in Tunis" in str(entry["DESCRIPTION"])
    assert "LOCATION" not in entry
    assert b"secret-room" not in response.content
    assert b"VTIMEZONE" not in response.content


def test_the_zone_is_named_and_right_on_both_sides_of_a_change_of_clocks():
    thing = factories.open_consultation(meeting=False)
    summer = set_meeting(thing, datetime(2031, 10, 25, 23, 0, tzinfo=UTC), hours=3)
    winter = set_meeting(thing, datetime(2031, 10, 27, 13, 0, tzinfo=UTC))
    assert clocks.lines(summer)[0] == "26 October 2031, 01:00 to 03:00 in Paris"
    assert clocks.lines(summer)[1] == "25 October 2031, 23:00 to 26 October 2031, 02:00 UTC"
    assert clocks.lines(winter) == ["27 October 2031, 14:00 to 16:00 in Paris", "13:00 to 15:00 UTC"]
    first, second = entries(calendars.of_consultation(thing, Reader.nobody()))
    assert first["DTSTART"].dt == summer.starts_at
    assert second["DTSTART"].dt == winter.starts_at


def test_an_entry_changes_its_sequence_and_keeps_its_name_and_a_cancelled_one_says_so():
    from consultations.operations import meetings

    thing = factories.open_consultation()
    (before,) = entries(calendars.of_consultation(thing, Reader.nobody()))
    meeting = thing.meetings.get()
    meetings.edit(
        meeting,
        titles={"en": {"title": "New"}},
        starts_at=meeting.starts_at + timedelta(days=1),
        ends_at=None,
        by=None,
    )
    (moved,) = entries(calendars.of_consultation(thing, Reader.nobody()))
    meetings.cancel(meeting, by=None)
    (off,) = entries(calendars.of_consultation(thing, Reader.nobody()))
    assert before["UID"] == moved["UID"] == off["UID"]
    assert [entry["SEQUENCE"] for entry in (before, moved, off)] == [0, 1, 2]
    assert [str(entry["STATUS"]) for entry in (before, moved, off)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert before["DTSTAMP"].dt <= moved["DTSTAMP"].dt <= off["DTSTAMP"].dt


def test_the_registrations_file_holds_the_address_while_it_is_confirmed(client):
    thing, lead = factories.open_consultation(), factories.lead()
    made = factories.registration(thing, lead.organization)
    address = reverse("consultations:registration-calendar", args=[made.key])
    client.force_login(lead)
    assert str(entries(client.get(address).content)[0]["LOCATION"]) == "https://meet.example/secret-room"
    client.force_login(factories.coordinator())
    assert b"secret-room" not in client.get(address).content
    client.force_login(factories.lead())
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_the_registrations_file_calls_off_what_was_given_back_until_a_place_is_held_again(client):
    thing, lead = factories.open_consultation(), factories.lead()
    made = factories.registration(thing, lead.organization)
    client.force_login(lead)

    def told():
        address = reverse("consultations:registration-calendar", args=[made.key])
        (entry,) = entries(client.get(address).content)
        return str(entry["STATUS"]), entry["SEQUENCE"]

    assert told() == ("CONFIRMED", 0)
    registrations.cancel(made, by=lead)
    assert told() == ("CANCELLED", 1)
    (public,) = entries(client.get(reverse("consultations:calendar", args=[thing.address_key])).content)
    assert str(public["STATUS"]) == "CONFIRMED"
    factories.registration(thing, lead.organization)
    assert told() == ("CONFIRMED", 1)


def test_a_title_cannot_break_out_of_its_line():
    evil = "Services; DTEND:20200101\\nATTENDEE:mailto:x@y.example,\r\nBEGIN:VEVENT"
    thing = factories.open_consultation(evil, place="Geneva;X=1,\n2")
    content = calendars.of_consultation(thing, Reader.nobody())
    (entry,) = entries(content)
    assert "ATTENDEE" not in entry
    assert plain(content)["SUMMARY"].startswith("Services\\; DTEND")
    assert all(len(line.encode()) <= 75 for line in content.decode().split("\r\n"))


def test_the_file_speaks_the_language_of_its_page(client):
    thing = factories.open_consultation(title_en="Services", title_ar="خدمات بلا خوف")
    address = reverse("consultations:calendar", args=[thing.address_key]).replace("/en/", "/ar/")
    (entry,) = entries(client.get(address).content)
    assert str(entry["SUMMARY"]).startswith("خدمات بلا خوف")
    with translation.override("ar"):
        assert thing.get_absolute_url() in str(entry["DESCRIPTION"])


def test_without_a_dated_meeting_there_is_no_file(client):
    thing = factories.open_consultation(meeting=False)
    Meeting.objects.create(consultation=thing)
    assert client.get(reverse("consultations:calendar", args=[thing.address_key])).status_code == 404


def test_a_meeting_over_or_without_an_end_is_written_all_the_same():
    thing = factories.open_consultation(meeting=False)
    Meeting.objects.create(consultation=thing, starts_at=timezone.now() - timedelta(days=1))
    (entry,) = entries(calendars.of_consultation(thing, Reader.nobody()))
    assert "DTEND" not in entry


def test_a_file_in_a_message_says_how_to_join_only_while_the_registration_is_confirmed():
    registration = factories.registration(factories.open_consultation())
    for status, joins in (("confirmed", True), ("waitlisted", False), ("cancelled", False)):
        registration.status = status
        assert (b"secret-room" in calendars.of_registration(registration, gives_join=True)) == joins, status
    registration.status = "confirmed"
    assert b"secret-room" not in calendars.of_registration(registration, gives_join=False)
