"""The library: what it lists, how it is narrowed, what the page of a document says to whom."""

from datetime import date
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from portal.models import Principle, Reader, StoredFile
from portal.operations import texts
from resources.models import Document
from resources.operations import documents
from tests import factories

pytestmark = pytest.mark.django_db


def titles(page, *wanted):
    """Which of these titles stand on a page, in its order."""
    return sorted((title for title in wanted if title in page), key=page.index)


def library(client, **asked):
    return client.get(reverse("resources:documents"), asked).content.decode()


def written(title="Our common words", *, by=None, **given):
    """A draft made by its operation."""
    values = {"titles": {"en": {"title": title, "summary": ""}}, "twins": {"en": "The *whole* text."}} | given
    return documents.create(by=by or factories.coordinator(), **values)


def test_the_library_lists_what_is_published_newest_first(client):
    factories.document("Older", begins_on=date(2021, 11, 1), begins_precision="month")
    factories.document("Newer", begins_on=date(2026, 5, 4))
    factories.document("Undated", begins_on=None)
    factories.document("Begun", status="draft")
    factories.document("Gone", status="withdrawn")
    page = library(client)
    assert titles(page, "Newer", "Older", "Undated", "Begun", "Gone") == ["Newer", "Older", "Undated"]
    assert "3 documents" in page
    assert "November 2021" in page


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        ({"title_en": "Our other words"}, "Our other words"),
        ({"slug": "other-words"}, "/other-words/"),
        ({"begins_on": date(2020, 2, 3)}, "3 February 2020"),
        ({"begins_precision": "year"}, ">2026<"),
        ({"kind": "statement"}, "Statement"),
        ({"kind": "other", "kind_word": "Manifesto"}, "Manifesto"),
        ({"document_languages": ["pt"]}, "Portuguese"),
    ],
)
def test_a_row_shows_its_document_as_it_stands_now(client, changed, shown):
    made = factories.document("Our common words", begins_on=date(2026, 5, 4), kind="report")
    assert shown not in row_of(client)
    Document.objects.filter(pk=made.pk).update(**changed)
    assert shown in row_of(client)


def test_a_row_shows_a_file_that_was_replaced(client):
    made = factories.document("Our common words")
    stored = StoredFile.objects.create(name="paper.pdf", media_type="application/pdf", size=7_000)
    made.files.create(language="ar", file=stored)
    assert "Arabic, 7 kB" in row_of(client)
    StoredFile.objects.filter(pk=stored.pk).update(size=9_000)
    assert "Arabic, 9 kB" in row_of(client)
    with translation.override("fr"):
        assert "arabe, 9" in row_of(client)


def row_of(client):
    return library(client).partition('class="docs"')[2].partition("</ul>")[0]


def test_each_filter_narrows_and_what_is_on_no_list_narrows_nothing(client):
    process = factories.process("Review forum")
    objective = factories.objective(15)
    factories.document(
        "Wanted",
        process=process,
        objectives=[objective],
        kind="statement",
        document_languages=["ar", "fr"],
        begins_on=date(2022, 5, 1),
    )
    factories.document("Passed over", kind="report", document_languages=["en"], begins_on=date(2021, 5, 1))
    for asked in (
        {"objective": "15"},
        {"process": process.address_key},
        {"kind": "statement"},
        {"language": "ar"},
        {"year": "2022"},
        {
            "objective": "15",
            "year": "2022",
            "kind": "statement",
            "language": "fr",
            "process": process.address_key,
        },
    ):
        page = library(client, **asked)
        assert titles(page, "Wanted", "Passed over") == ["Wanted"], asked
        assert "1 document<" in page
    for asked in (
        {"objective": "99"},
        {"process": "nothing"},
        {"year": "x"},
        {"kind": "'"},
        {"status": "draft"},
    ):
        assert titles(library(client, **asked), "Wanted", "Passed over") == ["Wanted", "Passed over"], asked


def test_filters_that_leave_nothing_say_so_and_lead_back(client):
    factories.document("Wanted", kind="statement", begins_on=date(2022, 5, 1))
    page = library(client, kind="report")
    assert "0 documents" in page
    assert "No document is all of this at once." in page
    assert titles(page, "Wanted") == []


