"""Telling under crashes, slow servers and lost brokers, at the sizes of safety.md; each drill beside its control."""

import time

import pytest

from portal.models import Delivery
from tests import drainers
from tests.drills import figures
from tests.drills.restarts import Valkey, own_postgres, restart_at_once
from tests.drills.workers import Workers
from tests.sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nobody_hears_the_bell():
    with drainers.bells_unheard():
        yield


def judged(sink, wanted):
    """Lost, in a wrong language, repeated, with differing bodies, most copies of one."""
    languages = {one.recipient: one.language for one in sink.received}
    bodies = {(one.message_id, one.recipient, one.body_hash) for one in sink.received}
    return {
        "lost": len(wanted.keys() - languages.keys()),
        "wrong": sum(languages.get(address, language) != language for address, language in wanted.items())
        + len(languages.keys() - wanted.keys()),
        "repeated": len(sink.received) - len(languages),
        "differing": len(bodies) - len(languages),
        "most_copies": max(sink.copies().values(), default=0),
    }


def test_g1_two_thousand_readers_and_ten_kills():
    count, kills = 2_000, 10
    wanted, began = drainers.tell(count), time.monotonic()
    with Sink(delay=0.005) as sink, drainers.Drainers(2, sink.port) as running:
        running.kill_on_the_way(sink, count=count, kills=kills)
        assert drainers.until(drainers.all_is_done, seconds=120)
    found = judged(sink, wanted)
    figures.add("G1", "2,000 readers, 10 kills", seconds=round(time.monotonic() - began), **found)
    assert (found["lost"], found["wrong"], found["differing"]) == (0, 0, 0)
    assert found["repeated"] <= kills
    assert found["most_copies"] <= 3


def test_g1_control_without_taking_over_expired_leases_messages_are_lost():
    count, wound = 2_000, "no takeover of expired leases"
    wanted = drainers.tell(count)
    with Sink(delay=0.005) as sink, drainers.Drainers(2, sink.port, wound=wound) as running:
        # All kills are in the first half: what they lose must never be what the last of them waits for.
        running.kill_on_the_way(sink, count=count // 2, kills=10)
        assert not drainers.until(drainers.all_is_done, seconds=60)
    found = judged(sink, wanted)
    figures.add("G1", "control: expired leases stay", **found)
    assert found["lost"] > 0


def test_g1_in_full_ten_thousand_readers_and_everything_that_can_go_wrong(tmp_path):
    count, kills, restarts = 10_000, 50, 5
    wanted, postgres = drainers.tell(count), own_postgres()
    began = time.monotonic()
    quick = "retries within seconds"
    with (
        Valkey(tmp_path) as broker,
        Sink(moody=0.05) as sink,
        Workers(broker.url, sink.port, schedule=tmp_path / "beat", wound=quick),
        drainers.Drainers(2, sink.port, wound=quick) as running,
    ):
        trouble = Trouble(broker, postgres, restarts)
        for number in range(1, kills + 1):
            share = count * number // (kills + 1)
            assert drainers.until(lambda share=share: len(sink.received) >= share, seconds=120)
            running.kill_one()
            running.start()
            trouble.at(number / kills)
        trouble.over()
        assert drainers.until(drainers.all_is_done, seconds=180)
    found, took = judged(sink, wanted), round(time.monotonic() - began)
    what = "10,000 readers, 50 kills, 5 restarts, 3 FLUSHALL, broker away, 5 % 451"
    figures.add("G1", what, seconds=took, **found)
    assert (found["lost"], found["wrong"], found["differing"]) == (0, 0, 0)
    assert found["repeated"] <= kills + restarts * 3
    assert found["most_copies"] <= 3
    assert took <= 180


class Trouble:
    """What befalls the servers as the telling goes on."""

    def __init__(self, broker, postgres, restarts):
        self.broker, self.postgres = broker, postgres
        self.restarts = [(number + 1) / (restarts + 1) for number in range(restarts)]
        self.flushes, self.away_since, self.was_away = [0.1, 0.5, 0.9], None, False

    def at(self, share):
        """Do what is due at this share of the way."""
        if self.restarts and share >= self.restarts[0]:
            self.restarts.pop(0)
            restart_at_once(self.postgres)
        if self.flushes and share >= self.flushes[0] and self.away_since is None:
            self.flushes.pop(0)
            self.broker.empty()
        if share >= 0.2 and self.away_since is None and not self.was_away:
            self.broker.server.stop()
            self.away_since = time.monotonic()
        if self.away_since and time.monotonic() - self.away_since > 60:
            self.over()

    def over(self):
        """The broker comes back, a minute after it went."""
        if self.away_since is not None:
            time.sleep(max(0, 60 - (time.monotonic() - self.away_since)))
            self.broker.server.start()
            self.away_since, self.was_away = None, True


def slow_server(wound=""):
    """600 messages to a server that takes a quarter of a second for each, with leases of two seconds."""
    wanted = drainers.tell(600)
    with Sink(delay=0.25) as sink, drainers.Drainers(4, sink.port, lease=2.0, wound=wound):
        assert drainers.until(drainers.all_is_done, seconds=180)
    return judged(sink, wanted)


def test_g2_a_server_slower_than_a_batchs_lease_gets_nothing_twice():
    found = slow_server()
    figures.add("G2", "600 messages, 0.25 s each, lease 2 s, 4 drainers", **found)
    assert found == {"lost": 0, "wrong": 0, "repeated": 0, "differing": 0, "most_copies": 1}
    assert Delivery.objects.filter(state="sent").count() == 600


def test_g2_control_without_renewing_messages_go_twice():
    found = slow_server(wound="no renewal before each message")
    figures.add("G2", "control: no renewal", **found)
    assert found["repeated"] > 0
