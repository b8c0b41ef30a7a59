"""What the drills counted and timed: each adds its rows, and one table of all of them ends `make drills`."""

import os
from dataclasses import dataclass

ROWS = []


@dataclass(frozen=True)
class Row:
    """What one drill found; `test` is where, so that the table can say whether what was asked for held."""

    goal: str
    drill: str
    found: str
    test: str

    @property
    def place(self):
        """Goals by their number, each before its controls."""
        return int(self.goal.removeprefix("G")), self.drill.startswith("control"), self.drill


def add(goal, drill, **found):
    """Keep a row: the goal of safety.md, what was done ("control: …" where a wall was taken away), what was found."""
    said = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in found.items())
    ROWS.append(Row(goal, drill, said, os.environ["PYTEST_CURRENT_TEST"].rpartition(" ")[0]))
    print(f"\n{goal} {drill}: {said}")


def table(failed):
    """The lines of the table; `failed` are the tests that did not hold."""
    rows = sorted(ROWS, key=lambda row: row.place)
    width = max((len(row.drill) for row in rows), default=0)
    return [
        f"{row.goal:<4} {row.drill:<{width}}  {'FAILED' if row.test in failed else 'held':<6}  {row.found}"
        for row in rows
    ]
