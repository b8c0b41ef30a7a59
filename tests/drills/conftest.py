"""One table of figures at the end of the drills."""

import logging

import pytest

from tests.drills import figures

# Their limits are seconds, or chances of a clock: whoever leaves the machine alone for half an hour has their figures.
BY_THE_CLOCK = ("secrecy", "registration", "weak_connection", "telling", "broker", "faults", "publishing")
BY_THE_CLOCK += ("limits", "restarts", "endorsing", "writing", "hostile_files", "point_in_time", "restoring")
LONGEST = ("test_accessibility_everywhere", "test_exits", "test_strange")


def pytest_collection_modifyitems(items):
    """What is measured by a clock comes first, the longest walks last."""
    order = [f"test_{name}" for name in BY_THE_CLOCK]
    items.sort(
        key=lambda item: (
            order.index(item.path.stem) if item.path.stem in order else len(order),
            item.path.stem in LONGEST,
        )
    )


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter):
    held, failed = (
        {report.nodeid for sort in sorts for report in terminalreporter.getreports(sort)}
        for sorts in (["passed"], ["failed", "error"])
    )
    if lines := figures.table(held, failed):
        terminalreporter.section("what the drills found (safety.md)")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def seed():
    """The drills draw no samples."""


@pytest.fixture
def unlogged():
    """pytest keeps whatever is logged, each request with it: more than the portal would ever leave in memory."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)
