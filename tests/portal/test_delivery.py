"""A notice reaches each of its readers once, in the reader's language, and nobody who may not know."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone, translation

from portal import clock
from portal.models import Choice, Delivery, Membership, Notice, Organization, Recipient, User
from portal.notifications import Kind, OrganizationVerified, notify, register, registry
from portal.operations import choices, delivery, expansion, leases, suppression
from resources.models import Document
from resources.notifications import DocumentPublished, DocumentTranslated
from tests import factories

pytestmark = pytest.mark.django_db
State = Delivery.State


def tell(thing, kind=DocumentPublished, **options):
    """Notice and send, as a worker does it after the commit."""
    notice = notify(kind, thing, by=None, **options)
    delivery.drain()
    return notice


def sent_to(mailoutbox):
    return sorted(address for message in mailoutbox for address in message.to)


def states():
    return dict(Delivery.objects.values_list("recipient__address", "state"))


def test_every_member_is_told_once_and_in_the_own_language(mailoutbox):
    arabic, spanish, french = (factories.lead(language=code) for code in ("ar", "es", "fr"))
    factories.lead(constituency="state")
    factories.lead(status="pending")
    document = factories.document(
        title_ar="العودة", title_es="El retorno", title_en="Return", title_fr="Le retour"
    )

    tell(document)
    delivery.drain()

    assert sent_to(mailoutbox) == sorted(person.email for person in (arabic, spanish, french))
    languages = {message.to[0]: message.extra_headers["Content-Language"] for message in mailoutbox}
    assert languages == {arabic.email: "ar", spanish.email: "es", french.email: "fr"}


def test_the_same_thing_in_the_same_version_is_told_once(mailoutbox):
    factories.lead()
    document = factories.document()
    assert tell(document) == tell(document)
    assert len(mailoutbox) == 1
    document.version += 1
    tell(document)
    assert len(mailoutbox) == 2


def test_the_shared_mailbox_is_told_beside_the_people_in_its_own_language(mailoutbox):
    person = factories.lead(language="fr", mailbox="office@harbour.example", mailbox_language="ar")
    Recipient.objects.keep_for_mailbox(person.organization)
    tell(factories.document())
    languages = {message.to[0]: message.extra_headers["Content-Language"] for message in mailoutbox}
    assert languages == {person.email: "fr", "office@harbour.example": "ar"}


def test_who_shares_the_mailbox_of_the_organization_is_told_once_and_as_a_person(mailoutbox):
    person = factories.user("amal@harbour.example", language="ar")
    for name in ("One", "Two"):
        made = factories.organization(name, lead=person, mailbox="Amal@harbour.example")
        Recipient.objects.keep_for_mailbox(made)
    tell(factories.document())
    assert [(message.to, message.extra_headers["Content-Language"]) for message in mailoutbox] == [
        (["amal@harbour.example"], "ar")
    ]


def test_two_organizations_with_one_mailbox_are_told_once(mailoutbox):
    for name in ("One", "Two"):
        Recipient.objects.keep_for_mailbox(factories.organization(name, mailbox="shared@harbour.example"))
    tell(factories.document())
    assert sent_to(mailoutbox) == ["shared@harbour.example"]


def test_expansion_goes_on_from_where_it_was_killed(monkeypatch):
    monkeypatch.setattr(expansion, "CHUNK", 3)
    people = [factories.lead() for _ in range(8)]
    notice = notify(DocumentPublished, factories.document(), by=None)
    assert expansion.step()
    notice.refresh_from_db()
    assert (Delivery.objects.count(), notice.expanded_at) == (3, None)

    # A chunk that was killed after its rows and before its cursor comes again, and doubles nothing.
    Notice.objects.filter(pk=notice.pk).update(cursor=0)
    while expansion.step():
        pass
    assert set(states()) == {person.email for person in people}
    assert Delivery.objects.count() == 8


def test_one_kind_that_fails_does_not_hold_up_the_others(mailoutbox, caplog):
    class Failing(DocumentPublished):
        name = "failing"
        priority = 0

        @staticmethod
        def organizations(document):
            raise ZeroDivisionError

    registry["failing"] = Failing
    try:
        person, document = factories.lead(), factories.document()
        notify(Failing, document, by=None)
        tell(document)
    finally:
        del registry["failing"]
    assert sent_to(mailoutbox) == [person.email]
    assert "cannot be expanded" in caplog.text


def test_who_came_after_the_notice_is_not_told(mailoutbox):
    person, document = factories.lead(), factories.document()
    later, colleague = factories.lead(), factories.user()
    notice = notify(DocumentPublished, document, by=None)
    Notice.objects.filter(pk=notice.pk).update(created_at=clock.now())
    factories.lead()
    Membership.objects.create(organization=person.organization, user=colleague)
    Organization.objects.filter(pk=later.organization.pk).update(verified_at=clock.now())
    delivery.drain()
    assert sent_to(mailoutbox) == [person.email]


def test_only_readers_of_a_language_are_told_of_it(mailoutbox):
    arabic, _french = factories.lead(language="ar"), factories.lead(language="fr")
    tell(factories.document(title_ar="العودة"), DocumentTranslated, language="ar")
    assert sent_to(mailoutbox) == [arabic.email]


def test_whoever_may_no_longer_see_the_thing_when_it_leaves_is_not_told(mailoutbox):
    stays, leaves, suspended, gone = (factories.lead() for _ in range(4))
    document = factories.document(access="members")
    notify(DocumentPublished, document, by=None)
    expansion.step()
    assert Delivery.objects.count() == 4

    Membership.objects.filter(user=leaves).delete()
    Organization.objects.filter(pk=suspended.organization.pk).update(status="suspended")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    delivery.drain()

    assert sent_to(mailoutbox) == [stays.email]
    assert states() == {
        stays.email: State.SENT,
        leaves.email: State.CANCELLED,
        suspended.email: State.CANCELLED,
        gone.email: State.CANCELLED,
    }


def test_a_thing_that_was_taken_back_or_deleted_is_not_told(mailoutbox):
    factories.lead()
    withdrawn, deleted = factories.document(), factories.document()
    for document in (withdrawn, deleted):
        notify(DocumentPublished, document, by=None)
        expansion.step()
    Document.objects.filter(pk=withdrawn.pk).update(status="withdrawn")
    deleted.delete()
    delivery.drain()
    assert mailoutbox == []
    assert set(Delivery.objects.values_list("state", "last_code")) == {
        (State.CANCELLED, "not entitled"),
        (State.CANCELLED, "gone"),
    }


def test_who_left_a_kind_or_refused_our_mail_is_not_written_to(mailoutbox):
    left, later, bounced, told = (factories.lead() for _ in range(4))
    choices.choose(left.recipient, DocumentPublished, how=Choice.How.NEVER, by=left)
    suppression.suppress(bounced.email, because="rcpt 550 5.1.1 no such user")
    notify(DocumentPublished, factories.document(), by=None)
    expansion.step()
    assert states()[left.email] == states()[bounced.email] == State.CANCELLED
    choices.choose(later.recipient, DocumentPublished, how=Choice.How.NEVER, by=later)
    delivery.drain()
    assert sent_to(mailoutbox) == [told.email]
    assert states()[later.email] == State.CANCELLED


def test_what_one_may_not_leave_reaches_also_who_left_the_rest(mailoutbox):
    person = factories.lead()
    Choice.objects.create(recipient=person.recipient, kind="organization-verified", how="never")
    tell(person.organization, OrganizationVerified)
    assert sent_to(mailoutbox) == [person.email]


def test_a_choice_for_one_objective_goes_before_the_choice_for_the_kind():
    one, other = factories.objective(), factories.objective()
    person = factories.lead()
    recipient = Recipient.objects.get(user=person)
    choices.choose(recipient, DocumentPublished, how=Choice.How.NEVER, by=person)
    choices.choose(recipient, DocumentPublished, how=Choice.How.WEEKLY, objective=one, by=person)
    hows = [
        choices.chosen(DocumentPublished, factories.document(objectives=objectives), [recipient.pk])
        for objectives in ([one], [other], [one, other])
    ]
    assert [found[recipient.pk] for found in hows] == ["weekly", "never", "weekly"]


def test_a_message_from_a_closed_room_says_nothing_of_it(mailoutbox):
    @register
    class Closed(Kind):
        name, model = "closed", Document

        @staticmethod
        def organizations(document):
            return Organization.objects.members()

        @staticmethod
        def is_neutral(document):
            return True

        @staticmethod
        def address(document):
            return f"/en/rooms/{document.key}/"

        @staticmethod
        def attachments(document, recipient=None):
            return [("secret.ics", b"Secret place", "text/calendar")]

    try:
        factories.lead()
        tell(factories.document("Secret testimony"), Closed)
    finally:
        del registry["closed"]
    message = mailoutbox[0]
    everything = message.message().as_string() + message.body + message.alternatives[0][0]
    assert message.subject == "There is something for you on the portal"
    assert "ecret" not in everything
    assert "closed" not in everything
    assert message.attachments == []


def test_the_address_and_the_message_id_stand_nowhere_in_the_text_of_the_delivery(mailoutbox):
    person = factories.lead()
    tell(factories.document())
    row = Delivery.objects.get()
    assert row.message_id == f"<{row.key}@portal.example>" == mailoutbox[0].extra_headers["Message-ID"]
    assert person.email not in " ".join(str(value) for value in Delivery.objects.values_list().get())


def test_the_language_is_fixed_at_the_first_attempt(mailoutbox):
    person = factories.lead(language="fr")
    notify(DocumentPublished, factories.document(), by=None)
    expansion.step()
    Delivery.objects.update(lang="fr", attempts=1)
    person.language = "ar"
    person.save()
    Recipient.objects.keep_for_person(person)
    delivery.drain()
    assert mailoutbox[0].extra_headers["Content-Language"] == "fr"


def test_what_is_urgent_leaves_before_what_goes_to_everybody(mailoutbox):
    for _ in range(15):
        factories.lead()
    person = factories.lead()
    notify(DocumentPublished, factories.document(), by=None)
    expansion.step()
    tell(person.organization, OrganizationVerified)
    assert mailoutbox[0].subject == "Verified: your organization can now take part"
    assert len(mailoutbox) == 17


def test_no_name_of_a_person_can_break_or_fill_a_message(mailoutbox):
    person = factories.lead()
    person.name = "<b>Mallory</b> & https://evil.example/"
    person.save()
    tell(factories.document())
    html = mailoutbox[0].alternatives[0][0]
    assert "<b>Mallory" not in html
    assert "&lt;b&gt;Mallory&lt;/b&gt; &amp; https://evil.example/" in html
    assert 'href="https://evil.example' not in html


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr"])
def test_the_language_of_whoever_acted_plays_no_part(language, mailoutbox):
    factories.lead(language="es")
    document = factories.document(title_es="El retorno", title_en="Return")
    with translation.override(language), timezone.override("Asia/Amman"):
        notify(DocumentPublished, document, by=factories.coordinator(language=language))
        delivery.drain()
    assert mailoutbox[0].extra_headers["Content-Language"] == "es"
    assert 'lang="es"' in mailoutbox[0].alternatives[0][0]


def test_a_person_always_has_a_row_to_be_written_by(client):
    person = factories.user(language="ar")
    assert (person.recipient.address, person.recipient.language) == (person.email, "ar")
    before = person.recipient.nonce
    person.email = "new@people.example"
    suppression.suppress(person.recipient.address, because="550")
    kept = Recipient.objects.keep_for_person(person)
    assert (kept.address, kept.suppressed_at) == ("new@people.example", None)
    assert kept.nonce != before


def test_time_runs_on_the_clock_of_the_database(mailoutbox):
    factories.lead()
    notify(DocumentPublished, factories.document(), by=None)
    expansion.step()
    Delivery.objects.update(not_before=clock.now() + timedelta(minutes=5))
    assert delivery.drain() == 0
    Delivery.objects.update(not_before=clock.now())
    assert delivery.drain() == 1


def test_a_batch_is_chosen_once_even_by_the_poorest_plan():
    """A planner that takes the table for empty must not choose and lock anew for each of its rows."""
    for _ in range(8):
        factories.lead()
    notify(DocumentPublished, factories.document(), by=None)
    while expansion.step():
        pass
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pg_class SET relpages = 100, reltuples = 0 WHERE relname = 'portal_delivery'")
        cursor.execute(
            f"EXPLAIN (ANALYZE, FORMAT JSON) {leases.CLAIM}",
            {"me": uuid.uuid4(), "lease": timedelta(minutes=1), "size": leases.BATCH},
        )
        plan = cursor.fetchone()[0][0]["Plan"]
    locks = [step for step in steps_of(plan) if step["Node Type"] == "LockRows"]
    assert [step["Actual Loops"] for step in locks] == [1]


def steps_of(plan):
    """Yield each step of a plan as EXPLAIN tells it."""
    yield plan
    for step in plan.get("Plans", ()):
        yield from steps_of(step)
