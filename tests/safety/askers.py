"""Who asks at each exit: one for every kind of right, each role in its turn (safety.md, G10 and G11).

Two roles have the same right at an exit where they stand alike (signed out, signed in, member, coordinator of another
process, coordinator), the table gives them the same answers, and the same secrets of the thing are theirs, unless one
has a tie to that sort of thing. Of these one asks, and another the next time. A page of no thing may show anything:
there all secrets count, unless it shows only some sorts of things. Where nobody's rights count, one who is signed in
asks beside one who is not.

In the drill all of them come to each exit (tests/drills/test_exits.py). The suite draws a sample, another every day: of
those who are let in, one of each standing reads an address, and sends to it, for any one of its things; of those who are
refused, one of each standing comes to each sort of thing, and to every second exit one more in turn.
"""

from collections import Counter
from functools import cache
from http import HTTPStatus
from random import Random

from tests.safety.exits import PAGES
from tests.safety.world import ROLES, SIGNED_IN, STANDINGS, TIES


class Askers:
    """Chooses, and remembers who has been where; `seed` draws the sample: where there is none, nobody is spared."""

    def __init__(self, world, exits, *, seed=None):
        self.world, self.exits = world, list(exits)
        self.draws = seed is not None
        self.chance = Random(seed)
        if self.draws:
            self.chance.shuffle(self.exits)
        self.been, self.turned_away, self.let_in = Counter(), Counter(), set()
        self.spared = []  # who was let in and did not read: [(name, thing, role, question)]
        self.secrets_of = cache(self._secrets_of)
        self.way_drawn = cache(lambda name, _thing: self.chance.choice([*PAGES[name].ways, ""]))

    def readers(self, name, thing):
        """Who reads a page; a button is read by nobody (methods.py)."""
        return self._going("read", name, thing)

    def narrowing(self, name, thing, question):
        """Who asks a page a narrower question: of those who stand alike and get the same answer, in a sample of all, one."""
        let_in, refused = self._one_of_each("read", name, thing, self.standing_and_answers)
        if not self.draws:
            return let_in + refused
        chosen = self.chance.choice(let_in + refused)
        self.spared += [(name, thing, role, question) for role in let_in if role != chosen]
        return [chosen]

    def senders(self, name, thing):
        """Who sends an empty form; to a page that takes none, nobody (methods.py)."""
        return self._going("sent", name, thing)

    def missing(self):
        """Who has been to no thing of a sort, with an exit to go to: [(name, thing, role)]; a sample can spare them."""
        if self.draws:
            return
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

    def _going(self, way, name, thing):
        """Who goes this way, noted to have gone it."""
        if way not in PAGES[name].ways:
            return ()
        let_in, refused = self._one_of_each(way, name, thing, self.right)
        if self.draws:
            let_in, refused = self._new(way, name, thing, let_in), self._in_turn(way, name, thing, refused)
        self.been.update((way, self.sort(thing), role) for role in (*let_in, *refused))
        self.turned_away.update(refusal(name, self.sort(thing), role) for role in refused)
        return *let_in, *refused

    def _one_of_each(self, way, name, thing, right):
        """Of each kind the one that has gone this way least: those who are let in, and those who are refused."""
        groups, sort = {}, self.sort(thing)
        for role in ROLES:
            is_let_in = PAGES[name].lets_in(way, thing, role)
            groups.setdefault((is_let_in, right(name, thing, role)), []).append(role)
        let_in, refused = [], []
        for (is_let_in, _right), group in groups.items():
            role = min(group, key=lambda role: self.been[way, sort, role])
            (let_in if is_let_in else refused).append(role)
        return let_in, refused

    def _new(self, way, name, thing, let_in):
        """Of those who are let in, the first of each standing at this address; the others are spared."""
        chosen = []
        for role in self.chance.sample(let_in, len(let_in)):
            place = way, name, standing_at(PAGES[name], role)
            if place not in self.let_in:
                self.let_in.add(place)
                chosen.append(role)
            elif way == "read":
                self.spared.append((name, thing, role, ""))
        return chosen

    def _in_turn(self, way, name, thing, refused):
        """Of those who are refused, whose standing has not yet come to this sort of thing; if this way is drawn, one."""
        times = {role: self.turned_away[refusal(name, self.sort(thing), role)] for role in refused}
        new = sum(not time for time in times.values())
        return sorted(refused, key=times.get)[: max(new, way == self.way_drawn(name, thing))]


def standing_at(row, role):
    """With whom a role stands alike at an exit: where nobody's rights count, with all who are signed in."""
    return role in SIGNED_IN if row.is_blind else standing(role)


def refusal(name, sort, role):
    """What is the same where one is refused: the sort of thing, and with whom one stands alike."""
    row = PAGES[name]
    return sort, row.is_blind, standing_at(row, role)


def standing(role):
    return next(place for place, roles in enumerate(STANDINGS) if role in roles)
