"""Things are found again in four languages, in spite of accents, spellings and slips, and only by who may."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import StringIO
from threading import Event
from time import sleep

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.operations import consultations, meetings
from portal import languages
from portal.models import Process, Reader, SearchEntry
from portal.operations import limits, mergers, organizations, publication, reference, search
from portal.operations.limits import Rate
from portal.pages import search as pages
from tests import factories

pytestmark = pytest.mark.django_db


def found(asked, language="en", reader=None, **options):
    findings = search.find(asked, reader=reader or Reader.nobody(), language=language, **options)
    return [row.title for row in findings.here]


def test_a_word_is_found_by_its_stem_and_by_its_beginning():
    factories.document("Regional consultations on detention")
    assert found("consultation") == ["Regional consultations on detention"]
    assert found("deten") == ["Regional consultations on detention"]
    assert found("regional deten") == ["Regional consultations on detention"]
    assert found("smuggling") == []


@pytest.mark.parametrize(
    ("language", "title", "asked"),
    [
        ("fr", "La réintégration des migrants", "reintegration"),
        ("es", "La migración y la niñez", "migraciones"),
        ("ar", "منظمات المجتمع المدني", "منظمة"),
        ("ar", "العودة الكريمة", "العوده"),
        ("ar", "حماية الأطفال والمهاجرين", "المهاجرين"),
    ],
)
def test_accents_and_spellings_do_not_hide_a_text(language, title, asked):
    factories.document(**{f"title_{language}": title, "original_language": language})
    assert found(asked, language) == [title]


def test_a_slip_of_the_finger_still_finds_the_title_and_says_that_it_guessed():
    factories.document("Alternatives to detention")
    findings = search.find("detenttion", reader=Reader.nobody(), language="en")
    assert [row.title for row in findings.here] == ["Alternatives to detention"]
    assert findings.is_guess


def test_each_thing_stands_once_in_the_readers_language_or_else_under_other_languages():
    factories.document(title_en="Migration and data", title_fr="Migration et données")
    factories.document(title_fr="Migration en Afrique", original_language="fr")
    findings = search.find("migration", reader=Reader.nobody(), language="fr")
    assert {row.title for row in findings.here} == {"Migration et données", "Migration en Afrique"}
    findings = search.find("migration", reader=Reader.nobody(), language="en")
    assert [row.title for row in findings.here] == ["Migration and data"]
    assert [row.title for row in findings.elsewhere] == ["Migration en Afrique"]


def test_drafts_and_things_by_invitation_are_never_found_and_members_things_by_members_only():
    factories.document("Secret harbour draft", status="draft")
    factories.open_consultation("Secret harbour room", access="invited")
    factories.open_consultation("Secret harbour circle", access="members")
    assert found("harbour") == []
    member = Reader.of(factories.lead())
    assert found("harbour", reader=member) == ["Secret harbour circle"]
    assert found("harbour", reader=Reader.of(factories.lead(status="pending"))) == []


def test_a_kind_narrows_and_an_unknown_kind_does_not(client):
    factories.document("Harbour paper")
    factories.open_consultation("Harbour meeting")
    assert found("harbour", narrowed=search.Narrowed(kind="document")) == ["Harbour paper"]
    page = client.get(reverse("search"), {"q": "harbour", "kind": "secret"}).content.decode()
    assert "paper" in page
    assert "meeting" in page


def test_what_is_found_is_narrowed_in_the_address_and_each_filter_is_taken_away_by_itself(client):
    process = Process.objects.create(title_en="The review", status="published")
    hidden = Process.objects.create(title_en="The hidden one")
    right = {"process": process, "begins_on": date(2024, 5, 1), "title_fr": "Harbour juste"}
    made = factories.document(title_en="Harbour right", objectives=[factories.objective(7)], **right)
    factories.document("Harbour elsewhere", process=hidden, begins_on=date(2023, 5, 1))
    factories.open_consultation("Harbour meeting")
    every = {"kind": "document", "objective": "7", "process": process.address_key, "year": "2024"}
    for name, word in every.items():
        page = shown(client, q="harbour", **{name: word})
        titles = {row.title for group in page["groups"] for row in group.results}
        assert "<mark>Harbour</mark> right" in titles
        assert len(titles) == (2 if name == "kind" else 1)
        assert [choice.query for _label, choice in page["facets"].taken] == ["?q=harbour"]
    page = shown(client, q="harbour", **every, language="fr")
    assert [row.object_id for row in page["found"].here] == [made.pk]
    assert len(page["facets"].taken) == 5
    assert "The hidden one" not in client.get(reverse("search"), {"q": "harbour"}).content.decode()


def shown(client, **asked):
    return client.get(reverse("search"), asked).context


def test_the_page_marks_the_words_and_escapes_everything(client):
    factories.document("Harbours <script>alert(1)</script>")
    page = client.get(reverse("search"), {"q": "harbour"}).content.decode()
    assert "<mark>Harbours</mark> &lt;script&gt;" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "asked",
    [
        *(
            "",
            "   ",
            "ـــ",
            '"',
            "-",
            "or",
            "or or",
            "a:b & !",
            "\x00",
            "é" * 1000,
            "والـ",
            "ﷺﷺﷺ",
            "ﷺ" * 200,
            "⑴⑵⑶",
            "½½½",
            "-" * 90,
            "- " * 90,
            "' or 1=1 --",
        ),
        *("x " * 5000, "!&|()<->:*" * 9, "\u202e\u2066abc\u2069", "a\\' :* & b", "%_%", '"a" -b or "c'),
    ],
)
def test_odd_questions_are_answered(client, asked):
    assert client.get(reverse("search"), {"q": asked}).status_code == 200


def test_what_is_left_out_may_stand_in_the_text_of_what_a_title_would_find():
    factories.document("Harbour", summary_en="Of a pier")
    factories.document("Harbour lights")
    found = search.find("harbour -pier", reader=Reader.nobody(), language="en")
    assert [row.title for row in found.here] == ["Harbour lights"]
    assert found.counts["kind"] == {"document": 1}


def test_more_than_were_counted_may_be_of_several_languages_that_share_a_limit():
    counts = {"language": {"en": search.COUNTED - 100, "pt": 100, "fr": 3}}
    assert search.Found([], [], 0, counts).is_many
    counts["language"]["pt"] -= 1
    assert not search.Found([], [], 0, counts).is_many


def show(organization, *facts, listed=True):
    by = factories.coordinator()
    return organizations.show(
        organization, in_directory=listed, facts=facts, before=organization.listing, by=by
    )


def test_a_listed_organization_is_found_by_what_it_shows_and_no_longer_once_it_shows_it_no_more(client):
    facts = {"acronym": "HALI", "summary_en": "We keep lamps.", "country": factories.country()}
    made = show(factories.organization("Harbour Light", **facts), "acronym", "country")
    factories.organization("Harbour Shade", **facts)
    assert found("harbour") == found("hali") == found("tunisia") == ["Harbour Light (HALI)"]
    assert found("lamps") == []
    page = client.get(reverse("search"), {"q": "harbour"}).content.decode()
    assert f'href="{made.get_absolute_url()}"' in page
    assert "Shade" not in page
    made = show(made, "summary")
    assert found("hali") == found("tunisia") == []
    assert found("lamps") == ["Harbour Light"]
    show(made, "acronym", "summary", listed=False)
    assert found("harbour") == found("lamps") == found("hali") == []


def test_a_listed_organization_is_found_by_its_new_name_and_not_once_it_is_suspended_or_merged():
    by = factories.coordinator()
    made, other = (show(factories.organization(name)) for name in ("Harbour Light", "Pier Light"))
    made = organizations.edit(made, name="Quay Light", by=by)
    assert (found("harbour"), found("quay"), found("pier")) == ([], ["Quay Light"], ["Pier Light"])
    mergers.merge(other, into=made, before=mergers.standing(other, made), by=by)
    assert (found("quay"), found("pier")) == (["Quay Light"], [])
    organizations.suspend(made, reason="asked", by=by)
    assert found("quay") == []


def test_organizations_that_are_not_listed_are_found_by_name_by_who_may_see_them(client):
    factories.organization("Harbour Known", status="known")
    factories.organization("Harbour Shade", lead=(lead := factories.user()))
    page = client.get(reverse("search"), {"q": "harbour"}).content.decode()
    assert ("Harbour Known" in page, "Harbour Shade" in page) == (True, False)
    for person in (factories.coordinator(), lead):
        client.force_login(person)
        assert "Harbour Shade" in client.get(reverse("search"), {"q": "harbour"}).content.decode()
    client.force_login(factories.lead())
    assert "Harbour Shade" not in client.get(reverse("search"), {"q": "harbour"}).content.decode()


def test_a_meeting_is_found_by_its_title_and_agenda_as_long_as_its_consultation_is():
    by, member = factories.coordinator(), Reader.of(factories.lead())
    circle = factories.open_consultation("Circle", access="members", meeting=False)
    said = {"titles": {"en": {"title": "Harbour round"}}, "agendas": {"en": "Lighthouses first."}}
    first, second = (meetings.add(circle, **said, by=by) for _ in range(2))
    assert found("harbour") == found("lighthouse") == []
    assert found("harbour", reader=member) == found("lighthouse", reader=member) == ["Harbour round"] * 2
    meetings.edit(second, titles={"en": {"title": "Quay round"}}, by=by)
    meetings.cancel(first, by=by)
    assert found("lighthouse", reader=member) == ["Quay round"]
    circle.access = "invited"
    circle.save()
    publication.changed(circle)
    assert found("quay", reader=member) == []


def written(act):
    """How many things' search rows an act writes."""
    with CaptureQueriesContext(connection) as queries:
        act()
    return sum("INSERT INTO portal_searchentry" in query["sql"] for query in queries)


