"""Quotas: at most so many for some; a full one lets others pass, and only those whom it does not concern."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from consultations import turns
from consultations.models import Consultation, Quota, Registration
from consultations.operations import consultations, quotas, registrations
from portal.errors import Refused
from portal.models import LogEntry
from tests import factories
from tests.consultations.test_registrations import register, states

pytestmark = pytest.mark.django_db

NAMES = {"en": "Some"}


@pytest.fixture
def regions():
    return {code: factories.region(code) for code in ("africa", "arab-states", "europe")}


def of(*regions, **fields):
    """A lead whose organization stands in these regions."""
    person = factories.lead(**fields)
    person.organization.regions.set(regions)
    return person


def make(consultation, places, *regions, by=None, **whom):
    return quotas.add(consultation, titles=NAMES, places=places, regions=regions, by=by, **whom)


def held(quota):
    """Places held in a quota, as it counts them and as they are."""
    quota.refresh_from_db()
    real = sum(row.delegates_count for row in quota.registrations.seated())
    assert quota.held_count == real
    return real


def test_a_full_quota_makes_wait_whom_it_concerns_and_nobody_else(regions):
    thing = factories.open_consultation(places=10)
    quota = make(thing, 2, regions["africa"])
    for number in (2, 1):
        register(thing, delegates=number, person=of(regions["africa"]))
    register(thing, delegates=3, person=of(regions["europe"]))
    assert states(thing) == [(2, "confirmed"), (1, "waitlisted"), (3, "confirmed")]
    assert held(quota) == 2


def test_an_organization_counts_in_every_quota_it_falls_into(regions):
    thing = factories.open_consultation(places=10)
    africa, arab, led = (
        make(thing, 3, regions["africa"]),
        make(thing, 5, regions["arab-states"]),
        make(thing, 5, is_migrant_led=True),
    )
    both = of(regions["africa"], regions["arab-states"], is_migrant_led=True)
    register(thing, delegates=3, person=both)
    assert [held(row) for row in (africa, arab, led)] == [3, 3, 3]
    register(thing, person=of(regions["africa"]))
    register(thing, delegates=2, person=of(regions["arab-states"]))
    assert states(thing) == [(3, "confirmed"), (1, "waitlisted"), (2, "confirmed")]


def test_all_that_a_quota_asks_for_must_be_true(regions):
    thing = factories.open_consultation(access="public")
    quota = make(thing, 1, regions["africa"], constituency="state", is_migrant_led=True)
    for facts in (
        {"constituency": "civil-society", "is_migrant_led": True},
        {"constituency": "state", "is_migrant_led": False},
    ):
        register(thing, person=of(regions["africa"], **facts))
    register(thing, person=of(regions["europe"], constituency="state", is_migrant_led=True))
    assert held(quota) == 0
    register(thing, person=of(regions["africa"], constituency="state", is_migrant_led=True))
    assert held(quota) == 1


def test_a_quota_that_concerns_everybody_is_none():
    with pytest.raises(Refused, match="Say whom"):
        make(factories.open_consultation(), 1)


def test_what_an_organization_becomes_later_changes_nothing(regions):
    thing = factories.open_consultation()
    quota = make(thing, 1, regions["africa"])
    person = of(regions["africa"])
    register(thing, person=person)
    person.organization.regions.set([regions["europe"]])
    assert held(quota) == 1
    other = of(regions["africa"])
    assert register(thing, person=other).status == "waitlisted"
    other.organization.regions.clear()
    registrations.cancel(Registration.objects.get(organization=person.organization), by=person)
    assert states(thing) == [(1, "cancelled"), (1, "confirmed")]
    assert held(quota) == 1


def test_behind_a_large_one_of_the_same_quota_a_smaller_one_waits_too(regions):
    thing = factories.open_consultation(places=10)
    quota = make(thing, 3, regions["africa"])
    register(thing, delegates=2, person=of(regions["africa"]))
    register(thing, delegates=2, person=of(regions["africa"]))
    register(thing, person=of(regions["africa"]))
    register(thing, person=of(regions["europe"]))
    assert states(thing) == [(2, "confirmed"), (2, "waitlisted"), (1, "waitlisted"), (1, "confirmed")]
    assert held(quota) == 2


def test_whoever_waits_for_room_in_all_holds_the_line_but_not_one_whom_a_quota_forbids(regions):
    """Of two at the head, the one that a full quota keeps out does not keep the others out."""
    thing = factories.open_consultation(places=3)
    make(thing, 1, regions["africa"])
    first = register(thing, person=of(regions["africa"]))
    register(thing, delegates=3, person=of(regions["africa"]))
    assert register(thing, delegates=2, person=of(regions["europe"])).status == "confirmed"
    assert register(thing, person=of(regions["europe"])).status == "waitlisted"
    registrations.cancel(first, by=first.registered_by)
    # Three do not fit into its quota of one, ever; the free place goes on.
    assert states(thing) == [(1, "cancelled"), (3, "waitlisted"), (2, "confirmed"), (1, "confirmed")]


def test_a_place_that_frees_in_a_quota_goes_to_the_first_of_that_quota(regions):
    thing = factories.open_consultation(places=3)
    make(thing, 1, regions["africa"])
    mine = register(thing, person=of(regions["africa"]))
    for _ in range(2):
        register(thing, person=of(regions["africa"]))
    for _ in range(3):
        register(thing, person=of(regions["europe"]))
    assert [status for _n, status in states(thing)] == [
        "confirmed",
        "waitlisted",
        "waitlisted",
        "confirmed",
        "confirmed",
        "waitlisted",
    ]
    registrations.cancel(mine, by=mine.registered_by)
    assert [status for _n, status in states(thing)][:3] == ["cancelled", "confirmed", "waitlisted"]


def test_a_place_is_found_for_one_far_back_whom_no_full_quota_concerns(regions, monkeypatch):
    monkeypatch.setattr(turns, "HEAD", 2)
    thing = factories.open_consultation(places=3)
    make(thing, 1, regions["africa"])
    for _ in range(4):
        register(thing, person=of(regions["africa"]))
    first, _second, _third = [register(thing, person=of(regions["europe"])) for _ in range(3)]
    registrations.cancel(first, by=first.registered_by)
    assert [status for _n, status in states(thing)] == [
        "confirmed",
        *["waitlisted"] * 3,
        "cancelled",
        *["confirmed"] * 2,
    ]


def test_whom_a_full_quota_passes_over_is_noted_once_with_the_quota(regions):
    thing = factories.open_consultation(places=5)
    quota = make(thing, 1, regions["africa"])
    register(thing, person=of(regions["africa"]))
    passed = register(thing, person=of(regions["africa"]))
    assert passed.passed_over_at is None
    for _ in range(2):
        register(thing, person=of(regions["europe"]))
    passed.refresh_from_db()
    assert passed.passed_over_for == quota
    assert LogEntry.objects.filter(act="registration passed over", object_id=passed.pk).count() == 1


def test_a_new_quota_counts_those_who_are_there_and_takes_no_place_from_anybody(regions):
    thing = factories.open_consultation(places=5)
    for _ in range(2):
        register(thing, person=of(regions["africa"]))
    with pytest.raises(Refused, match="2 delegates are confirmed"):
        make(thing, 1, regions["africa"])
    quota = make(thing, 2, regions["africa"])
    assert held(quota) == 2
    assert register(thing, person=of(regions["africa"])).status == "waitlisted"


def test_a_new_quota_lets_pass_whom_it_does_not_concern(regions):
    thing = factories.open_consultation(places=3)
    register(thing, delegates=2, person=of(regions["africa"]))
    register(thing, delegates=2, person=of(regions["africa"]))
    register(thing, person=of(regions["europe"]))
    make(thing, 2, regions["africa"])
    assert states(thing) == [(2, "confirmed"), (2, "waitlisted"), (1, "confirmed")]


def test_removing_a_quota_fills_the_places_there_are_and_not_one_more(regions):
    """Deleting a quota of one that five wait for must not seat five where two places are left."""
    thing = factories.open_consultation(places=3)
    quota = make(thing, 1, regions["africa"])
    for _ in range(6):
        register(thing, person=of(regions["africa"]))
    quotas.remove(quota, by=factories.coordinator())
    assert [status for _n, status in states(thing)] == ["confirmed"] * 3 + ["waitlisted"] * 3
    thing.refresh_from_db()
    assert thing.confirmed_count == 3


def test_more_places_in_a_quota_are_filled_in_order(regions):
    thing = factories.open_consultation(places=10)
    quota = make(thing, 1, regions["africa"])
    for _ in range(4):
        register(thing, person=of(regions["africa"]))
    quotas.change(quota, version=1, titles=NAMES, places=3, regions=[regions["africa"]], by=None)
    assert [status for _n, status in states(thing)] == ["confirmed"] * 3 + ["waitlisted"]
    with pytest.raises(Refused, match="just changed"):
        quotas.change(quota, version=1, titles=NAMES, places=4, regions=[regions["africa"]], by=None)
    with pytest.raises(Refused, match="3 delegates are confirmed"):
        quotas.change(quota, version=2, titles=NAMES, places=2, regions=[regions["africa"]], by=None)


def test_a_quota_for_others_counts_all_anew(regions):
    thing = factories.open_consultation(places=10)
    quota = make(thing, 1, regions["africa"])
    for region in ("africa", "africa", "europe", "europe"):
        register(thing, person=of(regions[region]))
    quota = quotas.change(quota, version=1, titles=NAMES, places=2, regions=[regions["europe"]], by=None)
    assert held(quota) == 2
    assert [status for _n, status in states(thing)] == ["confirmed"] * 4


def test_one_more_delegate_needs_room_in_the_quota(regions):
    thing = factories.open_consultation(places=10)
    make(thing, 1, regions["africa"])
    made = register(thing, person=of(regions["africa"]))
    two = [{"name": "N", "email": f"n{number}@sent.example", "language": "en"} for number in range(2)]
    with pytest.raises(Refused, match="no free place"):
        registrations.change_delegates(made, version=made.version, delegates=two, by=made.registered_by)


def test_approving_asks_the_quota_too(regions):
    thing = factories.open_consultation(approval="by-hand")
    quota = make(thing, 1, regions["africa"])
    rows = [register(thing, person=of(regions["africa"])) for _ in range(2)]
    for row in rows:
        registrations.confirm(row, by=factories.coordinator())
    assert [status for _n, status in states(thing)] == ["confirmed", "waitlisted"]
    assert held(quota) == 1


def test_the_database_refuses_more_than_a_quota_has(regions):
    thing = factories.open_consultation()
    quota = make(thing, 1, regions["africa"])
    with pytest.raises(IntegrityError, match="quota_held_within_places"), transaction.atomic():
        Quota.objects.filter(pk=quota.pk).update(held_count=2)


# Through the pages


def sent(consultation, **values):
    return {"once": "5a0c2c4e-0000-4000-8000-000000000001", "title_en": "Africa", "places": 2} | values


@pytest.mark.parametrize("title", [None, ""])
def test_a_quota_has_a_title_in_some_language(title):
    thing = factories.open_consultation()
    with pytest.raises(IntegrityError, match='"quota_has_a_title"'), transaction.atomic():
        Quota.objects.create(consultation=thing, places=1, title_en=title)
    Quota.objects.create(consultation=thing, places=1, title_en=title, title_ar="العودة")


def test_a_coordinator_sees_who_would_move_before_a_quota_is_removed(client, regions):
    thing, coordinator = factories.open_consultation("Services", places=5), factories.coordinator()
    quota = make(thing, 1, regions["africa"])
    first, second = (register(thing, person=of(regions["africa"])) for _ in range(2))
    client.force_login(coordinator)
    there = reverse("consultations:quota-remove", args=[quota.key])
    response = client.post(there)
    page = response.content.decode()
    assert response.status_code == 200
    assert second.organization.name_en in page
    assert first.organization.name_en not in page
    assert "On the waiting list" in page
    assert Quota.objects.filter(pk=quota.pk).exists()
    assert states(thing) == [(1, "confirmed"), (1, "waitlisted")]
    assert client.post(there, {"seen": "of something else"}).status_code == 200
    assert Quota.objects.filter(pk=quota.pk).exists()
    digest = page.split('name="seen" value="')[1].split('"')[0]
    assert client.post(there, {"seen": digest}).status_code == 302
    assert states(thing) == [(1, "confirmed"), (1, "confirmed")]


def test_what_moved_meanwhile_is_shown_again(client, regions):
    thing, coordinator = factories.open_consultation(places=5), factories.coordinator()
    quota = make(thing, 1, regions["africa"])
    rows = [register(thing, person=of(regions["africa"])) for _ in range(3)]
    client.force_login(coordinator)
    there = reverse("consultations:quota-remove", args=[quota.key])
    digest = client.post(there).content.decode().split('name="seen" value="')[1].split('"')[0]
    registrations.cancel(rows[1], by=rows[1].registered_by)
    page = client.post(there, {"seen": digest}).content.decode()
    assert rows[1].organization.name_en not in page
    assert "Who would move" in page
    assert Quota.objects.filter(pk=quota.pk).exists()


def test_a_quota_is_made_and_edited_through_its_form(client, regions):
    thing = factories.open_consultation()
    client.force_login(factories.coordinator())
    there = reverse("consultations:quotas", args=[thing.key])
    assert "There is no quota" in client.get(there).content.decode()
    refused = client.post(there, sent(thing))
    assert (refused.status_code, "Say whom" in refused.content.decode()) == (422, True)
    asked = sent(thing, regions=[regions["africa"].pk], title_ar="أفريقيا")
    assert [client.post(there, asked).status_code for _click in range(2)] == [302, 302]
    quota = Quota.objects.get()
    assert (quota.title_en, quota.title_ar, quota.places) == ("Africa", "أفريقيا", 2)
    edit = reverse("consultations:quota-edit", args=[quota.key])
    assert 'value="Africa"' in client.get(edit).content.decode()
    register(thing, person=of(regions["africa"]))
    changed = sent(thing, version=1, places=4, regions=[regions["africa"].pk], once="")
    page = client.post(edit, changed).content.decode()
    assert "Nobody would move." in page
    again = client.post(edit, changed | {"again": "1"})
    assert (again.status_code, 'value="4"' in again.content.decode()) == (200, True)
    digest = page.split('name="seen" value="')[1].split('"')[0]
    assert client.post(edit, changed | {"seen": digest}).status_code == 302
    quota.refresh_from_db()
    assert (quota.places, quota.version) == (4, 2)


def test_before_the_number_of_places_changes_it_is_shown_who_would_move(client):
    thing = factories.open_consultation(places=1, days=20)
    rows = [register(thing) for _ in range(2)]
    client.force_login(factories.coordinator())
    there = reverse("consultations:consultation-edit", args=[thing.key])
    form = client.get(there).context["form"]
    values = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    page = client.post(there, values | {"places": 2}).content.decode()
    assert "Who would move" in page
    assert rows[1].organization.name_en in page
    assert Consultation.objects.get(pk=thing.pk).places == 1
    digest = page.split('name="seen" value="')[1].split('"')[0]
    assert client.post(there, values | {"places": 2, "seen": digest}).status_code == 302
    assert states(thing) == [(1, "confirmed"), (1, "confirmed")]


def test_the_page_of_one_that_waits_says_why(client, regions):
    thing = factories.open_consultation(places=5)
    make(thing, 1, regions["africa"])
    register(thing, person=of(regions["africa"]))
    person = of(regions["africa"])
    made = register(thing, person=person)
    register(thing, person=of(regions["europe"]))
    client.force_login(person)
    page = client.get(made.get_absolute_url()).content.decode()
    assert "Place 1 on the waiting list" in page
    assert "The quota “<bdi>Some</bdi>” has no room for you now." in page
    assert "others were confirmed before you" in page


def test_only_who_coordinates_reaches_quotas(client, regions):
    thing = factories.open_consultation()
    quota = make(thing, 1, regions["africa"])
    hidden = make(factories.open_consultation(access="invited"), 1, regions["africa"])
    client.force_login(factories.lead())
    found = [
        client.get(reverse("consultations:quotas", args=[thing.key])).status_code,
        client.get(reverse("consultations:quota-edit", args=[quota.key])).status_code,
        client.post(reverse("consultations:quota-remove", args=[quota.key])).status_code,
        client.get(reverse("consultations:quota-edit", args=[hidden.key])).status_code,
        client.post(reverse("consultations:quota-remove", args=[hidden.key])).status_code,
    ]
    assert found == [403, 403, 403, 404, 404]


def test_the_list_of_quotas_costs_the_same_for_one_and_for_ten(cost, regions):
    thing, coordinator = factories.open_consultation(), factories.coordinator()
    make(thing, 1, regions["africa"])
    there = reverse("consultations:quotas", args=[thing.key])
    one = cost(there, user=coordinator)
    for _ in range(9):
        make(thing, 1, regions["africa"])
    assert one == cost(there, user=coordinator) <= 16


def test_places_are_held_in_the_edit_of_a_consultation_too():
    thing = factories.open_consultation(places=2)
    register(thing, delegates=2)
    with pytest.raises(Refused, match="2 delegates are confirmed"):
        consultations.edit(thing, version=1, titles={"en": {"title": "x", "summary": ""}}, places=1, by=None)
