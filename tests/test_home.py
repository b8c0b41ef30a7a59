"""The first page and the pages of the Compact: what is open, where we stand, what there is."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.models import Reader
from portal.pages import activity, compact, roads
from tests import factories

pytestmark = pytest.mark.django_db


def day(*parts):
    return timezone.datetime(*parts).date()


def all_objectives():
    return [factories.objective(number) for number in range(1, 24)]


def test_the_home_page_shows_what_is_open_by_what_closes_first(client):
    factories.open_consultation("Later meeting", days=30)
    factories.open_consultation("Sooner meeting", days=2)
    factories.open_consultation("Over already", days=-1, opens_at=None)
    factories.consultation("Not yet told", status="draft")
    page = client.get(reverse("home")).content.decode()
    assert page.index("Sooner meeting") < page.index("Later meeting")
    assert "Over already" not in page
    assert "Not yet told" not in page


def test_members_things_stand_on_the_members_home_page_only(client):
    factories.open_consultation("Members circle", access="members")
    assert "Members circle" not in client.get(reverse("home")).content.decode()
    client.force_login(factories.lead())
    assert "Members circle" in client.get(reverse("home")).content.decode()


def test_the_road_says_what_is_done_what_is_now_and_what_is_next():
    today = day(2026, 3, 15)
    phases = [
        factories.phase("Ahead", begins_on=day(2026, 6, 1)),
        factories.phase("Here", begins_on=day(2026, 3, 1), begins_precision="month"),
        factories.phase("Behind", begins_on=day(2025, 5, 1), ends_on=day(2025, 8, 1), ends_precision="month"),
        factories.phase("Undated"),
    ]
    assert [(row.phase.title_en, row.when) for row in roads.road(phases, today)] == [
        ("Behind", "done"),
        ("Here", "now"),
        ("Ahead", "next"),
        ("Undated", "next"),
    ]


def test_the_road_of_the_current_process_stands_on_the_home_page(client):
    process = factories.process("Review forum", is_current=True)
    factories.phase("Listening phase", process=process)
    factories.phase("Hidden phase", process=process, status="draft")
    factories.phase("Phase of another process", process=factories.process("Another"))
    page = client.get(reverse("home")).content.decode()
    assert "Listening phase" in page
    assert "Hidden phase" not in page
    assert "Phase of another process" not in page


def test_the_mosaic_counts_what_the_reader_may_see():
    objectives = all_objectives()
    factories.document(objectives=[objectives[14]])
    factories.document(objectives=[objectives[14]], status="draft")
    factories.open_consultation(objectives=[objectives[14]], access="members")
    counts = {tile.objective.number: tile.count for tile in compact.mosaic(Reader.nobody())}
    assert counts == {number: int(number == 15) for number in range(1, 24)}
    member = {tile.objective.number: tile.count for tile in compact.mosaic(Reader.of(factories.lead()))}
    assert member[15] == 2
    coordinator = Reader.of(factories.coordinator())
    assert compact.mosaic(coordinator)[14].count == 2


@pytest.mark.parametrize(
    ("count", "heat"), [(0, 0), (1, 1), (4, 1), (5, 2), (9, 2), (10, 3), (19, 3), (20, 4), (99, 4)]
)
def test_the_depth_of_a_tile_says_how_much_there_is(count, heat):
    assert compact.Tile(None, count).heat == heat


def test_an_unverified_title_is_never_called_official(client):
    factories.objective(
        1,
        title_fr="Titre vu",
        title_ar="عنوان",
        title_sources={
            "fr": {"source": "verified", "page": "https://page.example"},
            "ar": {"source": "from memory"},
        },
    )
    seen = client.get("/fr/objectives/1/").content.decode()
    unseen = client.get("/ar/objectives/1/").content.decode()
    assert "https://page.example" in seen
    assert "https://page.example" not in unseen
    assert "عنوان" in unseen


def test_an_objective_page_gathers_everything_on_it_and_nothing_else(client):
    here, other = factories.objective(15), factories.objective(16)
    factories.document("Paper on fifteen", objectives=[here])
    factories.document("Paper on sixteen", objectives=[other])
    factories.open_consultation("Meeting on fifteen", objectives=[here])
    factories.working_group("Group on fifteen", objectives=[here])
    factories.practice("Practice on fifteen", objectives=[here])
    factories.campaign("Campaign on fifteen", objectives=[here])
    factories.consultation("Roundtable on fifteen", status="archived", objectives=[here])
    factories.commitment("Ask on fifteen", kind="ask", objectives=[here])
    factories.commitment("Pledge on fifteen", kind="pledge", objectives=[here])
    factories.paper_to_endorse("Letter on fifteen", objectives=[here])
    for name, shown in (("House on fifteen", ["objectives"]), ("House that hides it", ["country"])):
        house = factories.organization(name, in_directory=True, directory_fields=shown)
        house.objectives.add(here)
    page = client.get(reverse("objective", args=[15])).content.decode()
    for kind in (
        "Paper",
        "Meeting",
        "Group",
        "Practice",
        "Campaign",
        "Ask",
        "Pledge",
        "Letter",
        "House",
        "Roundtable",
    ):
        assert f"{kind} on fifteen" in page
    assert "Paper on sixteen" not in page
    assert "House that hides it" not in page
    lists = [f"consultations:{name}" for name in ("consultations", "commitments", "papers")]
    for name in (*lists, "resources:practices", "resources:documents", "organizations"):
        assert reverse(name) + "?objective=15" in page
    assert reverse("objective", args=[16]) in page


def test_a_process_page_shows_its_phases_its_dates_as_they_were_and_its_sources(client):
    process = factories.process(
        "Review forum",
        begins_on=day(2022, 5, 17),
        ends_on=day(2022, 5, 20),
        date_note="Moved once.",
        source_url="https://source.example/forum",
    )
    process.moved_dates.create(field="dates", was_start="2022-05-10", was_end="2022-05-13")
    factories.phase("Listening phase", process=process, begins_on=day(2021, 5, 1), begins_precision="month")
    factories.document("Its paper", process=process)
    factories.consultation("Its roundtable", process=process, kind="roundtable", status="archived")
    page = client.get(process.get_absolute_url()).content.decode()
    for text in (
        "Listening phase",
        "Its paper",
        "Its roundtable",
        "Moved once.",
        "https://source.example/forum",
    ):
        assert text in page
    assert "May 2021" in page
    assert "10 May 2022" in page or "10 to 13 May 2022" in page or "10–13 May 2022" in page


def test_the_bare_address_leads_to_the_browsers_language_and_is_never_kept(client):
    for header, expected in (("ar", "/ar/"), ("fr-BE,fr;q=0.9", "/fr/"), ("xx", "/en/")):
        response = client.get("/", headers={"accept-language": header})
        assert response.headers["Location"] == expected
        assert "no-store" in response.headers["Cache-Control"]


def test_who_is_signed_in_is_led_to_his_or_her_own_language(client):
    client.force_login(factories.user(language="es"))
    assert client.get("/", headers={"accept-language": "fr"}).headers["Location"] == "/es/"


def _objective_page():
    return reverse("objective", args=[15])


def fill(process, objective):
    """One of everything that the shell's lists show."""
    day_one = day(2026, 1, 1)
    factories.open_consultation(process=process, objectives=[objective])
    factories.consultation(status="archived", process=process, objectives=[objective], begins_on=day_one)
    factories.consultation(status="archived", kind="roundtable", process=process, objectives=[objective])
    factories.document(process=process, objectives=[objective])
    factories.phase(process=process, begins_on=day_one, region=factories.region())
    factories.working_group(objectives=[objective])
    factories.practice(objectives=[objective], organization=factories.organization())
    factories.campaign(process=process, objectives=[objective])
    factories.commitment(kind="ask", objectives=[objective])
    factories.commitment(kind="pledge", objectives=[objective])
    house = factories.organization(in_directory=True, directory_fields=["objectives"])
    house.objectives.add(objective)
    factories.process(begins_on=day_one)


