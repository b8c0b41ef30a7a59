"""What narrows the library: each choice with how many it leaves, under all others, of what the reader may see."""

import re
from collections import Counter
from datetime import date
from random import Random

import pytest
from django.http import QueryDict
from django.urls import reverse

from portal import counts, facets
from portal.models import Principle, Reader
from resources.models import Document
from tests import factories

pytestmark = pytest.mark.django_db


def library(client, query=""):
    return client.get(reverse("resources:documents") + query).content.decode()


def shown(page):
    """{label: amount} of all choices on a page."""
    found = re.findall(r'<bdi>([^<]+)</bdi> <span class="amount">(\d+)</span>', page)
    return {label: int(amount) for label, amount in found}


def principle(number):
    return Principle.objects.create(number=number, letter="a", title_en=f"Principle {number}")


FACTS = {
    "kind": lambda row: {row.kind},
    "year": lambda row: {str(row.begins_on.year)} if row.begins_on else set(),
    "language": lambda row: {*row.document_languages},
    "process": lambda row: {row.process.address_key} if row.process else set(),
    "objective": lambda row: {str(each.number) for each in row.objectives.all()},
    "principle": lambda row: {str(each.number) for each in row.principles.all()},
    "region": lambda row: {each.code for each in row.regions.all()},
    "theme": lambda row: {str(each.key) for each in row.themes.all()},
}


@pytest.fixture(autouse=True)
def _nothing_kept():
    yield
    counts.forget()


@pytest.fixture
def shelf():
    chance = Random(11)
    processes = [factories.process() for _ in range(2)]
    things = {
        "objectives": [factories.objective(number) for number in (3, 7, 15)],
        "principles": [principle(number) for number in (1, 2)],
        "regions": [factories.region(code) for code in ("africa", "europe")],
    }
    for number in range(24):
        made = factories.document(
            kind=chance.choice(["report", "statement"]),
            process=chance.choice([*processes, None]),
            begins_on=chance.choice([None, date(2021, 5, 1), date(2022, 5, 1)]),
            document_languages=chance.choice([[], ["ar"], ["ar", "en"]]),
            access=chance.choice(["public", "public", "members"]),
            status=chance.choice(["published", "published", "draft"]),
        )
        for name, rows in things.items():
            getattr(made, name).set(chance.sample(rows, chance.randint(0, len(rows))))
        if number % 3 == 0:
            factories.theme(document=made)
    return Document.objects.prefetch_related(*things, "themes").select_related("process")


def counted(reader, query):
    """{facet: {word: amount}} as the page has it, and the rows that are left."""
    rows = Document.objects.visible_to(reader).published()
    found = facets.of(rows, QueryDict(query), reader, "en")
    amounts = {}
    for facet, many in found.amounts().items():
        known = facet.known({*many, *found.chosen[facet].values()}, reader, "en")
        amounts[facet.name] = {word: many[value] for word, value, _label in known if value in many}
    return amounts, {*found.rows().values_list("pk", flat=True)}, found.amount


def test_every_count_is_what_counting_one_by_one_gives(shelf):
    words = {name: sorted({word for row in shelf for word in fact(row)}) for name, fact in FACTS.items()}
    chance = Random(5)
    for reader in (Reader.nobody(), Reader.of(factories.lead()), Reader.of(factories.coordinator())):
        for _ in range(8):
            chosen = {
                name: chance.sample(words[name], chance.randint(1, min(2, len(words[name]))))
                for name in chance.sample(sorted(FACTS), chance.randint(0, 3))
            }
            query = "&".join(f"{name}={word}" for name, some in chosen.items() for word in some)
            check(shelf, reader, query, chosen)


def check(shelf, reader, query, chosen):
    access = ["public", "members"] if reader.user else ["public"]
    seen = [row for row in shelf if row.status == "published" and row.access in access]
    known = {name: {word for row in seen for word in fact(row)} for name, fact in FACTS.items()}

    def passes(row, without=None):
        return all(name == without or FACTS[name](row) & {*some} for name, some in chosen.items())

    amounts, left, amount = counted(reader, query)
    assert left == {row.pk for row in seen if passes(row)}, query
    assert amount == len(left)
    for name, fact in FACTS.items():
        wanted = Counter(word for row in seen if passes(row, without=name) for word in fact(row))
        assert amounts[name] == dict(wanted), (name, query, known)


def test_what_is_hidden_is_neither_counted_nor_named(client):
    hidden = factories.process("Hidden process", status="draft")
    factories.document("Seen", process=hidden, document_languages=["en"], begins_on=date(2022, 5, 1))
    members = factories.document(
        "Members", access="members", document_languages=["pt"], begins_on=date(2019, 1, 1)
    )
    factories.theme("Quiet theme", document=members)
    consultation = factories.consultation("Hidden consultation", status="draft")
    factories.theme("Theme of a hidden consultation", consultation=consultation)
    page = library(client)
    assert shown(page) == {"Other": 1, "English": 1, "2022": 1}
    for word in ("Hidden process", "Quiet theme", "Theme of a hidden"):
        assert word not in page
    assert "Seen" in library(client, f"?process={hidden.key}&year=2022")
    client.force_login(factories.lead())
    assert shown(library(client))["Quiet theme"] == 1


def test_a_choice_is_added_and_taken_away_by_its_link(client):
    factories.document("One", kind="report", objectives=[factories.objective(3)], begins_on=date(2021, 1, 1))
    factories.document(
        "Two", kind="statement", objectives=[factories.objective(7)], begins_on=date(2022, 1, 1)
    )
    page = library(client, "?objective=3&sort=title&page=2")
    assert 'href="?sort=title&amp;objective=3&amp;objective=7"' in page
    assert 'href="?sort=title&amp;objective=3&amp;kind=report"' in page
    assert 'href="?sort=title"><span class="unseen">Take away:</span> Objective: <bdi>3 Label 3</bdi>' in page
    assert "1 document<" in page
    assert "2 documents" in library(client, "?objective=3&objective=7")


def test_the_words_of_documents_narrow_too(client):
    factories.document("On detention of children", kind="report")
    factories.document("On remittances", kind="statement")
    page = library(client, "?q=detention")
    assert shown(page)["Report"] == 1
    assert "Statement" not in shown(page)
    assert 'value="detention"' in page
    assert "0 documents" in library(client, "?q=detention&kind=statement")
    assert "No document is all of this at once." in library(client, "?q=nothing-of-it")


def test_counts_serve_the_next_ones_for_a_moment_and_nobody_with_rights(client, cost, settings):
    settings.COUNTS_KEPT = 60
    lead = factories.lead()
    factories.theme(document=factories.document(objectives=[factories.objective(3)]))
    assert cost(reverse("resources:documents")) <= 5  # two of them ask for the generation, once a second
    factories.document("Later", kind="report")
    assert "Report" not in shown(library(client))
    client.force_login(lead)
    assert "Report" in shown(library(client))
