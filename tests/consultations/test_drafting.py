"""The working text of papers: numbered edits, paragraphs that stay, translations that go stale by the paragraph."""

import pytest
from django.db import IntegrityError, transaction

from consultations.models import Paper, Paragraph, ParagraphText
from consultations.operations import drafting
from portal.errors import Refused
from tests import factories

pytestmark = pytest.mark.django_db

FIRST = "## What we ask\n\nOpen the doors to all who flee.\n\nKeep families together in one place."
ARABIC = {"What we ask": "ما نطلبه", "Open the doors to all who flee.": "افتحوا الأبواب لكل من يفرّ."}


@pytest.fixture
def editor():
    return factories.coordinator()


@pytest.fixture
def section(editor):
    return factories.paper(sections=[FIRST], by=editor).sections.get()


def words(section, language="en"):
    rows = section.paragraphs.standing().order_by("position")
    return [row.texts.get(language=language).markdown for row in rows]


def keys(section):
    return {row.texts.get(language="en").markdown: row.key for row in section.paragraphs.standing()}


def states(section, language="ar"):
    texts = ParagraphText.objects.filter(paragraph__section=section, language=language)
    return {text.paragraph.texts.get(language="en").markdown: text.state for text in texts}


def translated(section, editor):
    drafting.translate(
        section,
        language="ar",
        number=0,
        paragraphs={key: ARABIC.get(text, "أبقوا العائلات معاً.") for text, key in keys(section).items()},
        approved=frozenset(keys(section).values()),
        by=editor,
    )


def test_a_section_begins_as_numbered_edit_one(section, editor):
    edit = section.edits.get()
    assert (edit.number, edit.language, edit.edited_by) == (1, "en", editor)
    assert [text for _key, text in edit.text] == words(section)
    assert drafting.working_text(section, "en") == FIRST


def test_an_edit_keeps_the_paragraphs_that_stayed(section, editor):
    before = keys(section)
    drafting.edit(
        section,
        language="en",
        number=1,
        markdown="## What we ask\n\nOpen the doors to all who flee now.\n\nA new one.\n\nKeep families together in one place.",
        by=editor,
    )
    after = keys(section)
    assert after["Open the doors to all who flee now."] == before["Open the doors to all who flee."]
    assert after["Keep families together in one place."] == before["Keep families together in one place."]
    assert after["A new one."] not in before.values()


def test_who_wrote_from_an_older_text_is_refused(section, editor):
    drafting.edit(section, language="en", number=1, markdown="## Ask\n\nFirst.", by=editor)
    with pytest.raises(Refused, match="Somebody else saved this section"):
        drafting.edit(section, language="en", number=1, markdown="## Ask\n\nSecond.", by=editor)
    assert words(section) == ["Ask", "First."]


def test_a_section_needs_words(section, editor):
    with pytest.raises(Refused, match="needs some words"):
        drafting.edit(section, language="en", number=1, markdown=" \n\n ", by=editor)


def test_a_section_is_written_in_the_papers_own_language(section, editor):
    with pytest.raises(Refused, match="own language"):
        drafting.edit(section, language="fr", number=0, markdown="Ouvrez.", by=editor)
    with pytest.raises(Refused, match="own language"):
        drafting.add_section(section.paper, language="fr", markdown="Ouvrez.", by=editor)


def test_what_stands_still_is_not_written(section, editor):
    Paper.objects.filter(pk=section.paper_id).update(status=Paper.Status.FROZEN)
    with pytest.raises(Refused, match="stands still"):
        drafting.edit(section, language="en", number=1, markdown="Other.", by=editor)


def test_a_section_that_was_taken_out_is_not_written(section, editor):
    drafting.remove(section, by=editor)
    with pytest.raises(Refused, match="taken out"):
        drafting.edit(section, language="en", number=1, markdown="Other.", by=editor)


def test_a_new_meaning_makes_stale_just_what_it_touched(section, editor):
    translated(section, editor)
    drafting.edit(
        section,
        language="en",
        number=1,
        markdown=FIRST.replace("all who flee", "all who flee war"),
        by=editor,
    )
    assert states(section) == {
        "What we ask": "approved",
        "Open the doors to all who flee war.": "stale",
        "Keep families together in one place.": "approved",
    }


def test_a_new_wording_carries_the_approval_on(section, editor):
    translated(section, editor)
    text = FIRST.replace("all who flee", "everyone who flees")
    drafting.edit(section, language="en", number=1, markdown=text, changes_meaning=False, by=editor)
    assert set(states(section).values()) == {"approved"}
    changed = ParagraphText.objects.get(language="ar", markdown=ARABIC["Open the doors to all who flee."])
    assert changed.source_digest == drafting.digest("Open the doors to everyone who flees.")


