"""What is urgent: so many themes for each organization, which counts once; where regions agree and where they differ."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from consultations.models import Call, Priority
from consultations.operations import priorities
from consultations.urgency import Urgency
from portal.errors import Refused
from portal.models import Reader
from portal.operations import delivery
from tests import factories

pytestmark = pytest.mark.django_db


def asked(*titles, most=2, **fields):
    call = factories.open_call("Lives at sea", **fields)
    themes = [factories.theme(title, call=call, status="draft") for title in titles]
    until = timezone.now() + timedelta(days=5)
    call = priorities.ask(call, themes=themes, most=most, until=until, by=None)
    return call, list(call.themes.order_by("pk"))


def marked_by(call, *themes, region=None, language="en", **fields):
    person = factories.lead(spoken=[language], **fields)
    if region:
        person.organization.regions.set([region])
    priorities.mark(call, organization=person.organization, themes=themes, by=person)
    return person


def test_asking_shows_the_themes_and_tells_the_organizations_once(mailoutbox):
    lead = factories.lead()
    call, themes = asked("Lights", "Wages", "Papers")
    assert {theme.status for theme in themes} == {"published"}
    later = timezone.now() + timedelta(days=9)
    priorities.ask(call, themes=themes, most=2, until=later, by=None)
    delivery.drain()
    assert [m.to for m in mailoutbox] == [[lead.email]]
    assert mailoutbox[0].subject.endswith("what is urgent: Lives at sea")


def test_an_organization_marks_no_more_than_it_may_and_changes_its_mind(client):
    call, (lights, wages, papers) = asked("Lights", "Wages", "Papers")
    person = factories.lead()
    client.force_login(person)
    address = reverse("consultations:urgent", args=[call.key])
    values = {"organization": person.organization.pk}
    assert client.post(address, values | {"themes": [lights.pk, wages.pk, papers.pk]}).status_code == 422
    for chosen in ([lights.pk, wages.pk], [papers.pk]):
        assert client.post(address, values | {"themes": chosen}).status_code == 302
    assert list(Priority.objects.values_list("theme", "place")) == [(papers.pk, 1)]
    with pytest.raises(Refused, match="at most 2"):
        priorities.mark(call, organization=person.organization, themes=[lights, wages, papers], by=person)
    mine = Priority.objects.get()
    with pytest.raises(IntegrityError, match="priority_has_a_place"), transaction.atomic():
        Priority.objects.create(call=call, organization=mine.organization, theme=lights, place=1)
    with pytest.raises(IntegrityError, match="priority_is_one_of_few"), transaction.atomic():
        Priority.objects.create(call=call, organization=mine.organization, theme=lights, place=13)


def test_only_who_may_answer_marks_and_only_until_the_deadline(client):
    call, (lights, *_rest) = asked("Lights", "Wages", "Papers")
    with pytest.raises(Refused, match="cannot answer"):
        marked_by(call, lights, constituency="state")
    other = factories.theme("Elsewhere", call=factories.open_call())
    with pytest.raises(Refused, match="not offered"):
        marked_by(call, other)
    Call.objects.filter(pk=call.pk).update(urgent_until=timezone.now())
    with pytest.raises(Refused, match="not asked now"):
        marked_by(call, lights)


def test_the_coordinator_asks_for_a_choice_that_is_one():
    call = factories.open_call()
    themes = [factories.theme(call=call) for _number in range(2)]
    soon = timezone.now() + timedelta(days=5)
    with pytest.raises(Refused, match="nothing to choose"):
        priorities.ask(call, themes=themes, most=2, until=soon, by=None)
    with pytest.raises(Refused, match="ahead"):
        priorities.ask(call, themes=themes, most=1, until=timezone.now(), by=None)
    call = priorities.ask(call, themes=themes, most=1, until=soon, by=None)
    marked_by(call, themes[0])
    with pytest.raises(Refused, match="took away"):
        priorities.ask(call, themes=[themes[1], factories.theme(call=call)], most=1, until=soon, by=None)


def test_each_organization_counts_once_and_regions_agree_or_differ():
    africa, asia = factories.region("africa"), factories.region("asia-pacific")
    call, (lights, wages, papers) = asked("Lights", "Wages", "Papers", most=1)
    for region, theme, number in (
        (africa, lights, 3),
        (africa, wages, 1),
        (asia, lights, 1),
        (asia, papers, 3),
    ):
        for _time in range(number):
            marked_by(call, theme, region=region)
    suspended = marked_by(call, lights, region=asia).organization
    suspended.status = "suspended"
    suspended.save()
    urgency = Urgency(call, hides_few=False)
    assert [(theme.title_en, number, share, shares) for theme, number, share, shares in urgency.rows] == [
        ("Lights", 4, 50, [75, 25]),
        ("Papers", 3, 38, [0, 75]),
        ("Wages", 1, 12, [25, 0]),
    ]
    assert urgency.agreed == []
    assert [
        (theme.title_en, [r.code for r in there], [r.code for r in not_])
        for theme, there, not_ in urgency.differing
    ] == [
        ("Lights", ["africa"], ["asia-pacific"]),
        ("Papers", ["asia-pacific"], ["africa"]),
    ]
    for _time in range(3):
        marked_by(call, lights, region=asia)
    assert [theme.title_en for theme in Urgency(call, hides_few=False).agreed] == ["Lights"]


def test_groups_of_few_are_hidden_from_all_but_those_who_read(client):
    africa, asia = factories.region("africa"), factories.region("asia-pacific")
    call, (lights, *_rest) = asked("Lights", "Wages", "Papers")
    for region, number in ((africa, 3), (asia, 2)):
        for _time in range(number):
            lead = marked_by(call, lights, region=region)
    shown = [group.name.code for group in Urgency(call, hides_few=True).regions]
    assert shown == ["africa"]
    assert len(Urgency(call, hides_few=False).regions) == 2
    address = reverse("consultations:urgent-result", args=[call.key])
    client.force_login(lead)
    assert client.get(address).status_code == 403  # while others can still be swayed
    Call.objects.filter(pk=call.pk).update(urgent_until=timezone.now())
    assert client.get(address).status_code == 200
    client.force_login(factories.lead(constituency="state"))
    assert client.get(address).status_code == 403
    assert [
        list(Priority.objects.visible_to(Reader.of(who)))[:1] != [] for who in (lead, factories.lead())
    ] == [
        True,
        False,
    ]


def test_the_result_costs_the_same_for_one_organization_and_many(cost):
    africa = factories.region("africa")
    call, themes = asked("Lights", "Wages", "Papers")
    by, address = factories.coordinator(), reverse("consultations:urgent-result", args=[call.key])
    marked_by(call, themes[0], region=africa, country=factories.country(regions=[africa]))
    one = cost(address, by)
    for _number in range(20):
        marked_by(call, themes[1], region=africa, country=factories.country(regions=[africa]))
    assert cost(address, by) == one
