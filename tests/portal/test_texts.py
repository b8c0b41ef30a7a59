"""Texts per language: what is shown, what falls back and says so, what goes stale."""

import pytest

from portal import languages
from portal.models import TextState
from portal.operations import texts
from tests import factories

pytestmark = pytest.mark.django_db


def states(thing):
    return dict(thing.text_states.values_list("language", "state"))


def test_a_text_missing_in_the_readers_language_falls_back_to_the_original_and_says_so():
    paper = factories.document("Joint priorities")
    shown = paper.text("title", "fr")
    assert (shown.text, shown.language, shown.is_fallback) == ("Joint priorities", "en", True)


def test_a_draft_translation_is_not_shown_before_it_is_approved():
    coordinator = factories.coordinator()
    paper = factories.document("Joint priorities")
    texts.save_texts(paper, {"fr": {"title": "Priorités communes"}}, by=coordinator)
    assert paper.text("title", "fr").language == "en"
    texts.approve(paper, "fr", by=coordinator)
    assert (paper.text("title", "fr").text, paper.languages) == ("Priorités communes", ["en", "fr"])


def test_a_new_meaning_makes_approved_translations_stale_and_a_new_wording_does_not():
    coordinator = factories.coordinator()
    paper = factories.document("Joint priorities")
    texts.save_texts(paper, {"fr": {"title": "Priorités communes"}}, approve=True, by=coordinator)
    texts.save_texts(paper, {"en": {"title": "Our joint priorities"}}, changes_meaning=False, by=coordinator)
    assert states(paper) == {"fr": "approved"}
    texts.save_texts(paper, {"en": {"title": "Other priorities"}}, by=coordinator)
    assert states(paper) == {"fr": "stale"}
    assert paper.text("title", "fr").text == "Priorités communes"


def test_a_title_in_a_language_that_the_interface_lacks_is_kept_with_its_code():
    paper = factories.document("x", original_language="en")
    paper.title_en, paper.other_titles, paper.original_language = None, {"de": "Offener Brief"}, "de"
    paper.archive_id = "doc-de"
    paper.languages = ["de"]
    paper.save()
    shown = paper.text("title", "ar")
    assert (shown.text, shown.language, shown.direction, shown.is_fallback) == (
        "Offener Brief",
        "de",
        "ltr",
        True,
    )


def test_a_long_text_is_shown_in_the_language_only_once_approved():
    coordinator = factories.coordinator()
    page = factories.resource_page("How to take part")
    texts.save_body(page, "en", "Come *in*.", by=coordinator)
    texts.save_body(page, "ar", "تفضلوا", by=coordinator)
    assert texts.readable_body(page, "ar").language == "en"
    texts.approve(page, "ar", group=texts.BODY, by=coordinator)
    assert texts.readable_body(page, "ar").language == "ar"


def test_every_state_of_a_text_has_its_moves():
    assert set(TextState.MOVES) == set(TextState.State)


@pytest.mark.parametrize(
    ("code", "direction"), [("ar", "rtl"), ("fa-IR", "rtl"), ("en", "ltr"), ("pt", "ltr"), ("", "ltr")]
)
def test_direction_follows_the_script_of_the_language(code, direction):
    assert languages.direction(code) == direction
