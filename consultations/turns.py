"""Whose turn it is in the line before a consultation: a calculation that asks the database and changes nothing.

The rule. Places are given in order of arrival. A registration has all its places, or as many as it comes with at
least, or it waits as a whole; a smaller one never overtakes. Only a quota without room for it lets others pass, and
only those whom that quota does not concern: whoever stands behind it in the same quota waits with it.
"""

import math
from dataclasses import dataclass
from itertools import takewhile

from portal import prepared

# Asked under the lock, where everybody waits for it.
LINE = """
SELECT id, coalesce(least, delegates_count), delegates_count,
       ARRAY(SELECT quota_id FROM consultations_registration_quotas WHERE registration_id = waiting.id)
FROM consultations_registration AS waiting
WHERE consultation_id = %(consultation)s AND status = 'waitlisted' AND (%(before)s::int IS NULL OR seq < %(before)s)
ORDER BY seq LIMIT %(most)s::int
"""
HEAD = 50  # of a line: mostly nobody further back has a turn
ROOMS = "SELECT id, places - held_count FROM consultations_quota WHERE consultation_id = %(consultation)s"


@dataclass(frozen=True)
class Waiting:
    """What the rule needs to know of a registration that has no place yet."""

    pk: int | None
    least: int
    most: int
    quotas: frozenset = frozenset()

    @classmethod
    def of(cls, registration, quotas):
        """A registration that counts in these quotas, as it asks."""
        most = registration.delegates_count
        return cls(
            registration.pk,
            most if registration.least is None else registration.least,
            most,
            frozenset(quotas),
        )


@dataclass(frozen=True)
class Turn:
    """How many places it is given now; if none, why it goes on waiting."""

    row: Waiting
    given: int = 0
    quota: int | None = None  # has no room for it, or is kept for one before it: others may pass
    is_behind: bool = False  # behind one that waits for more room


def turns(free, rooms, line):
    """Each registration of a line, in order, with its turn; `free` places in all, {quota: free places in it}."""
    rooms, closed, is_held = dict(rooms), set(), False
    for row in line:
        forbidding = {pk for pk in row.quotas if pk in closed or rooms[pk] < row.least}
        closed |= forbidding
        if forbidding:
            yield Turn(row, quota=min(forbidding))
        elif is_held or free < row.least:
            yield Turn(row, is_behind=is_held)
            is_held = True
        else:
            given = min(row.most, free, *(rooms[pk] for pk in row.quotas))
            free -= given
            rooms |= {pk: rooms[pk] - given for pk in row.quotas}
            yield Turn(row, given)


def with_room(turns):
    """The turns before the first that waits for more room: behind it nobody is given any."""
    return list(takewhile(lambda turn: turn.given or turn.quota is not None, turns))


def free(consultation):
    """Places that nobody holds; without end where there is no limit."""
    return math.inf if consultation.places is None else consultation.places - consultation.confirmed_count


def rooms(consultation):
    """Free places in each quota: {id: number}."""
    return dict(prepared.rows(ROOMS, {"consultation": consultation.pk}))


def line(consultation, *, before=None):
    """Those that wait, in order; all of them, or those with a number before this one."""
    return waiting(prepared.rows(LINE, {"consultation": consultation.pk, "before": before, "most": None}))


def waiting(rows):
    """The rows of LINE as the rule knows them."""
    return [Waiting(*row, frozenset(quotas)) for *row, quotas in rows]


def of(consultation):
    """The turn of each that waits, as things stand now: {id of the registration: Turn}."""
    found = turns(free(consultation), rooms(consultation), line(consultation))
    return {turn.row.pk: turn for turn in found}