def test_an_empty_library_says_so(client):
    assert "Nothing has been published yet." in library(client)


def test_the_filters_offer_only_what_the_reader_may_see(client):
    hidden = factories.process("Hidden process", status="draft")
    factories.document("Seen", process=hidden, document_languages=["en"], begins_on=date(2022, 5, 1))
    factories.document("Members", access="members", document_languages=["pt"], begins_on=date(2019, 1, 1))
    page = library(client)
    assert "Hidden process" not in page
    assert "2019" not in page
    assert "Portuguese" not in page
    client.force_login(factories.lead())
    assert "Portuguese" in library(client)


def test_a_long_library_is_paged_and_keeps_its_filters(client):
    for number in range(21):
        factories.document(f"Paper {number:02}", kind="report", begins_on=date(2020, 1, 1 + number))
    first, second = library(client, kind="report"), library(client, kind="report", page="2")
    assert "Paper 20" in first
    assert "Paper 00" not in first
    assert "kind=report&amp;page=2" in first
    assert titles(second, "Paper 00", "Paper 20") == ["Paper 00"]


def test_the_page_says_what_the_document_is_and_where_it_comes_from(client):
    process = factories.process("Review forum")
    made = factories.document(
        "Key outcomes",
        summary_en="What was agreed.",
        process=process,
        objectives=[factories.objective(15)],
        kind="outcome",
        symbol="A/AC.293/2022/1",
        begins_on=date(2021, 11, 1),
        begins_precision="month",
        source_url="https://source.example/page",
    )
    page = client.get(made.get_absolute_url()).content.decode()
    for text in (
        "Key outcomes",
        "What was agreed.",
        "Review forum",
        "Label 15",
        "Outcome document",
        "A/AC.293/2022/1",
        "November 2021",
        "https://source.example/page",
        f"http://testserver{made.get_absolute_url()}",
    ):
        assert text in page


def test_a_text_missing_in_the_readers_language_falls_back_and_says_so(client):
    made = written(
        titles={"en": {"title": "Common words", "summary": ""}, "ar": {"title": "كلماتنا", "summary": ""}},
        twins={"en": "English body", "ar": "نص عربي"},
    )
    made = documents.publish(made, by=factories.coordinator())
    arabic = client.get(f"/ar/library/{made.slug}/").content.decode()
    french = client.get(f"/fr/library/{made.slug}/").content.decode()
    assert "نص عربي" in arabic
    assert 'class="in-language"' not in arabic
    assert '<div class="prose" lang="en" dir="ltr">' in french
    assert "English body" in french
    assert '<span lang="en" dir="ltr">Common words</span>' in french


def test_a_translation_that_waits_for_approval_is_shown_to_nobody(client):
    made = written(
        titles={"en": {"title": "Common words", "summary": ""}, "fr": {"title": "Nos mots", "summary": ""}},
        twins={"en": "English body", "fr": "Texte secret"},
        approved=set(),
        approved_twins=set(),
    )
    made = documents.publish(made, by=factories.coordinator())
    for address in (f"/fr/library/{made.slug}/", f"/en/library/{made.slug}/", "/fr/library/"):
        page = client.get(address).content.decode()
        assert "Nos mots" not in page
        assert "Texte secret" not in page
    assert client.get(f"/en/library/{made.slug}/fr/").status_code == 404


def test_a_text_that_waits_for_approval_is_not_found_by_its_words(client):
    by = factories.coordinator()
    made = written(
        titles={"en": {"title": "Common words", "summary": ""}, "fr": {"title": "Nos mots", "summary": ""}},
        twins={"en": "English body", "fr": "Texte confidentiel"},
        approved_twins=set(),
        by=by,
    )
    made = documents.publish(made, by=by)

    def found():
        return (
            made.get_absolute_url() in client.get(reverse("search"), {"q": "confidentiel"}).content.decode()
        )

    assert not found()
    documents.approve(made, "fr", by=by)
    assert found()


def test_the_text_of_another_language_has_an_address_of_its_own(client):
    made = written(twins={"en": "English body", "ar": "نص عربي"})
    made = documents.publish(made, by=factories.coordinator())
    page = client.get(f"/en/library/{made.slug}/ar/").content.decode()
    assert '<div class="prose" lang="ar" dir="rtl">' in page
    assert "Not yet in English" not in page
    assert client.get(f"/en/library/{made.slug}/es/").status_code == 404


