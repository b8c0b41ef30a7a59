"""Versions: copies of a paper in every language that is ready, whose words nobody changes any more."""

import pytest
from django.db import IntegrityError, transaction

from consultations.models import PaperVersion, VersionText
from consultations.operations import drafting, versions
from portal.errors import Refused
from tests import factories

pytestmark = pytest.mark.django_db

FINAL, COMMENTS = PaperVersion.Purpose.FINAL, PaperVersion.Purpose.COMMENTS


@pytest.fixture
def editor():
    return factories.coordinator()


@pytest.fixture
def paper(editor):
    made = factories.paper("Doors", title_ar="الأبواب", sections=["## Ask\n\nOpen."], by=editor)
    translate(made, editor)
    return made


def translate(paper, editor, *, number=0, approve=True):
    section = paper.sections.get()
    found = {row.key: f"ع {row.position}" for row in section.paragraphs.standing()}
    drafting.translate(
        section,
        language="ar",
        number=number,
        paragraphs=found,
        approved=found.keys() if approve else (),
        by=editor,
    )


def test_a_version_holds_every_language_that_is_ready(paper, editor):
    version = versions.make(paper, purpose=FINAL, by=editor)
    english, arabic = version.texts.order_by("-language")
    assert (english.title, arabic.title) == ("Doors", "الأبواب")
    assert english.markdown == "## Ask\n\nOpen."
    assert arabic.direction == "rtl"
    assert "<h2" in english.html[0]
    assert (version.number, version.shown_at) == (1, None)


def test_the_checksum_is_of_the_words_alone(paper, editor):
    first = versions.make(paper, purpose=FINAL, by=editor)
    drafting.describe(paper.sections.get(), objectives=[factories.objective(3)], themes=[], by=editor)
    second = versions.make(paper, purpose=FINAL, by=editor)
    assert second.number == 2
    sums = [version.texts.get(language="en").checksum for version in (first, second)]
    assert sums[0] == sums[1]
    drafting.edit(paper.sections.get(), language="en", number=1, markdown="## Ask\n\nOpen!", by=editor)
    third = versions.make(paper, purpose=COMMENTS, by=editor)
    assert third.texts.get(language="en").checksum != sums[0]


def test_a_final_text_has_no_stale_language_and_a_draft_may(paper, editor):
    drafting.edit(paper.sections.get(), language="en", number=1, markdown="## Ask\n\nOpen now.", by=editor)
    assert versions.ready_languages(paper, FINAL) == ["en"]
    assert versions.ready_languages(paper, COMMENTS) == ["en", "ar"]


def test_a_language_needs_each_paragraph_and_the_title(editor):
    paper = factories.paper("Doors", sections=["## Ask\n\nOpen."], by=editor)
    translate(paper, editor)
    assert versions.ready_languages(paper, FINAL) == ["en"]  # no title
    titled = factories.paper("Doors", title_ar="الأبواب", sections=["## Ask\n\nOpen.", "More."], by=editor)
    section = titled.sections.order_by("position").first()
    found = {row.key: "ع" for row in section.paragraphs.standing()}
    drafting.translate(section, language="ar", number=0, paragraphs=found, approved=found.keys(), by=editor)
    assert versions.ready_languages(titled, FINAL) == ["en"]  # half of it


def test_a_language_that_is_ready_later_joins_its_version(editor):
    paper = factories.paper("Doors", title_ar="الأبواب", sections=["## Ask\n\nOpen."], by=editor)
    version = versions.make(paper, purpose=FINAL, by=editor)
    with pytest.raises(Refused, match="Not every paragraph"):
        versions.add_language(version, "ar", by=editor)
    translate(paper, editor)
    versions.add_language(version, "ar", by=editor)
    with pytest.raises(Refused, match="already"):
        versions.add_language(version, "ar", by=editor)
    assert sorted(version.texts.values_list("language", flat=True)) == ["ar", "en"]


def test_a_translation_of_a_changed_text_does_not_join_the_old_one(editor):
    paper = factories.paper("Doors", title_ar="الأبواب", sections=["## Ask\n\nOpen."], by=editor)
    version = versions.make(paper, purpose=FINAL, by=editor)
    drafting.edit(paper.sections.get(), language="en", number=1, markdown="## Ask\n\nClose.", by=editor)
    translate(paper, editor)
    with pytest.raises(Refused, match="correct the paper"):
        versions.add_language(version, "ar", by=editor)


def test_nothing_is_copied_of_a_paper_without_text(editor):
    with pytest.raises(Refused, match="at least one section"):
        versions.make(factories.paper(sections=[], by=editor), purpose=FINAL, by=editor)


def test_a_version_is_shown_once(paper, editor):
    version = versions.make(paper, purpose=FINAL, by=editor)
    shown = versions.show(version, by=editor).shown_at
    assert shown is not None
    assert versions.show(version, by=editor).shown_at == shown


@pytest.mark.parametrize(
    "change", [{"title": "Other"}, {"sections": []}, {"checksum": "0"}, {"language": "fr"}]
)
def test_the_database_lets_nobody_change_the_words_of_a_version(paper, editor, change):
    version = versions.make(paper, purpose=FINAL, by=editor)
    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        version.texts.filter(language="en").update(**change)
    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        version.texts.all().delete()
    assert VersionText.objects.filter(version=version, language="en", title="Doors").exists()


def test_a_text_falls_back_to_the_original(paper, editor):
    version = versions.make(paper, purpose=FINAL, by=editor)
    assert [version.text_in(code).language for code in ("ar", "fr")] == ["ar", "en"]
