"""Papers come before their readers: frozen, published in each language that is ready, corrected, withdrawn; their files."""

import uuid
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from consultations import printed, publication
from consultations.models import Paper, Postcard, Print
from consultations.operations import drafting, endorsements, postcards, prints, publishing, versions
from portal.errors import Refused
from portal.models import Notice, Reader, StoredFile
from portal.operations import organizations
from tests import factories

pytestmark = pytest.mark.django_db

NOTE = {"en": "A figure was wrong.", "ar": "كان رقم غير صحيح."}


@pytest.fixture
def editor():
    return factories.coordinator()


def translate(paper, editor, language="ar", words="ع"):
    for section in paper.sections.standing():
        found = {row.key: f"{words} {row.position}" for row in section.paragraphs.standing()}
        drafting.translate(
            section,
            language=language,
            number=drafting.last_number(section, language),
            paragraphs=found,
            approved=found.keys(),
            by=editor,
        )


def draft(editor, **fields):
    made = factories.paper("Doors", title_ar="الأبواب", sections=["## Ask\n\nOpen."], by=editor, **fields)
    translate(made, editor)
    return made


def published(editor, **fields):
    return publishing.publish(publishing.freeze(draft(editor, **fields), by=editor), by=editor)


def endorsed(editor, *names, **shown):
    """A published paper, endorsed by organizations of these names; {name: who sees it} where not everybody does."""
    paper = factories.paper_to_endorse("Doors", sections=["## Ask\n\nOpen."], by=editor)
    for name in names:
        factories.endorsement(
            paper, factories.organization(name, lead=factories.user()), shown=shown.get(name, "public")
        )
    return publishing.publish(paper, by=editor)


def write(paper, editor, words, **values):
    section = paper.sections.get()
    number = drafting.last_number(section, "en")
    return drafting.edit(section, language="en", number=number, markdown=words, by=editor, **values)


def pdf(paper, language="en", circle="public"):
    return Print.objects.get(
        version__paper=paper, form="pdf", language=language, circle=circle, replaced_at__isnull=True
    )


def fetch(client, address):
    """The answer to a download, read to its end."""
    answer = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)  # the client closes it at its end
    return answer


def content(row):
    with row.file.blob.open("rb") as blob:
        return blob.read()


