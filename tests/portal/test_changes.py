"""What changed is shown word by word: whole words, in every script, with their marks, and fast."""

import random
import time
import unicodedata
from itertools import pairwise

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal import changes
from portal.changes import Kind, Piece

SIGNS = {Kind.SAME: "{}", Kind.ADDED: "+{}+", Kind.TAKEN_OUT: "-{}-"}


def drawn(before, after):
    """The changes in one line: +added+, -taken out-."""
    return "".join(SIGNS[piece.kind].format(piece.text) for piece in changes.of(before, after))


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("Thirty days at most.", "Ten days at most.", "-Thirty-+Ten+ days at most."),
        ("Fund case work.", "Fund case work first.", "Fund case work +first+."),
        ("we don't", "we won't", "we -don't-+won't+"),
        ("l’égalité", "l’equité", "-l’égalité-+l’equité+"),
        ("el niño está", "el niño, dicen, está", "el niño+, dicen, +está"),
        ("تُحتجز الأسر.ويُعاد النظر", "يُحتجز الأطفال.ويُعاد النظر", "-تُحتجز الأسر-+يُحتجز الأطفال+.ويُعاد النظر"),
        ("نص،ونص", "نص،ونصّ", "نص،-ونص-+ونصّ+"),
        ("我们要求三件事", "我们要求四件事", "我们要求-三-+四+件事"),
        ("", "New", "+New+"),
        ("Old", "", "-Old-"),
        ("", "", ""),
    ],
)
def test_whole_words_are_added_and_taken_out(before, after, wanted):
    assert drawn(before, after) == wanted


def test_the_same_letters_written_otherwise_are_no_change():
    assert drawn("égalité", unicodedata.normalize("NFD", "égalité")) == "égalité"
    assert not changes.is_change("égalité", unicodedata.normalize("NFD", "égalité"))
    assert changes.is_change("égalité", "égalités")


def test_words_that_stayed_by_chance_are_not_shown_as_kept():
    before = "States shall detain nobody for more than thirty days."
    after = "Nobody may be held, for any reason of migration, or for lack of papers."
    assert [piece.kind for piece in changes.of(before, after)] == [Kind.TAKEN_OUT, Kind.ADDED, Kind.SAME]


def test_a_paragraph_that_stayed_is_kept_between_two_that_were_written_anew():
    before, after = "One two three four.\nSo.\nFive six seven.", "Ant bee cat.\nSo.\nDog elk."
    assert Piece(Kind.SAME, ".\nSo.\n") in changes.of(before, after)


TEXTS = st.text(alphabet="ab c'-.\néبّ،漢\u0301\u200d", max_size=40)


def squeezed(text):
    return "".join(unicodedata.normalize("NFC", text).split())


@given(TEXTS, TEXTS)
def test_the_pieces_make_both_texts(before, after):
    pieces = changes.of(before, after)
    new = "".join(piece.text for piece in pieces if piece.kind != Kind.TAKEN_OUT)
    old = "".join(piece.text for piece in pieces if piece.kind != Kind.ADDED)
    assert squeezed(new) == squeezed(after)
    assert squeezed(old) == squeezed(before)
    assert [one for one, other in pairwise(pieces) if one.kind == other.kind] == []


@given(TEXTS, TEXTS)
def test_no_mark_is_parted_from_its_letter(before, after):
    pieces = changes.of("a" + before, "a" + after)
    assert [piece for piece in pieces if unicodedata.category(piece.text[0])[0] == "M"] == []


@pytest.mark.parametrize("vocabulary", [3000, 50, 2])
def test_ten_thousand_words_are_compared_in_two_seconds(vocabulary):
    chance = random.Random(5)
    words = [f"كلمة{number}" for number in range(vocabulary)]
    before = [chance.choice(words) for _ in range(10_000)]
    edited = [chance.choice(words) if chance.random() < 0.03 else word for word in before]
    other = [chance.choice(words) for _ in range(10_000)]
    began = time.process_time()
    for after in (edited, other):
        changes.of(" ".join(before), " ".join(after))
    assert time.process_time() - began < 4


def test_the_component_marks_them_and_says_so():
    page = Template("{% load portal %}{% changes before after %}")
    with translation.override("en"):
        html = page.render(Context({"before": "a <b> one", "after": "a <b> two"}))
    assert html.strip() == (
        '<div class="changes" dir="auto">a &lt;b&gt; '
        '<del><bdi class="unseen">[Taken out: </bdi>one<bdi class="unseen"> end of what was taken out]</bdi></del>'
        '<ins><bdi class="unseen">[Added: </bdi>two<bdi class="unseen"> end of what was added]</bdi></ins></div>'
    )
