"""The agreed words: found in texts of four languages, shown beside what is translated, and on a page of their own."""

import re
import time

import pytest
from django.urls import reverse

from portal import glossary, languages
from portal.models import Role
from portal.operations import texts
from tests import factories, sessions


def marked(text, language, into="en"):
    """The marked words of a text, each with the agreed ones: {"words": ["agreed", …]}."""
    found = glossary.gloss(text, language, into)
    assert "".join(piece.text for piece in found.pieces) == text
    assert {row.term for row in found.agreed} == {term for piece in found.pieces for term in piece.terms}
    return {
        " ".join(piece.text.split()): [term.words[into] for term in piece.terms]
        for piece in found.pieces
        if piece.terms
    }


@pytest.mark.parametrize("language", languages.CODES)
def test_every_agreed_word_is_found_where_it_stands(language):
    for term in glossary.terms():
        for said in term.said(language):
            found = glossary.gloss(f"– {said}.", language, "en")
            assert term in [row.term for row in found.agreed], said


def test_the_longest_term_is_marked_and_none_within_it_or_across_sentences():
    assert marked(
        "Them: the Civil Society Action\nCommittee, civil society, Member States’ pledges.", "en", "fr"
    ) == {
        "Civil Society Action Committee": ["Comité d’action de la société civile"],
        "civil society": ["société civile"],
        "Member States": ["États Membres"],
        "pledges": ["promesse d’engagement"],
    }
    assert marked("They are civil. Society is [here](https://example.org/plan).", "en") == {}
    assert marked("L’organisation et les organisations dirigées par des migrants", "fr") == {
        "organisation": ["organization"],
        "organisations dirigées par des migrants": ["migrant-led organization"],
    }
    assert marked("las mesas redondas, las trabajadoras migrantes y el FEMI", "es") == {
        "mesas redondas": ["roundtable"],
        "trabajadoras migrantes": ["migrant worker"],
        "FEMI": ["International Migration Review Forum"],
    }
    assert marked("Nothing of a fifth language", "pt") == {}


@pytest.mark.parametrize("language", languages.CODES)
def test_of_several_spellings_of_a_term_the_longest_that_stands_there_is_marked(language, monkeypatch):
    words = {
        "en": ["working group on rights", "working group"],
        "fr": ["groupe de travail", "groupe"],
        "es": ["grupo de trabajo", "grupo"],
        "ar": ["فريق عامل", "فريق"],
    }
    term = glossary.Term("x", "field", dict.fromkeys(languages.CODES, "x"), words, "", "")
    monkeypatch.setattr(glossary, "terms", lambda: [term])
    glossary._index.cache_clear()
    try:
        for said in words[language]:
            assert list(marked(f"– {said}.", language)) == [said]
    finally:
        glossary._index.cache_clear()


@pytest.mark.parametrize(
    ("language", "noun", "verb"),
    [
        ("en", "Our asks, the others", "The Committee asks you to come"),
        ("en", "the other asks you made", "What this also asks"),
        ("en", "Asks, once more", "We therefore ask for more"),
        ("en", "in this place", "This places him first"),
        ("en", "Safe return to the coast", "They may not return to it"),
        ("en", "which process", "Please process the forms"),
        ("en", "3 places", "It places 3 people"),
        ("en", "a hearing with mayors", "Begin by hearing them"),
        ("en", "Draft, the second", "Draft a letter"),
        ("fr", "Nos demandes aux États", "Le Comité demande aux États d’agir"),
        ("fr", "la demande que nous portons", "Qui demande cela"),
        ("fr", "en toute pratique", "Elle pratique cela"),
        ("es", "la firma de todas", "Quien firma"),
        ("es", "en la consulta", "El Comité demanda la revisión"),
    ],
)
def test_a_word_that_stands_as_a_verb_is_not_the_noun_that_was_agreed(language, noun, verb):
    assert [len(marked(text, language, "ar")) for text in (noun, verb)] == [1, 0]


def test_a_language_without_agreed_words_is_no_error(monkeypatch):
    monkeypatch.setattr(languages, "CODES", [*languages.CODES, "pt"])
    for language, into in (("en", "pt"), ("pt", "en")):
        assert glossary.gloss("The civil society", language, into).agreed == []


def test_what_only_looks_like_words_is_read_quickly_and_kept_nowhere():
    before = glossary.readings.cache_info().currsize
    began = time.perf_counter()
    for junk in ("](" * 50_000, "[a](" * 25_000, "](" + "x" * 100_000, "a" * 100_000, "http://" * 15_000):
        assert marked(junk, "en") == {}
    assert time.perf_counter() - began < 2
    assert glossary.readings.cache_info().currsize <= before + 10


def test_arabic_words_are_known_under_what_is_written_together_with_them():
    text = "وللمهاجرين المفقودين ومشاركتها الهادفة بالاستعراضات الإقليمية، وبعودتهم للعمال المهاجرين ولأعضائها في الرقة، والعَوْدَة"
    assert marked(text, "ar") == {
        "وللمهاجرين المفقودين": ["missing migrants"],
        "ومشاركتها الهادفة": ["meaningful participation"],
        "بالاستعراضات الإقليمية": ["regional review"],
        "وبعودتهم": ["return"],
        "للعمال المهاجرين": ["migrant worker"],
        "ولأعضائها": ["member"],
        "والعَوْدَة": ["return"],
    }
    assert marked("مسودة", "ar") == {"مسودة": ["draft", "unsent draft"]}


@pytest.mark.django_db
def test_who_translates_sees_the_agreed_words_beside_the_text(client):
    document = factories.document("Open doors")
    texts.save_body(document, "en", "We ask for <decent work>.\n\nDecent work is a right.")
    paper = factories.paper("Our paper", sections=["## Decent work\n\nWithout decent work no dignity."])
    translator = factories.user()
    Role.objects.create(user=translator, kind="translator", language="ar")
    sessions.sign_in(client, translator)
    for address in (
        reverse("translation", args=["document", document.key, "ar"]),
        reverse("consultations:section-translate", args=[paper.sections.get().key, "ar"]),
    ):
        page = client.get(address).content.decode()
        assert re.search('<mark class="term">decent work</mark>', page, re.IGNORECASE)
        assert page.count('<bdi lang="ar" dir="rtl">العمل الكريم</bdi>') == 2
        [meaning] = re.findall(r'<li id="means-decent-work"[^>]*>(.*?)</li>', page)
        assert page.count(meaning) == 1
        assert page.count('href="#means-decent-work"') == 2
    assert (
        "&lt;<mark"
        in client.get(reverse("translation", args=["document", document.key, "ar"])).content.decode()
    )


@pytest.mark.django_db
def test_everybody_finds_the_agreed_words_in_four_languages(client, cost):
    address = reverse("glossary")

    def keys(asked):
        groups = client.get(address, {"q": asked}).context["groups"]
        return [term.key for _name, _title, rows in groups for term, _first, _others in rows]

    assert len(keys("")) == len(glossary.terms())
    assert keys("الحوالات") == keys("envois de fonds") == keys("REMITTANCES") == ["remittances"]
    assert keys("nothing of this kind") == []
    page = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert [code for code in languages.CODES if f'<th scope="col" lang="{code}">' in page] == list(
        languages.CODES
    )
    assert '<tr id="term-remittances">' in page
    assert cost(address) <= 2
