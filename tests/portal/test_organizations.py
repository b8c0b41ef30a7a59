"""An organization comes in, is verified, describes itself, and shows only what it chose."""

from uuid import uuid4

import pytest
from django.urls import reverse

from portal.models import LogEntry, Membership, Organization
from tests import factories

pytestmark = pytest.mark.django_db


def answers(**changes):
    """What the lead of a small organization types."""
    return {
        "once": str(uuid4()),
        "name": "Harbour Light",
        "language": "en",
        "constituency": "civil-society",
        "sort": "ngo",
        "spoken": ["en", "ar"],
        "website": "https://harbour.example",
        "mailbox": "office@harbour.example",
    } | changes


def test_a_person_registers_an_organization_and_leads_it_while_it_waits(client):
    person, objective = factories.user(), factories.objective(15)
    country = factories.country(regions=[factories.region("africa"), factories.region("arab-states")])
    client.force_login(person)

    response = client.post(
        reverse("organization-register"), answers(country=country.pk, objectives=[objective.pk])
    )

    assert response.headers["Location"] == reverse("my-organization")
    made = Organization.objects.get()
    assert (made.status, made.name_en, made.spoken) == ("pending", "Harbour Light", ["en", "ar"])
    assert [row.code for row in made.regions.all()] == ["africa", "arab-states"]
    assert [row.number for row in made.objectives.all()] == [15]
    assert [(row.user, row.role) for row in made.membership_set.all()] == [(person, Membership.Role.LEAD)]
    assert LogEntry.objects.filter(act="organization registered", object_id=made.pk).count() == 1


def test_a_double_click_registers_one_organization(client):
    client.force_login(factories.user())
    sent = answers()
    first = client.post(reverse("organization-register"), sent)
    second = client.post(reverse("organization-register"), sent)
    assert first.headers["Location"] == second.headers["Location"]
    assert Organization.objects.count() == 1


def test_the_same_form_with_other_answers_is_refused_and_keeps_what_was_typed(client):
    client.force_login(factories.user())
    sent = answers()
    client.post(reverse("organization-register"), sent)
    response = client.post(reverse("organization-register"), sent | {"name": "Another Light"})
    assert response.status_code == 422
    assert "Another Light" in response.content.decode()
    assert Organization.objects.count() == 1


def test_a_name_with_invisible_or_turning_characters_is_refused(client):
    client.force_login(factories.user())
    for name in ("Harbour\u202eLight", "Har\u200bbour", "Light\u200d"):
        response = client.post(reverse("organization-register"), answers(name=name))
        assert response.status_code == 422
    assert not Organization.objects.exists()


def test_a_persian_name_keeps_its_joiners(client):
    client.force_login(factories.user())
    client.post(reverse("organization-register"), answers(name="خانه‌ها", language="ar"))
    assert Organization.objects.get().name_ar == "خانه‌ها"


def test_a_name_that_looks_like_another_is_held_and_the_coordinator_sees_why(client):
    factories.organization("Caritas Harbour")
    client.force_login(factories.user())
    client.post(reverse("organization-register"), answers(name="Cаritas Harbour"))
    made = Organization.objects.get(status="pending")
    assert made.held_because

    client.force_login(factories.coordinator())
    page = client.get(reverse("desk-organizations")).content.decode()
    assert "mixes scripts: <bdi>а (Cyrillic)" in page


def test_a_coordinator_verifies_and_the_people_are_members(client):
    person = factories.lead(status="pending")
    made = person.organization
    assert not made.is_member
    client.force_login(factories.coordinator())
    response = client.post(reverse("organization-verify", args=[made.key]))
    assert response.headers["Location"] == reverse("desk-organizations")
    made.refresh_from_db()
    assert made.is_member
    assert made.slug.endswith(made.key.hex[:6])


def test_nobody_else_verifies(client):
    person = factories.lead(status="pending")
    address = reverse("organization-verify", args=[person.organization.key])
    assert client.post(address).status_code == 302
    for other, expected in ((person, 403), (factories.lead(), 404), (factories.user(), 404)):
        client.force_login(other)
        assert client.post(address).status_code == expected
    person.organization.refresh_from_db()
    assert person.organization.status == "pending"