BUDGETS = {"home": 14, "objective": 26, "objectives": 4, "process": 30, "processes": 4, "working-groups": 4}


def test_each_page_costs_the_same_for_one_thing_and_for_ten(cost):
    objective, process = factories.objective(15), factories.process("Review forum", is_current=True)
    args = {"objective": [15], "process": [process.address_key]}
    addresses = {name: reverse(name, args=args.get(name)) for name in BUDGETS}
    fill(process, objective)
    one = {name: cost(address) for name, address in addresses.items()}
    for _ in range(9):
        fill(process, objective)
    assert one == {name: cost(address) for name, address in addresses.items()}
    assert {name: queries for name, queries in one.items() if queries > BUDGETS[name]} == {}


def weight(page):
    """Compressed bytes of everything that a page asks for, as they go over the wire."""
    from portal.static_files import SHEET, bundle

    parts = []
    for address in re.findall(r'<(?:link|script|img)[^>]+(?:href|src)="/static/([^"]+)"', page.decode()):
        path = Path(finders.find(address))
        parts.append(bundle(path).encode() if address == SHEET else path.read_bytes())
    assert parts
    return sum(len(brotli.compress(part, quality=5)) for part in parts)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_first_visit_weighs_less_than_forty_kilobytes(client, language):
    all_objectives()
    process = factories.process("Review forum", is_current=True)
    for _ in range(6):
        fill(process, factories.objective(15))
    sent = client.get(f"/{language}/", headers={"Accept-Encoding": "gzip"})
    assert sent.headers["Content-Encoding"] == "gzip"
    assert len(sent.content) + weight(gzip.decompress(sent.content)) < 40_000


