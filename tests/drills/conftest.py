"""One table of figures at the end of the drills."""

import logging
import weakref
from types import SimpleNamespace

import pytest
from django.dispatch import dispatcher

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
def forgetful(monkeypatch):
    """A test's own tools keep something of each request, more than the portal would ever leave in memory.

    pytest keeps whatever is logged; Django's client connects two signals anew, and each leaves a finalizer behind.
    """
    ours = {name: getattr(weakref, name) for name in weakref.__all__} | {"finalize": lambda *_: None}
    monkeypatch.setattr(dispatcher, "weakref", SimpleNamespace(**ours))
    logging.disable()
    yield
    logging.disable(logging.NOTSET)
