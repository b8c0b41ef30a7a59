"""Markdown as a tree: what print and Word files draw, with headings that skip no level and links that lead to the web."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import trees


def text(words):
    return {"kind": "text", "text": words}


def paragraph(*words, direction="ltr"):
    return {"kind": "paragraph", "words": list(words), "direction": direction}


def test_words_keep_what_they_look_like():
    made = trees.of("a *b* **c** `d` [e](https://example.org)  \nf")
    assert made == [
        paragraph(
            text("a "),
            {"kind": "emphasis", "words": [text("b")]},
            text(" "),
            {"kind": "strong", "words": [text("c")]},
            text(" "),
            {"kind": "code", "text": "d"},
            text(" "),
            {"kind": "link", "address": "https://example.org", "words": [text("e")]},
            {"kind": "break"},
            text("f"),
        )
    ]
    assert trees.plain(made[0]["words"]) == "a b c d e f"


@pytest.mark.parametrize(
    ("markdown", "under", "levels"),
    [
        ("# A\n### B\n###### C\n## D\n# E", 0, [1, 2, 3, 2, 1]),
        ("### A\n# B\n## C", 1, [2, 2, 3]),
        ("###### A", 1, [2]),
    ],
)
def test_headings_skip_no_level(markdown, under, levels):
    assert [block["level"] for block in trees.of(markdown, under=under)] == levels


def test_a_heading_in_a_list_or_quotation_heads_nothing():
    strong = paragraph({"kind": "strong", "words": [text("A")]})
    assert trees.of("> # A") == [{"kind": "quote", "blocks": [strong]}]
    assert trees.of("- # A")[0]["items"] == [[strong]]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "/here", "#there", "file:///etc/passwd"]
)
def test_a_link_that_leads_elsewhere_is_its_words(address):
    assert trees.of(f"[a]({address})")[0]["words"][0].get("kind") == "text"


def test_html_and_pictures_are_only_words():
    assert strings_of(trees.of("<b>a</b> ![x](https://example.org/p.png)")) == ["<b>a</b> !", "x"]


def strings_of(tree):
    if isinstance(tree, dict):
        return (
            [tree["text"]] if "text" in tree else [one for part in tree.values() for one in strings_of(part)]
        )
    return [one for part in tree for one in strings_of(part)] if isinstance(tree, list) else []


def test_every_block_knows_which_way_it_runs():
    assert [block["direction"] for block in trees.of("abc\n\nمرحبا\n\n123\n\n- سلام")] == [
        "ltr",
        "rtl",
        "auto",
        "rtl",
    ]


def test_a_table_keeps_its_head_apart_and_its_sides():
    table = trees.of("| a | b |\n|---|--:|\n| c | d |")[0]
    assert (table["head"], table["rows"]) == ([[text("a")], [text("b")]], [[[text("c")], [text("d")]]])
    assert table["sides"] == ["start", "end"]


@given(st.text(alphabet="#*_`>-+1.[]()|\\<&\n ab\u0628", max_size=60))
def test_no_text_breaks_the_tree(markdown):
    levels = [0, *(block["level"] for block in trees.of(markdown) if block["kind"] == "heading")]
    assert [two for one, two in pairwise(levels) if two > one + 1] == []