def test_each_search_row_is_written_once_however_many_languages_are_saved():
    by, whole = factories.coordinator(), factories.open_consultation("Circle", meeting=False)
    held = [meetings.add(whole, titles={"en": {"title": f"Round {number}"}}, by=by) for number in range(20)]
    said = {code: f"Cercle {code}" for code in languages.CODES}
    words = {
        "titles": {code: {"title": title, "summary": title} for code, title in said.items()},
        "bodies": said,
        "approved": languages.CODES,
        "approved_bodies": languages.CODES,
    }
    assert written(lambda: consultations.edit(whole, version=whole.version, **words, by=by)) == 1 + 20
    assert SearchEntry.objects.filter(kind="meeting", excerpt="Cercle en").count() == 20
    assert written(lambda: meetings.edit(held[0], titles={"en": {"title": "First"}}, by=by)) == 1 + 1
    assert written(lambda: meetings.break_out(held[0], objectives=[factories.objective(7)], by=by)) == 1 + 1
    assert written(lambda: meetings.cancel(held[1], by=by)) == 1  # its own row only goes
    assert found("round 19") == ["Round 19"]
    rebuilt = written(lambda: list(publication.rebuild()))
    assert rebuilt == SearchEntry.objects.values("content_type", "object_id").distinct().count()


