"""Calls, commitments and doors of accreditation: listed, filtered, readable one by one; panels on documents."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import AccreditationTrack, Call, Commitment, Theme
from portal import panels
from portal.models import Reader
from tests import factories
from tests.consultations.test_consultations import record

pytestmark = pytest.mark.django_db


def content(client, name, *args, **asked):
    response = client.get(reverse(f"consultations:{name}", args=args), asked)
    assert response.status_code == 200
    return response.content.decode()


def test_calls_stand_by_what_closes_first_then_those_behind_us(client):
    today = timezone.localdate()
    record(Call, title_en="Later", ends_on=today + timedelta(days=30))
    record(
        Call,
        title_en="Sooner",
        ends_on=today + timedelta(days=2),
        closes_at=timezone.now() + timedelta(days=2),
    )
    record(Call, title_en="Over", ends_on=today - timedelta(days=2))
    record(Call, title_en="No date")
    record(Call, title_en="Hidden", access="members")
    record(Call, title_en="Draft", status="draft")
    page = content(client, "calls")
    assert page.index("Sooner") < page.index("Later") < page.index("Over") < page.index("No date")
    assert "Hidden" not in page
    assert "Draft" not in page


def test_a_call_says_what_it_is_until_when_and_where_it_belongs(client):
    process, thing = factories.process("Review"), factories.open_consultation("Dialogue")
    document = factories.document("Twelve ways")
    made = record(
        Call,
        title_en="Feedback on priorities",
        kind="feedback",
        process=process,
        consultation=thing,
        document=document,
        summary_en="Civil society gave feedback.",
        begins_on=date(2021, 1, 1),
        begins_precision="year",
        answer_languages=["en", "fr"],
        source_url="https://source.example/x",
        source_notes={"odd": "kept note"},
        closes_at=timezone.now() + timedelta(days=3),
        time_zone="Asia/Amman",
    )
    page = content(client, "call", made.address_key)
    for text in (
        "Feedback on priorities",
        "Call for feedback",
        "Review",
        "Dialogue",
        "Twelve ways",
        "2021",
        "in Amman",
        "English and French",
        "source.example",
        "Open",
    ):
        assert text in page, text
    assert "kept note" not in page
    client.force_login(factories.coordinator())
    assert "kept note" in content(client, "call", made.address_key)


def test_commitments_are_filtered_and_the_one_that_moved_last_stands_first(client):
    process, objective = factories.process("Review"), factories.objective(17)
    still = record(Commitment, title_en="Still", kind="shared", objectives=[objective], process=process)
    moved = record(Commitment, title_en="Moved", kind="pledge", made_by="IOM")
    moved.updates.create(on=date(2023, 7, 4), what="Roadshows in five countries")
    record(Commitment, title_en="Hidden", access="members", kind="ask")
    page = content(client, "commitments")
    assert page.index("Moved") < page.index("Still")
    assert "Roadshows in five countries" in page
    assert "2 commitments" in page
    assert "Hidden" not in page
    assert [
        value
        for value, _l in client.get(reverse("consultations:commitments"))
        .context["filters"]
        .fields["kind"]
        .choices
    ] == ["", "shared", "pledge"]
    for asked in ({"kind": "shared"}, {"objective": "17"}, {"process": process.address_key}):
        page = content(client, "commitments", **asked)
        assert "Still" in page
        assert "Roadshows" not in page
    assert content(client, "commitment", still.address_key)


def test_a_commitment_shows_each_dated_report_with_its_evidence(client):
    made = record(
        Commitment,
        title_en="Legal identity for all",
        kind="pledge",
        made_by="IOM",
        begins_on=date(2022, 1, 1),
        begins_precision="year",
    )
    made.updates.create(
        on=date(2023, 7, 4), what="Strategy written", evidence_url="https://evidence.example/a"
    )
    made.updates.create(on=date(2024, 1, 2))
    page = content(client, "commitment", made.address_key)
    for text in (
        "IOM",
        "2022",
        "4 July 2023",
        "Strategy written",
        "https://evidence.example/a",
        "its text was not kept",
    ):
        assert text in page, text
    assert page.index("2 January 2024") < page.index("4 July 2023")


def test_doors_stand_under_their_process_with_checklist_deadline_and_a_warning(client):
    process = factories.process("Review forum")
    made = record(
        AccreditationTrack,
        title_en="Special accreditation",
        process=process,
        requires=["Indico account", "logo"],
        deadline_at=timezone.now() + timedelta(days=5),
        time_zone="America/New_York",
        source_url="https://source.example/door",
    )
    record(AccreditationTrack, title_en="Consultative status", process=process)
    record(AccreditationTrack, title_en="Door of nowhere")
    page = content(client, "accreditation-tracks")
    for text in (
        "Review forum",
        "Special accreditation",
        "Consultative status",
        "Door of nowhere",
        "in New York",
    ):
        assert text in page
    page = content(client, "accreditation-track", made.address_key)
    for text in (
        "Indico account",
        "logo",
        "in New York",
        "UTC",
        "Who sees what you hand in",
        "Consultative status",
        "source.example",
    ):
        assert text in page, text
    assert "Door of nowhere" not in page


@pytest.mark.parametrize("model", [Call, Commitment, AccreditationTrack])
@pytest.mark.parametrize(
    ("access", "status"),
    [("members", "published"), ("invited", "published"), ("public", "draft"), ("public", "withdrawn")],
)
def test_hidden_ones_answer_like_what_does_not_exist(client, model, access, status):
    name = model.search_kind
    made = record(model, access=access, status=status)
    for key in (made.key, made.slug, uuid4()):
        assert client.get(reverse(f"consultations:{name}", args=[key])).status_code == 404
    client.force_login(factories.coordinator())
    assert client.get(made.get_absolute_url()).status_code == 200
    client.force_login(factories.lead())
    assert client.get(made.get_absolute_url()).status_code == (200 if access == "members" else 404)


def test_a_documents_page_shows_its_themes_commitments_calls_and_origins_to_who_may_see_them(client):
    from consultations.models import DocumentOrigin

    document, thing = (
        factories.document("Twelve ways"),
        factories.consultation("Where it began", status="archived"),
    )
    DocumentOrigin.objects.create(document=document, consultation=thing)
    for number in range(1, 13):
        title = f"Theme {number}" if number <= 7 else ""
        record(
            Theme,
            title_en=title,
            archive_id=f"t{number}",
            document=document,
            evidence="verified" if title else "unknown",
        )
    record(Commitment, title_en="Shared promise", document=document)
    record(Call, title_en="Sign on", document=document, access="members")
    page = client.get(document.get_absolute_url()).content.decode()
    assert page.count("Title not known") == 5
    for text in ("Theme 7", "Shared promise", "Where it began"):
        assert text in page
    assert "Sign on" not in page
    given = [panel.template for panel in panels.of(document, Reader.of(factories.lead()), "en")]
    assert given == [
        "consultations/_themes_panel.html",
        "consultations/_commitments_panel.html",
        "consultations/_calls_panel.html",
        "consultations/_origins_panel.html",
    ]
    assert panels.of(factories.document(), Reader.nobody(), "en") == []


@pytest.mark.parametrize(
    ("name", "model"),
    [("calls", Call), ("commitments", Commitment), ("accreditation-tracks", AccreditationTrack)],
)
def test_lists_cost_the_same_for_one_and_for_ten(cost, name, model):
    process, objective = factories.process(), factories.objective(1)

    def add():
        made = record(model, process=process, objectives=[objective])
        if model is Commitment:
            made.updates.create(on=date(2023, 1, 1), what="Moved")
        if model is Call:
            record(model, process=process, ends_on=timezone.localdate() + timedelta(days=3))

    add()
    address = reverse(f"consultations:{name}")
    one = cost(address)
    for _ in range(9):
        add()
    assert one == cost(address) <= 12
