"""What changed between two texts, word by word, in any script.

A word is never cut: combining marks stay with their letter, apostrophes and hyphens inside a word with the word;
signs of punctuation are words of their own, whether or not a space stands beside them. Ten thousand words take well
under a second, also where nothing of them stayed.
"""

import unicodedata
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from itertools import groupby, pairwise

# Scripts that write without spaces: each letter, with its marks, is a word.
SPACELESS = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
SPACES = " \t\u00a0\u202f"
JOINERS = {"'", "’", "-", "‐", "‑"}
# Where no word stands exactly once on both sides, a block of this many pairs is compared in full; in a larger one
# rows of so many words are looked for that do, and where there are none it is new.
LARGEST_BLOCK = 10_000
ROWS = (1, 2, 3, 5)


class Kind(StrEnum):
    SAME = "same"
    ADDED = "added"
    TAKEN_OUT = "taken-out"


@dataclass(frozen=True)
class Piece:
    """Some text in a row that stayed, came or went."""

    kind: Kind
    text: str

    @property
    def is_same(self):
        return self.kind == Kind.SAME

    @property
    def is_added(self):
        return self.kind == Kind.ADDED


def of(before, after):
    """The Pieces that lead from one text to another; what was taken out comes before what was added there.

    All but those taken out make the text after, and all but the added ones the text before, but for its spaces; both
    as NFC.
    """
    old, new = _words(before), _words(after)
    pieces = []
    for span in _tidied(_spans(old, new), old, new):
        gone, here = "".join(old[span.old]), "".join(new[span.new])
        if span.is_same:
            pieces.append(Piece(Kind.SAME, here))
            continue
        # The space after a word that took the place of another is nobody's change.
        words, other = here.rstrip(SPACES), gone.rstrip(SPACES)
        after = here[len(words) :] if words and other and len(other) < len(gone) else ""
        pieces += [
            Piece(Kind.TAKEN_OUT, other if after else gone),
            Piece(Kind.ADDED, words if after else here),
            Piece(Kind.SAME, after),
        ]
    return _joined(piece for piece in pieces if piece.text)


def _joined(pieces):
    rows = groupby(pieces, key=lambda piece: piece.kind)
    return [Piece(kind, "".join(piece.text for piece in row)) for kind, row in rows]


def is_change(before, after):
    """Whether the words of two texts differ at all; another way of writing the same letters is no change."""
    return unicodedata.normalize("NFC", before or "") != unicodedata.normalize("NFC", after or "")


# Words


@lru_cache(maxsize=4096)
def _sort(char):
    """What a sign does in a text: "word", "mark" (goes with what stands before it), "space", "alone"."""
    category = unicodedata.category(char)
    if char == "\n":
        return "alone"
    if category[0] == "M" or char in "\u200c\u200d":
        return "mark"
    if category[0] in "LN" or category in {"Pc", "Cf"}:
        return "alone" if unicodedata.name(char, "").startswith(SPACELESS) else "word"
    return "space" if char.isspace() else "alone"


def _words(text):
    """The text as words, lone signs and ends of lines, each with the spaces after it: together they are the text."""
    text = unicodedata.normalize("NFC", (text or "").replace("\r\n", "\n"))
    starts, before, is_spaced = [], "", False
    for place, char in enumerate(text):
        sort = _sort(char)
        if char in JOINERS and before == "word" and _sort(text[place + 1 : place + 2] or " ") == "word":
            sort = "word"
        if sort == "space":
            is_spaced = True
        elif sort != "mark":
            if is_spaced or sort == "alone" or sort != before:
                starts.append(place)
            before, is_spaced = sort, False
    starts = [0, *starts[1:]] if text else []
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


def _letters(words):
    """How much some words say: their letters, without spaces and signs."""
    return sum(len(word) for word in words if _sort(word[0]) == "word")


# Comparing


@dataclass(frozen=True)
class Span:
    """A stretch of both texts, as slices of their words, that is the same or not."""

    is_same: bool
    old: slice
    new: slice