def test_the_activity_on_an_objective_is_drawn_and_counted_year_by_year(client):
    objective = factories.objective(15)
    for year in (2019, 2021, 2021):
        factories.document(objectives=[objective], begins_on=day(year, 3, 1))
    factories.consultation(status="archived", objectives=[objective], begins_on=day(2021, 5, 1))
    factories.document(objectives=[objective], begins_on=day(2021, 1, 1), status="draft")
    rows = activity.series(Reader.nobody(), objective)
    assert [str(row.label) for row in rows] == ["Consultations", "Documents"]
    assert activity.table(rows) == [(2021, [1, 2]), (2020, [0, 0]), (2019, [0, 1])]
    assert [[bar.height for bar in row.bars] for row in rows] == [[0, 0, 20], [20, 0, 40]]
    places = [bar.x for bar in rows[0].bars]
    assert places == sorted(places)
    (turned, _documents) = activity.series(Reader.nobody(), objective, runs_right_to_left=True)
    assert [bar.x for bar in turned.bars] == places[::-1]
    assert "The numbers as a table" in client.get(_objective_page()).content.decode()


def test_what_is_due_does_not_stand_twice_on_a_page(client):
    process, objective = factories.process("Review forum"), factories.objective(15)
    factories.open_consultation("Only once", process=process, objectives=[objective])
    factories.call("Asked once", process=process, objectives=[objective], ends_on=day(2099, 1, 1))
    for address in (process.get_absolute_url(), _objective_page()):
        page = client.get(address).content.decode()
        assert (page.count("Only once"), page.count("Asked once")) == (1, 1)


def test_a_working_group_shows_what_there_is_on_its_objectives(client):
    here, other = factories.objective(17), factories.objective(3)
    group = factories.working_group("Group on seventeen", objectives=[here])
    factories.consultation("Its training series", kind="training", status="archived", objectives=[here])
    factories.consultation("Another training", kind="training", status="archived", objectives=[other])
    page = client.get(group.get_absolute_url()).content.decode()
    assert "Its training series" in page
    assert "Another training" not in page


def test_who_is_signed_in_is_shown_the_one_next_step(client):
    def home_of(person):
        client.force_login(person)
        return client.get(reverse("home")).content.decode()

    step, wait = "Your next step: your organization", "waits for verification"
    shown = [
        (step in page, wait in page)
        for page in map(
            home_of,
            [factories.user(), factories.lead(status="pending"), factories.lead(), factories.coordinator()],
        )
    ]
    assert shown == [(True, False), (False, True), (False, False), (False, False)]


def test_the_signed_out_pay_no_query_for_anybodys_next_step(client):
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("home")).content.decode()
    assert "next step" not in page
    assert [row["sql"] for row in queries if "membership" in row["sql"] or "portal_user" in row["sql"]] == []
