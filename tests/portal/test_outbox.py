"""The outbox shows coordinators what waits and what failed, lets them try again or stop; figures for the machines."""

from datetime import timedelta

import pytest
from django.urls import reverse
from prometheus_client.parser import text_string_to_metric_families

from portal import clock
from portal.models import AccountMail, Alarm, Delivery, InboxEntry, Recipient
from portal.notifications import notify
from portal.operations import account_mail, alarms, delivery, expansion, suppression, upkeep
from resources.notifications import DocumentPublished
from tests import factories

pytestmark = pytest.mark.django_db


def owed(document=None, **fields):
    """One delivery of a notice, as the fields say."""
    person = factories.lead()
    notice = notify(DocumentPublished, document or factories.document(), by=None)
    while expansion.step():
        pass
    rows = Delivery.objects.filter(notice=notice, recipient=person.recipient)
    rows.update(**fields)
    return rows.get()


def page_of(client, state="", person=None):
    client.force_login(person or factories.coordinator())
    return client.get(reverse("outbox"), {"state": state}).content.decode()


def test_only_coordinators_see_the_outbox_and_act_there(client):
    row = owed()
    acts = [reverse(name, args=[row.key]) for name in ("outbox-retry", "outbox-cancel")]
    acts.append(reverse("suppression-lift", args=[row.recipient.key]))
    for person in (factories.user(), factories.lead(), factories.translator()):
        client.force_login(person)
        assert client.get(reverse("outbox")).status_code == 403
        assert [client.post(address).status_code for address in acts] == [404, 404, 404]
        assert [client.get(address).status_code for address in acts] == [405, 405, 405]


def test_what_is_in_trouble_stands_first_with_the_servers_last_answer(client):
    later = clock.now() + timedelta(hours=1)
    waits = owed(attempts=2, last_code="rcpt 450 4.2.1 greylisted", not_before=later)
    dead = owed(state="dead", attempts=9, last_code="end 554 no", finished_at=clock.now())
    fine = owed()
    page = page_of(client)
    for row in (waits, dead):
        assert row.recipient.address in page
        assert row.last_code in page
    assert fine.recipient.address not in page
    assert fine.recipient.address in page_of(client, "waiting")


def test_a_message_is_tried_again_at_a_coordinators_word(client, mailoutbox):
    row = owed(state="dead", attempts=9, last_code="end 554 no", finished_at=clock.now())
    client.force_login(factories.coordinator())
    client.post(reverse("outbox-retry", args=[row.key]))
    assert row.recipient.address in [message.to[0] for message in mailoutbox]
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("sent", 1)


def test_a_sent_message_is_not_sent_again_and_a_suppressed_address_not_written_to(client, mailoutbox):
    row = owed(state="sent", finished_at=clock.now())
    bounced = owed(state="bounced", finished_at=clock.now())
    suppression.suppress(bounced.recipient.address, because="550")
    client.force_login(factories.coordinator())
    for delivery_ in (row, bounced):
        client.post(reverse("outbox-retry", args=[delivery_.key]))
    assert set(Delivery.objects.filter(pk__in=[row.pk, bounced.pk]).values_list("state", flat=True)) == {
        "sent",
        "bounced",
    }
    client.post(reverse("suppression-lift", args=[bounced.recipient.key]))
    client.post(reverse("outbox-retry", args=[bounced.key]))
    bounced.refresh_from_db()
    assert bounced.state == "sent"


def test_a_message_that_waits_is_cancelled_and_one_in_hand_is_not(client):
    waits, leased = owed(), owed()
    Delivery.objects.filter(pk=leased.pk).update(
        state="leased", lease_owner=leased.key, lease_until=clock.now() + timedelta(minutes=1)
    )
    client.force_login(factories.coordinator())
    for row in (waits, leased):
        client.post(reverse("outbox-cancel", args=[row.key]))
    waits.refresh_from_db()
    leased.refresh_from_db()
    assert (waits.state, leased.state) == ("cancelled", "leased")


def test_a_scoped_coordinator_sees_only_messages_of_the_scope_and_no_codes(client):
    mine, other = factories.document("Mine"), factories.document("Other")
    rows = {document: owed(document, attempts=1, last_code="450 <box>") for document in (mine, other)}
    account_mail.write(factories.user("amal@people.example").email, subject="Code", body="12345678")
    person = factories.coordinator_of(mine)
    page = page_of(client, "waiting", person)
    assert [title for title in ("Mine", "Other") if title in page] == ["Mine"]
    # Whose message it is, the server's answer may name too: only who coordinates everything reads addresses.
    assert page.count("1 attempt") == Delivery.objects.filter(notice=rows[mine].notice).count()
    for text in (
        rows[mine].recipient.address,
        rows[other].recipient.address,
        "450 &lt;",
        "amal@people.example",
    ):
        assert text not in page
    assert client.post(reverse("outbox-cancel", args=[rows[other].key])).status_code == 404
    everything = page_of(client, "waiting")
    for text in (rows[mine].recipient.address, "450 &lt;", "amal@people.example"):
        assert text in everything
    assert "12345678" not in everything


