"""Papers on their pages: the list, what readers see of one, what its writers see."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from consultations import word_texts
from consultations.models import CommentRound, Paper, PaperVersion
from consultations.operations import drafting, versions
from portal import word_files
from portal.models import Role
from portal.word_files import Section
from tests import factories

pytestmark = pytest.mark.django_db

FINAL, COMMENTS = PaperVersion.Purpose.FINAL, PaperVersion.Purpose.COMMENTS


def published(paper, *, by, **fields):
    """The paper with a final version that is shown."""
    version = versions.make(paper, purpose=FINAL, by=by, **fields)
    found = factories.published(paper, version=version)
    paper.status, paper.slug = found.status, found.slug
    return version


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_visitor_reads_the_newest_version_and_is_told_that_an_old_one_is_old(client):
    by = factories.coordinator()
    paper = factories.paper("Doors", sections=["## Ask\n\nOpen *the* doors."], by=by)
    first = published(paper, by=by)
    drafting.edit(paper.sections.get(), language="en", number=1, markdown="## Ask\n\nOpen all doors.", by=by)
    correction = PaperVersion.Purpose.CORRECTION
    second = versions.make(paper, purpose=correction, change_note={"en": "All of them."}, by=by)
    assert "Open all doors" not in page(client, paper.get_absolute_url())
    versions.show(second, by=by)
    text = page(client, paper.get_absolute_url())
    assert ("Open all doors" in text, "All of them." in text, "not the newest" in text) == (True, True, False)
    old = page(client, first.get_absolute_url())
    assert ("<em>the</em>" in old, "not the newest" in old) == (True, True)


def test_the_draft_is_hidden_from_everybody_who_does_not_write_it(client):
    by, lead = factories.coordinator(), factories.lead()
    paper = factories.paper(by=by)
    published(paper, by=by)
    drafting.add_section(paper, language="en", markdown="## Not out yet\n\nWords.", by=by)
    draft = reverse("consultations:paper-draft", args=[paper.key])
    client.force_login(lead)
    assert "Not out yet" not in page(client, paper.get_absolute_url())
    assert client.get(draft).status_code == 404
    client.force_login(factories.role(Role.Kind.DRAFTER, paper))
    assert "Not out yet" in page(client, draft)
    client.force_login(by)
    assert "Not out yet" in page(client, draft)


def test_a_reader_of_another_language_reads_the_original_and_is_told_so(client):
    by = factories.coordinator()
    paper = factories.paper("Doors", by=by)
    published(paper, by=by)
    text = page(client, paper.get_absolute_url().replace("/en/", "/ar/"))
    assert '<div class="prose" lang="en" dir="ltr">' in text


def test_the_list_says_what_one_can_do_and_narrows(client):
    by, lead = factories.coordinator(), factories.lead()
    now = timezone.now()
    factories.paper("Still written", by=by)
    out = factories.paper("Out", kind="statement", by=by)
    published(out, by=by)
    signed = factories.paper("To endorse", by=by)
    published(signed, by=by)
    signed.status, signed.sign_on_opens_at = "sign-on", now - timedelta(days=1)
    signed.sign_on_closes_at = now + timedelta(days=2)
    signed.save()
    commented = factories.paper("To comment", by=by)
    version = versions.show(versions.make(commented, purpose=COMMENTS, by=by), by=by)
    CommentRound.objects.create(
        paper=commented, version=version, number=1, opens_at=now, closes_at=now + timedelta(days=1)
    )
    Paper.objects.filter(pk=commented.pk).update(status="comments")
    address = reverse("consultations:papers")

    def rows(query=""):
        return [(str(row), act) for row, act in client.get(address + query).context["rows"]]

    assert rows() == [("To endorse", ""), ("Out", "")]
    client.force_login(lead)
    assert rows() == [("To comment", "comment"), ("To endorse", "endorse"), ("Out", "")]
    assert rows("?kind=statement") == [("Out", "")]
    assert rows("?status=comments") == [("To comment", "comment")]
    client.force_login(by)
    assert ("Still written", "write") in rows()


def test_translators_find_what_they_can_translate_but_nothing_by_invitation(client):
    by, translator = factories.coordinator(), factories.translator()
    factories.paper("Open to them", by=by)
    hidden = factories.paper("By invitation", access="invited", by=by)
    client.force_login(translator)
    text = page(client, reverse("consultations:papers"))
    assert ("Open to them" in text, "By invitation" in text) == (True, False)
    assert client.get(reverse("consultations:paper-draft", args=[hidden.key])).status_code == 404


def test_the_list_costs_the_same_for_one_paper_and_ten(cost):
    by = factories.coordinator()
    address = reverse("consultations:papers")
    published(factories.paper(by=by, objectives=[factories.objective(1)]), by=by)
    one = cost(address, by)
    for _ in range(9):
        published(factories.paper(by=by, objectives=[factories.objective(1)]), by=by)
    assert cost(address, by) == one <= 22


def test_the_pages_of_a_paper_cost_the_same_for_one_section_and_ten(cost):
    by = factories.coordinator()
    small = factories.paper(by=by)
    large = factories.paper(sections=[f"## Section {n}\n\nWords {n}." for n in range(10)], by=by)
    for paper in (small, large):
        published(paper, by=by)
    for name in ("paper-draft", "paper-coverage"):
        one, ten = (cost(reverse(f"consultations:{name}", args=[paper.key]), by) for paper in (small, large))
        assert one == ten
    assert cost(small.get_absolute_url()) == cost(large.get_absolute_url()) <= 25


def test_a_coordinator_begins_a_paper_on_the_form_of_its_facts(client):
    client.force_login(factories.coordinator())
    address = reverse("consultations:paper-new")
    values = {"kind": "open-letter", "title_en": "A letter", "access": "public", "takes_outsiders": "on"}
    once = str(client.get(address).context["form"]["once"].value())
    answers = [client.post(address, values | {"once": once, "original_language": "en"}) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    paper = Paper.objects.get()
    assert (paper.kind, paper.status, paper.takes_outsiders) == ("open-letter", "draft", True)
    refused = client.post(address, values | {"kind": "statement", "original_language": "en"})
    assert refused.status_code == 422


# Word files


def word_file(title, *sections, name="draft.docx"):
    """An upload: a text as Word keeps it."""
    written = word_texts.WrittenPaper(title, "en", tuple(Section(*section) for section in sections))
    return SimpleUploadedFile(name, word_files.write(written), word_files.TYPE)


def test_a_paper_begins_from_a_word_file_a_section_for_each_heading(client):
    client.force_login(factories.coordinator())
    upload = word_file("Doors", ("Ask", "Open *them*."), ("Why", "People wait.\n\n- one\n- two"))
    values = {"kind": "statement", "title_en": "Doors", "access": "public", "original_language": "en"}
    answer = client.post(reverse("consultations:paper-new"), values | {"word_file": upload})
    assert answer.status_code == 302
    sections = Paper.objects.get().sections.order_by("position")
    assert [drafting.working_text(section, "en") for section in sections] == [
        "## Ask\n\nOpen *them*.",
        "## Why\n\nPeople wait.\n\n- one\n- two",
    ]


def test_sections_are_taken_from_a_word_file_and_what_is_none_is_refused(client):
    by = factories.coordinator()
    paper = factories.paper(sections=["## One\n\nA."], by=by)
    client.force_login(by)
    address = reverse("consultations:section-new", args=[paper.key])
    answer = client.post(address, {"word_file": word_file("Two", ("Two", "B."), ("Three", "C."))})
    assert answer.status_code == 302
    assert paper.sections.count() == 3
    wrong = SimpleUploadedFile("draft.docx", b"nothing")
    answer = client.post(address, {"word_file": wrong, "markdown": "Typed meanwhile"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["word_file"])
    assert "Typed meanwhile" in answer.content.decode()
    assert client.post(address, {"word_file": word_file("Only a title")}).status_code == 422


def test_a_draft_and_a_version_are_taken_out_as_word_files(client):
    by = factories.coordinator()
    paper = factories.paper("Doors", sections=["## Ask\n\nOpen."], by=by, title_ar="الأبواب")
    version = published(paper, by=by)
    section = paper.sections.get()
    drafting.edit(section, language="en", number=1, markdown="## Ask\n\nOpen all.", by=by)

    def read(address):
        found = word_files.read(SimpleUploadedFile("x.docx", client.get(address).content))
        return found.title, [(row.heading, row.text) for row in found.sections]

    assert read(reverse("consultations:version-file", args=[version.key])) == ("Doors", [("Ask", "Open.")])
    client.force_login(by)
    draft = reverse("consultations:paper-draft-file", args=[paper.key])
    assert read(draft) == ("Doors", [("Ask", "Open all.")])
    assert client.get(draft)["Content-Disposition"] == 'attachment; filename="Doors.docx"'
    rows = {row.key: "افتحوا" for row in section.paragraphs.standing()}
    drafting.translate(section, language="ar", number=0, paragraphs=rows, by=by)
    assert read(f"{draft}?language=ar") == ("الأبواب", [("افتحوا", "افتحوا")])
