"""Who has not been heard: counted against those who are asked, and invited before the close."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.hearing import Hearing
from consultations.models import Call, CallInvitation
from consultations.operations import calls, rapporteurs
from portal.errors import Refused
from portal.models import Reader, Role
from portal.operations import delivery
from tests import factories

pytestmark = pytest.mark.django_db


def world():
    """A call on two objectives; three who are asked, of whom one has answered on one of them."""
    sea, land = factories.objective(8), factories.objective(9)
    africa, asia = factories.region("africa"), factories.region("asia-pacific")
    call = factories.open_call(questions=(), objectives=[sea, land], answer_languages=["ar", "en"])
    factories.question(call, kind="paragraph", objective=sea)
    people = [factories.lead(language="en") for _number in range(3)]
    one, two, three = (person.organization for person in people)
    for row, regions, spoken, objectives, led in (
        (one, [africa], ["ar"], [sea, land], True),
        (two, [africa, asia], ["en", "fr"], [sea], True),
        (three, [], ["es"], [land], False),
    ):
        row.spoken, row.is_migrant_led = spoken, led
        row.save()
        row.regions.set(regions)
        row.objectives.set(objectives)
    factories.organization(constituency="state")
    factories.contribution(call, one, said="Lights")
    factories.contribution(call, two, said="", status="draft")
    return call, people, (sea, land)


def figures(tally):
    return (tally.heard, tally.asked, tally.led_heard, tally.led_asked)


def test_regions_languages_and_objectives_are_counted_against_those_who_are_asked():
    call, _people, (sea, land) = world()
    hearing = Hearing(call)
    assert figures(hearing.whole) == (1, 3, 1, 2)
    table = {
        row.region.code if row.region else None: [
            (cell.heard, cell.asked) for cell in (row.whole, *row.cells)
        ]
        for row in hearing.regions
    }
    # The columns: all, Arabic, English, another language.
    assert table == {
        "africa": [(1, 2), (1, 1), (0, 1), (0, 0)],
        "asia-pacific": [(0, 1), (0, 0), (0, 1), (0, 0)],
        None: [(0, 1), (0, 0), (0, 0), (0, 1)],
    }
    assert [(row.number, *figures(tally)) for row, tally in hearing.objectives] == [
        (8, 1, 2, 1, 2),
        (9, 0, 2, 0, 1),
    ]
    assert figures(Hearing(call, objective=land).whole) == (0, 2, 0, 1)
    assert figures(Hearing(call, objective=sea).whole) == (1, 2, 1, 2)


def test_those_missing_are_told_each_in_the_own_language_and_those_who_answered_are_not(client, mailoutbox):
    call, (one, two, three), _objectives = world()
    client.force_login(factories.coordinator())
    address = reverse("consultations:heard", args=[call.key])
    assert {row.pk for row in client.get(address).context["missing"]} == {
        two.organization.pk,
        three.organization.pk,
    }
    led = f"{address}?led=migrants"
    assert client.get(led).context["missing"] == [two.organization]
    assert client.post(led).status_code == 302
    delivery.drain()
    assert [m.to for m in mailoutbox] == [[two.email]]
    client.post(address)
    delivery.drain()
    assert [m.to for m in mailoutbox] == [[two.email], [three.email]]
    assert one.email not in str([m.to for m in mailoutbox])


def test_nobody_is_asked_more_than_twice_nor_twice_within_two_days():
    call, (_one, two, _three), _objectives = world()
    ask = {"organizations": [two.organization], "by": None}
    calls.invite_missing(call, **ask)
    with pytest.raises(Refused, match="asked already"):
        calls.invite_missing(call, **ask)
    CallInvitation.objects.update(invited_at=timezone.now() - timedelta(days=3))
    calls.invite_missing(call, **ask)
    CallInvitation.objects.update(invited_at=timezone.now() - timedelta(days=3))
    with pytest.raises(Refused, match="asked already"):
        calls.invite_missing(call, **ask)
    Call.objects.update(closes_at=timezone.now())
    with pytest.raises(Refused, match="closed"):
        calls.invite_missing(call, organizations=[], by=None)


def test_rapporteurs_see_who_is_missing_and_only_coordinators_invite(client):
    call, _people, _objectives = world()
    address = reverse("consultations:heard", args=[call.key])
    client.force_login(factories.role("rapporteur", call))
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 403
    client.force_login(factories.lead())
    assert client.get(address).status_code == 403


def test_a_coordinator_chooses_rapporteurs_among_those_with_an_account(client):
    process = factories.process()
    call, person = factories.open_call(process=process), factories.user()
    client.force_login(factories.coordinator_of(process))
    address = reverse("consultations:rapporteurs", args=[call.key])
    assert client.post(address, {"email": "nobody@people.example"}).status_code == 422
    assert client.post(address, {"email": person.email.upper()}).status_code == 302
    assert Reader.of(person).reports_on(call)
    assert not Reader.of(person).coordinates(call)
    assert client.post(address, {"remove": person.email}).status_code == 302
    assert not Role.objects.filter(user=person).exists()
    with pytest.raises(Refused, match="does not read"):
        rapporteurs.dismiss(call, email=person.email, by=None)


def test_the_page_costs_the_same_for_three_organizations_and_many(cost):
    call, _people, _objectives = world()
    by, address = factories.coordinator(), reverse("consultations:heard", args=[call.key])

    def add(number):
        for _number in range(number):
            made = factories.organization(spoken=["ar"], country=factories.country(regions=[africa]))
            made.objectives.set([factories.objective(8)])

    africa = factories.region("africa")
    add(1)
    few = cost(address, by)
    add(30)
    assert cost(address, by) == few


def test_an_invitation_is_seen_by_those_invited_who_see_the_call_and_by_its_readers():
    call, (one, two, three), _objectives = world()
    calls.invite_missing(call, organizations=[two.organization], by=None)
    coordinator, stranger = factories.coordinator(), factories.lead(constituency="state")
    people = {"one": one, "two": two, "three": three, "coordinator": coordinator, "stranger": stranger}

    def see():
        return {
            name
            for name, person in people.items()
            if CallInvitation.objects.visible_to(Reader.of(person)).exists()
        }

    assert see() == {"two", "coordinator"}
    Call.objects.update(status=Call.Status.DRAFT)
    assert see() == {"coordinator"}


def test_the_inbox_costs_the_same_for_one_call_that_waits_and_for_ten(cost):
    person = factories.lead()

    def ask():
        calls.invite_missing(factories.open_call(), organizations=[person.organization], by=None)
        delivery.drain()

    ask()
    one = cost(reverse("inbox"), user=person)
    for _ in range(9):
        ask()
    assert one == cost(reverse("inbox"), user=person)