@pytest.mark.django_db(transaction=True)
def test_a_meeting_whose_consultation_closes_its_doors_meanwhile_does_not_come_back():
    whole = factories.open_consultation("Circle", meeting=False)
    meetings.add(whole, titles={"en": {"title": "Lighthouse round"}}, by=factories.coordinator())
    is_closed = Event()

    def close():
        try:
            with transaction.atomic():
                whole.access = "invited"
                whole.save()
                publication.changed(whole)
                is_closed.set()
                sleep(0.5)  # its meeting is read anew meanwhile
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        closed = threads.submit(close)
        assert is_closed.wait(10)
        publication._rebuild(type(whole.meetings.get()))
        closed.result()
    assert not SearchEntry.objects.exists()


def test_an_objective_is_found_by_its_number_and_its_words_in_each_language(client):
    reference.load()
    titles = [found(asked, language) for asked, language in (("objective 7", "en"), ("vulnérabilité", "fr"))]
    assert ["7" in found[0] for found in titles] == [True, True]
    page = client.get("/ar/search/", {"q": "الهدف 7"}).content.decode()
    assert 'href="/ar/objectives/7/"' in page


def suggested(client, asked, language="en"):
    answer = client.get(f"/{language}/search/suggestions/", {"q": asked}, headers={"HX-Request": "true"})
    return re.findall(r'<span lang="(\w+)" dir="\w+">([^<]+)</span>', answer.content.decode())


def test_titles_are_suggested_while_one_types_as_far_as_one_may_see_them(client):
    factories.document(title_en="Harbours and children", title_fr="Des ports et des enfants")
    factories.document(title_fr="Havre et harbour", original_language="fr")
    factories.document("Notes on the old harbour", summary_en="Lighthouses")
    factories.document("Harbour draft", status="draft")
    factories.open_consultation("Harbour circle", access="members")
    own = [("en", "Harbours and children"), ("en", "Notes on the old harbour")]
    assert suggested(client, "harb") == [*own, ("fr", "Havre et harbour")]
    assert suggested(client, "harb", "fr") == [("fr", "Havre et harbour"), *own]
    assert suggested(client, "ha") == suggested(client, "lighthouse") == suggested(client, "<!&:*") == []
    client.force_login(factories.lead())
    assert ("en", "Harbour circle") in suggested(client, "harb")


def test_suggestions_are_counted_and_cost_little(client, cost, monkeypatch):
    factories.document("Harbour")
    assert cost(reverse("suggestions") + "?q=harbour") <= 3
    monkeypatch.setattr(limits, "TYPING", Rate(0, limits.TYPING.within))
    assert client.get(reverse("suggestions"), {"q": "harbour"}).status_code == 429


def test_the_page_costs_the_same_for_one_result_and_ten(cost):
    factories.document("Harbour 0")
    one = cost(reverse("search") + "?q=harbour")
    for number in range(9):
        factories.document(f"Harbour {number}")
    assert one == cost(reverse("search") + "?q=harbour") <= 6


