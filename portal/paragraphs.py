"""A section as paragraphs: taken apart, put together, and recognised again after somebody wrote in it.

Pure. Comments, translations and sources stay with a paragraph through edits; so an edit of a whole section has to say
which of its blocks is which paragraph.
"""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from markdown_it import MarkdownIt

ALIKE = 0.4  # of its words, from which on a rewritten block is still the same paragraph
MOST = 300  # rewritten blocks between two that stayed, beyond which nobody asks which is likest
NEAR = 0.15  # from which on a block can be said to stand in the place of one that was taken out

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_WORD = re.compile(r"\w+")
_HASHES = re.compile(r"^\s{0,3}#{1,6}\s+|\s+#+\s*$")


@dataclass(frozen=True)
class Block:
    """A paragraph, list, table or quotation as Markdown; the first heading of a section is its heading."""

    markdown: str
    is_heading: bool = False


def split(markdown):
    """The blocks of a section. If it begins with a heading, that is the section's own, without its signs."""
    blocks = []
    for words, is_heading in _pieces(markdown):
        starts = is_heading and not blocks
        if starts:
            words = _heading(words)
        if words:
            blocks.append(Block(words, starts))
    return blocks


def pieces(markdown):
    """The paragraphs, headings, lists, tables and quotations of a long text, each as it is written."""
    return [words for words, _is_heading in _pieces(markdown) if words]


def _pieces(markdown):
    text = (markdown or "").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    for token in _markdown.parse(text):
        if token.level == 0 and token.map and token.nesting >= 0:
            yield "\n".join(lines[token.map[0] : token.map[1]]).strip(), token.type == "heading_open"


def join(blocks):
    """The Markdown of a section from its blocks, its heading as one of the second level."""
    return "\n\n".join(f"## {block.markdown}" if block.is_heading else block.markdown for block in blocks)


def align(before, after):
    """Which of the blocks before each block after is: a list of indexes into `before`, None for what is new.

    Equal blocks are the same wherever they went; of the others each is the one most like it between them, in order.
    """
    same = [None] * len(after)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    gaps = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            same[c:d] = range(a, b)
        elif tag != "equal":
            gaps.append((range(a, b), range(c, d)))
    _find_moved(before, after, same)
    taken = {index for index in same if index is not None}
    for olds, news in gaps:
        _pair(before, after, [i for i in olds if i not in taken], [j for j in news if same[j] is None], same)
    return same


def successor(block, after, at):
    """The index in `after`, which is not empty, of what stands in the place of a block taken out before `at`."""
    likest = max(range(len(after)), key=lambda index: likeness(block, after[index]))
    if likeness(block, after[likest]) >= NEAR:
        return likest
    return min(max(at - 1, 0), len(after) - 1)


def likeness(one, other):
    """How many of the words of two blocks they share, from 0 to 1."""
    words, others = _words(one), _words(other)
    total = sum(words.values()) + sum(others.values())
    return 2 * sum((words & others).values()) / total if total else float(one == other)


def _heading(words):
    """A heading without what marks it: hashes before and after it, or the line beneath it."""
    first = re.sub(r"\n[=-]+\s*$", "", words)
    return " ".join(_HASHES.sub("", first).split())


@lru_cache(maxsize=2048)
def _words(block):
    return Counter(_WORD.findall(block.markdown.casefold()))


def _find_moved(before, after, same):
    """What stands unchanged elsewhere is the same paragraph, carried there."""
    free = {}
    for index in sorted(set(range(len(before))) - {index for index in same if index is not None}):
        free.setdefault(before[index], []).append(index)
    for position, block in enumerate(after):
        if same[position] is None and free.get(block):
            same[position] = free[block].pop(0)


def _pair(before, after, olds, news, same):
    """Pair rewritten blocks in order so that their likeness is greatest in all; of very many, each with its place."""
    if max(len(olds), len(news)) > MOST:
        for old, new in zip(olds, news, strict=False):
            same[new] = old
        return
    worth = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    for i in reversed(range(len(olds))):
        for j in reversed(range(len(news))):
            worth[i][j] = max(
                worth[i + 1][j],
                worth[i][j + 1],
                _worth(before[olds[i]], after[news[j]]) + worth[i + 1][j + 1],
            )
    i = j = 0
    while i < len(olds) and j < len(news):
        paired = _worth(before[olds[i]], after[news[j]])
        if paired and worth[i][j] == paired + worth[i + 1][j + 1]:
            same[news[j]] = olds[i]
            i, j = i + 1, j + 1
        elif worth[i][j] == worth[i + 1][j]:
            i += 1
        else:
            j += 1


def _worth(old, new):
    """What it is worth to call two blocks the same: a heading is the heading, whatever it says."""
    if old.is_heading or new.is_heading:
        return 2.0 if old.is_heading and new.is_heading else 0.0
    alike = likeness(old, new)
    return alike if alike >= ALIKE else 0.0
