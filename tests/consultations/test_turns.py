"""The rule of the line, tried on lines that nobody would think of, by what must be true and not by doing it again."""

from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.turns import Waiting, turns, with_room

QUOTAS = range(4)


@st.composite
def lines(draw):
    rows = []
    for pk in range(draw(st.integers(0, 10))):
        most = draw(st.integers(1, 4))
        quotas = draw(st.frozensets(st.sampled_from(QUOTAS), max_size=3))
        rows.append(Waiting(pk, draw(st.integers(1, most)), most, quotas))
    rooms = {pk: draw(st.integers(0, 6)) for pk in QUOTAS}
    return draw(st.integers(0, 10)), rooms, rows


def states(free, rooms, found):
    """What was free in all and in each quota before each turn, and after the last."""
    yield free, dict(rooms)
    for turn in found:
        free -= turn.given
        rooms = {pk: room - turn.given * (pk in turn.row.quotas) for pk, room in rooms.items()}
        yield free, dict(rooms)


def forbidding(found, before, place):
    """The quotas that keep this one out: without room for it, or for one before it that waits in the same quota."""
    row = found[place].row
    return {
        pk
        for pk in row.quotas
        if before[place][1][pk] < row.least
        or any(
            pk in turn.row.quotas and not turn.given and before[earlier][1][pk] < turn.row.least
            for earlier, turn in enumerate(found[:place])
        )
    }


@settings(max_examples=400, deadline=None)
@given(lines())
def test_nobody_jumps_nothing_overflows_and_nobody_is_left_out(line):
    free, rooms, rows = line
    found = list(turns(free, rooms, rows))
    before = list(states(free, rooms, found))
    assert [turn.row for turn in found] == rows
    left, rooms_left = before[-1]
    assert left >= 0
    assert min(rooms_left.values()) >= 0
    for place, turn in enumerate(found):
        keeps_out = forbidding(found, before, place)
        holds = [
            earlier
            for earlier, other in enumerate(found[:place])
            if not other.given and not forbidding(found, before, earlier)
        ]
        if turn.given:
            # Whoever waits before it waits for a quota, and none of those quotas concerns it.
            assert not holds
            assert not keeps_out
            room = min([before[place][0], *(before[place][1][pk] for pk in turn.row.quotas)])
            assert turn.given == min(turn.row.most, room) >= turn.row.least
        else:
            assert keeps_out or holds or before[place][0] < turn.row.least
        assert (turn.quota in keeps_out) if keeps_out else turn.quota is None
        assert turn.is_behind == bool(not turn.given and not keeps_out and holds)


@settings(max_examples=400, deadline=None)
@given(lines())
def test_behind_one_that_waits_for_more_room_nobody_is_given_any(line):
    found = list(turns(*line))
    head = with_room(found)
    assert head == found[: len(head)]
    assert not any(turn.given for turn in found[len(head) :])