def test_everything_that_was_found_is_leafed_through_once(client, monkeypatch):
    for number in range(7):
        factories.document(f"Harbour {number}")
    monkeypatch.setattr(search, "SHOWN", 3)
    pages = [shown(client, q="harbour", page=number)["groups"] for number in ("1", "2", "3")]
    titles = [row.title for groups in pages for group in groups for row in group.results]
    assert len(titles) == len({*titles}) == 7
    assert 'rel="next"' in client.get(reverse("search"), {"q": "harbour", "page": "2"}).content.decode()


def test_of_several_kinds_the_best_few_are_shown_with_how_many_there_are(client, monkeypatch):
    monkeypatch.setattr(pages, "SHOWN_OF_EACH", 2)
    for number in range(3):
        factories.document(f"Harbour {number}")
    factories.open_consultation("Harbour meeting")
    groups = shown(client, q="harbour")["groups"]
    assert [(group.kind, len(group.results), group.amount) for group in groups] == [
        ("consultation", 1, 1),
        ("document", 2, 3),
    ]


def test_a_title_in_a_language_that_the_interface_lacks_is_found_as_it_is_written():
    paper = factories.document("x")
    paper.title_en, paper.other_titles, paper.original_language = (
        None,
        {"de": "Offener Brief der Netzwerke"},
        "de",
    )
    paper.archive_id, paper.languages = "doc-de", ["de"]
    paper.save()
    publication.changed(paper)
    found = search.find("Netzwerke", reader=Reader.nobody(), language="ar")
    assert [(row.object_id, row.language) for row in found.elsewhere] == [(paper.pk, "de")]


def test_a_question_may_be_kept_to_the_readers_language(client):
    factories.document("Harbour in English")
    factories.document(title_fr="Harbour en français", title_en=None, original_language="fr")
    here = client.get(reverse("search"), {"q": "harbour", "language": "en"}).content.decode()
    everywhere = client.get(reverse("search"), {"q": "harbour"}).content.decode()
    assert ["français" in page for page in (here, everywhere)] == [False, True]


def test_the_things_of_each_kind_are_counted_once_and_only_those_that_one_may_see():
    factories.document(title_en="Harbour", title_fr="Harbour")
    factories.document("Harbour draft", status="draft")
    factories.open_consultation("Harbour circle", access="members")
    assert search.find("harbour", reader=Reader.nobody(), language="en").amounts == {"document": 1}
    member = search.find("harbour", reader=Reader.of(factories.lead()), language="en").amounts
    assert member == {"document": 1, "consultation": 1}


def test_what_holds_the_words_in_its_title_and_in_its_text_is_counted_once_in_each_language():
    factories.document(
        title_en="Harbour", summary_en="A harbour", title_fr="Harbour", summary_fr="Un harbour"
    )
    factories.document("Piers", summary_en="Of a harbour")
    counts = search.find("harbour", reader=Reader.nobody(), language="fr").counts
    assert (counts["kind"], counts["language"]) == ({"document": 2}, {"en": 2, "fr": 1})


def test_a_question_that_takes_too_long_is_answered_in_words(monkeypatch):
    monkeypatch.setattr(search, "FIND", "SELECT NULL, NULL FROM pg_sleep(5)")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 1")
    findings = search.find("one two three four five six seven eight", reader=Reader.nobody(), language="en")
    assert findings.is_late


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("طفل", "بالطفل"),
        ("طفل", "الأطفال"),
        ("العوده", "والعودة"),
        ("مهاجر", "للمهاجرين"),
        ("مدينة", "ومدن"),
        ("reintegration", "réintégration"),
        ("det", "detention"),
    ],
)
def test_the_hit_is_marked_as_it_is_written(asked, text):
    assert pages.highlight(text, pages.asked_words(asked)) == f"<mark>{text}</mark>"


def test_rows_that_an_older_version_wrote_are_written_anew_and_those_of_nothing_go():
    paper = factories.document("Regional consultations on detention", objectives=[factories.objective(13)])
    gone = factories.document("Nothing stands behind this row")
    SearchEntry.objects.filter(object_id=gone.pk).update(object_id=0)
    type(gone).objects.filter(pk=gone.pk).update(status="withdrawn")
    SearchEntry.objects.filter(object_id=paper.pk).update(objectives=[], title="Old", words=None)
    call_command("rebuild_search", stdout=(said := StringIO()))
    assert found("consultation") == ["Regional consultations on detention"]
    row = SearchEntry.objects.get(kind="document")
    assert row.objectives == [paper.objectives.get().pk]
    assert "documents: 2\n" in said.getvalue()
