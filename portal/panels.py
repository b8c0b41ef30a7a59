"""Panels: what an app above puts on the page of a thing that stands below, which knows nothing of the giver.

An app registers its functions in its own `panels.py`; a page asks for the panels of what it shows.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Panel:
    """A piece of a page: its template, which reads `panel`, and what that holds."""

    template: str
    context: dict = field(default_factory=dict)


_givers = {}


def register(model, function):
    """Have `function(thing, reader, language)` give Panels to every page of this model."""
    functions = _givers.setdefault(model, [])
    if function not in functions:
        functions.append(function)


def of(thing, reader, language):
    """The panels of a thing, for this reader, in the order of registration."""
    return [panel for give in _givers.get(type(thing), ()) for panel in give(thing, reader, language)]
