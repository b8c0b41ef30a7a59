"""The bell goes over one line for each thread of a process, and outlives whatever becomes of the broker."""

import os
import threading

import pytest
import redis

from portal.celery import app
from portal.notifications import bell
from tests import drainers
from tests.drills.restarts import Valkey


@pytest.fixture
def valkey(tmp_path, monkeypatch):
    """A broker of this test's own, whose bells nobody answers."""
    monkeypatch.setattr(bell, "_silent_until", 0.0)
    before = app.conf.broker_url
    with Valkey(tmp_path) as valkey, drainers.bells_unheard():
        app.conf.broker_url = valkey.url
        yield valkey
        bell.hang_up()
    app.conf.broker_url = before


def rung(valkey):
    """How many bells stand in the broker."""
    with redis.Redis.from_url(valkey.url) as line:
        return line.llen("celery")


def lines(valkey):
    """How many lines the broker was ever asked for, this one included."""
    with redis.Redis.from_url(valkey.url) as line:
        return line.info("stats")["total_connections_received"]


def test_ten_bells_cost_the_lines_of_one(valkey):
    bell.ring()
    one = lines(valkey)
    for _ in range(9):
        bell.ring()
    assert lines(valkey) == one + 1  # the look itself
    assert rung(valkey) == 10


def test_a_broker_that_began_anew_hears_the_next_bell(valkey, caplog):
    bell.ring()
    valkey.server.stop()
    valkey.server.start()
    before = rung(valkey)
    bell.ring()
    assert (rung(valkey) - before, caplog.text) == (1, "")


def test_a_broker_that_stays_away_is_left_alone_and_heard_again(valkey, monkeypatch):
    bell.ring()
    valkey.server.stop()
    bell.ring()
    assert bell._silent_until > 0
    valkey.server.start()
    before = rung(valkey)
    bell.ring()
    assert rung(valkey) == before
    monkeypatch.setattr(bell, "_silent_until", 0.0)
    bell.ring()
    assert rung(valkey) == before + 1


def test_a_process_that_was_forked_rings_over_a_line_of_its_own(valkey):
    bell.ring()
    child = os.fork()
    if child == 0:
        bell.ring()
        os._exit(0)
    os.waitpid(child, 0)
    before = lines(valkey)
    bell.ring()
    # The parent's line still serves, and the answers on it are its own.
    assert (rung(valkey), lines(valkey)) == (3, before + 2)


def test_each_thread_rings_over_its_own_line(valkey):
    threads = [threading.Thread(target=bell.ring) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rung(valkey) == 4


def test_another_broker_that_is_named_meanwhile_hears_the_bell(valkey, tmp_path_factory):
    bell.ring()
    with Valkey(tmp_path_factory.mktemp("other")) as other:
        app.conf.broker_url = other.url
        bell.ring()
        assert (rung(valkey), rung(other)) == (1, 1)
