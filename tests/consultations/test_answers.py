"""Coordinators see who registered, answer, plan, and take the list away as a file that runs nothing."""

import csv
from io import StringIO

import pytest
from django.urls import reverse

from consultations import planning
from consultations.models import Delegate, Registration
from consultations.operations import answers as acts
from portal import sheets
from portal.models import LogEntry
from tests import factories, sessions

pytestmark = pytest.mark.django_db


def address(name, thing):
    return reverse(f"consultations:{name}", args=[thing.key])


def test_only_coordinators_of_its_scope_see_who_registered(client):
    process = factories.process()
    thing = factories.open_consultation(process=process)
    lead = factories.lead()
    factories.registration(thing, lead.organization)
    for name in ("registrations", "registrations-file", "registrations-workbook"):
        for person, expected in (
            (factories.coordinator(), 200),
            (factories.coordinator_of(process), 200),
            (factories.coordinator_of(thing), 200),
            (factories.coordinator_of(factories.open_consultation()), 403),
            (lead, 403),
            (factories.translator(), 403),
        ):
            sessions.sign_in(client, person)
            assert client.get(address(name, thing)).status_code == expected


def test_the_list_stands_in_order_of_arrival_with_place_in_line_and_totals(client):
    thing = factories.open_consultation(places=2, interpretation=["ar", "fr"])
    first = factories.registration(thing, delegates=2)
    first.delegate_set.update(interpretation="ar")
    Delegate.objects.filter(pk=first.delegate_set.first().pk).update(needs=["captions"])
    factories.registration(thing, status="waitlisted")
    factories.registration(thing, status="waitlisted", delegates=3)
    client.force_login(factories.coordinator())
    page = client.get(address("registrations", thing)).content.decode()
    for text in (
        "2 of 2 places taken",
        "Place 2 on the waiting list",
        '<strong>Arabic</strong><p class="meta"><span>2 delegates</span><span>1 needs live captions</span>',
        "2 organizations and 4 delegates",
    ):
        assert text in page, text
    rows = client.get(address("registrations", thing), {"status": "waitlisted"}).context["page"]
    assert [row.seq for row in rows] == [2, 3]
    assert len(client.get(address("registrations", thing), {"status": "nonsense"}).context["page"]) == 3


def test_needs_are_counted_among_the_confirmed_by_language():
    thing = factories.open_consultation(places=50)
    for code, needs, status in (
        ("ar", ["captions"], "confirmed"),
        ("ar", ["captions", "sign"], "confirmed"),
        ("ar", [], "confirmed"),
        ("", ["phone"], "confirmed"),
        ("fr", ["captions"], "waitlisted"),
    ):
        made = factories.registration(thing, status=status)
        made.delegate_set.update(interpretation=code, needs=needs)
    plan = planning.of(thing)
    assert [(row.language, row.count, row.needs) for row in plan.listeners] == [
        ("ar", 3, {"captions": 2, "sign": 1}),
        ("", 1, {"phone": 1}),
    ]
    assert plan.total == 5


def test_a_coordinator_confirms_and_declines_with_a_reason(client):
    thing = factories.open_consultation(places=1, approval="by-hand")
    first, second, third = (factories.registration(thing, status="pending") for _ in range(3))
    client.force_login(factories.coordinator_of(thing))
    page = client.post(address("registration-confirm", first), follow=True).content.decode()
    assert "The registration is confirmed." in page
    page = client.post(address("registration-confirm", second), follow=True).content.decode()
    assert "it now stands on the waiting list" in page
    assert client.post(address("registration-decline", third), {"reason": ""}).status_code == 422
    assert Registration.objects.get(pk=third.pk).status == "pending"
    client.post(address("registration-decline", third), {"reason": "Another body speaks for it"})
    states = [(row.status, row.reason) for row in thing.registrations.order_by("seq")]
    assert states == [("confirmed", ""), ("waitlisted", ""), ("declined", "Another body speaks for it")]
    page = client.post(
        address("registration-confirm", first),
        follow=True,
        headers={"referer": "http://testserver" + address("registrations", thing)},
    ).content.decode()
    assert "This registration was already answered." in page


def test_nobody_answers_who_may_not(client):
    thing = factories.open_consultation(approval="by-hand")
    lead = factories.lead()
    made = factories.registration(thing, lead.organization, status="pending")
    for person, expected in ((lead, 403), (factories.lead(), 404), (factories.translator(), 404)):
        client.force_login(person)
        for name in ("registration-confirm", "registration-decline"):
            assert client.post(address(name, made), {"reason": "x"}).status_code == expected
    client.force_login(factories.coordinator())
    assert client.get(address("registration-confirm", made)).status_code == 405
    assert Registration.objects.get(pk=made.pk).status == "pending"