def test_a_second_verification_is_refused_in_words(client):
    made = factories.lead().organization
    client.force_login(factories.coordinator())
    response = client.post(
        reverse("organization-verify", args=[made.key]),
        headers={"referer": "http://testserver" + reverse("desk-organizations")},
        follow=True,
    )
    assert "cannot become" in response.content.decode()


def test_a_suspended_organization_no_longer_counts_as_ones_own(client):
    person = factories.lead()
    client.force_login(factories.coordinator())
    client.post(reverse("organization-suspend", args=[person.organization.key]), {"reason": "ended"})
    client.force_login(person)
    assert client.get(reverse("my-organization", args=[person.organization.key])).status_code == 404


def test_the_directory_lists_only_who_chose_it(client):
    factories.organization("Listed Light", in_directory=True)
    factories.organization("Quiet Light")
    factories.organization("Waiting Light", status="pending")
    factories.organization("Sourced Light", status="known")
    page = client.get(reverse("organizations")).content.decode()
    assert "Listed Light" in page
    assert "Quiet Light" not in page
    assert "Waiting Light" not in page
    assert "Sourced Light" not in page
    assert "Sourced Light" in client.get(reverse("organizations-known")).content.decode()


def test_a_hidden_organization_answers_like_one_that_does_not_exist(client):
    hidden = factories.organization("Waiting Light", status="pending")
    quiet = factories.organization("Quiet Light")
    answers = []
    for key in (hidden.key, quiet.key, uuid4()):
        response = client.get(reverse("organization", args=[key]))
        answers.append((response.status_code, response.content.replace(str(key).encode(), b"KEY")))
    assert answers == [(404, answers[0][1])] * 3


def test_a_known_organization_stays_out_of_search_engines_and_offers_to_be_claimed(client):
    made = factories.organization(
        "Sourced Light",
        status="known",
        relation="Co-convener of a committee",
        source_url="https://source.example/page",
    )
    page = client.get(made.get_absolute_url()).content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert "Co-convener of a committee" in page
    assert "https://source.example/page" in page
    assert reverse("organization-claim", args=[made.key]) in page


def test_only_the_lead_edits(client):
    person, colleague = factories.lead(), factories.user()
    made = person.organization
    Membership.objects.create(organization=made, user=colleague)
    address = reverse("organization-edit", args=[made.key])
    sent = {
        "name": "Harbour Light again",
        "sort": "network",
        "mailbox_language": "ar",
    }
    for other, expected in ((colleague, 403), (factories.lead(), 404), (factories.user(), 404)):
        client.force_login(other)
        assert client.get(address).status_code == expected
        assert client.post(address, sent).status_code == expected

    client.force_login(person)
    assert client.get(address).status_code == 200
    assert client.post(address, sent).status_code == 302
    made.refresh_from_db()
    assert (made.name_en, made.sort) == ("Harbour Light again", "network")


def test_countries_are_sorted_as_the_readers_language_sorts_them(client):
    for iso2, name, french in (
        ("ES", "Spain", "Espagne"),
        ("EG", "Egypt", "Égypte"),
        ("ET", "Ethiopia", "Éthiopie"),
    ):
        factories.country(iso2, name, name_fr=french)
    client.force_login(factories.user(language="fr"))
    page = client.get("/fr/organizations/register/").content.decode()
    places = [page.index(name) for name in ("Égypte", "Espagne", "Éthiopie")]
    assert places == sorted(places)


@pytest.mark.parametrize("name", ["organizations", "organizations-known"])
def test_the_lists_cost_the_same_for_one_organization_and_ten(cost, name):
    objective, region = factories.objective(15), factories.region("africa")

    def add():
        shown = {"in_directory": True, "directory_fields": ["country", "objectives", "regions"]}
        fields = shown if name == "organizations" else {"status": "known"}
        made = factories.organization(country=factories.country(), **fields)
        made.objectives.add(objective)
        made.regions.add(region)

    add()
    one = cost(reverse(name))
    for _ in range(9):
        add()
    assert one == cost(reverse(name)) <= 12
