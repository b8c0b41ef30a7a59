"""What consultations tell, to whom, in whose language, and what never leaves a closed room."""

from datetime import UTC, datetime, timedelta
from email import message_from_string, policy

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar

from consultations.models import Registration
from consultations.operations import consultations, delegates, meetings, registrations, reminders
from portal.errors import Refused
from portal.models import Delivery, Membership, Recipient
from portal.operations import delivery
from tests import factories

pytestmark = pytest.mark.django_db

ROOM = "https://meet.example/secret-room"
TITLES = {
    "title_en": "Services without fear",
    "title_fr": "Des services sans peur",
    "title_es": "Servicios sin miedo",
    "title_ar": "خدمات بلا خوف",
}
SUBJECTS = {
    "ar": "خدمات بلا خوف",
    "en": "Services without fear",
    "fr": "Des services sans peur",
    "es": "Servicios sin miedo",
}
BEGINS = datetime(2031, 9, 21, 13, 0, tzinfo=UTC)


def consultation(**fields):
    made = factories.open_consultation(**(TITLES | fields))
    made.meetings.update(starts_at=BEGINS, ends_at=BEGINS + timedelta(hours=2), time_zone="Asia/Amman")
    return made


def delegate(number=1, **facts):
    facts = {"language": "ar"} | facts
    return {"name": f"Delegate {number}", "email": f"delegate{number}@sent.example"} | facts


def register(thing, person, *delegates):
    return registrations.register(
        thing, organization=person.organization, delegates=delegates or [delegate()], by=person
    )


def sent(mailoutbox):
    """{address: message} of all that leaves now; nobody is told the same twice."""
    mailoutbox.clear()
    delivery.drain()
    delivery.drain()
    addresses = [address for message in mailoutbox for address in message.to]
    assert len(addresses) == len(set(addresses))
    return {message.to[0]: message for message in mailoutbox}


def calendar_of(message):
    ((name, content, media),) = message.attachments
    assert (name, media.split(";")[0]) == ("consultation.ics", "text/calendar")
    return Calendar.from_ical(content)


def everything(message):
    """Every text that leaves with a message."""
    files = [file[1] if isinstance(file[1], str) else file[1].decode() for file in message.attachments]
    folded = "".join(files).replace("\r\n ", "")
    return message.subject + message.body + message.alternatives[0][0] + folded


def test_a_confirmation_goes_to_people_mailbox_and_delegates_each_in_the_own_language(mailoutbox):
    person = factories.lead(language="fr", mailbox="office@harbour.example", mailbox_language="es")
    Recipient.objects.keep_for_mailbox(person.organization)
    colleague = factories.user(language="en")
    Membership.objects.create(organization=person.organization, user=colleague)
    register(consultation(), person, delegate(1, language="ar"), delegate(2, language="en"))
    messages = sent(mailoutbox)
    languages = {address: message.extra_headers["Content-Language"] for address, message in messages.items()}
    assert languages == {
        person.email: "fr",
        colleague.email: "en",
        "office@harbour.example": "es",
        "delegate1@sent.example": "ar",
        "delegate2@sent.example": "en",
    }
    for address, language in languages.items():
        assert SUBJECTS[language] in messages[address].subject
    assert messages[colleague.email].subject == "Confirmed for 21 September 2031: Services without fear"
    assert 'dir="rtl"' in messages["delegate1@sent.example"].alternatives[0][0]
    assert "16:00 to 18:00 in Amman" in messages[colleague.email].body
    assert "13:00 to 15:00 UTC" in messages[colleague.email].body


def test_the_calendar_of_a_confirmation_holds_the_join_address_and_nobody_else(mailoutbox):
    person = factories.lead()
    made = register(consultation(), person)
    message = sent(mailoutbox)[person.email]
    (entry,) = calendar_of(message).walk("VEVENT")
    assert str(entry["LOCATION"]) == ROOM
    assert str(entry["STATUS"]) == "CONFIRMED"
    assert str(entry["UID"]).startswith(str(made.consultation.meetings.get().key))
    assert entry["DTSTART"].dt == BEGINS
    assert "ATTENDEE" not in entry
    assert made.delegate_set.get().email not in everything(message).replace(message.body, "")


def test_who_waits_learns_the_place_in_line_and_the_rule_and_no_join_address(mailoutbox):
    thing, person = consultation(places=1), factories.lead()
    register(thing, factories.lead(), delegate(7))
    register(thing, factories.lead(), delegate(8))
    register(thing, person)
    messages = sent(mailoutbox)
    message = messages[person.email]
    assert message.subject == "On the waiting list for 21 September 2031: Services without fear"
    assert "Place 2 on the waiting list" in message.body
    assert "a smaller organization never overtakes" in message.body
    assert ROOM not in everything(message)
    assert message.attachments == []
    # Whoever may not come after all is not told to come.
    assert "delegate1@sent.example" not in messages
    assert "delegate7@sent.example" in messages