def text_of(row):
    """The words of a PDF as its tags hold them, out of the content streams by pikepdf."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content(row))
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_a_paper_is_published_in_each_language_that_is_ready(editor):
    paper = published(editor)
    document = paper.document
    assert (paper.status, document.status, document.is_outcome) == ("published", "published", True)
    assert document.document_languages == ["ar", "en"]
    assert {body.language: body.markdown for body in document.bodies.all()} == {
        "en": "## Ask\n\nOpen.",
        "ar": "## ع 0\n\nع 1",
    }
    assert document.kind == paper.kind
    assert paper.slug
    assert paper.versions.get().shown_at
    assert Notice.objects.filter(kind="document-published", object_id=document.pk).count() == 1


def test_a_draft_is_not_published_and_not_twice(editor):
    with pytest.raises(Refused, match="Freeze a version first"):
        publishing.publish(draft(editor), by=editor)
    paper = published(editor)
    with pytest.raises(Refused, match="cannot become"):
        publishing.publish(paper, by=editor)


def test_a_frozen_paper_goes_back_to_drafting_and_keeps_its_version(editor):
    paper = publishing.freeze(draft(editor), by=editor)
    with pytest.raises(Refused, match="stands still"):
        write(paper, editor, "Other.")
    paper = publishing.reopen(paper, by=editor)
    write(paper, editor, "Other.")
    assert paper.versions.count() == 1
    with pytest.raises(Refused, match="Only a frozen paper"):
        publishing.reopen(paper, by=editor)


def test_a_paper_publishes_itself_at_its_moment(editor):
    paper = publishing.freeze(draft(editor), by=editor)
    soon = timezone.now() + timedelta(hours=1)
    paper = publishing.schedule(paper, at=soon, time_zone="Africa/Tunis", by=editor)
    assert publishing.publish_due() == 0
    assert not Paper.objects.visible_to(Reader.nobody()).exists()
    Paper.objects.filter(pk=paper.pk).update(publish_at=timezone.now() - timedelta(seconds=1))
    assert publishing.publish_due() == 1
    paper.refresh_from_db()
    assert (paper.status, paper.publish_at) == ("published", None)
    assert publishing.publish_due() == 0


def test_a_paper_that_may_not_be_published_does_not_keep_others_waiting(editor, caplog):
    past = timezone.now() - timedelta(hours=1)
    for made in (draft(editor), publishing.freeze(draft(editor), by=editor)):
        Paper.objects.filter(pk=made.pk).update(publish_at=past, scheduled_by=editor)
    assert publishing.publish_due() == 1
    assert "did not publish itself" in caplog.text


def test_a_moment_lies_ahead_and_can_be_taken_back(editor):
    paper = publishing.freeze(draft(editor), by=editor)
    with pytest.raises(Refused, match="lies ahead"):
        publishing.schedule(paper, at=timezone.now(), time_zone="UTC", by=editor)
    later = timezone.now() + timedelta(days=1)
    with pytest.raises(Refused, match="Freeze a version first"):
        publishing.schedule(draft(editor), at=later, time_zone="UTC", by=editor)
    paper = publishing.schedule(paper, at=later, time_zone="UTC", by=editor)
    assert publishing.unschedule(paper, by=editor).publish_at is None
    paper = publishing.schedule(paper, at=later, time_zone="UTC", by=editor)
    assert publishing.reopen(paper, by=editor).publish_at is None


def test_a_correction_is_a_new_version_and_the_old_one_stays_readable(editor):
    paper = published(editor)
    first = publishing.final(paper)
    write(paper, editor, "## Ask\n\nOpen all.")
    translate(paper, editor, words="غ")
    version = publishing.correct(paper, change_note=NOTE, changes_meaning=True, by=editor)
    assert (version.number, version.purpose, version.change_note) == (2, "correction", NOTE)
    paper.document.refresh_from_db()
    assert paper.document.bodies.get(language="en").markdown == "## Ask\n\nOpen all."
    assert paper.document.bodies.get(language="ar").markdown == "## غ 0\n\nغ 1"
    assert first.texts.get(language="en").markdown == "## Ask\n\nOpen."
    assert Notice.objects.filter(kind="paper-corrected", object_id=version.pk).count() == 1


def test_a_correction_of_the_wording_tells_nobody(editor):
    paper = published(editor)
    write(paper, editor, "## Ask\n\nOpen!", changes_meaning=False)
    version = publishing.correct(paper, change_note=NOTE, changes_meaning=False, by=editor)
    assert sorted(version.texts.values_list("language", flat=True)) == ["ar", "en"]
    assert not Notice.objects.filter(kind="paper-corrected").exists()


def test_a_correction_says_what_changed_and_changes_something(editor):
    paper = published(editor)
    with pytest.raises(Refused, match="Say in the language of the paper"):
        publishing.correct(paper, change_note={"ar": "كان"}, changes_meaning=True, by=editor)
    with pytest.raises(Refused, match="Nothing differs"):
        publishing.correct(paper, change_note=NOTE, changes_meaning=True, by=editor)
    with pytest.raises(Refused, match="Only what is published"):
        publishing.correct(draft(editor), change_note=NOTE, changes_meaning=True, by=editor)
    assert paper.versions.count() == 1


def test_those_who_endorsed_are_asked_again_where_the_meaning_changed(editor):
    paper = endorsed(editor, "Harbour")
    write(paper, editor, "## Ask\n\nOpen all.")
    version = publishing.correct(paper, change_note=NOTE, changes_meaning=True, by=editor)
    assert Notice.objects.filter(kind="endorsement-asked-again", object_id=version.pk).count() == 1


def test_a_language_that_is_approved_later_publishes_itself_to_its_readers(editor):
    paper = factories.paper("Doors", title_fr="Les portes", sections=["## Ask\n\nOpen."], by=editor)
    paper = publishing.publish(publishing.freeze(paper, by=editor), by=editor)
    assert publishing.late_languages(paper) == []
    translate(paper, editor, "fr", "Ouvrez")
    assert publishing.late_languages(paper) == ["fr"]
    publishing.add_language(paper, "fr", by=editor)
    assert publishing.late_languages(paper) == []
    paper.document.refresh_from_db()
    assert paper.document.document_languages == ["en", "fr"]
    assert paper.document.text("title", "fr").text == "Les portes"
    told = Notice.objects.get(kind="document-translated", object_id=paper.document.pk)
    assert told.language == "fr"
    with pytest.raises(Refused, match="not published"):
        publishing.add_language(draft(editor), "fr", by=editor)


def test_what_is_withdrawn_says_so_and_its_files_are_gone(client, editor):
    paper = published(editor)
    prints.make_due()
    row = pdf(paper)
    address = reverse("consultations:print", args=[row.key])
    assert fetch(client, address).status_code == 200
    publishing.withdraw(paper, reason="Two figures were wrong.", by=editor)
    gone = client.get(paper.get_absolute_url())
    assert gone.status_code == 410
    assert "Two figures were wrong." in gone.content.decode()
    assert fetch(client, address).status_code == 404  # to whom the paper is gone, so is all of it
    assert not StoredFile.objects.exists()
    again = publishing.restore(Paper.objects.get(pk=paper.pk), by=editor)
    assert client.get(again.get_absolute_url()).status_code == 200
    assert Notice.objects.filter(kind="document-published").count() == 1
    assert prints.make_due() == 2


# Files


def test_the_worker_makes_a_tagged_pdf_in_each_language(client, editor):
    paper = published(editor)
    assert prints.make_due() == 2
    assert prints.make_due() == 0
    for language in ("en", "ar"):
        row = pdf(paper, language)
        with pikepdf.open(BytesIO(content(row))) as made:
            assert str(made.Root.Lang) == language
            assert made.Root.MarkInfo.Marked
            assert len(made.pages) == row.file.pages
        answer = fetch(client, reverse("consultations:print", args=[row.key]))
        assert answer["Content-Type"] == "application/pdf"
        assert paper.document.files.get(language=language).file == row.file
    assert "Open." in text_of(pdf(paper))


def test_the_annex_names_only_who_lets_everybody_see_it(editor):
    paper = endorsed(editor, "Open Harbour", "Quiet Harbour", "Hidden Harbour", **{
        "Quiet Harbour": "members", "Hidden Harbour": "withheld"
    })  # fmt: skip
    prints.make_due()
    public, members = text_of(pdf(paper)), text_of(pdf(paper, circle="members"))
    assert [name in public for name in ("Open Harbour", "Quiet Harbour", "Hidden Harbour")] == [
        True,
        False,
        False,
    ]
    assert [name in members for name in ("Open Harbour", "Quiet Harbour", "Hidden Harbour")] == [
        True,
        True,
        False,
    ]
    assert "3 organizations" in public


def test_members_alone_fetch_the_file_with_the_names_that_members_see(client, editor):
    paper = endorsed(editor, "Quiet Harbour", **{"Quiet Harbour": "members"})
    prints.make_due()
    address = reverse("consultations:print", args=[pdf(paper, circle="members").key])
    assert fetch(client, address).status_code == 404
    client.force_login(factories.lead())
    assert fetch(client, address).status_code == 200


def test_who_takes_an_endorsement_back_is_in_no_file_from_that_moment(client, editor):
    paper = endorsed(editor, "Open Harbour", "Other Harbour")
    prints.make_due()
    old = pdf(paper)
    stored = old.file
    given = paper.versions.get().endorsements.get(organization__name_en="Open Harbour")
    endorsements.withdraw(given, by=None)
    answer = fetch(client, reverse("consultations:print", args=[old.key]))
    assert answer.status_code == 410
    assert not paper.document.files.exists()
    assert not StoredFile.objects.filter(pk=stored.pk).exists()
    assert prints.make_due() == 1
    assert "Open Harbour" not in text_of(pdf(paper))
    assert "Other Harbour" in text_of(pdf(paper))


def test_a_suspended_organization_is_named_in_no_file(editor):
    paper = endorsed(editor, "Open Harbour")
    prints.make_due()
    given = paper.versions.get().endorsements.get()
    organizations.suspend(given.organization, reason="ended", by=editor)
    prints.make_due()
    assert "Open Harbour" not in text_of(pdf(paper))


def test_what_changed_while_it_was_being_made_is_not_kept(editor, monkeypatch):
    paper = endorsed(editor, "Open Harbour")
    given = paper.versions.get().endorsements.get()
    make, asked = printed.content, []

    def meanwhile(row):
        asked.append(row)
        made = make(row)
        if len(asked) == 1:
            endorsements.withdraw(given, by=None)
        return made

    monkeypatch.setattr(printed, "content", meanwhile)
    prints.make_due()
    assert Print.objects.filter(form="pdf", replaced_at__isnull=False, file__isnull=True).count() == 1
    assert "Open Harbour" not in text_of(pdf(paper))


def test_what_fails_is_tried_again_later_and_coordinators_see_it(editor, monkeypatch, caplog):
    paper = published(editor)

    def fail(row):
        raise RuntimeError("no ink")

    monkeypatch.setattr(printed, "content", fail)
    for attempt in range(1, Print.MOST_ATTEMPTS + 1):
        assert prints.make_due() == 2
        assert prints.make_due() == 0
        assert set(Print.objects.values_list("attempts", flat=True)) == {attempt}
        Print.objects.update(not_before=timezone.now())
    assert prints.make_due() == 0
    part = publication.on_page(paper, Reader.of(editor), "en")
    assert (part.is_owed, part.is_stuck) == (True, True)
    assert "a print could not be made" in caplog.text


def test_the_time_limit_of_the_task_ends_a_turn_and_is_no_fault_of_a_print(editor, monkeypatch):
    published(editor)

    def is_stopped(row):
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(printed, "content", is_stopped)
    with pytest.raises(SoftTimeLimitExceeded):
        prints.make_due()
    assert not Print.objects.exclude(attempts=0).exists()


def test_the_short_address_leads_to_the_document(client, editor):
    paper = published(editor)
    document = paper.document
    document.refresh_from_db()
    answer = client.get(document.get_short_url(), headers={"Accept-Language": "ar"})
    assert (answer.status_code, answer["Location"].startswith("/ar/")) == (302, True)
    assert client.get("/d/0123456789/").status_code == 404
    assert client.get("/d/not-a-key/").status_code == 404
    publishing.withdraw(paper, reason="Wrong.", by=editor)
    assert client.get(document.get_short_url(), follow=True).status_code == 410


# Postcards


def add(paper, editor, **values):
    words = values.pop("words", {"en": "Open every port to every ship.", "ar": "افتحوا كل ميناء."})
    return postcards.add(
        paper, words=words, approved=values.pop("approved", words.keys()), by=editor, **values
    )


def test_a_postcard_is_made_in_each_language_in_which_it_is_approved(client, editor):
    paper = draft(editor, objectives=[factories.objective(8)])
    add(paper, editor, objective=factories.objective(8), approved={"en"})
    paper = publishing.publish(publishing.freeze(paper, by=editor), by=editor)
    prints.make_due()
    rows = Print.objects.exclude(form="pdf").order_by("form")
    assert [(row.form, row.language) for row in rows] == [("picture", "en"), ("postcards", "en")]
    with Image.open(BytesIO(content(rows[0]))) as picture:
        assert picture.size == (1200, 630)
    assert fetch(client, reverse("consultations:print", args=[rows[0].key]))["Content-Type"] == "image/png"
    assert "Open every port" in client.get(paper.get_absolute_url()).content.decode()


def test_other_words_make_other_files(editor):
    paper = published(editor)
    card = add(paper, editor)
    prints.make_due()
    made = Print.objects.filter(postcard=card, made_at__isnull=False)
    assert made.count() == 4
    postcards.edit(card, words={"en": "Open them.", "ar": ""}, approved={"en"}, by=editor)
    assert prints.make_due() == 2
    assert [text.words for text in card.texts.all()] == ["Open them."]
    postcards.remove(card, by=editor)
    assert not Postcard.objects.exists()
    assert not Print.objects.exclude(form="pdf").exists()
    assert StoredFile.objects.count() == 2  # the PDFs of the paper


def test_postcards_are_few_and_say_something(editor):
    paper = draft(editor)
    with pytest.raises(Refused, match="at least one language"):
        add(paper, editor, words={"en": ""})
    for _ in range(postcards.MOST):
        add(paper, editor)
    with pytest.raises(Refused, match="twelve postcards"):
        add(paper, editor)
    postcards.remove(paper.postcards.first(), by=editor)
    assert sorted(paper.postcards.values_list("position", flat=True)) == list(range(postcards.MOST - 1))
    gone = publishing.withdraw(published(editor), reason="Wrong.", by=editor)
    with pytest.raises(Refused, match="withdrawn"):
        add(gone, editor)


# Pages


def sign_in(client, person):
    from tests import sessions

    sessions.sign_in(client, person)
    return client


def test_a_coordinator_freezes_and_publishes_by_the_pages(client, editor):
    paper = draft(editor)
    sign_in(client, editor)
    page = client.get(reverse("consultations:paper-freeze", args=[paper.key]))
    assert "Languages that are ready" in page.content.decode()
    client.post(reverse("consultations:paper-freeze", args=[paper.key]), {"once": uuid.uuid4()})
    page = client.get(reverse("consultations:paper-publish", args=[paper.key]))
    assert page.status_code == 200
    client.post(reverse("consultations:paper-publish", args=[paper.key]), {"at": "", "time_zone": "UTC"})
    paper.refresh_from_db()
    assert paper.status == "published"
    page = client.get(reverse("consultations:paper-correct", args=[paper.key])).content.decode()
    assert "nothing differs" in page
    answer = client.post(
        reverse("consultations:paper-correct", args=[paper.key]),
        {"note_en": "Typos.", "changes_meaning": "no"},
    )
    assert answer.status_code == 422
    assert "Typos." in answer.content.decode()


def test_a_moment_of_publication_is_on_the_clock_that_was_chosen(client, editor):
    paper = publishing.freeze(draft(editor), by=editor)
    sign_in(client, editor)
    client.post(
        reverse("consultations:paper-publish", args=[paper.key]),
        {"at": "2031-05-03T10:00", "time_zone": "Asia/Bangkok"},
    )
    paper.refresh_from_db()
    assert paper.publish_at.isoformat() == "2031-05-03T03:00:00+00:00"
    page = client.get(paper.get_absolute_url()).content.decode()
    assert "It publishes itself at" in page


def test_a_paper_is_handed_over_as_a_submission(client, editor):
    paper = published(editor)
    sign_in(client, editor)
    address = reverse("consultations:submission-new") + f"?paper={paper.key}"
    page = client.get(address).content.decode()
    assert 'value="Doors"' in page
    made = factories.submission("Doors", document=paper.document)
    assert made.get_absolute_url() in client.get(paper.get_absolute_url()).content.decode()


def test_a_first_final_version_replaces_nothing_in_print(editor):
    paper = draft(editor)
    versions.make(paper, purpose="comments", by=editor)
    paper = publishing.publish(publishing.freeze(paper, by=editor), by=editor)
    printing = printed.paper(publishing.final(paper).texts.get(language="en"), "public")
    assert (printing.version, printing.replaces_another) == (2, False)


def test_the_document_leads_to_the_paper_and_says_how_many_stand_behind_it(client, editor):
    paper = endorsed(editor, "Open Harbour", "Quiet Harbour", **{"Quiet Harbour": "withheld"})
    page = client.get(paper.document.get_absolute_url()).content.decode()
    assert paper.get_absolute_url() in page
    assert "2 organizations signed. 1 of them is not named." in page
