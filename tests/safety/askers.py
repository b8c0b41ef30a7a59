"""Who asks at each exit: one for every kind of right, each role in its turn (safety.md, G10 and G11).

Two roles have the same right at an exit where they stand alike (signed out, signed in, member, coordinator of another
process, coordinator), the table gives them the same answers, and the same secrets of the thing are theirs, unless one
has a tie to that sort of thing. Of these one asks, and another the next time. A page of no thing may show anything:
there all secrets count, unless it shows only some sorts of things. Where nobody's rights count, one who is signed in
asks beside one who is not.

Whoever is let in is asked at each exit. Of those who are refused there, one kind in turn, after each has come to the
sort of thing once; in the drill all of them come to each exit (tests/drills/test_exits.py).
"""

from collections import Counter
from functools import cache
from http import HTTPStatus

from tests.safety.exits import PAGES
from tests.safety.world import ROLES, SIGNED_IN, STANDINGS, TIES

REFUSED_KINDS = 1


class Askers:
    """Chooses, and remembers who has read, and sent to, which sort of thing; `all_refused`: spares none of them."""

    def __init__(self, world, exits, *, all_refused=False):
        self.world, self.exits, self.all_refused = world, list(exits), all_refused
        self.been, self.turned_away = Counter(), Counter()
        self.secrets_of = cache(self._secrets_of)

    def readers(self, name, thing):
        """Who reads a page; a button is read by nobody (methods.py)."""
        return () if PAGES[name].is_button else self._one_of_each("read", name, thing, self.right)

    def narrowing(self, name, thing):
        """Who asks a page a narrower question: one of those who stand alike and get the same answer."""
        return self._one_of_each("read", name, thing, self.standing_and_answers)

    def senders(self, name, thing):
        """Who sends an empty form; to a page that takes none, nobody (methods.py)."""
        return () if PAGES[name].posted is None else self._one_of_each("sent", name, thing, self.right)

    def missing(self):
        """Who has been to no thing of a sort, with an exit to go to: [(name, thing, role)]."""
        for sort in {self.sort(thing): None for _name, thing in self.exits}:
            exits = [(name, thing) for name, thing in self.exits if self.sort(thing) == sort]
            read = [(name, thing) for name, thing in exits if not PAGES[name].is_button]
            for role in ROLES:
                if not self.been["read", sort, role] + self.been["sent", sort, role]:
                    yield *(read or exits)[0], role

    def sort(self, thing):
        """What sort of thing this is: its model."""
        return self.world.things[thing]._meta.model_name if thing else ""

    def right(self, name, thing, role):
        """What sets a role apart at this exit."""
        row, own = PAGES[name], self.standing_and_answers(name, thing, role)
        if row.is_blind:
            return own
        says_nothing = role not in row.seen[thing] or row.answer != HTTPStatus.OK
        if says_nothing and (row.refused or not thing):
            return own
        sorts = [self.sort(thing)] if thing else row.shows
        ties = [role for sort in sorts if role in TIES.get(sort, ())]
        secrets = self.secrets_of(thing, row.shows)
        return *own, *ties, *((role in secret.must, role in secret.may) for secret in secrets)

    def standing_and_answers(self, name, thing, role):
        """What sets a role apart where it is shown nothing."""
        row = PAGES[name]
        return standing_at(row, role), row.expected(thing, role), row.expected_of_post(thing, role)

    def _secrets_of(self, thing, sorts):
        """Those planted in a thing, in all things of these sorts, or anywhere; people's own left out."""
        found = [(secret.name.partition(".")[0], secret) for secret in self.world.secrets.values()]
        if thing:
            return [secret for place, secret in found if place == thing]
        if sorts:
            placed = [(place, secret) for place, secret in found if place in self.world.things]
            return [secret for place, secret in placed if self.sort(place) in sorts]
        return [secret for place, secret in found if place not in ROLES]

    def _one_of_each(self, way, name, thing, right):
        """Of each kind the one that has gone this way least; of the kinds that are refused, those whose turn it is."""
        groups, sort = {}, self.sort(thing)
        for role in ROLES:
            is_let_in = PAGES[name].lets_in(way, thing, role)
            groups.setdefault((is_let_in, right(name, thing, role)), []).append(role)
        chosen, refused = [], []
        for (is_let_in, _right), group in groups.items():
            role = min(group, key=lambda role: self.been[way, sort, role])
            (chosen if is_let_in else refused).append(role)
        refused.sort(key=lambda role: self.turned_away[way, sort, standing(role)])
        new = sum(not self.turned_away[way, sort, standing(role)] for role in refused)
        refused = refused if self.all_refused else refused[: max(new, REFUSED_KINDS)]
        self.been.update((way, sort, role) for role in (*chosen, *refused))
        self.turned_away.update((way, sort, standing(role)) for role in refused)
        return *chosen, *refused


def standing_at(row, role):
    """With whom a role stands alike at an exit: where nobody's rights count, with all who are signed in."""
    return role in SIGNED_IN if row.is_blind else standing(role)


def standing(role):
    return next(place for place, roles in enumerate(STANDINGS) if role in roles)
