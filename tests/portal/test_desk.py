"""The desk shows coordinators what waits for them, and nobody else anything."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from portal.models import Membership, Role
from tests import factories

pytestmark = pytest.mark.django_db


def page_of(client, person, name="desk"):
    client.force_login(person)
    return client.get(reverse(name)).content.decode()


def scoped(thing):
    person = factories.with_second_factor(factories.user())
    kind = ContentType.objects.get_for_model(thing)
    Role.objects.create(user=person, kind="coordinator", content_type=kind, object_id=thing.pk)
    return person


@pytest.mark.parametrize("name", ["desk", "desk-organizations"])
def test_only_coordinators_and_administrators_see_the_desk(client, name):
    assert client.get(reverse(name)).status_code == 302
    for person, expected in (
        (factories.user(), 403),
        (factories.lead(), 403),
        (factories.translator(), 403),
        (factories.coordinator(), 200),
        (factories.administrator(), 200),
    ):
        client.force_login(person)
        assert client.get(reverse(name)).status_code == expected


def test_a_coordinator_whose_time_has_ended_sees_nothing(client):
    person = factories.with_second_factor(factories.user())
    Role.objects.create(user=person, kind="coordinator", until=timezone.now() - timedelta(minutes=1))
    client.force_login(person)
    assert client.get(reverse("desk")).status_code == 403


def test_the_desk_names_what_waits(client):
    factories.organization("Waiting Light", status="pending")
    consultation = factories.open_consultation("Room by hand", approval="by-hand")
    factories.registration(consultation, status="pending")
    factories.registration(consultation, status="pending")
    factories.document("Paper begun", status="draft")
    factories.open_consultation("Closing soon", days=5)
    factories.open_consultation("Closing late", days=60)
    page = page_of(client, factories.coordinator())
    assert "Verify 1 organization that waits" in page
    assert "Answer 2 registrations that wait" in page
    assert "Paper begun" in page
    assert "Closing soon" in page
    assert "Closing late" not in page


def test_a_scoped_coordinator_sees_the_work_of_the_scope(client):
    mine, other = factories.open_consultation("My room"), factories.open_consultation("Another room")
    factories.organization("Waiting Light", status="pending")
    for consultation in (mine, other):
        factories.registration(consultation, status="pending")
    factories.document("Paper begun", status="draft")
    person = scoped(mine)
    page = page_of(client, person)
    assert "Answer 1 registration that waits" in page
    assert "Verify" not in page
    assert "Paper begun" not in page
    client.force_login(person)
    assert client.get(reverse("desk-organizations")).status_code == 403


def test_ones_own_request_elsewhere_is_no_work_of_the_desk(client):
    person = scoped(factories.process())
    organization = factories.organization("Asks elsewhere")
    Membership.objects.create(user=person, organization=organization, role="lead")
    asked = factories.registration(factories.open_consultation("Elsewhere"), organization, status="pending")
    page = page_of(client, person)
    assert "Answer 1 registration" not in page
    Role.objects.create(user=person, kind="coordinator")
    assert asked.consultation.title in page_of(client, person)


def test_the_list_shows_who_asks_and_offers_both_answers(client):
    person = factories.lead(status="pending", held_because="looks like another organization")
    made = person.organization
    page = page_of(client, factories.coordinator(), "desk-organizations")
    assert made.name_en in page
    assert person.email in page
    assert "This name looks like the name of another organization." in page
    assert reverse("organization-verify", args=[made.key]) in page
    assert reverse("organization-refuse", args=[made.key]) in page


def test_verified_organizations_are_listed_apart(client):
    made = factories.lead().organization
    client.force_login(factories.coordinator())
    assert made.name_en not in client.get(reverse("desk-organizations")).content.decode()
    page = client.get(reverse("desk-organizations"), {"status": "verified"}).content.decode()
    assert made.name_en in page
    assert reverse("organization-verify", args=[made.key]) not in page


def test_the_desk_costs_the_same_for_one_and_for_fifty(cost):
    person = factories.coordinator()

    def add():
        factories.lead(status="pending", country=factories.country())
        factories.claim(country=factories.country(), website="https://harbour.example/")
        factories.registration(factories.open_consultation(days=5), status="pending")
        factories.document(status="draft", process=factories.process())
        factories.consultation(status="draft")

    add()
    one = cost(reverse("desk"), user=person), cost(reverse("desk-organizations"), user=person)
    for _ in range(49):
        add()
    many = cost(reverse("desk"), user=person), cost(reverse("desk-organizations"), user=person)
    assert one == many
    assert max(many) <= 24
