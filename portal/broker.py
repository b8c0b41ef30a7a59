"""The line to the broker, over kombu's: which addresses it takes, how soon it is tried again, what it forgets.

A worker that could not tell the broker that a bell is answered would keep its place taken and hear no other; the bell
may ring again instead, which does no harm. (Tried by stopping Valkey in its tracks for 30 seconds: tests/drills.)
"""

from celery.app.amqp import AMQP
from kombu import Connection
from kombu.transport import redis

LONGEST_PAUSE = 5  # seconds until a broker that was away is asked again; kombu would take up to thirty


class Held(redis.QoS):
    """The messages that a worker has in hand."""

    def ack(self, delivery_tag):
        super(redis.QoS, self).ack(delivery_tag)
        super().ack(delivery_tag)


class Channel(redis.Channel):
    QoS = Held


class Transport(redis.Transport):
    Channel = Channel


class Line(Connection):
    """A line to the broker, also by a socket of this machine, in the words that redis has for it."""

    def __init__(self, hostname=None, *args, **kwargs):
        super().__init__(hostname and hostname.replace("unix://", "redis+socket://", 1), *args, **kwargs)

    def get_transport_cls(self):
        found = super().get_transport_cls()
        return Transport if found is redis.Transport else found

    def ensure_connection(self, *args, **kwargs):
        return super().ensure_connection(*args, **{"interval_max": LONGEST_PAUSE} | kwargs)


class Lines(AMQP):
    Connection = Line