def test_whoever_is_promoted_is_told_with_the_delegates(mailoutbox):
    thing, person = consultation(places=1), factories.lead()
    holder = register(thing, factories.lead(), delegate(7))
    register(thing, person)
    sent(mailoutbox)
    registrations.cancel(holder, by=holder.registered_by)
    messages = sent(mailoutbox)
    assert set(messages) == {
        person.email,
        "delegate1@sent.example",
        holder.registered_by.email,
        "delegate7@sent.example",
    }
    assert messages[person.email].subject == "Now confirmed for 21 September 2031: Services without fear"
    assert ROOM in everything(messages[person.email])
    cancelled = messages["delegate7@sent.example"]
    (entry,) = calendar_of(cancelled).walk("VEVENT")
    assert str(entry["STATUS"]) == "CANCELLED"
    assert ROOM not in everything(cancelled)


def test_a_message_that_is_no_longer_true_is_not_sent(mailoutbox):
    thing, person = consultation(places=1), factories.lead()
    holder = register(thing, factories.lead(), delegate(7, language="en"))
    register(thing, person, delegate(language="en"))
    registrations.cancel(holder, by=holder.registered_by)
    subjects = [message.subject.split(" for ")[0] for message in sent_all(mailoutbox)]
    assert sorted(set(subjects)) == ["Cancelled", "Now confirmed"]


def sent_all(mailoutbox):
    mailoutbox.clear()
    delivery.drain()
    return list(mailoutbox)


def test_by_hand_first_the_receipt_then_the_answer_with_its_reason(mailoutbox):
    thing, person, coordinator = consultation(approval="by-hand"), factories.lead(), factories.coordinator()
    made = register(thing, person)
    messages = sent(mailoutbox)
    assert {address: message.subject for address, message in messages.items()} == {
        person.email: "Received for 21 September 2031: Services without fear"
    }
    registrations.decline(made, reason="Sent for another room", by=coordinator)
    messages = sent(mailoutbox)
    assert set(messages) == {person.email}
    assert "Sent for another room" in messages[person.email].body
    assert "Sent for another room" not in messages[person.email].subject


def test_nothing_of_a_closed_room_stands_in_its_messages(mailoutbox):
    thing, person = consultation(access="invited", attribution="confidential"), factories.lead()
    made = factories.registration(thing, person.organization, status="pending")
    made.delegate_set.update(
        recipient=delegates.recipients_of(person.organization, [delegate()], by=person)[
            "delegate1@sent.example"
        ]
    )
    registrations.confirm(made, by=factories.coordinator())
    meeting = thing.meetings.get()
    meetings.edit(
        meeting, titles={"en": {"title": "x"}}, starts_at=BEGINS + timedelta(days=1), ends_at=None, by=None
    )
    for message in sent_all(mailoutbox):
        text = everything(message)
        for secret in (ROOM, "Services without fear", person.organization.name_en, "Amman", "2031"):
            assert secret not in text
        assert message.attachments == []
    assert mailoutbox


def test_a_moved_meeting_is_told_to_the_confirmed_with_the_join_address_and_to_those_who_wait_without(
    mailoutbox,
):
    thing = consultation(places=1)
    confirmed, waiting = factories.lead(), factories.lead()
    register(thing, confirmed, delegate(7))
    register(thing, waiting, delegate(8))
    sent(mailoutbox)
    later = BEGINS + timedelta(days=7)
    meetings.edit(
        thing.meetings.get(),
        titles={"en": {"title": "First round"}},
        starts_at=later,
        ends_at=later + timedelta(hours=2),
        why_moved="The interpreters asked for it",
        by=factories.coordinator(language="fr"),
    )
    messages = sent(mailoutbox)
    assert set(messages) == {confirmed.email, waiting.email, "delegate7@sent.example"}
    assert messages[waiting.email].subject == "Moved to 28 September 2031: Services without fear"
    assert "21 September 2031" in messages[waiting.email].body
    assert "The interpreters asked for it" in messages[waiting.email].body
    assert ROOM in everything(messages[confirmed.email])
    assert ROOM in everything(messages["delegate7@sent.example"])
    assert ROOM not in everything(messages[waiting.email])
    (entry,) = calendar_of(messages[confirmed.email]).walk("VEVENT")
    assert (entry["SEQUENCE"], entry["DTSTART"].dt) == (1, later)


