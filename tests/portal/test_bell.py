"""The bell rings once for what happens in a moment, over one line, and outlives whatever becomes of the broker."""

import os
import subprocess
import sys

import pytest
import redis

from portal.celery import app
from portal.notifications import bell
from tests import drainers
from tests.drills.restarts import Valkey

RINGING = """
import django
django.setup()
from portal.notifications import ring
ring()
ring()
"""


@pytest.fixture
def valkey(tmp_path):
    """A broker of this test's own, whose bells nobody answers."""
    before = app.conf.broker_url
    bell.begin_anew()
    with Valkey(tmp_path) as valkey, drainers.bells_unheard():
        app.conf.broker_url = valkey.url
        yield valkey
        bell._bell.hang_up()
    app.conf.broker_url = before


def ring(times=1):
    """Ring so often, each time waiting until it is done."""
    for _ in range(times):
        bell.ring()
        settle()


def settle():
    bell._bell.hand.submit(int).result(10)


def rung(valkey):
    """How many bells stand in the broker."""
    with redis.Redis.from_url(valkey.url) as line:
        return line.llen("celery")


def lines(valkey):
    """How many lines the broker was ever asked for, this one included."""
    with redis.Redis.from_url(valkey.url) as line:
        return line.info("stats")["total_connections_received"]


def test_ten_bells_cost_the_lines_of_one(valkey):
    ring()
    one = lines(valkey)
    ring(9)
    assert lines(valkey) == one + 1  # the look itself
    assert rung(valkey) == 10


def test_many_acts_of_a_moment_are_one_bell(valkey):
    ring()
    for _ in range(100):
        bell.ring()
    settle()
    assert rung(valkey) == 2


def test_an_act_that_ends_while_the_bell_rings_is_heard_too(valkey, monkeypatch):
    send, acts = bell.Bell.send, [bell.ring]

    def sent(self, task):
        while acts:
            acts.pop()()
        send(self, task)

    monkeypatch.setattr(bell.Bell, "send", sent)
    ring()
    settle()
    assert rung(valkey) == 2


def test_a_bell_that_fails_for_another_reason_is_told_in_the_log_and_the_next_one_rings(
    valkey, monkeypatch, caplog
):
    with monkeypatch.context() as patch:
        patch.setattr(bell.Bell, "send", lambda *_: 1 / 0)
        ring()
    assert "division by zero" in caplog.text
    ring()
    assert rung(valkey) == 1


def test_a_process_rings_before_it_ends(valkey):
    surroundings = drainers.environment(9) | {"BROKER_URL": valkey.url}
    subprocess.run([sys.executable, "-c", RINGING], env=surroundings, cwd=drainers.ROOT, check=True)
    assert rung(valkey) in {1, 2}  # the second may have come while the first rang


def test_a_broker_that_began_anew_hears_the_next_bell(valkey, caplog):
    ring()
    valkey.server.stop()
    valkey.server.start()
    before = rung(valkey)
    ring()
    assert (rung(valkey) - before, caplog.text) == (1, "")


def test_a_broker_that_stays_away_is_left_alone_and_heard_again(valkey):
    ring()
    valkey.server.stop()
    ring()
    assert bell._bell.silent_until > 0
    valkey.server.start()
    before = rung(valkey)
    ring()
    assert rung(valkey) == before
    bell._bell.silent_until = 0.0
    ring()
    assert rung(valkey) == before + 1


def test_a_process_that_was_forked_rings_over_a_line_of_its_own(valkey):
    ring()
    child = os.fork()
    if child == 0:
        ring()
        os._exit(0)
    os.waitpid(child, 0)
    before = lines(valkey)
    ring()
    # The parent's line still serves, and the answers on it are its own.
    assert (rung(valkey), lines(valkey)) == (3, before + 2)


def test_another_broker_that_is_named_meanwhile_hears_the_bell(valkey, tmp_path_factory):
    ring()
    with Valkey(tmp_path_factory.mktemp("other")) as other:
        app.conf.broker_url = other.url
        ring()
        assert (rung(valkey), rung(other)) == (1, 1)