def test_the_file_holds_a_line_for_each_delegate_and_runs_nothing(client):
    thing = factories.open_consultation()
    lead = factories.lead(language="en")
    made = factories.registration(thing, lead.organization, delegates=2)
    first, second = made.delegate_set.order_by("pk")
    Delegate.objects.filter(pk=first.pk).update(
        name='=HYPERLINK("http://x","y")', other_needs="-1+1", needs=["sign"]
    )
    Delegate.objects.filter(pk=second.pk).update(name="@SUM(A1)", other_needs="\tcmd", interpretation="ar")
    sessions.sign_in(client, factories.coordinator())
    response = client.get(address("registrations-file", thing))
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="registrations.csv"'
    text = response.content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert [row["Full name"] for row in rows] == ['\'=HYPERLINK("http://x","y")', "'@SUM(A1)"]
    assert [row["Other needs"] for row in rows] == ["'-1+1", "'\tcmd"]
    assert [row["Interpretation"] for row in rows] == ["", "Arabic"]
    assert rows[0]["Access needs"] == "Sign language interpretation"
    assert "secret-room" not in text
    assert LogEntry.objects.filter(act="registrations exported", object_id=thing.pk).count() == 1


def test_answers_stand_in_the_list_and_in_the_file_and_run_nothing(client):
    thing = factories.open_consultation()
    lead = factories.lead()
    made = factories.registration(thing, lead.organization)
    motto = factories.question(thing, "=Your motto?", kind="paragraph")
    days = factories.question(thing, "Days", kind="choices", options=["Monday", "-Tuesday"])
    letter = factories.question(thing, "Letter", kind="file")
    factories.question(thing, "Not answered")
    given = {motto.pk: "=1+1", days.pk: ["2"], letter.pk: factories.pdf("+cmd.pdf")}
    acts.save(made, of=thing, given=given, language="en", by=lead)
    sessions.sign_in(client, factories.coordinator_of(thing))
    page = client.get(address("registrations", thing)).content.decode()
    for text in ("=Your motto?", "=1+1", "-Tuesday", "+cmd.pdf"):
        assert text in page
    text = client.get(address("registrations-file", thing)).content.decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(text))
    file = made.answers.get(question=letter).get_absolute_url()
    assert row["'=Your motto?"] == "'=1+1"
    assert (row["Days"], row["Not answered"]) == ("'-Tuesday", "")
    assert row["Letter"].startswith("'+cmd.pdf http")
    assert row["Letter"].endswith(file)


def test_what_the_confirmed_chose_is_counted_for_planning(client):
    thing = factories.open_consultation(places=None)
    days = factories.question(thing, "Days", kind="choices", options=["Monday", "Tuesday", "Never"])
    stays = factories.question(thing, "Do you stay?", kind="yes-no")
    factories.question(thing, "Your motto?")
    for chosen, status in ((["1", "2"], "confirmed"), (["2"], "confirmed"), (["1"], "waitlisted")):
        made = factories.registration(thing, status=status)
        made.answers.create(question=days, chosen=chosen)
        made.answers.create(question=stays, chosen=["no"])
    assert [(row.prompt_en, counts) for row, counts in planning.of(thing).answers] == [
        ("Days", [("Monday", 1), ("Tuesday", 2), ("Never", 0)]),
        ("Do you stay?", [("Yes", 0), ("No", 2)]),
    ]
    client.force_login(factories.coordinator())
    page = client.get(address("registrations", thing)).content.decode()
    assert "<bdi>Tuesday</bdi>: 2 organizations" in page


def test_the_list_and_the_file_cost_the_same_for_two_registrations_and_ten_with_answers(cost):
    thing, person = factories.open_consultation(places=None), factories.coordinator()
    how = factories.question(thing, kind="choice", options=["Train", "Boat"])
    letter = factories.question(thing, kind="file")
    names = ("registrations", "registrations-file", "registrations-workbook")

    def more(number):
        for _ in range(number):
            given = {how.pk: ["1"], letter.pk: factories.pdf()}
            acts.save(factories.registration(thing), of=thing, given=given, language="en", by=person)

    more(2)
    few = [cost(address(name, thing), person) for name in names]
    more(8)
    assert [cost(address(name, thing), person) for name in names] == few


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1", "'=1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("x=1", "x=1"),
        (3, 3),
        ("", ""),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_text(value, expected):
    assert sheets.safe(value) == expected


def test_looking_at_the_list_of_a_closed_room_is_noted(client):
    thing = factories.open_consultation(access="invited")
    client.force_login(factories.coordinator())
    client.get(address("registrations", thing))
    client.get(address("registrations", factories.open_consultation()))
    assert list(LogEntry.objects.filter(act="closed list seen").values_list("object_id", flat=True)) == [
        thing.pk
    ]


def test_the_list_and_the_file_cost_the_same_for_one_and_for_ten(cost):
    thing, person = factories.open_consultation(places=500), factories.coordinator()

    def add():
        factories.registration(thing, delegates=2)
        factories.registration(thing, status="waitlisted")

    add()
    names = ("registrations", "registrations-file", "registrations-workbook")
    one = [cost(address(name, thing), user=person) for name in names]
    for _ in range(9):
        add()
    many = [cost(address(name, thing), user=person) for name in names]
    assert one == many
    assert max(many) <= 18
