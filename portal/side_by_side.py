"""A translation beside its original, paragraph by paragraph, each known by a mark that does not move."""

import hashlib
from collections import Counter
from dataclasses import dataclass

from portal import paragraphs
from portal.models import TextState
from portal.operations import texts

DRAFTS = (TextState.State.MACHINE, TextState.State.DRAFT)


@dataclass(frozen=True)
class Passage:
    """A title, a summary or a paragraph: its mark, the original, what that was when it was translated, the translation."""

    mark: str
    original: str
    was: str
    translation: str
    field: str = ""  # of a short text; empty: a paragraph of the long one

    @property
    def has_changed(self):
        return bool(self.was) and self.was != self.original


@dataclass(frozen=True)
class Sheet:
    """All passages of a thing in a language, and what was translated from paragraphs that are gone."""

    passages: list
    leftover: list
    states: dict  # {group: state}
    language: str

    @property
    def digest(self):
        """What stands on both sides: whoever saves says which of it was shown."""
        parts = [part for passage in self.passages for part in (passage.original, passage.translation)]
        return hashlib.sha256("\x1f".join([*parts, *self.leftover]).encode()).hexdigest()

    @property
    def seal(self):
        """So much of the digest as a person may have to type."""
        return self.digest[:16]

    @property
    def short(self):
        return [passage for passage in self.passages if passage.field]

    @property
    def long(self):
        return [passage for passage in self.passages if not passage.field]

    def state_of(self, group):
        return TextState.State(self.states.get(group, TextState.State.MISSING))


def of(thing, language):
    """The Sheet of a thing as it stands now."""
    rows = {row.group: row for row in thing.text_states.all() if row.language == language}
    if hasattr(thing, "words_in"):
        return _worded(thing, language, rows.get(texts.CARD))
    long, leftover = _long(thing, language, rows.get(texts.BODY))
    states = {group: row.state for group, row in rows.items()}
    return Sheet(_short(thing, language, rows.get(texts.CARD)) + long, leftover, states, language)


def _worded(thing, language, row):
    """Words that can be read as soon as they are written (`words_in`): a draft of them stands in its state alone.

    Each pair of the state says also of which mark it is.
    """
    originals, said = thing.words_in(thing.original_language), thing.words_in(language)
    state = row.state if row is not None else TextState.State.APPROVED
    kept = {mark: (was, words) for was, words, mark in row.pairs} if row is not None else {}
    if state in DRAFTS:
        said |= {mark: words for mark, (_was, words) in kept.items() if mark in said}
    elif any(original and not said[mark] for mark, original in originals.items()):
        state = TextState.State.MISSING
    passages = [
        Passage(mark, original, kept.get(mark, ("",))[0], said[mark], field=mark.partition("-")[0])
        for mark, original in originals.items()
        if original or said[mark]
    ]
    return Sheet(passages, [], {texts.CARD: state}, language)


def _short(thing, language, row):
    """Title and summary, those that the original has."""
    names = texts.fields_of(thing)
    originals, said = texts.original_of(thing, texts.CARD), texts.said_in(thing, texts.CARD, language)
    pairs = row.pairs if row is not None and len(row.pairs) == len(names) else [["", ""]] * len(names)
    return [
        Passage(name, original, was, translation, field=name)
        for name, original, (was, _said), translation in zip(names, originals, pairs, said, strict=True)
        if original or translation
    ]


def _long(thing, language, row):
    """The paragraphs of the long text; where nobody knows which is which, the whole beside the whole."""
    original = texts.original_of(thing, texts.BODY)[0]
    translation = texts.said_in(thing, texts.BODY, language)[0]
    pairs = _known(row, translation) or texts.pairs_of(thing, texts.BODY, language)
    pieces = paragraphs.pieces(original)
    if translation and len(pairs) == 1 and len(pieces) > 1:
        was = pairs[0][0]
        return [Passage(mark_of(original), original, was, translation)], []
    blocks = [paragraphs.Block(piece) for piece in pieces]
    befores = [paragraphs.Block(before) for before, _said in pairs]
    same = paragraphs.align(befores, blocks) if translation else [None] * len(blocks)
    found, seen = [], Counter()
    for piece, index in zip(pieces, same, strict=True):
        was, said = ("", "") if index is None else pairs[index]
        seen[piece] += 1
        found.append(Passage(mark_of(piece, seen[piece]), piece, was, said))
    taken = {index for index in same if index is not None}
    leftover = [
        said for index, (_was, said) in enumerate(pairs) if translation and said and index not in taken
    ]
    return found, leftover


def _known(row, translation):
    """The pairs that were kept, if they still make the translation."""
    if row is not None and translation and join(said for _was, said in row.pairs) == translation:
        return row.pairs
    return None


def join(pieces):
    """A long text from its paragraphs."""
    return "\n\n".join(piece for piece in pieces if piece)


def mark_of(piece, time=1):
    """The mark of a paragraph: of its words, and of which time they stand in the text."""
    digest = hashlib.sha256(piece.encode()).hexdigest()[:10]
    return digest if time == 1 else f"{digest}-{time}"