def test_nobody_frees_the_own_address_at_the_desk(client):
    """Its owner first shows to read there (G3); a coordinator's word is for the addresses of others."""
    for person in (factories.lead(), factories.coordinator_of(factories.document())):
        suppression.suppress(person.email, because="550")
        client.force_login(person)
        assert client.post(reverse("suppression-lift", args=[person.recipient.key])).status_code == 403
        assert Recipient.objects.filter(user=person).suppressed().exists()


def test_the_outbox_costs_the_same_for_one_and_for_ten(cost):
    person = factories.coordinator()

    def add():
        owed(attempts=1, last_code="450")
        Recipient.objects.create(
            address=f"{len(Recipient.objects.all())}@gone.example", suppressed_at=clock.now()
        )

    add()
    one = cost(reverse("outbox"), user=person)
    for _ in range(9):
        add()
    assert one == cost(reverse("outbox"), user=person) <= 20


def test_what_has_been_due_for_more_than_ten_minutes_sounds_an_alarm_until_it_has_left(client, caplog):
    row = owed()
    alarms.watch()
    assert not Alarm.objects.active().exists()
    Delivery.objects.filter(pk=row.pk).update(not_before=clock.now() - timedelta(minutes=11))
    alarms.watch()
    alarms.watch()
    assert list(Alarm.objects.active().values_list("name", flat=True)) == ["late"]
    assert "LATE" in caplog.text
    client.force_login(factories.coordinator())
    for name in ("desk", "outbox", "notices"):
        assert "Messages are late" in client.get(reverse(name)).content.decode()
    delivery.drain()
    alarms.watch()
    assert not Alarm.objects.active().exists()


def test_a_notice_that_nobody_expands_is_late_too():
    factories.lead()
    notice = notify(DocumentPublished, factories.document(), by=None)
    type(notice).objects.update(created_at=clock.now() - timedelta(minutes=11))
    alarms.watch()
    assert Alarm.objects.active().get().name == "late"


def figures(client, **headers):
    answer = client.get("/metrics", headers=headers)
    if answer.status_code != 200:
        return answer.status_code
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def test_the_metrics_say_how_old_the_queue_is_what_leaves_and_what_fails(client):
    row = owed()
    owed(state="dead", finished_at=clock.now())
    Delivery.objects.filter(pk=row.pk).update(not_before=clock.now() - timedelta(minutes=20))
    alarms.watch()
    found = figures(client)
    assert 1200 <= found["portal_oldest_due_seconds",] < 1260
    assert found["portal_messages_waiting", "9"] == Delivery.objects.waiting().count()
    assert (found["portal_messages_total", "sent"], found["portal_alarm", "late"]) == (0, 1)
    sent = delivery.drain()
    delivery.drain()
    alarms.watch()
    found = figures(client)
    assert found["portal_messages_total", "sent"] == sent
    assert (found["portal_oldest_due_seconds",], found["portal_alarm", "late"]) == (0, 0)


def test_the_metrics_are_for_this_machine_or_for_the_bearer_of_the_token(client, settings):
    assert isinstance(figures(client), dict)
    assert figures(client, **{"X-Forwarded-For": "203.0.113.7"}) == 404
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 404
    settings.METRICS_TOKEN = "secret-of-the-collector"
    assert figures(client) == 404
    assert figures(client, Authorization="Bearer wrong") == 404
    assert isinstance(figures(client, Authorization="Bearer secret-of-the-collector"), dict)


def test_no_address_and_no_title_stands_in_the_metrics(client):
    row = owed(factories.document("Secret title"))
    text = client.get("/metrics").content.decode()
    assert row.recipient.address not in text
    assert "Secret title" not in text


def test_what_is_past_its_time_is_forgotten():
    old = clock.now() - timedelta(days=31)
    gone, kept, waiting = (
        owed(state="sent", finished_at=old),
        owed(state="sent", finished_at=clock.now()),
        owed(),
    )
    account_mail.write(factories.user().email, subject="Code", body="1")
    AccountMail.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    InboxEntry.objects.filter(recipient=gone.recipient).update(created_at=clock.now() - timedelta(days=366))
    upkeep.tidy()
    remaining = set(Delivery.objects.filter(notice__isnull=False).values_list("pk", flat=True))
    assert gone.pk not in remaining
    assert {kept.pk, waiting.pk} <= remaining
    assert not AccountMail.objects.exists()
    assert not InboxEntry.objects.filter(recipient=gone.recipient).exists()
    assert InboxEntry.objects.filter(recipient=kept.recipient).exists()


def test_how_long_sent_messages_and_the_inbox_are_kept_are_settings(settings):
    settings.KEEP_DELIVERIES_DAYS, settings.KEEP_INBOX_DAYS = 3, 5
    row = owed(state="sent", finished_at=clock.now() - timedelta(days=4))
    entry = InboxEntry.objects.filter(recipient=row.recipient)
    entry.update(created_at=clock.now() - timedelta(days=4))
    upkeep.tidy()
    assert (Delivery.objects.filter(pk=row.pk).exists(), entry.exists()) == (False, True)
    entry.update(created_at=clock.now() - timedelta(days=6))
    upkeep.tidy()
    assert not entry.exists()
