"""Rooms by invitation: an organization that is invited registers once, until a moment, and no other does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import Admission, Consultation, Registration
from consultations.operations import admissions, registrations
from portal.errors import Refused
from portal.models import Reader
from portal.operations import delivery
from tests import factories
from tests.consultations.test_registration_pages import address, answers, row
from tests.consultations.test_registrations import register

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return factories.open_consultation("Behind the door", access="invited", places=5)


def sees(person, consultation):
    return Consultation.objects.visible_to(Reader.of(person)).filter(pk=consultation.pk).exists()


def invite(room, **whom):
    return admissions.invite(room, **whom, by=factories.coordinator())


def test_an_invited_organization_sees_the_room_and_registers_once(room):
    person, other = factories.lead(), factories.lead()
    (made,) = invite(room, organizations=[person.organization])
    assert (sees(person, room), sees(other, room)) == (True, False)
    with pytest.raises(Refused, match="cannot register"):
        register(room, person=other)
    registered = register(room, person=person)
    made.refresh_from_db()
    assert (made.status, made.registration) == ("used", registered)
    registrations.cancel(registered, by=person)
    assert not sees(person, room)
    with pytest.raises(Refused, match="cannot register"):
        register(room, person=person)


def test_an_invitation_ends_at_its_moment_and_when_it_is_taken_back(room):
    person, second = factories.lead(), factories.lead()
    first, other = invite(room, organizations=[person.organization, second.organization])
    Admission.objects.filter(pk=first.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    admissions.withdraw(other, by=factories.coordinator())
    for who in (person, second):
        assert not sees(who, room)
        with pytest.raises(Refused, match="cannot register"):
            register(room, person=who)
    # What ran out makes room for another.
    invite(room, organizations=[person.organization, second.organization])
    assert register(room, person=person).status == "confirmed"


def test_nobody_is_invited_twice_nor_who_is_registered(room):
    person, other = factories.lead(), factories.lead()
    factories.registration(room, other.organization)
    invite(room, organizations=[person.organization])
    with pytest.raises(Refused, match="not invited or registered already"):
        invite(room, organizations=[person.organization, other.organization])
    assert Admission.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"access": "members"}, "rooms by invitation"),
        ({"takes_registrations": False}, "rooms by invitation"),
        ({"status": "draft"}, "Announce"),
        ({"status": "archived"}, "Announce"),
    ],
)
def test_one_is_invited_only_where_an_invitation_leads_somewhere(fields, words):
    thing = factories.open_consultation(**({"access": "invited"} | fields))
    with pytest.raises(Refused, match=words):
        invite(thing, organizations=[factories.organization()])


def test_others_than_members_are_invited_as_guests(room):
    for fields in ({"constituency": "state"}, {"status": "pending"}):
        with pytest.raises(Refused, match="guests"):
            invite(room, organizations=[factories.organization(**fields)])
    with pytest.raises(Refused, match="until when"):
        invite(room, organizations=[factories.organization()], ends_at=timezone.now())


def test_the_letter_says_nothing_and_leads_the_organization_in(client, room, mailoutbox):
    person = factories.lead()
    invite(room, organizations=[person.organization])
    delivery.drain()
    (message,) = mailoutbox
    assert message.to == [person.email]
    assert "Behind the door" not in str(message.message())
    link = reverse("consultations:admission-letter", args=[Admission.objects.get().token])
    assert link in message.body
    response = client.get(link, follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("account_login"))
    client.force_login(person)
    client.get(link)
    assert client.get(reverse("consultations:admission"), follow=True).redirect_chain == [
        (address(room), 302)
    ]
    response = client.post(address(room), answers(person, row(1)))
    assert response.status_code == 302
    assert Registration.objects.get().organization == person.organization


def test_an_invitation_by_address_is_for_the_organization_that_takes_it_up(client, room):
    (made,) = invite(room, emails=["office@friends.example"], language="fr")
    assert (made.recipient.address, made.recipient.language) == ("office@friends.example", "fr")
    person, second = factories.lead(), factories.lead()
    link = reverse("consultations:admission-letter", args=[made.token])
    there = reverse("consultations:admission")
    client.force_login(person)
    client.get(link)
    page = client.get(there).content.decode()
    assert person.organization.name_en in page
    assert "Behind the door" not in page
    assert client.post(there, {"organization": str(second.organization.key)}).status_code == 422
    assert client.post(there, {"organization": str(person.organization.key)})["Location"] == address(room)
    assert sees(person, room)
    client.force_login(second)
    client.get(link)
    assert client.get(there).status_code == 404
    assert client.post(there, {"organization": str(second.organization.key)}).status_code == 404
    assert not sees(second, room)
    with pytest.raises(Refused, match="used, taken back or is over"):
        admissions.bind(made, organization=second.organization, by=second)


def test_only_a_member_organization_takes_an_invitation_up(client, room):
    (made,) = invite(room, emails=["office@friends.example"])
    state = factories.lead(constituency="state")
    for person in (state, factories.lead(status="pending"), factories.user()):
        client.force_login(person)
        client.get(reverse("consultations:admission-letter", args=[made.token]))
        page = client.get(reverse("consultations:admission")).content.decode()
        assert reverse("organization-register") in page
        assert 'name="organization"' not in page
    with pytest.raises(Refused, match="guests"):
        admissions.bind(made, organization=state.organization, by=state)


def test_an_organization_takes_up_one_invitation_alone(room):
    person = factories.lead()
    invite(room, organizations=[person.organization])
    (made,) = invite(room, emails=["office@friends.example"])
    with pytest.raises(Refused, match="invited already"):
        admissions.bind(made, organization=person.organization, by=person)


def test_made_up_tokens_lead_nowhere(client, room):
    person = factories.lead()
    (made,) = invite(room, organizations=[person.organization])
    client.force_login(person)
    for token in ("x", made.nonce, made.token_hash):
        client.get(reverse("consultations:admission-letter", args=[token]))
        assert client.get(reverse("consultations:admission")).status_code == 404


def test_a_coordinator_invites_through_the_form(client, room):
    coordinator, organization = factories.coordinator(), factories.organization("Friends")
    client.force_login(coordinator)
    there = reverse("consultations:admissions", args=[room.key])
    assert "Friends" in client.get(there).content.decode()
    wrong = client.post(
        there, {"once": str(uuid4()), "emails": "a@b.example\nnot an address", "language": "en"}
    )
    assert (wrong.status_code, "not an address" in wrong.content.decode()) == (422, True)
    sent = {
        "once": str(uuid4()),
        "organizations": [organization.pk],
        "emails": "a@b.example\nA@b.example",
        "language": "ar",
    }
    assert [client.post(there, sent).status_code for _click in range(2)] == [302, 302]
    assert Admission.objects.count() == 2
    assert {row.ends_at for row in Admission.objects.all()} == {room.closes_at}
    row = Admission.objects.get(organization=organization)
    assert client.post(reverse("consultations:admission-withdraw", args=[row.key])).status_code == 302
    assert "Taken back" in client.get(there).content.decode()


def test_only_who_coordinates_invites(client, room):
    made = factories.admission(room, factories.organization())
    invited = factories.lead()
    own = factories.admission(room, invited.organization)
    client.force_login(invited)
    assert client.get(reverse("consultations:admissions", args=[room.key])).status_code == 403
    assert client.post(reverse("consultations:admission-withdraw", args=[own.key])).status_code == 403
    assert client.post(reverse("consultations:admission-withdraw", args=[made.key])).status_code == 404


def test_the_list_costs_the_same_for_one_and_for_ten(cost, room):
    coordinator, there = factories.coordinator(), reverse("consultations:admissions", args=[room.key])
    factories.admission(room, factories.organization())
    one = cost(there, user=coordinator)
    for _ in range(9):
        factories.admission(room, factories.organization())
    assert one == cost(there, user=coordinator) <= 14
