"""Two records of one organization become one: nothing is lost, what both have is shown before, nothing undoes it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from consultations.models import Contribution, Endorsement, Priority, Registration
from portal.errors import Refused
from portal.models import ListedAddress, LogEntry, Membership, Merger, Organization, Reader, Recipient
from portal.operations import delivery, log, mergers
from portal.pages import history
from resources.models import Practice, Proposal
from tests import factories, sessions

pytestmark = pytest.mark.django_db


def merged(former, into, by=None):
    before = mergers.standing(former, into)
    return mergers.merge(former, into=into, before=before, by=by or factories.coordinator())


def counted(organization):
    models = (Membership, Registration, Endorsement, Contribution, Practice, Proposal)
    return [model.objects.filter(organization=organization).count() for model in models]


def test_everything_of_one_belongs_to_the_other_afterwards(mailoutbox):
    person, other = factories.lead(), factories.lead(language="fr", mailbox="office@harbour.example")
    former, into = other.organization, person.organization
    Membership.objects.create(organization=into, user=other)
    colleague = factories.user()
    Membership.objects.create(organization=former, user=colleague)
    for organization in (former, into):
        factories.registration(factories.open_consultation(), organization)
        factories.endorsement(factories.published(factories.paper()), organization)
        factories.contribution(factories.open_call(), organization)
        factories.practice(organization=organization)
        factories.proposal(organization)
    factories.working_group().organizations.add(former, into)
    Recipient.objects.keep_for_mailbox(former)
    log.record("organization verified", former, by=None)
    key, slug, name = former.key, former.slug, str(former)

    result = merged(former, into)

    assert counted(result) == [3, 2, 2, 2, 2, 2]
    assert not Organization.objects.filter(key=key).exists()
    assert Membership.objects.get(organization=result, user=other).role == Membership.Role.LEAD
    assert Reader.of(colleague).is_member
    assert result.mailbox == Recipient.objects.get(organization=result).address == "office@harbour.example"
    assert result.working_groups.count() == 1
    delivery.drain()
    told = sorted(message.to[0] for message in mailoutbox if message.subject.startswith("Now one"))
    assert told == sorted([person.email, colleague.email, "office@harbour.example"])
    assert [message.to for message in mailoutbox if message.to == [other.email]] == [[other.email]]
    said = history.told(
        LogEntry.objects.all().about(result).order_by("-pk"), Reader.of(factories.coordinator())
    )
    assert said[0].plain.endswith(f"merged a second record of an organization into {result}")
    assert f"The portal itself verified {result}" in [row.plain for row in said]
    browser = Client()
    browser.force_login(person)
    for address in (key, slug):
        answer = browser.get(reverse("organization", args=[address]))
        assert answer.headers["Location"] == result.get_absolute_url()
        assert Client().get(reverse("organization", args=[address])).status_code == 404
    assert Merger.objects.get().name == name


def test_what_both_have_is_shown_before_and_nothing_is_merged_until_it_is_decided(client):
    one, other = factories.lead().organization, factories.lead().organization
    consultation, call = factories.open_consultation("Room"), factories.open_call("What do you see")
    for organization in (one, other):
        held = factories.registration(consultation, organization)
        factories.contribution(call, organization)
    sessions.sign_in(client, factories.coordinator())
    address = reverse("merger", args=[one.key, other.key])
    page = client.get(address).content.decode()
    assert "an organization can have it only once" in page
    assert "Room" in page
    assert "What do you see" in page
    assert "This cannot be undone." not in page
    with pytest.raises(Refused, match="only once"):
        merged(one, other)
    Registration.objects.filter(pk=held.pk).update(status="cancelled")
    Contribution.objects.filter(organization=one).delete()
    assert "This cannot be undone." in client.get(address).content.decode()
    merged(one, other)
    assert Registration.objects.filter(organization=other).count() == 2


def test_a_coordinator_finds_the_other_one_proves_it_again_and_merges_once(client):
    known = factories.organization("Harbour Modern", status="known", is_from_list=True, acronym="HM")
    known.listed_addresses.create(address="list@harbour.example", language="es", consent="given")
    former, into = known, factories.lead(country=factories.country()).organization
    Organization.objects.filter(pk=into.pk).update(name_en="Harbour Modem")
    Organization.objects.get(pk=into.pk).save()
    coordinator = factories.coordinator()
    address = reverse("merger", args=[former.key, into.key])
    client.force_login(coordinator)
    assert address in client.get(reverse("merger-choose", args=[former.key])).content.decode()
    assert (
        address
        in client.get(reverse("merger-choose", args=[former.key]), {"words": "modem"}).content.decode()
    )
    for answer in (client.get(address), client.post(address, {})):
        assert f"next={address}".replace("/", "%2F") in answer.headers["Location"]
    sessions.sign_in(client, coordinator)
    page = client.get(address)
    sent = {"once": str(uuid4()), "before": page.context["form"].initial["before"]}
    stale = client.post(address, sent | {"before": "something else"})
    assert stale.status_code == 422
    assert "has changed meanwhile" in stale.content.decode()
    answers = [client.post(address, sent | {"once": str(uuid4())}) for _ in range(2)]
    assert {answer.headers["Location"] for answer in answers} == {
        reverse("desk-organization", args=[into.key])
    }
    into.refresh_from_db()
    assert (into.acronym, into.mailbox, into.mailbox_language) == ("HM", "list@harbour.example", "es")
    assert not ListedAddress.objects.exists()
    assert LogEntry.objects.filter(act="organization merged").count() == 1


@pytest.mark.parametrize(
    ("goes", "stays", "turns"),
    [
        ("verified", "verified", True),
        ("verified", "pending", True),
        ("pending", "verified", False),
        ("suspended", "verified", False),
    ],
)
def test_whoever_chose_the_wrong_one_turns_it_round_by_one_press(client, goes, stays, turns):
    former, into = factories.organization("Goes", status=goes), factories.organization("Stays", status=stays)
    sessions.sign_in(client, factories.coordinator())
    page = client.get(reverse("merger", args=[former.key, into.key])).text
    other_way = reverse("merger", args=[into.key, former.key])
    assert (f'href="{other_way}"' in page) == turns
    if turns:
        assert client.get(other_way).context["former"] == into


def test_who_led_what_nobody_verified_comes_as_a_colleague():
    asks, into = factories.lead(status="pending"), factories.lead().organization
    merged(asks.organization, into)
    assert Membership.objects.get(user=asks).role == Membership.Role.COLLEAGUE


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("suspended", "verified", "A suspended organization is not merged"),
        ("verified", "known", "merge that one into the other"),
        ("verified", "pending", "not verified"),
        ("claimed", "verified", "Please answer that first"),
        ("archived", "archived", "Both stand in the archive"),
        ("same", "same", "into itself"),
    ],
)
def test_what_cannot_become_one_is_refused_in_words(one, other, said):
    def made(status, number):
        if status == "claimed":
            return factories.claim().organization
        if status == "archived":
            return factories.organization(status="known", archive_id=f"org-{number}")
        return factories.organization(status="verified" if status == "same" else status)

    former = made(one, 1)
    into = former if one == "same" else made(other, 2)
    with pytest.raises(Refused, match=said):
        merged(former, into)


def test_the_archive_finds_what_it_brought_under_the_one_that_stays():
    former = factories.organization(status="known", archive_id="org-1", source_url="https://source.example/")
    into = factories.lead().organization
    merged(former, into)
    into.refresh_from_db()
    assert (into.archive_id, into.source_url) == ("org-1", "https://source.example/")


def test_every_relation_to_an_organization_is_moved_or_said_to_be_idle():
    """Whoever adds one with a rule of uniqueness decides: shown as a conflict, or a second row says nothing more."""
    idle = {
        field.model.__name__ for field in mergers._relations() if getattr(field.model, "IS_IDLE_TWICE", False)
    }
    ruled = {
        field.model.__name__
        for field in mergers._relations()
        if mergers._unique(field) and not field.model._meta.auto_created
    }
    assert idle == {"Invitation", "ListedAddress", "Membership", "Priority", "Recipient"}
    assert ruled - idle == {
        *("Admission", "Claim", "Contribution", "Endorsement", "Guest", "Participation"),
        *("Registration", "Suspension"),
    }
    assert Priority.IS_IDLE_TWICE


@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_crosswise_at_once_one_is_heard():
    one, other = factories.organization(), factories.organization()
    coordinators, barrier = [factories.coordinator() for _ in range(2)], Barrier(2)

    def press(number):
        former, into = ((one, other), (other, one))[number]
        try:
            barrier.wait()
            merged(former, into, by=coordinators[number])
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, range(2))) == ["done", "refused"]
    assert Organization.objects.count() == 1
