"""Every text in four languages: catalogues whole, every message to people rendered in each."""

import re
from pathlib import Path

import polib
import pytest
from django.template import Context, Template
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent
TRANSLATED = ("ar", "es", "fr")
PLURALS = {"ar": 6, "es": 3, "fr": 3}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


def catalogue(language):
    return polib.pofile(ROOT / "locale" / language / "LC_MESSAGES" / "django.po")


def placeholders(text):
    return sorted(match.group(0) for match in PLACEHOLDER.finditer(text))


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_has_nothing_fuzzy_and_nothing_missing(language):
    entries = [entry for entry in catalogue(language) if not entry.obsolete]
    assert [entry.msgid for entry in entries if entry.fuzzy] == []
    assert [entry.msgid for entry in entries if not entry.translated()] == []
    assert len(entries) > 300


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_their_placeholders(language):
    wrong = []
    for entry in catalogue(language):
        if entry.obsolete:
            continue
        if entry.msgid_plural:
            allowed = set(placeholders(entry.msgid_plural)) | set(placeholders(entry.msgid))
            wrong += [text for text in entry.msgstr_plural.values() if not set(placeholders(text)) <= allowed]
            # The form for many must carry the number, or the reader never learns it.
            if not set(placeholders(entry.msgid_plural)) <= set(
                placeholders(entry.msgstr_plural[max(entry.msgstr_plural)])
            ):
                wrong.append(entry.msgid_plural)
        elif placeholders(entry.msgid) != placeholders(entry.msgstr):
            wrong.append(entry.msgid)
    assert wrong == []


@pytest.mark.parametrize("language", ["es", "fr"])
def test_millions_stand_before_their_noun_as_each_language_writes_it(language):
    """«1 000 000 de jours»: the second of three forms, also of nouns that only another entry says so."""
    forms = [
        entry.msgstr_plural[1]
        for entry in catalogue(language)
        if entry.msgid_plural and not entry.obsolete and " of %(" not in entry.msgid_plural
    ]
    nouns = {noun for form in forms for noun in re.findall(r"%\(\w+\)[sd] (?:de |d’)(\w+)", form)}
    assert len(nouns) > 20
    assert [form for form in forms if nouns & {*re.findall(r"%\(\w+\)[sd] (\w+)", form)}] == []


def test_french_speaks_to_everybody_alike():
    assert [entry.msgstr for entry in catalogue("fr") if "·" in entry.msgstr] == []


@pytest.mark.parametrize(("language", "sign"), [("ar", ":"), ("en", ":"), ("es", ":"), ("fr", "\u202f:")])
def test_the_sign_after_a_label_stands_as_each_language_writes_it(language, sign):
    """French parts it with a space that never ends a line, here as in its sentences."""
    with translation.override(language):
        said = Template(
            '{% load i18n %}<bdi>{{ label }}</bdi>{% translate ":" context "after a label" %} {{ value }}'
        )
        assert said.render(Context({"label": "A", "value": "B"})) == f"<bdi>A</bdi>{sign} B"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_plural_has_all_the_forms_of_its_language(language):
    short = [
        entry.msgid
        for entry in catalogue(language)
        if entry.msgid_plural and not entry.obsolete and len(entry.msgstr_plural) != PLURALS[language]
    ]
    assert short == []


def test_the_three_catalogues_hold_the_same_sentences():
    ids = {
        language: {(e.msgctxt, e.msgid, e.msgid_plural) for e in catalogue(language) if not e.obsolete}
        for language in TRANSLATED
    }
    assert ids["ar"] == ids["es"] == ids["fr"]


def test_the_catalogues_hold_every_sentence_of_the_sources():
    """A sentence in a template or module that no catalogue knows would stand in English on an Arabic page."""
    known = {entry.msgid for entry in catalogue("fr")}
    known |= {entry.msgid_plural for entry in catalogue("fr") if entry.msgid_plural}
    simple = re.compile(r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
    missing = []
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in {".html", ".txt"}:
            for match in simple.finditer(path.read_text()):
                text = match.group(1) or match.group(2)
                if text not in known:
                    missing.append(f"{path.relative_to(ROOT)}: {text}")
    call = re.compile(r"""\b(?:_|gettext|gettext_lazy)\(\s*"((?:[^"\\]|\\.)+)"\s*\)""")
    for app in ("portal", "resources", "consultations"):
        for path in sorted((ROOT / app).rglob("*.py")):
            for match in call.finditer(path.read_text()):
                text = match.group(1).replace('\\"', '"')
                if text not in known:
                    missing.append(f"{path.relative_to(ROOT)}: {text}")
    assert missing == []
