"""The bell for the drainer: a hand of the process rings it beside what people do, once for all that happens in a moment.

It says nothing that could be lost: the sweep finds what is due without it.
"""

import logging
import os
import time
from concurrent.futures import ThreadPoolExecutor

from kombu.exceptions import OperationalError
from redis.exceptions import TimeoutError as NoAnswer

MOMENT = 0.1  # seconds between two bells of a process
SILENCE = 10  # seconds in which a broker that did not answer is not asked again
PATIENCE = {"socket_timeout": 1, "socket_connect_timeout": 1, "max_retries": 0}
logger = logging.getLogger(__name__)


def ring():
    """Have a worker asked to look for what is due; without a broker the sweep finds it a little later."""
    from portal.tasks import drain  # noqa: PLC0415 - tasks import operations

    if drain.app.conf.task_always_eager:
        drain.delay()
    else:
        _bell.ask(drain)


class Bell:
    """One thread, which a process that ends waits for, and its line to the broker."""

    def __init__(self):
        self.hand, self.is_asked = ThreadPoolExecutor(1, "bell"), False
        self.next_at = self.silent_until = 0.0
        self.producer = self.url = None

    def ask(self, task):
        """Ring soon; who asks before it has rung is heard with the others."""
        if not self.is_asked:
            self.is_asked = True
            self.hand.submit(self.ring, task)

    def ring(self, task):
        time.sleep(max(0.0, self.next_at - time.monotonic()))
        self.is_asked = False  # from here on another bell is needed
        self.next_at = time.monotonic() + MOMENT
        if time.monotonic() < self.silent_until:
            return
        try:
            self.over_a_line(task)
        except OperationalError:
            self.silent_until = time.monotonic() + SILENCE
            logger.warning("the broker does not answer; the sweep will find what is due")
        except Exception:
            # Nobody waits for this hand who could hear of it.
            logger.exception("the bell could not be rung")

    def over_a_line(self, task):
        """Ring over the line that is kept; one that broke since, as when the broker began anew, is replaced once."""
        was_kept = self.producer is not None
        try:
            self.send(task)
        except OperationalError as trouble:
            self.hang_up()
            # Who is there and says nothing would say nothing to another line either.
            if not was_kept or isinstance(trouble.__cause__, NoAnswer):
                raise
            self.send(task)

    def send(self, task):
        url = task.app.conf.broker_write_url
        if self.url != url:
            self.hang_up()
        if self.producer is None:
            connection = task.app.connection_for_write()
            connection.transport_options = PATIENCE
            self.producer, self.url = task.app.amqp.Producer(connection, auto_declare=False), url
        task.apply_async(producer=self.producer, retry=False)

    def hang_up(self):
        """Close the line, if there is one."""
        if self.producer is not None:
            self.producer.connection.release()
            self.producer = None


def begin_anew():
    """Take another hand: a process that was forked has no thread yet, and lets the line of its parent be."""
    global _bell
    _bell = Bell()


begin_anew()
os.register_at_fork(after_in_child=begin_anew)