def _spans(old, new):
    """Both texts from beginning to end as Spans, in turn the same and not; spaces alone are no change."""
    spans, old_at, new_at = [], 0, 0
    for old_from, new_from, length in _runs(_pairs(_bare(old), _bare(new))):
        if old_from > old_at or new_from > new_at:
            spans.append(Span(False, slice(old_at, old_from), slice(new_at, new_from)))
        old_at, new_at = old_from + length, new_from + length
        spans.append(Span(True, slice(old_from, old_at), slice(new_from, new_at)))
    if old_at < len(old) or new_at < len(new):
        spans.append(Span(False, slice(old_at, len(old)), slice(new_at, len(new))))
    return spans


def _bare(words):
    return [word.rstrip(SPACES) or word for word in words]


def _runs(pairs):
    """Pairs of places as runs: [(place in the old, place in the new, how many)]."""
    for _step, group in groupby(enumerate(pairs), key=lambda row: (row[1][0] - row[0], row[1][1] - row[0])):
        row = [pair for _place, pair in group]
        yield (*row[0], len(row))


def _pairs(old, new):
    """Which word of the old text is which of the new, in order: [(place, place)].

    As a patient reader does: what stands once on each side is found first, the rest between those.
    """
    found, open_blocks = [], [(0, len(old), 0, len(new))]
    while open_blocks:
        a, b, c, d = open_blocks.pop()
        while a < b and c < d and old[a] == new[c]:
            found.append((a, c))
            a, c = a + 1, c + 1
        while a < b and c < d and old[b - 1] == new[d - 1]:
            b, d = b - 1, d - 1
            found.append((b, d))
        anchors = _anchors(old, new, (a, b, c, d))
        if anchors:
            corners = [(a - 1, c - 1), *anchors, (b, d)]
            found += anchors
            open_blocks += [
                (left + 1, right, up + 1, down) for (left, up), (right, down) in pairwise(corners)
            ]
        elif (b - a) * (d - c) <= LARGEST_BLOCK:
            found += _compared(old, new, (a, b, c, d))
    return sorted(found)


def _anchors(old, new, block):
    """Words that stand exactly once on both sides of a block, as many as keep their order; else such rows of words."""
    a, b, c, d = block
    for length in ROWS if (b - a) * (d - c) > LARGEST_BLOCK else ROWS[:1]:
        olds = [tuple(old[place : place + length]) for place in range(a, b)]
        news = [tuple(new[place : place + length]) for place in range(c, d)]
        old_counts, new_counts = Counter(olds), Counter(news)
        places = {row: place for place, row in enumerate(news, c) if new_counts[row] == 1}
        pairs = [
            (place, places[row])
            for place, row in enumerate(olds, a)
            if old_counts[row] == 1 and row in places
        ]
        if pairs:
            return _rising(pairs)
    return []


def _rising(pairs):
    """The longest row of pairs whose second places rise, as the first do."""
    ends, rows, links = [], [], []
    for place, (_old, at) in enumerate(pairs):
        length = bisect_left(ends, at)
        links.append(rows[length - 1] if length else None)
        ends[length : length + 1], rows[length : length + 1] = [at], [place]
    row, place = [], rows[-1] if rows else None
    while place is not None:
        row.append(pairs[place])
        place = links[place]
    return row[::-1]


def _compared(old, new, block):
    a, b, c, d = block
    matcher = SequenceMatcher(None, old[a:b], new[c:d], autojunk=False)
    return [
        (a + match.a + step, c + match.b + step)
        for match in matcher.get_matching_blocks()
        for step in range(match.size)
    ]


def _tidied(spans, old, new):
    """Without the scraps that stayed by chance between two larger changes: nobody reads a sentence word for word."""
    kept = []
    for span in spans:
        kept.append(span)
        while len(kept) >= 3 and not span.is_same and _is_scrap(kept[-2], (kept[-3], kept[-1]), old, new):
            first, _scrap, last = kept[-3:]
            kept[-3:] = [
                Span(False, slice(first.old.start, last.old.stop), slice(first.new.start, last.new.stop))
            ]
    return kept


def _is_scrap(span, beside, old, new):
    """Whether what stayed says no more than each change beside it, within one line."""
    if "\n" in new[span.new]:
        return False
    weight = _letters(new[span.new])
    return all(weight <= max(_letters(old[one.old]), _letters(new[one.new])) for one in beside)
