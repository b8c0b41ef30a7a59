"""Long lists a window at a time: every row once, forwards and backwards, in each order; numbers and what is wrong."""

import re
from datetime import date
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal import ordering
from portal.models import Reader
from portal.windows import window
from resources.models import Document
from resources.models.documents import SORTS
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = ("Éducation", "education", "Élan", "", "العودة", "ألف", "ñandú", "nube", "Zone", "10 years")


@pytest.fixture
def shelf():
    """Documents with equal dates, without dates, with equal titles, with titles in some languages only."""
    chance = Random(7)
    for number in range(13):
        codes = chance.sample(["en", "fr", "ar", "es"], chance.randint(1, 4))
        factories.document(
            **{f"title_{code}": chance.choice(WORDS[:3] + WORDS[4:]) for code in codes},
            original_language=codes[0],
            begins_on=chance.choice([None, date(2021, 5, 1), date(2022, 5, number % 3 + 1)]),
        )
    return Document.objects.visible_to(Reader.nobody()).published()


def walk(rows, order, *, size, start=None, name="after"):
    """The keys on each page, following its own links."""
    count, asked, pages = rows.count(), start or {}, []
    while True:
        page = window(rows, order, asked, size=size, count=count)
        pages.append([row.pk for row in page])
        onward = page.has_next if name == "after" else page.has_previous
        if not onward:
            return pages, page
        number = page.next_page_number if name == "after" else page.previous_page_number
        asked = {"page": str(number or 1)} | ({name: getattr(page, name)} if getattr(page, name) else {})


def test_a_list_is_walked_whole_in_each_order_both_ways(shelf):
    for order in (SORTS["newest"]("en"), SORTS["changed"]("en"), SORTS["title"]("en"), SORTS["title"]("ar")):
        for size in (3, 13):
            check_both_ways(shelf, order, size)


def check_both_ways(shelf, order, size):
    whole = [*shelf.order_by(*order.columns()).values_list("pk", flat=True)]
    pages, last = walk(shelf, order, size=size)
    assert [pk for page in pages for pk in page] == whole
    assert [len(page) for page in pages[:-1]] == [size] * (len(pages) - 1)
    assert last.number == last.pages == len(pages)
    back, first = walk(shelf, order, size=size, start={"page": str(last.pages)}, name="before")
    assert back[::-1] == pages
    assert first.number == 1
    by_number = [
        window(shelf, order, {"page": str(n)}, size=size, count=13) for n in range(1, last.pages + 1)
    ]
    assert [[row.pk for row in page] for page in by_number] == pages


def test_titles_stand_in_the_order_of_what_the_reader_is_shown(shelf):
    for language in ("en", "ar", "fr", "es"):
        rows = [*shelf.order_by(*SORTS["title"](language).columns())]
        keys = [(ordering.key(row.text("title", language).text, language), row.pk) for row in rows]
        assert keys == sorted(keys)


def test_an_address_that_names_nothing_shows_the_beginning_and_a_number_too_high_the_end(shelf):
    wrong = [{"page": number} for number in ("0", "-1", "x", "٣", "9" * 30)]
    for asked in (*wrong, {"after": "x"}, {"before": "f" * 32}):
        page = window(shelf, SORTS["newest"]("en"), asked, size=5, count=13)
        assert (page.number, page.has_previous) == (1, False)
    page = window(shelf, SORTS["newest"]("en"), {"page": "900"}, size=5, count=13)
    assert (page.number, len(page.rows), page.has_next) == (3, 3, False)


def test_a_row_that_went_away_meanwhile_leaves_the_number_to_count_by(shelf):
    order = SORTS["newest"]("en")
    first = window(shelf, order, {}, size=5, count=13)
    Document.objects.filter(pk=first.rows[-1].pk).update(status="withdrawn")
    second = window(shelf, order, {"page": "2", "after": first.after}, size=5, count=12)
    assert [row.pk for row in second] == [
        *shelf.order_by(*order.columns()).values_list("pk", flat=True)[5:10]
    ]


def test_no_row_is_passed_over_to_come_to_a_page(shelf, client):
    page = window(shelf, SORTS["newest"]("en"), {}, size=5, count=13)
    with CaptureQueriesContext(connection) as queries:
        window(shelf, SORTS["newest"]("en"), {"page": "2", "after": page.after}, size=5, count=13)
    assert not [query for query in queries.captured_queries if "OFFSET" in query["sql"]]


def test_the_links_of_the_library_lead_on_and_keep_what_was_asked(client):
    for number in range(41):
        factories.document(f"Paper {number:02}", kind="report", begins_on=date(2020, 1, 1))
    address = reverse("resources:documents")
    seen, query = [], "?kind=report&sort=title"
    while query:
        page = client.get(address + query).content.decode()
        seen += dict.fromkeys(re.findall(r"Paper \d\d", page))
        found = re.search(r'rel="next" href="([^"]+)"', page)
        query = found[1].replace("&amp;", "&") if found else ""
    assert seen == [f"Paper {number:02}" for number in range(41)]
    assert "Page 3 of 3" in page