def test_a_new_join_address_is_told_to_the_confirmed_alone(mailoutbox):
    thing = consultation(places=1)
    confirmed, waiting = factories.lead(), factories.lead()
    register(thing, confirmed, delegate(7))
    register(thing, waiting, delegate(8))
    sent(mailoutbox)
    meeting = thing.meetings.get()
    meetings.edit(meeting, titles={"en": {"title": "x"}}, join_url="https://meet.example/other", by=None)
    messages = sent(mailoutbox)
    assert set(messages) == {confirmed.email, "delegate7@sent.example"}
    assert "https://meet.example/other" in everything(messages[confirmed.email])


def test_a_meeting_called_off_leaves_the_calendars(mailoutbox):
    thing, person = consultation(), factories.lead()
    register(thing, person)
    sent(mailoutbox)
    meetings.cancel(thing.meetings.get(), by=factories.coordinator())
    message = sent(mailoutbox)[person.email]
    assert message.subject == "Called off on 21 September 2031: Services without fear"
    (entry,) = calendar_of(message).walk("VEVENT")
    assert (str(entry["STATUS"]), entry["SEQUENCE"]) == ("CANCELLED", 1)


def test_opening_tells_every_member_organization_and_nobody_else(mailoutbox):
    members = [factories.lead(language=code) for code in ("ar", "en", "fr", "es")]
    factories.lead(constituency="state")
    factories.lead(status="pending")
    thing = consultation(status="announced")
    consultations.open_registration(thing, by=factories.coordinator(language="fr"))
    messages = sent(mailoutbox)
    assert {address: message.extra_headers["Content-Language"] for address, message in messages.items()} == {
        person.email: person.language for person in members
    }
    for person in members:
        assert SUBJECTS[person.language] in messages[person.email].subject
    english = messages[members[1].email]
    zone = timezone.localtime(thing.closes_at).tzinfo
    assert english.subject.startswith("Register by ")
    assert ROOM not in everything(english)
    assert zone


def test_opening_a_closed_room_tells_nobody(mailoutbox):
    factories.lead()
    thing = consultation(status="announced", access="invited")
    consultations.open_registration(thing, by=factories.coordinator())
    assert sent(mailoutbox) == {}


def test_a_consultation_opens_again_and_is_told_again(mailoutbox):
    person, coordinator = factories.lead(), factories.coordinator()
    thing = consultation(status="announced")
    for _time in range(2):
        thing = consultations.open_registration(thing, by=coordinator)
        assert set(sent(mailoutbox)) == {person.email}
        thing = consultations.close(thing, by=coordinator)


def test_members_who_have_not_registered_are_reminded_before_the_deadline(mailoutbox):
    late, registered = factories.lead(), factories.lead()
    thing = consultation(days=2)
    register(thing, registered)
    sent(mailoutbox)
    thing.reminders.create(about="deadline", due_at=timezone.now() - timedelta(minutes=1))
    assert reminders.send_due() == 1
    assert reminders.send_due() == 0
    messages = sent(mailoutbox)
    assert set(messages) == {late.email}
    assert messages[late.email].subject.startswith("Last days to register, until ")


def test_the_confirmed_are_reminded_of_a_meeting_with_its_join_address(mailoutbox):
    thing = consultation(places=1)
    confirmed, waiting = factories.lead(), factories.lead()
    register(thing, confirmed, delegate(7))
    register(thing, waiting, delegate(8))
    sent(mailoutbox)
    thing.reminders.create(
        about="meeting", meeting=thing.meetings.get(), due_at=timezone.now() - timedelta(minutes=1)
    )
    reminders.send_due()
    messages = sent(mailoutbox)
    assert set(messages) == {confirmed.email, "delegate7@sent.example"}
    assert messages[confirmed.email].subject == "Join on 21 September 2031: Services without fear"
    assert ROOM in everything(messages[confirmed.email])


def test_whoever_takes_a_delegates_place_is_told_and_whoever_loses_it_and_nobody_else(mailoutbox):
    person = factories.lead()
    made = register(consultation(), person, delegate(1, language="en"))
    sent(mailoutbox)
    registrations.change_delegates(made, version=made.version, delegates=[delegate(2)], by=person)
    messages = sent(mailoutbox)
    assert set(messages) == {"delegate1@sent.example", "delegate2@sent.example"}
    assert ROOM in everything(messages["delegate2@sent.example"])
    gone = messages["delegate1@sent.example"]
    assert gone.subject == "You are no longer a delegate on 21 September 2031: Services without fear"
    assert f"{person.organization.name_en} no longer names you as a delegate." in gone.body
    assert ROOM not in everything(gone)
    assert gone.attachments == []


