"""Two translators take texts through every state and move, in French at a desk, in Arabic on a telephone without script.

What readers see is looked at after each move: their own language once it is approved, and no other one.
"""

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from portal.models import Role, TextState
from portal.operations import texts
from resources.models import Document
from resources.operations import documents
from tests import factories
from tests.browser import inside
from tests.browser.test_accessibility import CHROMIUM
from tests.browser.visitors import TELEPHONE, Visitor

pytestmark = [
    pytest.mark.long,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: nothing was translated in it"),
]
DEVICES = {
    "fr": {"viewport": {"width": 1280, "height": 900}},
    "ar": TELEPHONE | {"java_script_enabled": False},
}
OTHER = {"fr": "ar", "ar": "fr"}
BODY = "We ask for decent work.\n\nOne door.\n\nTwo doors."
APPROVED = "The translation is approved. Readers see it."
DRAFTED = "The translation is saved as a draft."


@dataclass(frozen=True)
class Words:
    """What is written in one language."""

    title: str
    paragraphs: tuple
    later: str  # the last paragraph, once the original says something else
    agreed: str  # the word for decent work
    review: str


WORDS = {
    "fr": Words(
        "Portes ouvertes",
        ("Nous demandons un travail décent.", "Une porte.", "Deux portes."),
        "Deux larges portes.",
        "travail décent",
        "Prochain examen",
    ),
    "ar": Words(
        "أبواب مفتوحة",
        ("نطالب بالعمل الكريم.", "باب واحد.", "بابان."),
        "بابان واسعان.",
        "العمل الكريم",
        "الاستعراض القادم",
    ),
}


@pytest.mark.one_a_day("language")
@pytest.mark.parametrize("language", WORDS)
def test_a_translator_walks_every_state_and_move(live_server, tmp_path, language):
    outcome = factories.document(
        "Open doors", is_outcome=True, document_languages=["en"], told_languages=["en"]
    )
    texts.save_body(outcome, "en", BODY)
    process = factories.process("Next review")
    told, _other = factories.lead(language=language), factories.lead(language=OTHER[language])
    pair = [factories.user(name=name, language=language) for name in ("Amal", "Sami")]
    for person in pair:
        Role.objects.create(user=person, kind="translator", language=language)
    with inside.running(live_server, tmp_path) as site, inside.chromium() as browser:
        device = DEVICES[language]
        first, second = (inside.signed_in(browser, site, person, **device) for person in pair)
        reader = Visitor(browser, site, "nobody@readers.example", language, **device)
        stranger = Visitor(browser, site, "nobody@readers.example", OTHER[language], **device)
        is_drafted_and_approved(first, reader, outcome)
        reads(stranger, outcome, "Open doors")
        assert [head.recipients for head in site.letters] == [(told.email,)]
        grows_stale_and_is_renewed(first, second, reader, outcome)
        moves_as_it_may(first, reader, process)
        visitors = (first, second, reader, stranger)
    # A browser notes what was refused; nothing else may have gone wrong.
    assert [words for one in visitors for words in one.troubles if "status of 4" not in words] == []
    assert [head.recipients for head in site.letters] == [(told.email,)]
    assert Document.objects.get().document_languages == sorted(["en", language])


def is_drafted_and_approved(translator, reader, outcome):
    """Missing, a draft with gaps, approved as a whole: the agreed word stands beside the paragraph."""
    own = WORDS[translator.language]
    waits(translator, "Open doors", "Missing")
    opens(translator, "Open doors")
    expect(translator.page.locator("mark", has_text="decent work")).to_be_visible()
    expect(translator.page.get_by_text(own.agreed, exact=True)).to_be_visible()
    types(translator, own.title, *own.paragraphs[:2], "")
    translator.press("Save and approve")
    expect(
        translator.page.get_by_role("alert").get_by_text(
            translator.words(
                "Some paragraphs are not translated yet. Save it as a draft, or translate them all."
            )
        )
    ).to_be_visible()
    translator.press("Save as a draft")
    translator.is_told(DRAFTED)
    waits(translator, "Open doors", "Draft")
    reads(reader, outcome, "Open doors")
    opens(translator, "Open doors")
    translator.field("Translation").last.fill(own.paragraphs[-1])
    translator.press("Save and approve")
    translator.is_told(APPROVED)
    expect(translator.row(own.title)).to_have_count(0)
    reads(reader, outcome, own.title)
    expect(reader.page.get_by_text(own.paragraphs[-1])).to_be_visible()


