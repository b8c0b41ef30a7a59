"""Reminders are recorded when dates are set and sent once, late if need be, never for what has passed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations import tasks
from consultations.models import Reminder
from consultations.operations import consultations, meetings, reminders
from portal.models import Notice
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
    ]
    assert told("consultation-opened") == 1


def test_what_would_be_due_already_is_not_caught_up_with():
    thing = opened(days=2)
    assert [about for about, _at in owed(thing)] == ["meeting"]
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
    assert owed(thing) == [("deadline", later - 3 * DAY), ("meeting", begins - DAY)]
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
    assert reminders.send_due() == 2
    assert told("deadline-near") == told("meeting-near") == 0
    assert thing.reminders.filter(dropped_at__isnull=False).count() == 2


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


def test_the_beat_rings_for_reminders():
    from portal.celery import app

    assert app.conf.beat_schedule["remind"]["task"] == "consultations.tasks.remind"
    assert "consultations.tasks.remind" in app.tasks