def test_whoever_was_never_told_of_a_place_is_not_told_of_losing_it(mailoutbox):
    thing, person = consultation(places=1), factories.lead()
    register(thing, factories.lead(), delegate(7))
    waiting = register(thing, person)
    sent(mailoutbox)
    registrations.change_delegates(waiting, version=waiting.version, delegates=[delegate(2)], by=person)
    assert sent(mailoutbox) == {}


@pytest.mark.parametrize(
    "fields", [{"access": "invited", "attribution": "confidential"}, {"access": "members"}]
)
def test_of_a_room_that_is_closed_to_it_a_former_delegate_learns_only_that_it_is_one_no_longer(
    mailoutbox, fields
):
    thing, person = consultation(**fields), factories.lead()
    made = factories.registration(thing, person.organization, status="confirmed")
    made.delegate_set.update(
        email="gone@sent.example", recipient=Recipient.objects.create(address="gone@sent.example")
    )
    registrations.change_delegates(made, version=made.version, delegates=[delegate(2)], by=person)
    gone = sent(mailoutbox)["gone@sent.example"]
    assert gone.subject == "You are no longer named as a delegate"
    for secret in (ROOM, "Services without fear", person.organization.name_en, "Amman", "2031"):
        assert secret not in everything(gone)


def test_whoever_is_named_again_before_the_message_leaves_is_not_told_otherwise(mailoutbox):
    person = factories.lead()
    first, second = delegate(1, language="en"), delegate(3, language="en")
    made = register(consultation(), person, first, second)
    sent(mailoutbox)
    for named in ([second], [second, first]):
        made = registrations.change_delegates(made, version=made.version, delegates=named, by=person)
    subjects = {address: message.subject for address, message in sent(mailoutbox).items()}
    assert subjects.keys() == {"delegate1@sent.example", "delegate3@sent.example"}
    assert set(subjects.values()) == {"You are a delegate on 21 September 2031: Services without fear"}


def test_a_former_delegate_finds_it_in_the_inbox_without_the_room(client, mailoutbox):
    thing = consultation(access="invited", attribution="confidential")
    person, gone = factories.lead(), factories.lead()
    made = factories.registration(thing, person.organization, status="confirmed")
    made.delegate_set.update(email=gone.email, recipient=gone.recipient)
    registrations.change_delegates(made, version=made.version, delegates=[delegate(2)], by=person)
    sent(mailoutbox)
    client.force_login(gone)
    page = client.get(reverse("inbox")).content.decode()
    assert "You are no longer named as a delegate" in page
    assert "Services without fear" not in page


def test_registering_and_cancelling_again_and_again_fills_no_strangers_mailbox(mailoutbox):
    person, things = factories.lead(), [consultation() for _ in range(3)]
    mailoutbox.clear()
    for thing in things[:2]:
        made = register(thing, person)
        delivery.drain()
        registrations.cancel(made, by=person)
        delivery.drain()
    addresses = [message.to[0] for message in mailoutbox]
    assert (addresses.count("delegate1@sent.example"), addresses.count(person.email)) == (3, 4)
    waiting = Delivery.objects.get(recipient__address="delegate1@sent.example", state="queued")
    assert round((waiting.not_before - timezone.now()) / timedelta(hours=1)) == 1
    with pytest.raises(Refused):
        register(things[2], person)


def test_a_delegate_who_leads_the_organization_is_told_once(mailoutbox):
    person = factories.lead()
    register(consultation(), person, delegate(1, email=person.email))
    assert set(sent(mailoutbox)) == {person.email}


def test_the_same_message_written_again_has_the_same_bytes(mailoutbox):
    person = factories.lead()
    made = register(consultation(), person)
    from consultations import calendars

    made = Registration.objects.get(pk=made.pk)
    with translation.override("ar"):
        assert calendars.of_registration(made, gives_join=True) == calendars.of_registration(
            Registration.objects.get(pk=made.pk), gives_join=True
        )


def test_every_message_is_valid_mime_under_forty_kilobytes(mailoutbox):
    person = factories.lead(language="ar")
    register(consultation(), person)
    message = sent(mailoutbox)[person.email]
    raw = message.message().as_string()
    parsed = message_from_string(raw, policy=policy.default)
    assert parsed["Subject"].strip() == message.subject
    assert parsed.get_body(("plain",)).get_content().strip()
    assert [part.get_content_type() for part in parsed.iter_attachments()] == ["text/calendar"]
    assert len(raw) < 40_000
