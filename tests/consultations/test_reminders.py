"""Reminders are recorded when dates are set and sent once, late if need be, never for what has passed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations import tasks
from consultations.models import Reminder
from consultations.operations import consultations, meetings, reminders
from portal import dates
from portal.errors import Refused
from portal.models import Notice
from portal.operations import delivery
from tests import factories

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def opened(**fields):
    thing = factories.open_consultation(status="announced", **fields)
    return consultations.open_registration(thing, by=factories.coordinator())


def owed(thing):
    return sorted((row.about, row.due_at) for row in thing.reminders.owed())


def told(kind):
    return Notice.objects.filter(kind=kind).count()


def test_opening_plans_what_will_be_due():
    thing = opened(days=20)
    meeting = thing.meetings.get()
    assert owed(thing) == [
        ("deadline", thing.closes_at - 3 * DAY),
        ("meeting", meeting.starts_at - DAY),
        ("naming", meeting.starts_at - 3 * DAY),
    ]
    assert told("consultation-opened") == 1


def test_what_would_be_due_already_is_not_caught_up_with():
    thing = opened(days=2)
    assert [about for about, _at in owed(thing)] == ["meeting", "naming"]
    assert reminders.send_due() == 0


def test_reminders_follow_the_dates_and_closing_drops_them():
    thing = opened(days=20)
    later = thing.closes_at + 7 * DAY
    thing = consultations.edit(
        thing, version=thing.version, titles={"en": {"title": "x", "summary": ""}}, closes_at=later, by=None
    )
    meeting = thing.meetings.get()
    begins = meeting.starts_at + 30 * DAY
    meetings.edit(meeting, titles={"en": {"title": "x"}}, starts_at=begins, ends_at=None, by=None)
    assert owed(thing) == [
        ("deadline", later - 3 * DAY),
        ("meeting", begins - DAY),
        ("naming", begins - 3 * DAY),
    ]
    meetings.cancel(meeting, by=None)
    assert owed(thing) == [("deadline", later - 3 * DAY)]
    consultations.close(thing, by=None)
    assert owed(thing) == []


def test_a_day_of_standstill_sends_late_and_once():
    thing = opened(days=20)
    Reminder.objects.filter(about="deadline").update(due_at=timezone.now() - DAY)
    assert reminders.send_due() == 1
    assert reminders.send_due() == 0
    assert told("deadline-near") == 1
    sent = thing.reminders.get(about="deadline")
    assert sent.sent_at is not None
    assert sent.dropped_at is None


def test_what_has_passed_meanwhile_is_dropped_and_not_sent():
    thing = opened(days=20)
    now = timezone.now()
    thing.reminders.update(due_at=now - DAY)
    type(thing).objects.filter(pk=thing.pk).update(closes_at=now - timedelta(hours=1), opens_at=None)
    thing.meetings.update(starts_at=now - timedelta(minutes=1), ends_at=None)
    assert reminders.send_due() == 3
    assert told("deadline-near") == told("meeting-near") == told("delegates-to-name") == 0
    assert thing.reminders.filter(dropped_at__isnull=False).count() == 3


def test_members_are_told_of_an_opening_when_it_comes_and_not_before():
    thing = opened(opens_at=timezone.now() + DAY)
    assert told("consultation-opened") == 0
    ((about, due_at), *_rest) = [row for row in owed(thing) if row[0] == "opening"]
    assert (about, due_at) == ("opening", thing.opens_at)
    assert reminders.send_due() == 0
    thing = consultations.edit(
        thing,
        version=thing.version,
        titles={"en": {"title": "x", "summary": ""}},
        opens_at=timezone.now() - timedelta(minutes=1),
        by=None,
    )
    tasks.remind()
    assert told("consultation-opened") == 1
    tasks.remind()
    assert told("consultation-opened") == 1


# Times that a coordinator sets


def test_a_coordinator_sets_times_before_and_they_follow_the_dates():
    thing = opened(days=20)
    starts = thing.meetings.get().starts_at
    reminders.set_time(thing, about="meeting", hours=3, by=None)
    reminders.set_time(thing, about="meeting", hours=3, by=None)
    reminders.remove_time(thing, about="deadline", hours=72, by=None)
    thing.refresh_from_db()
    assert (thing.remind_before_meeting, thing.remind_before_deadline) == ([24, 3], [])
    assert owed(thing) == [
        ("meeting", starts - DAY),
        ("meeting", starts - timedelta(hours=3)),
        ("naming", starts - 3 * DAY),
    ]
    meetings.edit(thing.meetings.get(), starts_at=starts + DAY, ends_at=None, by=None)
    assert ("meeting", starts + DAY - timedelta(hours=3)) in owed(thing)


def test_a_moment_that_was_set_stays_when_dates_move_and_is_dropped_when_it_has_passed_by():
    thing = opened(days=20)
    meeting = thing.meetings.get()
    at = meeting.starts_at - 2 * DAY
    reminders.set_time(thing, about="meeting", at=at, by=None)
    meetings.edit(meeting, starts_at=meeting.starts_at + DAY, ends_at=None, by=None)
    assert ("meeting", at) in owed(thing)
    with pytest.raises(Refused, match="has passed"):
        reminders.set_time(thing, about="deadline", at=timezone.now() - DAY, by=None)
    with pytest.raises(Refused, match="No meeting begins"):
        reminders.set_time(thing, about="meeting", at=meeting.starts_at + 5 * DAY, by=None)
    reminders.remove_time(thing, about="meeting", at=at, by=None)
    assert ("meeting", at) not in owed(thing)


def test_whoever_is_confirmed_is_reminded_after_registration_was_closed():
    thing = opened(days=20)
    consultations.close(thing, by=None)
    assert [about for about, _at in owed(thing)] == ["meeting", "naming"]


def test_places_without_names_are_reminded_of_and_named_ones_are_not(mailoutbox):
    thing = opened(days=20)
    person, other, waiting = (factories.lead() for _ in range(3))
    for who, named, status in ((person, 1, "confirmed"), (other, 2, "confirmed"), (waiting, 1, "waitlisted")):
        made = factories.registration(thing, who.organization, status=status, delegates=named)
        type(made).objects.filter(pk=made.pk).update(delegates_count=2)
    thing.reminders.filter(about="naming").update(due_at=timezone.now() - DAY)
    assert reminders.send_due() == 1
    delivery.drain()
    assert [message.to for message in mailoutbox] == [[person.email]]
    assert mailoutbox[0].subject.startswith("Name your delegates")


def test_the_invited_of_a_closed_room_are_told_that_it_closes_and_nobody_else(mailoutbox):
    thing = opened(days=20, access="invited")
    invited, _other = factories.lead(), factories.lead()
    factories.admission(thing, invited.organization)
    thing.reminders.filter(about="deadline").update(due_at=timezone.now() - DAY)
    reminders.send_due()
    delivery.drain()
    assert [message.to for message in mailoutbox] == [[invited.email]]
    assert thing.title_en not in str(mailoutbox[0].message())


def test_reminders_are_set_and_removed_through_the_page(client):
    thing = opened(days=20)
    client.force_login(factories.coordinator())
    there = reverse("consultations:reminders", args=[thing.key])
    assert "3 days before" in client.get(there).content.decode()
    sent = {"once": str(uuid4()), "about": "meeting", "number": 2, "unit": "168"}
    assert [client.post(there, sent).status_code for _click in range(2)] == [302, 302]
    assert "14 days before" in client.get(there).content.decode()
    at = (thing.closes_at - DAY).astimezone(dates.zone_of(thing.time_zone)).strftime("%Y-%m-%dT%H:%M")
    assert client.post(there, {"about": "deadline", "at": at}).status_code == 302
    reminder = thing.reminders.get(is_set=True)
    page = client.get(there).content.decode()
    moment = page.split('name="at" value="')[1].split('"')[0]
    remove = reverse("consultations:reminder-remove", args=[thing.key])
    assert client.post(remove, {"about": "deadline", "at": moment}).status_code == 302
    assert not Reminder.objects.filter(pk=reminder.pk).exists()
    client.post(remove, {"about": "meeting", "hours": 336})
    thing.refresh_from_db()
    assert thing.remind_before_meeting == [24]
    for wrong in (
        {"about": "meeting"},
        {"about": "meeting", "number": 1, "at": at},
        {"about": "x", "number": 1},
    ):
        assert client.post(there, wrong).status_code == 422
    client.force_login(factories.lead())
    assert client.get(there).status_code == client.post(remove, {}).status_code == 403


def test_the_beat_rings_for_reminders():
    from portal.celery import app

    assert app.conf.beat_schedule["remind"]["task"] == "consultations.tasks.remind"
    assert "consultations.tasks.remind" in app.tasks