def grows_stale_and_is_renewed(first, second, reader, outcome):
    """Another wording changes nothing, another meaning makes stale; of two who renew it at once one sees both texts."""
    own, by = WORDS[first.language], factories.coordinator()
    documents.put_twin(outcome, "en", BODY.replace("ask", "call"), changes_meaning=False, by=by)
    first.follow("Translations")
    expect(first.row(own.title)).to_have_count(0)
    documents.put_twin(outcome, "en", BODY.replace("Two", "Two wide"), by=by)
    waits(first, own.title, "Stale")
    reads(reader, outcome, own.title)
    notice = "The original has changed since this translation was approved. Some of it may be out of date."
    expect(reader.page.get_by_text(reader.words(notice))).to_be_visible()
    for one in (first, second):
        opens(one, own.title)
    expect(first.page.locator("ins")).to_contain_text("wide")
    second.field("Translation").first.fill(f"{own.paragraphs[0]} !")
    second.press("Save and approve")
    second.is_told(APPROVED)
    first.field("Translation").last.fill(own.later)
    first.press("Save and approve")
    both = (
        "Below stands what you typed, beside what is saved now: take over what you want to keep, then save."
    )
    expect(first.page.get_by_text(first.words(both))).to_be_visible()
    expect(first.field("Translation").last).to_have_value(own.later)
    first.press("Save and approve")
    first.is_told(APPROVED)
    reads(reader, outcome, own.title)
    expect(reader.page.get_by_text(own.later)).to_be_visible()


def moves_as_it_may(translator, reader, process):
    """The moves that are left: approved at once, taken back, emptied, from a machine's draft, stale and then a draft."""
    own = WORDS[translator.language]
    for words, button, state in (
        (own.review, "Save and approve", None),
        (own.review, "Save as a draft", "Draft"),
        ("", "Save as a draft", "Missing"),
    ):
        saves(translator, process, words, button)
        reads(reader, process, "Next review" if state else own.review)
        waits(translator, "Next review", state) if state else expect(
            translator.row(own.review)
        ).to_have_count(0)
    texts.save_texts(process, {translator.language: {"title": own.review}})
    process.text_states.update(state=TextState.State.MACHINE)
    waits(translator, "Next review", "Machine draft")
    saves(translator, process, own.review, "Save and approve")
    process.refresh_from_db()
    texts.save_texts(process, {"en": {"title": "Another review"}})
    waits(translator, own.review, "Stale")
    reads(reader, process, own.review)
    saves(translator, process, own.review, "Save as a draft")
    reads(reader, process, "Another review")


def waits(translator, title, state):
    """The desk has a text in this state."""
    translator.follow("Translations")
    expect(translator.row(title)).to_contain_text(translator.words(state, context="text"))


def opens(translator, title):
    translator.follow("Translations")
    translator.page.get_by_role("link", name=title, exact=True).click()


def types(translator, title, *paragraphs):
    translator.field("Title").fill(title)
    for place, words in enumerate(paragraphs):
        translator.field("Translation").nth(place).fill(words)


def saves(translator, process, title, button):
    """One text, from its page, as it is typed now."""
    translator.page.goto(f"/{translator.language}/translations/process/{process.key}/{translator.language}/")
    types(translator, title)
    translator.press(button)
    translator.is_told(APPROVED if button == "Save and approve" else DRAFTED)


def reads(reader, thing, title):
    """What a reader sees at the head of its page."""
    room = "library" if isinstance(thing, Document) else "processes"
    reader.page.goto(f"/{reader.language}/{room}/{thing.address_key}/")
    expect(reader.page.locator("h1")).to_have_text(title)