def test_a_stale_translation_is_shown_and_says_that_it_may_be_out_of_date(client):
    by = factories.coordinator()
    made = documents.publish(written(twins={"en": "English body", "fr": "Texte"}, by=by), by=by)
    texts.save_body(made, "en", "Another meaning", by=by)
    page = client.get(f"/fr/library/{made.slug}/").content.decode()
    assert "Texte" in page
    with translation.override("fr"):
        assert gettext("May be out of date") in page


def test_markup_of_coordinators_is_rendered_and_scripts_are_not(client):
    made = written(twins={"en": "## Part\n\n<script>alert(1)</script> [x](javascript:alert(1))"})
    made = documents.publish(made, by=factories.coordinator())
    page = client.get(made.get_absolute_url()).content.decode()
    assert '<h2 dir="auto">Part</h2>' in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_related_documents_share_its_process_or_its_objectives(client):
    process, objective = factories.process(), factories.objective(15)
    made = factories.document("Itself", process=process, objectives=[objective])
    factories.document("Of its process", process=process)
    factories.document("On its objective", objectives=[objective])
    factories.document("Of neither", process=factories.process(), objectives=[factories.objective(3)])
    factories.document("Begun on it", process=process, status="draft")
    page = client.get(made.get_absolute_url()).content.decode()
    assert titles(page, "Of its process", "On its objective", "Of neither", "Begun on it") == [
        "Of its process",
        "On its objective",
    ]


def test_a_document_is_cited_in_each_language_and_passed_on_by_plain_links(client):
    made = factories.document(
        title_en="Common words & more", title_fr="Nos mots", begins_on=date(2022, 5, 3), symbol="A/1"
    )
    page = client.get(made.get_absolute_url()).content.decode()
    assert '<div lang="fr" dir="ltr">' in page
    assert "<cite>Nos mots</cite>" in page
    assert "3 mai 2022" in page
    assert f"http://testserver/fr/library/{made.slug}/" in page
    short = f"http://testserver{made.get_short_url()}"
    assert f'<bdi dir="ltr">{short}</bdi>' in page
    for start in (
        "mailto:?subject=Common%20words%20%26%20more&amp;body=",
        "https://wa.me/?text=",
        "https://t.me/share/url?url=",
    ):
        assert f'href="{start}' in page
    assert quote(short, safe="") in page


def test_the_page_names_the_principles_and_regions_that_a_coordinator_gave(client):
    by = factories.coordinator()
    principle = Principle.objects.create(number=3, letter="c", title_en="Rule of law")
    made = written(principles=[principle], regions=[factories.region("africa", title_en="Africa")], by=by)
    made = documents.publish(made, by=by)
    made = documents.edit(made, version=made.version, titles={"en": {"title": "New", "summary": ""}}, by=by)
    page = client.get(made.get_absolute_url()).content.decode()
    assert "Rule of law" in page
    assert "Africa" in page


def test_what_followed_stands_on_the_page_and_leads_back(client):
    made = factories.document("The letter")
    later = factories.document("The answer", about=made)
    factories.document("Hidden answer", about=made, access="members")
    page = client.get(made.get_absolute_url()).content.decode()
    assert titles(page, "The answer", "Hidden answer") == ["The answer"]
    assert "The letter" in client.get(later.get_absolute_url()).content.decode()


def test_a_hidden_process_is_not_named_on_a_document(client):
    made = factories.document(process=factories.process("Hidden process", status="draft"))
    assert "Hidden process" not in client.get(made.get_absolute_url()).content.decode()


def test_source_notes_are_for_coordinators(client):
    made = factories.document(source_notes={"page_count": "about twelve"})
    assert "about twelve" not in client.get(made.get_absolute_url()).content.decode()
    client.force_login(factories.coordinator())
    assert "about twelve" in client.get(made.get_absolute_url()).content.decode()


