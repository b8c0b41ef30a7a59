"""The line to the broker: by a socket, tried again soon, and never a reason for a worker to go deaf."""

import pytest
from kombu import Connection
from kombu.exceptions import OperationalError
from kombu.transport.virtual import Message

from portal import broker
from portal.broker import Line, Transport
from portal.celery import app
from tests.drills.restarts import Valkey


def test_a_socket_is_named_as_for_everything_else():
    with app.connection_for_write("unix:///run/valkey.sock?virtual_host=1") as line:
        assert (line.transport_cls, line.hostname) == ("redis", "socket:///run/valkey.sock?virtual_host=1")
        assert isinstance(line.transport, Transport)
    with app.connection_for_write("redis://valkey.example/1") as line:
        assert (line.hostname, line.virtual_host) == ("valkey.example", "1")


@pytest.mark.parametrize(("kind_of_line", "hears_on"), [(Line, True), (Connection, False)])
def test_a_worker_hears_on_although_the_broker_was_not_told_that_a_bell_is_answered(
    tmp_path, kind_of_line, hears_on
):
    """The control: over kombu's own line its place stays taken, and it hears no other bell."""
    with Valkey(tmp_path) as valkey, kind_of_line(valkey.url.replace("unix", "redis+socket")) as line:
        held = line.default_channel.qos
        held.prefetch_count = 1
        where = {"exchange": "celery", "routing_key": "celery"}
        bell = {"body": "", "properties": {"delivery_tag": "bell", "delivery_info": where}}
        held.append(Message(bell), "bell")
        assert not held.can_consume()
        valkey.server.stop()
        with pytest.raises(line.connection_errors):
            held.ack("bell")
        assert held.can_consume() == hears_on


def test_a_broker_that_was_away_is_asked_again_soon_however_long_it_was_away(tmp_path, monkeypatch):
    monkeypatch.setattr(broker, "LONGEST_PAUSE", 0.02)
    pauses = []
    with Line(f"unix://{tmp_path}/nobody.sock") as line, pytest.raises(OperationalError):
        line.ensure_connection(
            lambda _trouble, pause: pauses.append(pause), 5, interval_start=0.01, interval_step=0.01
        )
    assert pauses == [0.01, 0.02, 0.02, 0.02, 0.02]