def test_a_translation_waits_until_it_is_approved(section, editor):
    key = keys(section)["What we ask"]
    drafting.translate(section, language="fr", number=0, paragraphs={key: "Nos demandes"}, by=editor)
    assert states(section, "fr") == {"What we ask": "draft"}
    drafting.translate(
        section, language="fr", number=1, paragraphs={key: "Nos demandes"}, approved={key}, by=editor
    )
    assert states(section, "fr") == {"What we ask": "approved"}
    drafting.translate(section, language="fr", number=2, paragraphs={key: "Nos demandes"}, by=editor)
    assert states(section, "fr") == {"What we ask": "draft"}
    drafting.translate(section, language="fr", number=3, paragraphs={key: " "}, by=editor)
    assert states(section, "fr") == {}


def test_what_is_stale_stays_so_until_somebody_looks_at_it(section, editor):
    translated(section, editor)
    drafting.edit(section, language="en", number=1, markdown=FIRST.replace("doors", "gates"), by=editor)
    key = keys(section)["Open the gates to all who flee."]
    same = {key: ARABIC["Open the doors to all who flee."]}
    drafting.translate(section, language="ar", number=1, paragraphs=same, by=editor)
    assert states(section)["Open the gates to all who flee."] == "stale"
    drafting.translate(section, language="ar", number=2, paragraphs=same, approved={key}, by=editor)
    assert states(section)["Open the gates to all who flee."] == "approved"


def test_a_translation_is_refused_in_the_original_and_of_what_is_gone(section, editor):
    with pytest.raises(Refused, match="is written"):
        drafting.translate(section, language="en", number=1, paragraphs={}, by=editor)
    key = keys(section)["Keep families together in one place."]
    drafting.edit(
        section,
        language="en",
        number=1,
        markdown="## What we ask\n\nOpen the doors to all who flee.",
        by=editor,
    )
    with pytest.raises(Refused, match="changed meanwhile"):
        drafting.translate(section, language="ar", number=0, paragraphs={key: "معاً."}, by=editor)


def test_two_translators_of_one_language_do_not_overwrite_each_other(section, editor):
    key = keys(section)["What we ask"]
    drafting.translate(section, language="fr", number=0, paragraphs={key: "Nos demandes"}, by=editor)
    with pytest.raises(Refused, match="Somebody else"):
        drafting.translate(
            section, language="fr", number=0, paragraphs={key: "Ce que nous voulons"}, by=editor
        )
    drafting.translate(section, language="es", number=0, paragraphs={key: "Lo que pedimos"}, by=editor)


def test_a_paragraph_gets_new_words_and_stays_itself(section, editor):
    row = Paragraph.objects.get(key=keys(section)["Open the doors to all who flee."])
    edit = drafting.replace(row, language="en", number=1, markdown="Open every door.\n\nAt once.", by=editor)
    assert words(section) == [
        "What we ask",
        "Open every door.",
        "At once.",
        "Keep families together in one place.",
    ]
    assert keys(section)["Open every door."] == row.key
    assert edit.number == 2


def test_a_heading_stays_one_heading(section, editor):
    row = section.paragraphs.get(is_heading=True)
    drafting.replace(row, language="en", number=1, markdown="## Our\n\nasks", by=editor)
    assert drafting.working_text(section, "en").startswith("## Our asks\n\nOpen")


def test_a_paragraph_of_a_translation_gets_new_words(section, editor):
    translated(section, editor)
    row = section.paragraphs.get(is_heading=True)
    drafting.replace(row, language="ar", number=1, markdown="مطالبنا", by=editor)
    assert (words(section, "ar")[0], states(section)["What we ask"]) == ("مطالبنا", "draft")


def test_what_was_taken_out_leads_to_what_stands_in_its_place(section, editor):
    gone = Paragraph.objects.get(key=keys(section)["Keep families together in one place."])
    drafting.edit(
        section,
        language="en",
        number=1,
        markdown="## What we ask\n\nOpen the doors to all who flee.",
        by=editor,
    )
    gone.refresh_from_db()
    assert gone.removed_at is not None
    first = gone.became
    with pytest.raises(Refused, match="does not stand"):
        drafting.replace(gone, language="en", number=2, markdown="Back.", by=editor)
    drafting.edit(section, language="en", number=2, markdown="Quite another text.", by=editor)
    gone.refresh_from_db()
    assert gone.became != first
    assert gone.became.removed_at is None


def test_sections_move_and_are_numbered_anew(editor):
    paper = factories.paper(sections=["One.", "Two.", "Three."], by=editor)
    one, two, three = paper.sections.order_by("position")
    drafting.move(three, position=0, by=editor)
    drafting.remove(one, by=editor)
    added = drafting.add_section(paper, language="en", markdown="New.", position=1, by=editor)
    assert list(paper.sections.standing().order_by("position")) == [three, added, two]
    assert [row.position for row in paper.sections.standing().order_by("position")] == [0, 1, 2]
    assert not one.paragraphs.standing().exists()


def test_a_section_says_what_it_is_about(section, editor):
    objective = factories.objective(7)
    drafting.describe(section, objectives=[objective], themes=[], by=editor)
    assert list(section.objectives.all()) == [objective]


def test_a_section_has_one_heading(section):
    with pytest.raises(IntegrityError, match="paragraph_heading_is_one"), transaction.atomic():
        Paragraph.objects.create(section=section, is_heading=True)
