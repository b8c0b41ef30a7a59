"""A section as paragraphs: which block is which after somebody wrote in it."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal import paragraphs
from portal.paragraphs import Block, align, join, split

LONG = "Migrant workers keep their wages, their papers and the right to change their employer at any time."
NEARLY = (
    "Migrant workers keep their wages, their passports and the right to change their employer at any moment."
)
OTHER = "Ports stay open to every vessel in distress, whatever flag it flies."


def test_a_section_is_its_heading_and_its_blocks():
    text = "# What we ask #\n\nOne.\nStill one.\n\n- a\n- b\n\n### Below\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    assert split(text) == [
        Block("What we ask", is_heading=True),
        Block("One.\nStill one."),
        Block("- a\n- b"),
        Block("### Below"),
        Block("| a | b |\n|---|---|\n| 1 | 2 |"),
    ]


def test_a_heading_may_be_underlined():
    assert split("ما نطلبه\n====\n\nافتحوا الأبواب.") == [
        Block("ما نطلبه", is_heading=True),
        Block("افتحوا الأبواب."),
    ]


def test_a_section_without_heading_has_none():
    assert split("Only words.\n\n## A heading below") == [Block("Only words."), Block("## A heading below")]


def test_a_rewritten_paragraph_stays_what_it_is_and_another_is_new():
    assert align([Block(LONG), Block(OTHER)], [Block(NEARLY), Block("Nothing like it."), Block(OTHER)]) == [
        0,
        None,
        1,
    ]


def test_a_heading_stays_the_heading_whatever_it_says():
    before = [Block("Work", is_heading=True), Block(LONG)]
    assert align(before, [Block("Decent lives", is_heading=True), Block(LONG)]) == [0, 1]


def test_a_paragraph_carried_elsewhere_is_recognised():
    assert align([Block(LONG), Block(OTHER)], [Block(OTHER), Block(LONG)]) == [1, 0]


def test_two_equal_paragraphs_are_two():
    assert align([Block("Yes."), Block("Yes.")], [Block("Yes."), Block("No."), Block("Yes.")]) == [0, None, 1]


def test_what_was_taken_out_leads_to_what_is_like_it_or_stands_before():
    assert paragraphs.successor(Block(LONG), [Block(OTHER), Block(NEARLY)], 0) == 1
    assert paragraphs.successor(Block("Zzz."), [Block(OTHER), Block(LONG)], 2) == 1
    assert paragraphs.successor(Block("Zzz."), [Block(OTHER), Block(LONG)], 0) == 0


blocks = st.lists(
    st.sampled_from([LONG, NEARLY, OTHER, "Yes.", "No.", "لا.", "نعم نطلب ذلك."]).map(Block), max_size=8
)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(blocks, blocks)
def test_each_paragraph_is_found_at_most_once_and_equal_ones_always(before, after):
    same = align(before, after)
    found = [index for index in same if index is not None]
    assert len(found) == len(set(found))
    if before == after:
        assert same == list(range(len(before)))


@given(blocks)
def test_what_is_put_together_comes_apart_the_same(rows):
    assert split(join(rows)) == rows


def test_a_text_of_which_all_is_rewritten_is_paired_by_place_and_not_by_comparing_all_with_all(monkeypatch):
    monkeypatch.setattr(paragraphs, "likeness", lambda *_blocks: 1 / 0)
    befores, afters = ([Block(f"{word} {number}") for number in range(400)] for word in ("One", "Other"))
    assert align(befores, afters) == list(range(400))
