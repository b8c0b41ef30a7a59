"""Who took part in a process, in numbers: each organization once, beside an earlier process, guarded in files."""

from datetime import date
from http import HTTPStatus
from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from consultations import tasks
from consultations.models import Report
from consultations.participation import Participation, Row, Table, earlier
from portal.models import LogEntry, Notice, Reader, StoredFile
from portal.notifications import OrganizationVerified, notify
from tests import factories

pytestmark = pytest.mark.django_db


def cycle(name, year):
    return factories.process(title_en=name, begins_on=date(year, 1, 1), begins_precision="year")


def rows(counted, name):
    table = next(table for table in counted.tables if table.name == name)
    return {str(row.label): (row.verified, row.took_part, row.before) for row in table.rows}


def test_an_organization_counts_once_however_it_took_part_and_those_who_did_not_are_named():
    now, before = cycle("Review 2030", 2030), cycle("Review 2026", 2026)
    tunisia = factories.country(regions=[factories.region(title_en="Africa")])
    chile = factories.country("CL", "Chile")
    busy = factories.organization("Busy", country=tunisia, spoken=["ar", "fr"])
    factories.organization("Quiet", country=chile, spoken=["es"])
    once = factories.organization("Once", country=tunisia, spoken=["fr"], is_migrant_led=True)
    factories.organization("Waiting", country=chile, status="pending")

    room = factories.open_consultation(process=now)
    factories.registration(room, busy, status="confirmed")
    factories.contribution(factories.open_call("Asked", process=now), busy)
    factories.contribution(factories.open_call("Asked before", process=before), once)
    factories.contribution(factories.open_call("Elsewhere", process=cycle("GFMD", 2029)), once)

    reader = Reader.of(factories.coordinator())
    assert [row.title_en for row in earlier(now, reader)] == ["GFMD", "Review 2026"]
    counted = Participation(now, reader, before)
    assert rows(counted, "country") == {"Chile": (1, 0, 0), "Tunisia": (2, 1, 1)}
    assert rows(counted, "language") == {"Arabic": (1, 1, 0), "French": (2, 1, 1), "Spanish": (1, 0, 0)}
    assert rows(counted, "leadership")["Led by migrants"] == (1, 0, 1)
    assert rows(counted, "region")["Africa"] == (2, 1, 1)
    said = {str(amount.label): (amount.here, amount.before) for amount in counted.amounts}
    assert (said["Contributions"], said["Confirmed registrations"]) == ((1, 1), (1, 0))
    missing = {table.name: [str(label) for label in table.unheard] for table in counted.tables}
    assert (missing["country"], missing["language"]) == (["Chile"], ["Spanish"])


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ([5, 9, 0], [5, 9, 0]),
        ([1, 2, 9], [None, None, 9]),
        ([1, 9, 4, 0], [None, 9, None, 0]),  # of one alone, the sum of the others would tell
    ],
)
def test_small_figures_stay_in_the_house(figures, told):
    table = Table("sort", "By kind", [Row(str(place), 20, number, 0) for place, number in enumerate(figures)])
    assert [figure for _row, figure in table.guarded] == told


def test_its_coordinators_read_the_figures_and_take_them_away(client):
    now, before = cycle("Review 2030", 2030), cycle("Review 2026", 2026)
    person = factories.coordinator_of(now)
    home = factories.organization("Busy", country=factories.country())
    factories.contribution(factories.open_call("Asked", process=now), home)
    notify(OrganizationVerified, home, by=None)
    assert not Notice.objects.beneath(now).exists()

    client.force_login(person)
    page = client.get(reverse("participation", args=[now.key]))
    assert page.status_code == HTTPStatus.OK
    assert "1 of 1 verified organization took part" in page.text
    assert "Review 2026" not in page.text  # whoever coordinates one process is told of that one
    sheet = client.get(reverse("participation-file", args=[now.key])).text
    assert "By State,Tunisia,1,kept back" in sheet
    assert client.get(reverse("participation", args=[before.key])).status_code == HTTPStatus.FORBIDDEN


def test_the_figures_cost_the_same_for_few_and_many(cost):
    now, person = cycle("Review 2030", 2030), factories.coordinator()
    call = factories.open_call("Asked", process=now)
    factories.contribution(call, factories.organization())
    address = reverse("participation", args=[now.key])
    one = cost(address, user=person)
    for _ in range(5):
        factories.contribution(call, factories.organization(spoken=["fr"]))
    assert one == cost(address, user=person) <= 36


def test_a_report_is_asked_for_made_by_the_worker_and_made_anew(client):
    now, before = cycle("Review 2030", 2030), cycle("Review 2026", 2026)
    home = factories.organization("Busy", country=factories.country())
    factories.contribution(factories.open_call("Asked", process=now), home)
    client.force_login(factories.coordinator())
    page, ask = (reverse(name, args=[now.key]) for name in ("participation", "report-ask"))
    for _ in range(2):
        assert client.post(ask, {"language": "ar"})["Location"] == page
    report = Report.objects.get()
    assert (report.language, report.before) == ("ar", before)
    assert "It is being made." in client.get(page).text
    assert client.get(report.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND

    tasks.make_prints()
    made = b"".join(client.get(report.get_absolute_url()).streaming_content)
    with pikepdf.open(BytesIO(made)) as file:
        assert (len(file.pages), str(file.Root.Lang)) == (1, "ar")
    stored = StoredFile.objects.get()
    client.post(ask, {"language": "ar"})
    assert not StoredFile.objects.filter(pk=stored.pk).exists()
    assert client.get(report.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND
    assert LogEntry.objects.filter(act="report asked for").count() == 3