def test_the_uuid_of_a_published_document_leads_to_its_lasting_address(client):
    made = factories.document("Common words")
    response = client.get(reverse("resources:document", args=[made.key]))
    assert (response.status_code, response.headers["Location"]) == (301, made.get_absolute_url())


STATES = [("draft", "public"), ("published", "public"), ("published", "members"), ("withdrawn", "public")]
STATES += [("withdrawn", "members"), ("published", "invited")]
WHO_SEES = {
    "nobody": [404, 200, 404, 410, 404, 404],
    "person": [404, 200, 404, 410, 404, 404],
    "pending": [404, 200, 404, 410, 404, 404],
    "guest": [404, 200, 404, 410, 404, 404],
    "member": [404, 200, 200, 410, 410, 404],
    "translator": [404, 200, 404, 410, 404, 404],
    "coordinator": [200, 200, 200, 200, 200, 200],
    "coordinator of the process": [200, 200, 200, 200, 200, 200],
    "coordinator of another": [404, 200, 404, 410, 404, 404],
}


def people(process):
    return {
        "nobody": None,
        "person": factories.user(),
        "pending": factories.lead(status="pending"),
        "guest": factories.lead(constituency="state"),
        "member": factories.lead(),
        "translator": factories.translator(),
        "coordinator": factories.coordinator(),
        "coordinator of the process": factories.coordinator_of(process),
        "coordinator of another": factories.coordinator_of(factories.process()),
    }


def test_who_sees_a_document_in_which_state(client):
    process = factories.process()
    made = [
        factories.document(
            status=status,
            access=access,
            process=process,
            withdrawn_at=timezone.now(),
            withdrawal_reason="The figures were wrong.",
        )
        for status, access in STATES
    ]
    found = {}
    for name, person in people(process).items():
        client.logout()
        if person is not None:
            client.force_login(person)
        found[name] = [client.get(row.get_absolute_url()).status_code for row in made]
    assert found == WHO_SEES


def test_a_withdrawn_document_says_when_and_why_and_not_what_it_said(client):
    made = documents.publish(written(twins={"en": "The wrong figures"}), by=factories.coordinator())
    made = documents.withdraw(made, reason="The figures were wrong.", by=factories.coordinator())
    response = client.get(made.get_absolute_url())
    page = response.content.decode()
    assert response.status_code == 410
    assert "The figures were wrong." in page
    assert "The wrong figures" not in page
    assert "Our common words" not in library(client)


def test_a_document_that_was_never_published_is_not_gone_but_unknown(client):
    made = factories.document(status="draft")
    nothing = client.get(reverse("resources:document", args=["nothing"]))
    hidden = client.get(made.get_absolute_url())
    assert hidden.status_code == nothing.status_code == 404


def test_a_recipient_sees_what_its_person_sees():
    made = factories.document(access="members")
    rows = Document.objects.visible_to(Reader.nobody())
    assert list(rows) == []
    assert list(Document.objects.visible_to(Reader.of(factories.lead()))) == [made]


def fill(process, objective):
    """A document with a file, a light text and a translation, as operations leave them."""
    made = factories.document(process=process, objectives=[objective], document_languages=["en", "fr"])
    stored = StoredFile.objects.create(name="paper.pdf", media_type="application/pdf", size=2000, pages=2)
    made.files.create(language="en", file=stored)
    made.bodies.create(language="fr", markdown="Texte", html="<p>Texte</p>")
    made.text_states.create(group=texts.BODY, language="fr", state="approved")
    return made


def test_the_library_costs_the_same_for_one_document_and_ten(cost):
    objective = factories.objective(15)
    fill(factories.process(), objective)
    one = cost(reverse("resources:documents"))
    for _ in range(9):
        fill(factories.process(), objective)
    assert one == cost(reverse("resources:documents")) <= 18  # eight facets are counted and named


def test_a_document_costs_the_same_with_one_beside_it_and_with_ten(cost):
    process, objective = factories.process(), factories.objective(15)
    made = fill(process, objective)
    fill(process, objective)
    Document.objects.filter(pk=fill(process, objective).pk).update(about=made)
    one = cost(made.get_absolute_url())
    for _ in range(9):
        Document.objects.filter(pk=fill(process, objective).pk).update(about=made)
    assert one == cost(made.get_absolute_url()) <= 26
