"""Counts for those who are not signed in: made once, they serve the next readers until something public changes."""

from time import monotonic

from django.conf import settings

from portal.generation import generation

MOST_KEPT = 500  # answers

_made = {}  # {what was asked: (what was made, until when)}


def kept(reader, asked, make):
    """What `make` gives; for readers who are not signed in, what it gave a moment ago to the same question.

    A page that is kept must not bear the counts of the generation before its own.
    """
    if not reader.is_anonymous or reader.recipient is not None or not settings.COUNTS_KEPT:
        return make()
    number, _moment = generation.now()
    made, until = _made.get((number, asked), (None, 0))
    if until < monotonic():
        made = make()
        if len(_made) >= MOST_KEPT:
            _made.clear()
        _made[number, asked] = made, monotonic() + settings.COUNTS_KEPT
    return made


def forget():
    """As if nobody had asked yet."""
    _made.clear()
