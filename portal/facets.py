"""Facets: by what a list can be narrowed, each value with how many rows it would leave; all of it in the address.

An app registers the facets of its models in its own `facets.py`, and may add some to a model that stands below.
Values of one facet widen the choice, facets narrow it: each is counted under all the others.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Q

from portal import counts, frequencies

MOST_CHOSEN = 20  # values of one facet in one address


@dataclass(frozen=True, eq=False)
class Facet:
    """A column by which rows are narrowed: its `name` in the address, its label, the path to the value.

    `say` gives the values that exist, in the order of display: (reader, language) -> [(word, value, label)], the
    word being what stands in the address. Without it, words and labels are made of what was counted.
    """

    name: str
    label: str
    path: str
    say: object = None

    is_relation = False
    counts = None  # where it is neither a column nor a relation: (rows, reader) -> {value: rows that have it}

    def known(self, values, reader, language):
        """[(word, value, label)] of these values, in the order of display; what the reader may not know is left out."""
        return [row for row in self.say(reader, language) if row[1] in values]

    def read(self, words, reader, language):
        """The values that words of an address mean; a word that means nothing chooses nothing."""
        return [value for word, value, _label in self.say(reader, language) if word in words]

    def condition(self, values):
        return Q(**{f"{self.path}__in": values})

    def narrow(self, rows, values, reader):
        return rows.filter(self.condition(values))

    def summed(self, pairs):
        """{value: how many rows have it} from the values as the column holds them."""
        return dict(pairs)


@dataclass(frozen=True, eq=False)
class ManyFacet(Facet):
    """Things of which a row may have several."""

    is_relation = True

    def narrow(self, rows, values, reader):
        return rows.filter(pk__in=rows.model.objects.filter(self.condition(values)).values("pk"))


@dataclass(frozen=True, eq=False)
class ArrayFacet(Facet):
    """Words of which a row's array may hold several."""

    def condition(self, values):
        return Q(**{f"{self.path}__overlap": values})

    def summed(self, pairs):
        found = Counter()
        for words, amount in pairs:
            found.update(dict.fromkeys(words, amount))
        return found


@dataclass(frozen=True)
class Choice:
    """A value that may be chosen, or is: the address that then results."""

    label: str
    amount: int
    is_chosen: bool
    query: str


@dataclass(frozen=True)
class Group:
    """A facet as the page shows it."""

    label: str
    choices: tuple

    @property
    def is_chosen(self):
        return any(choice.is_chosen for choice in self.choices)


@dataclass
class Facets:
    """What an address chooses among the facets of some rows, and the rows that are left."""

    every: object  # the rows before anything was chosen
    reader: object
    language: str
    kept: dict  # what else stands in the address and stays there: {name: word}
    chosen: dict = field(default_factory=dict)  # {Facet: {word: value}}

    def rows(self, without=None):
        """The rows under every choice, or under those of all other facets."""
        found = self.every
        for facet, values in self.chosen.items():
            if values and facet != without:
                found = facet.narrow(found, [*values.values()], self.reader)
        return found

    @property
    def is_narrowed(self):
        return any(self.chosen.values())

    @cached_property
    def groups(self):
        """The facets that leave anything to choose."""
        return self._kept("groups", self._groups)

    @property
    def amount(self):
        """How many rows are left."""
        return self._kept("amount", lambda: self.rows().count())

    @property
    def taken(self):
        """[(label of the facet, Choice)] of what is chosen, each with the address without it."""
        return [
            (group.label, choice) for group in self.groups for choice in group.choices if choice.is_chosen
        ]

    @property
    def hidden(self):
        """What a form beside the facets has to send along."""
        return self._pairs()

    def _kept(self, what, make):
        return counts.kept(self.reader, (what, self.every.model, self.language, *self._pairs()), make)

    def _groups(self):
        amounts = self.amounts()
        found = [Group(facet.label, tuple(self._choices(facet, amounts[facet]))) for facet in self.chosen]
        return [group for group in found if group.choices]

    def amounts(self):
        """{facet: {value: how many rows it would leave}}; those in which nothing is chosen are counted together."""
        found = self._counted([facet for facet, values in self.chosen.items() if not values])
        for facet, values in self.chosen.items():
            if values:
                found |= self._counted([facet], without=facet)
        return found

    def _counted(self, facets, without=None):
        rows = self.rows(without)
        found = {facet: facet.counts(rows, self.reader) for facet in facets if facet.counts}
        if plain := [facet for facet in facets if not facet.counts]:
            columns = [facet.path for facet in plain if not facet.is_relation]
            relations = [facet.path for facet in plain if facet.is_relation]
            is_narrow = rows is not self.every or bool(self.kept.get("q"))
            pairs = frequencies.of(rows, columns, relations, is_narrow=is_narrow)
            found |= {facet: facet.summed(pairs[facet.path]) for facet in plain}
        return found

    def _choices(self, facet, amounts):
        chosen = self.chosen[facet].values()
        return [
            Choice(label, amounts.get(value, 0), value in chosen, self._query(facet, word))
            for word, value, label in facet.known({*amounts, *chosen}, self.reader, self.language)
        ]

    def _pairs(self):
        pairs = [(name, word) for name, word in self.kept.items() if word]
        return pairs + [(facet.name, word) for facet, values in self.chosen.items() for word in values]

    def _query(self, facet, word):
        """The address's query with this word chosen, or taken away if it was."""
        pairs, pair = self._pairs(), (facet.name, word)
        return "?" + urlencode([other for other in pairs if other != pair] + [pair] * (pair not in pairs))


_registered = {}


def register(model, facet):
    """Let the lists of this model be narrowed by the facet."""
    facets = _registered.setdefault(model, [])
    if facet not in facets:
        facets.append(facet)


def of(rows, asked, reader, language, **kept):
    """The facets of these rows, chosen as the parameters of an address say."""
    found = Facets(rows, reader, language, kept)
    for facet in _registered.get(rows.model, ()):
        words = [word for word in asked.getlist(facet.name)[:MOST_CHOSEN] if word]
        values = facet.read(words, reader, language) if words else []
        known = facet.known({*values}, reader, language) if values else []
        found.chosen[facet] = {word: value for word, value, _label in known}
    return found
