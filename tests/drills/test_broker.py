"""Valkey stopped, frozen, emptied: pages answer, publishing works, sessions live, and mail flows again by itself (G4)."""

import time
from contextlib import ExitStack, contextmanager

import pytest
from django.urls import reverse

from resources.operations import documents
from tests import drainers, factories
from tests.drills import figures
from tests.drills.restarts import Valkey
from tests.drills.visitors import Visitor, Web
from tests.drills.workers import Workers
from tests.sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)
READERS, AWAY, LONG = 4, 30, 75
SOON, PATIENCE = 5, 30  # seconds: for a page while the broker is away; for mail once it is back


class Portal:
    """Everything that production has, each a process of its own: broker, web, worker, beat, mail server."""

    def __init__(self, folder, stack, *, has_beat=True):
        self.coordinator = factories.coordinator()
        drainers.crowd(READERS)
        stack.enter_context(drainers.bells_unheard())
        self.broker = stack.enter_context(Valkey(folder / "broker"))
        self.sink = stack.enter_context(Sink())
        self.web = stack.enter_context(Web(self.broker.url, self.sink.port, folder / "static"))
        schedule = folder / "beat" if has_beat else None
        stack.enter_context(Workers(self.broker.url, self.sink.port, schedule=schedule))
        self.visitor = Visitor(self.web, self.coordinator)
        assert self.publishes()
        assert self.sends(1, 60), "nothing leaves even without trouble"
        self.sink.received.clear()
        self.visitor.slowest = 0

    def publishes(self):
        """A coordinator publishes an outcome, which tells every reader."""
        made = documents.create(
            titles={"en": {"title": "Our common words", "summary": ""}},
            twins={"en": "The whole text."},
            is_outcome=True,
            by=self.coordinator,
        )
        address = reverse("resources:document-publish", args=[made.key])
        return self.visitor.post(address, {})[0] == 302

    def works(self):
        """What people do meanwhile: look at pages signed out and in, and publish."""
        somebody = Visitor(self.web)
        pages = [
            somebody.get("/en/")[0],
            self.visitor.get("/en/desk/")[0],
            self.visitor.get("/en/library/")[0],
        ]
        return pages == [200, 200, 200] and self.publishes()

    def sends(self, acts, seconds):
        return drainers.until(lambda: len(self.sink.received) >= READERS * acts, seconds=seconds)


@pytest.fixture
def portal(tmp_path):
    with ExitStack() as stack:
        yield lambda **options: Portal(tmp_path, stack, **options)


@contextmanager
def stopped(broker):
    broker.server.stop()
    yield
    broker.server.start()


@contextmanager
def frozen(broker):
    broker.freeze()
    yield
    broker.thaw()


@contextmanager
def emptied(broker):
    broker.empty()
    yield
    broker.empty()


def lived_through(portal, trouble, away):
    """Use the portal while its broker is in trouble; return how often, and the moment when that was over."""
    ends, acts = time.monotonic() + away, 0
    with trouble(portal.broker):
        while True:
            assert portal.works()
            acts += 1
            if time.monotonic() >= ends:
                break
            time.sleep(5)
    return acts, time.monotonic()


@pytest.mark.parametrize(
    ("trouble", "away"), [(stopped, AWAY), (stopped, LONG), (frozen, AWAY), (emptied, 0)]
)
def test_g4_the_portal_works_without_its_broker_and_mail_flows_again_by_itself(portal, trouble, away):
    portal = portal()
    acts, back = lived_through(portal, trouble, away)
    assert portal.sends(acts, PATIENCE + 30)
    resumed = time.monotonic() - back
    figures.add(
        "G4",
        f"broker {trouble.__name__}, {away} s",
        published_meanwhile=acts,
        slowest_page=f"{portal.visitor.slowest:.1f} s",
        all_sent_after=f"{resumed:.1f} s",
    )
    assert resumed <= PATIENCE
    assert portal.visitor.slowest <= SOON
    assert len(portal.sink.received) == READERS * acts


def test_g4_control_without_the_sweep_what_was_told_meanwhile_stays(portal):
    portal = portal(has_beat=False)
    acts, _back = lived_through(portal, stopped, 0)
    came = portal.sends(acts, PATIENCE)
    figures.add(
        "G4", "control: no sweep", published_meanwhile=acts, sent=len(portal.sink.received) // READERS
    )
    assert not came
