"""What the drills counted and timed: each adds its rows, and one table of all of them ends `make drills`."""

import os
from dataclasses import dataclass

ROWS = []
# Goals whose small tier is all there is: what the suite's own tests found of them stands in the same table.
SUITE = {
    "tests/portal/test_names.py": ("G16", "names that look alike, honest names"),
    "tests/safety/test_sockets.py": ("G19", "nothing leaves the machine"),
    "tests/safety/test_methods.py": ("G21", "every method at every address"),
    "tests/safety/test_kinds_of_answer.py": ("G23", "headers of each kind of answer"),
    "tests/portal/test_headers.py": ("G23", "the policies, and a silent check of settings"),
    "tests/safety/test_hosts.py": ("G25", "foreign hosts, in and out"),
    "tests/portal/test_sheets.py": ("G27", "live cells, calendars, headers"),
    "tests/portal/test_limits_kept.py": ("G29", "a year of clock, nothing beyond its limit"),
    "tests/safety/test_redaction.py": ("G29", "no address in logs, caches, messages"),
    "tests/portal/test_audit.py": ("G31", "one row for each act, which nobody changes"),
    "tests/portal/test_security.py": ("G32", "versions above their floors"),
}


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


def of_the_suite(held, failed):
    """A row for each file of the suite that stands for a goal, from the names of its tests."""
    for path, (goal, drill) in SUITE.items():
        passed, fallen = (
            [test for test in tests if test.startswith(f"{path}::")] for tests in (held, failed)
        )
        if passed or fallen:
            yield Row(
                goal,
                drill,
                f"tests {len(passed) + len(fallen)}, fallen {len(fallen)}",
                *fallen[:1] or passed[:1],
            )


def table(held, failed):
    """The lines of the table, from the names of the tests that did and did not hold."""
    rows = sorted([*ROWS, *of_the_suite(held, failed)], key=lambda row: row.place)
    width = max((len(row.drill) for row in rows), default=0)
    return [
        f"{row.goal:<4} {row.drill:<{width}}  {'FAILED' if row.test in failed else 'held':<6}  {row.found}"
        for row in rows
    ]
