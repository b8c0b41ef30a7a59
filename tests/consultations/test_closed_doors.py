"""What a registration still says of a room whose door has closed to its people again: nothing."""

import pytest
from django.urls import reverse

from consultations.notifications import RegistrationCancelled, RegistrationConfirmed, RegistrationDeclined
from consultations.operations import registrations
from portal import items
from portal.models import Reader
from portal.notifications import notify, registry
from portal.operations import delivery
from tests import factories

pytestmark = pytest.mark.django_db

TITLE = "Safe houses"
NEUTRAL = "A consultation that is no longer shown to you"


def room(**fields):
    values = {"access": "invited", "attribution": "confidential", "place": "Amman"} | fields
    return factories.open_consultation(TITLE, **values)


def pages(client, person, made):
    """All pages on which a person meets a registration, by their names."""
    client.force_login(person)
    addresses = {
        "registration": made.get_absolute_url(),
        "calendar": reverse("consultations:registration-calendar", args=[made.key]),
        "my organization": reverse("my-organization"),
        "inbox": reverse("inbox"),
    }
    return {name: client.get(address).content.decode() for name, address in addresses.items()}


def saying(found, *words):
    return {name for name, page in found.items() for word in words if word in page}


@pytest.mark.parametrize(
    ("status", "kind"), [("cancelled", RegistrationCancelled), ("declined", RegistrationDeclined)]
)
def test_what_it_was_for_is_named_while_it_counts_and_nowhere_afterwards(client, status, kind):
    person, thing = factories.lead(), room()
    made = factories.registration(thing, person.organization)
    notify(RegistrationConfirmed, made, by=None)
    delivery.drain()
    before = pages(client, person, made)
    assert saying(before, TITLE) == {"registration", "calendar", "my organization", "inbox"}
    assert saying(before, NEUTRAL) == set()

    made.status, made.version = status, 2
    made.save()
    notify(kind, made, by=None)
    delivery.drain()
    after = pages(client, person, made)
    assert saying(after, TITLE, "Amman", thing.meetings.get().starts_at.strftime("%Y%m%d")) == set()
    assert saying(after, NEUTRAL) == {"registration", "my organization"}
    assert str(kind.label) in after["inbox"]
    assert str(thing.key) not in "".join(after.values())


def test_a_room_that_is_open_to_all_is_named_as_to_any_stranger(client):
    person, thing = factories.lead(), room(access="public", attribution="attributed")
    made = factories.registration(thing, person.organization, status="cancelled")
    assert saying(pages(client, person, made), TITLE) == {"registration", "calendar", "my organization"}


def test_a_room_of_members_closes_to_an_organization_that_is_none_any_more(client):
    person = factories.lead()
    made = factories.registration(
        room(access="members", attribution="attributed"), person.organization, status="declined"
    )
    assert "registration" in saying(pages(client, person, made), TITLE)
    person.organization.constituency = "state"
    person.organization.save()
    assert saying(pages(client, person, made), TITLE) == set()


def test_a_delegate_without_an_organization_sees_no_more_of_it_than_a_stranger(client):
    sent, lead = factories.user(), factories.lead()
    made = factories.registration(room(), lead.organization)
    made.delegate_set.create(name="Sent one", email=sent.email, recipient=sent.recipient)
    assert "registration" in saying(pages(client, sent, made), TITLE)
    registrations.cancel(made, by=lead)
    delivery.drain()
    after = pages(client, sent, made)
    assert saying(after, TITLE) == set()
    assert saying(after, "Your registration is cancelled") == {"inbox"}


def test_a_summary_names_it_no_more_than_a_message_does():
    person = factories.lead()
    made = factories.registration(
        room(access="members", attribution="attributed"), person.organization, status="declined"
    )
    notice = notify(RegistrationDeclined, made, by=None)
    (item,) = items.of(registry, [notice], Reader.of(person))
    assert TITLE in item.line
    person.organization.constituency = "state"
    person.organization.save()
    (item,) = items.of(registry, [notice], Reader.of(person))
    assert (item.line, str(item.title)) == ("There is something for you on the portal", "")


def test_no_delegate_reads_the_names_of_the_others(mailoutbox):
    lead = factories.lead()
    registrations.register(
        factories.open_consultation(),
        organization=lead.organization,
        delegates=[
            {"name": f"Delegate {number}", "email": f"delegate{number}@sent.example", "language": "en"}
            for number in (1, 2)
        ],
        by=lead,
    )
    delivery.drain()
    read = {message.to[0]: message.message().as_string() for message in mailoutbox}
    names = {
        address: {name for name in ("Delegate 1", "Delegate 2") if name in text}
        for address, text in read.items()
    }
    assert names == {
        lead.email: {"Delegate 1", "Delegate 2"},
        "delegate1@sent.example": {"Delegate 1"},
        "delegate2@sent.example": {"Delegate 2"},
    }
