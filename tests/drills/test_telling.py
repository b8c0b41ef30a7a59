"""Telling under crashes, slow servers and lost brokers, at the sizes of safety.md; each drill beside its control."""

import time

import pytest

from portal.models import Delivery
from tests import drainers
from tests.sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nobody_hears_the_bell():
    with drainers.bells_unheard():
        yield


def figures(goal, **values):
    """What the closing notes quote."""
    print(f"\n{goal}: " + ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in values.items()))


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
    with Sink(delay=0.005) as sink, drainers.drainers(2, sink.port) as running:
        drainers.kill_on_the_way(running, sink, count=count, kills=kills)
        assert drainers.until(drainers.all_is_done, seconds=120)
    found = judged(sink, wanted)
    figures("G1 (2,000 readers, 10 kills)", seconds=round(time.monotonic() - began), kills=kills, **found)
    assert (found["lost"], found["wrong"], found["differing"]) == (0, 0, 0)
    assert found["repeated"] <= kills
    assert found["most_copies"] <= 3


def test_g1_control_without_taking_over_expired_leases_messages_are_lost():
    count, wound = 2_000, "no takeover of expired leases"
    wanted = drainers.tell(count)
    with Sink(delay=0.005) as sink, drainers.drainers(2, sink.port, wound=wound) as running:
        drainers.kill_on_the_way(running, sink, count=count, kills=10, wound=wound)
        assert not drainers.until(drainers.all_is_done, seconds=60)
    found = judged(sink, wanted)
    figures("G1 control (expired leases stay)", **found)
    assert found["lost"] > 0


def slow_server(wound=""):
    """600 messages to a server that takes a quarter of a second for each, with leases of two seconds."""
    wanted = drainers.tell(600)
    with Sink(delay=0.25) as sink, drainers.drainers(4, sink.port, lease=2.0, wound=wound):
        assert drainers.until(drainers.all_is_done, seconds=180)
    return judged(sink, wanted)


def test_g2_a_server_slower_than_a_batchs_lease_gets_nothing_twice():
    found = slow_server()
    figures("G2 (600 messages, 0.25 s each, lease 2 s, 4 drainers)", **found)
    assert found == {"lost": 0, "wrong": 0, "repeated": 0, "differing": 0, "most_copies": 1}
    assert Delivery.objects.filter(state="sent").count() == 600


def test_g2_control_without_renewing_messages_go_twice():
    found = slow_server(wound="no renewal before each message")
    figures("G2 control (no renewal)", **found)
    assert found["repeated"] > 0
