"""My organization: what we can do now, what we did, who we are; for our own eyes."""

import pytest
from django.urls import reverse

from consultations.models import DocumentOrigin
from consultations.operations import inputs
from portal.models import Membership
from tests import factories

pytestmark = pytest.mark.django_db


def page_of(client, person):
    client.force_login(person)
    return client.get(reverse("my-organization"), follow=True).content.decode()


def test_a_waiting_organization_learns_what_comes_next(client):
    page = page_of(client, factories.lead(status="pending"))
    assert "Waiting for verification" in page
    assert "A coordinator looks at your organization" in page


def test_what_is_open_and_not_yet_taken_up_stands_first(client):
    person = factories.lead()
    taken, free = factories.open_consultation("Taken up"), factories.open_consultation("Still free")
    factories.registration(taken, person.organization)
    page = page_of(client, person)
    to_do, held = page.split("<h2>Registrations</h2>")
    assert "Still free" in to_do
    assert "Taken up" not in to_do
    assert "Taken up" in held
    assert reverse("consultations:consultation", args=[free.address_key]) in to_do


def test_a_cancelled_registration_leaves_the_consultation_open_to_us(client):
    person = factories.lead()
    factories.registration(factories.open_consultation("Once more"), person.organization, status="cancelled")
    to_do = page_of(client, person).split("<h2>Registrations</h2>")[0]
    assert "Once more" in to_do


def test_the_place_in_line_counts_all_who_wait_before_us(client):
    person, consultation = factories.lead(), factories.open_consultation(places=1)
    factories.registration(consultation)
    factories.registration(consultation, status="waitlisted")
    factories.registration(consultation, status="cancelled")
    factories.registration(consultation, person.organization, status="waitlisted")
    factories.registration(consultation, status="waitlisted")
    assert "Place 2 on the waiting list" in page_of(client, person)


def test_what_was_published_from_what_we_took_part_in_is_what_became_of_it(client):
    person = factories.lead()
    ours, others = factories.open_consultation(), factories.open_consultation()
    factories.registration(ours, person.organization)
    factories.registration(others, person.organization, status="waitlisted")
    for title, consultation, fields in (
        ("What we heard", ours, {}),
        ("Not yet told", ours, {"status": "draft"}),
        ("What others heard", others, {}),
    ):
        document = factories.document(title, **fields)
        DocumentOrigin.objects.create(document=document, consultation=consultation)
    became = page_of(client, person).split("<h2>What became of it</h2>")[1]
    assert "What we heard" in became
    assert "Not yet told" not in became
    assert "What others heard" not in became


def test_only_who_may_register_is_offered_to(client):
    person, colleague = factories.lead(), factories.user()
    Membership.objects.create(organization=person.organization, user=colleague)
    waiting = factories.lead(status="pending")
    address = reverse("consultations:register", args=[factories.open_consultation().key])
    offered = [address in page_of(client, who) for who in (person, colleague, waiting)]
    assert offered == [True, False, False]


def test_nobody_sees_the_registrations_of_another_organization(client):
    other = factories.lead()
    factories.registration(
        factories.consultation("Private room", status="closed", access="invited"), other.organization
    )
    person = factories.lead()
    assert "Private room" not in page_of(client, person)
    client.force_login(person)
    assert client.get(reverse("my-organization", args=[other.organization.key])).status_code == 404


def test_who_belongs_to_several_chooses(client):
    person = factories.lead()
    second = factories.organization("Second Light", colleague=person)
    client.force_login(person)
    page = client.get(reverse("my-organization")).content.decode()
    for made in (person.organization, second):
        assert reverse("my-organization", args=[made.key]) in page


def test_who_belongs_to_none_may_register_one(client):
    assert reverse("organization-register") in page_of(client, factories.user())


def test_the_lead_sees_colleagues_and_may_invite_and_a_colleague_may_not(client):
    person, colleague = factories.lead(), factories.user(name="Second Person")
    Membership.objects.create(organization=person.organization, user=colleague)
    page = page_of(client, person)
    assert "Second Person" in page
    assert reverse("invite", args=[person.organization.key]) in page
    assert reverse("invite", args=[person.organization.key]) not in page_of(client, colleague)


def test_the_signed_out_are_asked_to_sign_in_and_come_back(client):
    address = reverse("my-organization")
    assert client.get(address).headers["Location"] == f"{reverse('account_login')}?next={address}"


def test_the_page_costs_the_same_for_one_registration_and_ten(cost, client):
    person = factories.lead()
    client.force_login(person)

    def add():
        factories.registration(factories.open_consultation(), person.organization, status="waitlisted")
        factories.open_consultation()
        Membership.objects.create(organization=person.organization, user=factories.user())

    add()
    one = cost(reverse("my-organization"), user=person)
    for _ in range(9):
        add()
    assert one == cost(reverse("my-organization"), user=person) <= 27


def test_what_the_organization_gave_to_calls_stands_there_with_what_is_used(client):
    lead = factories.lead()
    given, begun, other = (factories.open_call(title) for title in ("Given", "Begun", "Another"))
    row = factories.contribution(given, lead.organization)
    inputs.use(list(row.answers.all()), document=factories.document(), by=None)
    factories.contribution(begun, lead.organization, status="draft")
    factories.contribution(other)
    client.force_login(lead)
    page = client.get(reverse("my-organization"))
    assert [(row.call.title_en, row.used_count) for row in page.context["contributions"]] == [
        ("Begun", 0),
        ("Given", 1),
    ]
    assert sorted(row.thing.title_en for row in page.context["due"]) == ["Another", "Begun"]
