"""Lists as files: what their page shows, in three forms, in the reader's language, whole and safe."""

import csv
import io
import json
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from portal import workbooks
from portal.operations import limits
from portal.pages.machines import downloads
from portal.pages.machines.tables import TABLES
from tests import factories, sessions

pytestmark = pytest.mark.django_db
CELLS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def content(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def lines(client, address):
    """A file of separated values, read by Python's own reader: [[cell]]."""
    found = content(client, address)
    assert found.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(found.decode("utf-8-sig"))))


def cells(client, address):
    """The texts of a workbook's cells, and whether it runs from right to left, holds a formula or a link."""
    with zipfile.ZipFile(io.BytesIO(content(client, address))) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = [["".join(cell.itertext()) for cell in row.iter(f"{CELLS}c")] for row in sheet.iter(f"{CELLS}row")]
    is_rtl = sheet.find(f"{CELLS}sheetViews/{CELLS}sheetView").get("rightToLeft") == "1"
    return rows, is_rtl, [*sheet.iter(f"{CELLS}f"), *sheet.iter(f"{CELLS}hyperlink")]


def make_one_of_each(word):
    """One thing on each list."""
    process = factories.process(f"{word} process")
    objective = factories.objective(7)
    told = {"process": process, "objectives": [objective]}
    factories.consultation(f"{word} dialogue", status="announced", **told)
    factories.document(f"{word} document", **told)
    factories.published(factories.paper(f"{word} paper", **told))
    factories.practice(f"{word} practice", objectives=[objective])
    factories.campaign(f"{word} campaign", **told)
    factories.commitment(f"{word} commitment", **told).updates.create(on=date(2026, 2, 1), what="=A step")
    factories.submission(f"{word} submission", **told)
    factories.organization(f"{word} house", in_directory=True)


def test_each_list_is_a_file_in_three_forms_that_say_the_same(client):
    make_one_of_each("=Zebra")  # which a spreadsheet could take for a formula
    for table in TABLES:
        for language in ("en", "ar"):
            told = lines(client, f"/{language}/{table.name}.csv")
            book, is_rtl, live = cells(client, f"/{language}/{table.name}.xlsx")
            objects = json.loads(content(client, f"/{language}/{table.name}.json"))[table.name]
            with translation.override(language):
                assert told[0] == [str(label) for label in table.labels]
            assert (is_rtl, live) == (language == "ar", [])
            assert len(told) == len(book) == len(objects) + 1 >= 2, table.name
            assert [[cell.removeprefix("'") for cell in row] for row in told] == book
            assert not any(cell.startswith("=") for row in told for cell in row)
            assert all(f"/{language}/" in one for one in told[1] if one.startswith("http"))


def test_nobody_takes_lists_without_end(client, monkeypatch):
    monkeypatch.setattr(limits, "FILES", (limits.Rate(2, limits.HOUR),))
    assert [client.get("/en/library.csv").status_code for _ in range(3)] == [200, 200, 429]
    client.force_login(factories.user())
    assert client.get("/en/library.csv").status_code == 200


def test_a_list_too_long_for_a_workbook_is_refused_before_a_row_of_it_is_fetched(client, monkeypatch):
    told, lines_of = [], downloads.lines
    monkeypatch.setattr(downloads, "lines", lambda table, *rest: told.append(table) or lines_of(table, *rest))
    monkeypatch.setattr(workbooks, "MOST", 0)
    make_one_of_each("First")
    for table in TABLES:
        answer = client.get(f"/en/{table.name}.xlsx", follow=True)
        assert "at most 0 rows of such a list" in answer.content.decode(), table.name
    assert told == []


def test_a_file_holds_what_the_lists_filters_let_through(client):
    near, far = factories.objective(7), factories.objective(8)
    for number in range(60):  # more than a page of the list
        factories.commitment(f"Near {number}", objectives=[near], kind="ask")
    factories.commitment("Far", objectives=[far], kind="pledge")
    page = client.get("/en/commitments/?objective=7&page=2").content.decode()
    assert 'href="/en/commitments.xlsx?objective=7"' in page
    titles = [row[1] for row in lines(client, "/en/commitments.csv?objective=7")]
    assert sorted(titles[1:]) == sorted(f"Near {number}" for number in range(60))
    factories.document("Read", kind="report")
    factories.document("Unread", kind="summary")
    assert [row[1] for row in lines(client, "/en/library.csv?kind=report")][1:] == ["Read"]


def test_a_file_shows_what_its_page_shows_this_reader(client):
    lead = factories.lead()
    factories.document("For all")
    factories.document("For members", access="members")
    hidden = factories.process("By invitation", access="invited")
    factories.document("Of a hidden process", process=hidden)
    shy = {"in_directory": True, "acronym": "SHY", "website": "https://shy.example"}
    factories.organization("Shy", directory_fields=["acronym"], **shy)
    factories.organization("Not listed")
    assert [row[1] for row in lines(client, "/en/library.csv")][1:] == ["Of a hidden process", "For all"]
    assert "By invitation" not in content(client, "/en/library.csv").decode()
    [_labels, shown] = lines(client, "/en/organizations.csv")
    assert [cell for cell in shown if cell][:2] == ["Shy", "SHY"]
    assert "shy.example" not in content(client, "/en/organizations.json").decode()
    sessions.sign_in(client, lead)
    assert "For members" in content(client, "/en/library.csv").decode()


def test_a_file_costs_the_same_for_one_row_and_for_ten(client):
    def all_of_them():
        with CaptureQueriesContext(connection) as asked:
            for table in TABLES:
                for form in ("csv", "json"):
                    content(client, f"/en/{table.name}.{form}")
        return len(asked)

    make_one_of_each("First")
    all_of_them()
    one = all_of_them()
    for number in range(9):
        make_one_of_each(f"More {number}")
    assert one == all_of_them() <= 12 * 2 * len(TABLES)
