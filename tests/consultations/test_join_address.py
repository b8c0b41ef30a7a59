"""A secret is planted where one joins; every way out is walked as everybody, and only the confirmed find it."""

from itertools import count, cycle

import pytest
from django.urls import reverse

from portal.models import Membership
from portal.operations import delivery
from tests import factories, samples, sessions

pytestmark = pytest.mark.django_db

CANARY = "secret-room"
ENTITLED = ("lead", "colleague", "delegate")


@pytest.fixture
def scene():
    """A full consultation with a confirmed, a waiting, a pending, a declined and a cancelled organization."""
    thing = factories.open_consultation(places=1, interpretation=["ar"])
    lead, colleague = factories.lead(), factories.user()
    Membership.objects.create(organization=lead.organization, user=colleague)
    confirmed = factories.registration(thing, lead.organization)
    people = {"lead": lead, "colleague": colleague}
    people["delegate"] = factories.user(email=confirmed.delegate_set.get().email)
    registrations = {"confirmed": confirmed}
    for status in ("waitlisted", "pending", "declined", "cancelled"):
        person = factories.lead()
        made = factories.registration(thing, person.organization, status=status)
        registrations[status] = made
        people[status] = person
        people[f"delegate {status}"] = factories.user(email=made.delegate_set.get().email)
    people |= {
        "visitor": None,
        "person": factories.user(),
        "member": factories.lead(),
        "suspended": factories.lead(status="suspended"),
        "translator": factories.translator(),
        "coordinator": factories.coordinator(),
    }
    return thing, people, registrations


def addresses(thing, registrations):
    """Every address of consultations that answers a GET, and the pages of others that show them."""
    return [*pages(thing), *(address for row in registrations.values() for address in pages_of(row))]


def pages(thing):
    """Those of the consultation itself, and of no registration."""
    names = ["consultation", "calendar"]
    found = [reverse(f"consultations:{name}", args=[thing.address_key]) for name in names]
    found += [reverse(f"consultations:{name}", args=[thing.key]) for name in ("register", "registrations")]
    found += [reverse("consultations:registrations-file", args=[thing.key])]
    found += [reverse(name) for name in ("home", "desk", "my-organization", "search")]
    found += [reverse(f"consultations:{name}") for name in ("consultations", "calls", "commitments")]
    return [*found, f"{reverse('search')}?q=meet.example"]


def pages_of(registration):
    names = ("registration", "registration-calendar", "delegates", "registration-cancel")
    return [reverse(f"consultations:{name}", args=[registration.key]) for name in names]


def in_turn(thing, registrations, seed):
    """Who asks for what: all pages, those of the confirmed and of one's own registration, and of the others each in
    turn one's (in the drill all of them). Who may not find it asks for a third of these, on another day for another.
    """
    turn, numbers = cycle(status for status in registrations if status != "confirmed"), count()

    def asked(name):
        own = {"confirmed", name.removeprefix("delegate "), next(turn)} & registrations.keys()
        found = addresses(thing, {status: registrations[status] for status in own})
        return found if name in ENTITLED else samples.part(found, seed, next(numbers), 3)

    return asked


def where_it_stands(client, people, asked):
    """{name: the addresses at which that person finds what is planted}, of those that `asked(name)` tells."""
    found = {}
    for name, person in people.items():
        client.logout()
        if person:
            sessions.sign_in(client, person)
        for address in asked(name):
            response = client.get(address, follow=True)
            text = response.content.decode() + repr(response.headers)
            if CANARY in text.replace("\r\n ", ""):
                found.setdefault(name, set()).add(address)
    return found


def where_it_should(thing, registrations):
    """On the page of the consultation and of the confirmed registration, and in the calendar file of each."""
    confirmed = pages_of(registrations["confirmed"])[:2]
    return {name: {*pages(thing)[:2], *confirmed} for name in ENTITLED}


def test_only_the_confirmed_find_the_join_address(client, scene, seed):
    thing, people, registrations = scene
    found = where_it_stands(client, people, in_turn(thing, registrations, seed))
    assert found == where_it_should(thing, registrations)


def test_whoever_loses_the_place_loses_the_address_at_once(client, scene, seed):
    from consultations.operations import registrations as acts

    thing, people, registrations = scene
    sessions.sign_in(client, people["lead"])
    assert CANARY in client.get(thing.get_absolute_url()).content.decode()
    acts.cancel(registrations["confirmed"], by=people["coordinator"])
    everything = addresses(thing, registrations)
    for turn, name in enumerate(ENTITLED):
        sessions.sign_in(client, people[name])
        for address in samples.part(everything, seed, turn, len(ENTITLED)):
            assert CANARY not in client.get(address, follow=True).content.decode()


def test_a_meeting_that_is_over_is_joined_no_more(client, scene):
    from datetime import timedelta

    from django.utils import timezone

    thing, people, _registrations = scene
    past = timezone.now() - timedelta(days=1)
    thing.meetings.update(starts_at=past, ends_at=past + timedelta(hours=1))
    sessions.sign_in(client, people["lead"])
    assert CANARY not in client.get(thing.get_absolute_url()).content.decode()


def test_the_join_address_is_in_no_search_row_and_no_log(scene):
    from portal.models import LogEntry, SearchEntry

    thing, _people, _registrations = scene
    from consultations.operations import meetings

    meetings.edit(
        thing.meetings.get(), titles={"en": {"title": "x"}}, join_url=f"https://x.example/{CANARY}", by=None
    )
    assert not [row for row in SearchEntry.objects.values() if CANARY in repr(row)]
    assert not [row for row in LogEntry.objects.values() if CANARY in repr(row)]


def test_no_message_to_others_holds_it(mailoutbox, scene):
    from consultations.operations import meetings

    thing, people, _registrations = scene
    meetings.edit(
        thing.meetings.get(), titles={"en": {"title": "x"}}, join_url=f"https://x.example/{CANARY}", by=None
    )
    from datetime import timedelta

    later = thing.meetings.get().starts_at + timedelta(days=1)
    meetings.edit(thing.meetings.get(), titles={"en": {"title": "x"}}, starts_at=later, ends_at=None, by=None)
    delivery.drain()
    told = {
        message.to[0]: any(
            CANARY in (file[1] if isinstance(file[1], str) else file[1].decode()).replace("\r\n ", "")
            for file in message.attachments
        )
        or CANARY in message.body
        for message in mailoutbox
    }
    entitled = {people[name].email for name in ("lead", "colleague")}
    assert {address for address, holds in told.items() if holds} <= entitled
    assert {people["waitlisted"].email, people["pending"].email} <= told.keys()
