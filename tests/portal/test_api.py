"""The JSON interface: everything public and nothing else, page by page, in each language, at a constant cost."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations import signing
from portal.operations import limits
from portal.operations.limits import Rate
from portal.pages.machines.shelves import SHELVES
from tests import factories

pytestmark = pytest.mark.django_db


def asked(client, name, *args, **question):
    response = client.get(reverse(f"api:{name}", args=args), question)
    assert response.status_code == HTTPStatus.OK, response.content
    return response.json()


def titles(answer):
    return sorted(item["title"]["en"] for item in answer["items"])


def test_the_contents_name_every_list_and_the_description(client):
    answer = client.get("/api/").json()
    assert answer["lists"].keys() == {shelf.name for shelf in SHELVES}
    assert answer["description"].endswith("/api/openapi.json")
    assert len(client.get("/api/openapi.json").json()["paths"]) == 2 * len(SHELVES)


@pytest.mark.parametrize("shelf", SHELVES, ids=lambda shelf: shelf.name)
def test_every_list_answers_when_there_is_nothing(client, shelf):
    assert asked(client, shelf.name) == {"items": [], "next": None}


def test_a_document_is_told_in_its_languages_with_its_address_in_each(client):
    process = factories.process("Review forum")
    document = factories.document(
        title_en="Return", title_ar="العودة", process=process, objectives=[factories.objective(21)]
    )
    (told,) = asked(client, "documents")["items"]
    assert told["title"] == {"en": "Return", "ar": "العودة"}
    assert told["addresses"].keys() == {"en", "ar"}
    assert client.get(told["addresses"]["ar"].removeprefix("http://localhost:8000")).status_code in {200, 301}
    assert told["objectives"] == [21]
    assert told["process"] == str(process.key)
    assert asked(client, "document", document.key) == told | {"text": {}}


def test_what_is_hidden_answers_as_what_does_not_exist(client):
    client.force_login(factories.coordinator())
    hidden = factories.document("Hidden", access="members")
    draft = factories.document("Draft", status="draft")
    nothing = reverse("api:document", args=["0d4ff8c5-7b3b-4b06-8a0a-5b0e5ad1d0f1"])
    answers = [client.get(reverse("api:document", args=[row.key])) for row in (hidden, draft)]
    assert asked(client, "documents")["items"] == []
    assert {answer.content for answer in answers} == {client.get(nothing).content}
    assert {answer.status_code for answer in answers} == {HTTPStatus.NOT_FOUND}


def test_a_thing_never_names_what_it_belongs_to_when_that_is_hidden(client):
    hidden = factories.process("Hidden", access="members")
    factories.document("Shown", process=hidden)
    factories.phase("Of the hidden", process=hidden)
    assert asked(client, "documents")["items"][0]["process"] is None
    assert asked(client, "documents", process=hidden.key)["items"] == []
    assert asked(client, "phases")["items"] == []


def test_pages_go_on_until_everything_was_told_once(client):
    for number in range(7):
        factories.document(f"Document {number}")
    found, address = [], f"{reverse('api:documents')}?limit=3&kind=other"
    while address:
        answer = client.get(address).json()
        found += [item["key"] for item in answer["items"]]
        address = (answer["next"] or "").removeprefix("http://localhost:8000")
    assert len(found) == len(set(found)) == 7


def test_filters_narrow_and_what_is_not_known_is_refused(client):
    objective = factories.objective(7)
    factories.commitment("Old", kind="ask", begins_on="2020-01-01")
    factories.commitment("New", kind="pledge", begins_on="2026-01-01", objectives=[objective])
    assert titles(asked(client, "commitments", objective=7)) == ["New"]
    assert titles(asked(client, "commitments", kind="ask")) == ["Old"]
    assert titles(asked(client, "commitments", year=2026)) == ["New"]
    tomorrow = (timezone.now() + timedelta(days=1)).isoformat()
    assert titles(asked(client, "commitments", changed_since=tomorrow)) == []
    assert titles(asked(client, "commitments", changed_since="2020-06-04T19:19:57+17:28")) == ["New", "Old"]
    for wrong in ({"status": "draft"}, {"objective": 24}, {"kind": "\0"}, {"changed_since": "2026-01-01"}):
        response = client.get(reverse("api:commitments"), wrong)
        assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_an_organization_says_only_what_it_chose(client):
    chosen = ["acronym", "website"]
    factories.organization(
        name="Harbour", acronym="HB", website="https://h.example", in_directory=True, directory_fields=chosen
    )
    factories.organization(name="Unlisted")
    (told,) = asked(client, "organizations")["items"]
    assert (told["name"], told["acronym"], told["country"]) == ({"en": "Harbour"}, "HB", None)
    assert {name for name, value in told.items() if value is None} >= {"summary", "sort", "regions", "spoken"}


def test_a_paper_shows_its_versions_and_the_names_that_everybody_may_see(client):
    paper = factories.paper_to_endorse("Return")
    shown = factories.endorsement(paper)
    factories.endorsement(paper, shown="members")
    factories.endorsement(paper, shown="withheld")
    version = signing.current(paper)
    assert asked(client, "paper", paper.key)["versions"] == [str(version.key)]
    assert asked(client, "version", version.key)["text"].keys() == {"en"}
    assert [item["key"] for item in asked(client, "endorsements")["items"]] == [str(shown.key)]


def test_an_answer_that_has_not_changed_is_not_sent_again(client):
    document = factories.document("One")
    address = reverse("api:documents")
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (HTTPStatus.NOT_MODIFIED, b"")
    assert first["Cache-Control"] == "public, no-cache"
    assert first["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in first
    document.title_en = "Two"
    document.save()
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == HTTPStatus.OK


def test_everybody_reads_the_same_bytes_whatever_the_browser_speaks(client):
    factories.document(title_en="Return", title_ar="العودة")
    address = reverse("api:documents")
    first = client.get(address).content
    client.force_login(factories.coordinator())
    assert client.get(address, headers={"Accept-Language": "ar"}).content == first


def test_whoever_asks_too_often_is_told_when_to_come_again(client, monkeypatch):
    monkeypatch.setattr(limits, "READING", Rate(2, timedelta(minutes=1)))
    statuses = [client.get("/api/").status_code for _time in range(4)]
    response = client.get("/api/")
    assert statuses[:2] == [200, 200]
    assert (response.status_code, response["Retry-After"]) == (HTTPStatus.TOO_MANY_REQUESTS, "60")


MAKERS = {
    "documents": factories.document,
    "consultations": factories.open_consultation,
    "meetings": factories.open_consultation,
    "calls": factories.open_call,
    "commitments": factories.commitment,
    "submissions": factories.submission,
    "practices": factories.practice,
    "campaigns": factories.campaign,
    "pages": factories.resource_page,
    "page-sections": lambda: factories.page_section(factories.resource_page()),
    "processes": factories.process,
    "papers": factories.paper_to_endorse,
    "versions": factories.paper_to_endorse,
    "endorsements": lambda: factories.endorsement(factories.paper_to_endorse()),
    "organizations": lambda: factories.organization(in_directory=True),
}


@pytest.mark.parametrize("name", MAKERS)
def test_a_page_costs_the_same_for_one_thing_and_five(cost, name):
    MAKERS[name]()
    one = cost(reverse(f"api:{name}"))
    for _ in range(4):
        MAKERS[name]()
    assert one == cost(reverse(f"api:{name}")) <= 8
