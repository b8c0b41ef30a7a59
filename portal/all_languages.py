"""All that a thing says, in each of its languages: what is missing there, or waits for somebody, is marked."""

from dataclasses import dataclass

from portal import languages
from portal.models import TextState
from portal.models.texts import OTHERS
from portal.operations import texts


@dataclass(frozen=True)
class Piece:
    """A title, a summary or a long text (as HTML) in one language; `state` says how far its translation has come."""

    field: str
    words: str
    state: str = ""  # empty: of the original


@dataclass(frozen=True)
class Edition:
    """What a thing says in one language."""

    language: str
    is_original: bool
    pieces: list

    @property
    def direction(self):
        return languages.direction(self.language)


def of(thing):
    """A thing in each language, the original first: a piece for all that the original says, and what else there is."""
    original = thing.original_language
    bodies = {body.language: body.html for body in thing.bodies.all()}
    states = {(row.language, row.group): row.state for row in thing.text_states.all()}
    names = [*texts.fields_of(thing), "body"]

    def said(name, code):
        return bodies.get(code, "") if name == "body" else _short(thing, name, code)

    def piece(name, code):
        words, group = said(name, code), texts.BODY if name == "body" else texts.CARD
        if code == original:
            return Piece(name, words)
        return Piece(name, words, states.get((code, group), "") if words else TextState.State.MISSING)

    return [
        Edition(
            code,
            code == original,
            [piece(name, code) for name in names if said(name, original) or said(name, code)],
        )
        for code in dict.fromkeys((original, *languages.CODES))
    ]


def _short(thing, field, code):
    others = getattr(thing, OTHERS[field], None) or {}
    return getattr(thing, f"{field}_{code}", None) or others.get(code, "")
