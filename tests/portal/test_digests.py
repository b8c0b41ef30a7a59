"""Who chose a summary gets one on the own morning, with what may still be seen and was not sent before, or none."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal import clock
from portal.models import Choice, Delivery, Digest, InboxEntry, Notice, Recipient, User
from portal.notifications import OrganizationVerified, notify
from portal.operations import choices, delivery, digests, expansion, outbox, quiet
from resources.models import Document
from resources.notifications import DocumentPublished
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def reader(how="daily", *, language="en", time_zone="UTC", **fields):
    person = factories.lead(language=language)
    User.objects.filter(pk=person.pk).update(time_zone=time_zone)
    recipient = Recipient.objects.get(user=person)
    choices.choose(recipient, DocumentPublished, how=how, by=person)
    Recipient.objects.filter(pk=recipient.pk).update(**fields)
    return person


def told(title, *, days_ago=2, **fields):
    """A document, told of some days ago."""
    document = factories.document(title, **fields)
    notice = notify(DocumentPublished, document, by=None)
    while expansion.step():
        pass
    Delivery.objects.filter(notice=notice).update(created_at=clock.now() - days_ago * DAY)
    return document


def send():
    made = digests.gather()
    delivery.drain()
    digests.settle()
    return made


def test_what_is_summed_up_is_not_sent_by_itself(mailoutbox):
    at_once, daily = factories.lead(), reader()
    told("First")
    delivery.drain()
    assert [message.to for message in mailoutbox] == [[at_once.email]]
    assert Delivery.objects.get(recipient__user=daily).channel == "daily"


def test_a_summary_holds_everything_once_by_kind_in_the_own_language(mailoutbox):
    person = reader(language="ar")
    told("First", title_en="First", title_ar="الأولى")
    told("Second", title_en="Second", title_ar="الثانية")
    assert send() == 1
    (message,) = mailoutbox
    assert message.to == [person.email]
    assert message.extra_headers["Content-Language"] == "ar"
    text = message.body + message.alternatives[0][0]
    for word in ("الأولى", "الثانية"):
        assert word in text
    assert text.count("http://testserver/ar/library/") == 4
    assert 'dir="rtl"' in message.alternatives[0][0]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_where_there_is_nothing_nothing_goes_and_nothing_goes_twice(mailoutbox):
    reader()
    assert send() == 0
    told("First")
    assert [send(), send()] == [1, 0]
    told("Second")
    assert send() == 1
    assert len(mailoutbox) == 2
    assert "First" not in mailoutbox[1].body


def test_what_may_no_longer_be_seen_is_left_out_and_an_empty_summary_is_not_sent(mailoutbox):
    reader()
    gone, stays = told("Gone"), told("Stays")
    Document.objects.filter(pk=gone.pk).update(status="withdrawn")
    send()
    assert "Gone" not in mailoutbox[0].body
    assert "Stays" in mailoutbox[0].body

    last = told("Last")
    Document.objects.filter(pk=last.pk).update(status="withdrawn")
    send()
    assert len(mailoutbox) == 1
    assert (
        Delivery.objects.get(notice__object_id=last.pk, notice__kind="document-published").state
        == "cancelled"
    )
    assert stays.pk


def test_what_came_after_the_morning_waits_for_the_next_one(mailoutbox):
    reader()
    told("Just now", days_ago=0)
    assert send() == 0
    Delivery.objects.update(created_at=clock.now() - 2 * DAY)
    assert send() == 1


def test_weeks_and_days_are_gathered_apart(mailoutbox):
    person = reader("weekly")
    choices.choose(
        person.recipient, DocumentPublished, how="daily", objective=factories.objective(5), by=person
    )
    told("For the week", days_ago=8)
    told("For the day", days_ago=8, objectives=[factories.objective(5)])
    assert send() == 2
    assert sorted(Digest.objects.values_list("channel", flat=True)) == ["daily", "weekly"]
    by_week = next(message for message in mailoutbox if "For the week" in message.body)
    assert "For the day" not in by_week.body


def test_two_workers_make_one_summary(mailoutbox):
    reader()
    told("First")
    due = digests._due(clock.now())
    assert [digests._gather(due), digests._gather(due)] == [1, 0]


def test_stopping_the_summaries_stops_them_until_one_asks_again(mailoutbox):
    person = reader()
    told("First")
    send()
    recipient = Recipient.objects.get(user=person)
    assert "/messages/stop/" in mailoutbox[0].extra_headers["List-Unsubscribe"]
    Choice.objects.create(recipient=recipient, kind="digest-gathered", how="never")
    told("Second")
    send()
    assert len(mailoutbox) == 1
    choices.choose_all(recipient, by=person, **{"document-published": "weekly"})
    told("Third", days_ago=9)
    send()
    assert len(mailoutbox) == 2


def test_a_summary_that_was_given_up_goes_whole_when_it_is_tried_again(mailoutbox):
    reader()
    told("First")
    digests.gather()
    message = Delivery.objects.get(notice__kind="digest-gathered")
    Delivery.objects.filter(pk=message.pk).update(state="dead", finished_at=clock.now())
    digests.settle()
    outbox.retry(Delivery.objects.get(pk=message.pk), by=factories.coordinator())
    delivery.drain()
    assert "First" in mailoutbox[0].body


def test_what_is_stopped_of_a_summary_that_is_tried_again_waits_anew(mailoutbox):
    reader()
    first, _second = told("First"), told("Second")
    digests.gather()
    message = Delivery.objects.get(notice__kind="digest-gathered")
    Delivery.objects.filter(pk=message.pk).update(state="dead", finished_at=clock.now())
    digests.settle()
    outbox.retry(Delivery.objects.get(pk=message.pk), by=factories.coordinator())
    Notice.objects.filter(object_id=first.pk, kind="document-published").update(
        held_until=clock.now() + timedelta(days=9)
    )
    mailoutbox.clear()
    delivery.drain()
    assert "Second" in mailoutbox[0].body
    assert "First" not in mailoutbox[0].body
    part = Delivery.objects.get(notice__object_id=first.pk, notice__kind="document-published")
    assert (part.state, part.digest, part.finished_at) == ("queued", None, None)


def test_a_choice_made_meanwhile_sends_nothing_a_second_time(mailoutbox):
    person = reader()
    document = told("First")
    choices.choose(person.recipient, DocumentPublished, how="at-once", by=person)
    Notice.objects.update(cursor=0, expanded_at=None)
    while expansion.step():
        pass
    delivery.drain()
    assert mailoutbox == []
    assert Delivery.objects.filter(notice__object_id=document.pk).count() == 1


def moment(text, zone):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


# 2 March 2027 is a Tuesday.
@pytest.mark.parametrize(
    ("now", "zone", "quiet_days", "weekly", "expected"),
    [
        ("2027-03-02T09:00", "Africa/Tunis", [], False, "2027-03-02T08:00"),
        ("2027-03-02T07:59", "Africa/Tunis", [], False, "2027-03-01T08:00"),
        ("2027-03-02T09:00", "Africa/Tunis", [2], False, "2027-03-01T08:00"),
        ("2027-03-02T09:00", "Africa/Tunis", [], True, "2027-03-01T08:00"),
        ("2027-03-01T07:00", "Africa/Tunis", [], True, "2027-02-22T08:00"),
        ("2027-03-02T09:00", "Africa/Tunis", [1], True, "2027-03-02T08:00"),
        ("2027-03-01T09:00", "Africa/Tunis", [1], True, "2027-02-23T08:00"),
        ("2027-03-28T08:30", "Europe/Paris", [], False, "2027-03-28T08:00"),
        ("2027-03-02T09:00", "Pacific/Auckland", [1, 2, 3, 4, 5, 6, 7], False, "2027-03-01T08:00"),
    ],
)
def test_the_morning_is_the_readers_own(now, zone, quiet_days, weekly, expected):
    found = quiet.last_morning(moment(now, zone), ZoneInfo(zone), quiet_days, weekly=weekly)
    assert found == moment(expected, zone)
    assert (
        quiet.last_morning(moment(now, zone).astimezone(UTC), ZoneInfo(zone), quiet_days, weekly=weekly)
        == found
    )


def test_on_a_quiet_day_a_message_waits_for_the_next_morning_unless_it_is_ones_own(mailoutbox):
    today = clock.now().isoweekday()
    person = factories.lead()
    Recipient.objects.filter(user=person).update(quiet_days=[today])
    notify(DocumentPublished, factories.document(), by=None)
    notify(OrganizationVerified, person.organization, by=None)
    delivery.drain()
    assert [message.subject for message in mailoutbox] == ["Verified: your organization can now take part"]
    row = Delivery.objects.get(notice__kind="document-published")
    assert (row.state, row.not_before.hour) == ("queued", 8)
    assert row.not_before.date() == clock.now().date() + DAY


def test_the_inbox_keeps_each_thing_and_no_summary():
    person = reader()
    told("First")
    send()
    assert list(InboxEntry.objects.values_list("recipient__user", "notice__kind")) == [
        (person.pk, "document-published")
    ]
