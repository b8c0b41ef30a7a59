"""The bell for the drainer: it goes over a line that each thread keeps, and says nothing that could be lost."""

import logging
import os
import threading
import time

from kombu.exceptions import OperationalError
from redis.exceptions import TimeoutError as NoAnswer

SILENCE = 10  # seconds in which a broker that did not answer is not asked again
PATIENCE = {"socket_timeout": 1, "socket_connect_timeout": 1, "max_retries": 0}
logger = logging.getLogger(__name__)
_silent_until = 0.0
_kept = threading.local()


def ring():
    """Ask a worker to look for what is due; without a broker the sweep finds it a little later."""
    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        _over_a_line()
    except OperationalError:
        _silent_until = time.monotonic() + SILENCE
        logger.warning("the broker does not answer; the sweep will find what is due")


def hang_up():
    """Close this thread's line, if it has one; a line of the process that this one was forked from is let be."""
    producer = _kept.__dict__.pop("producer", None)
    if producer is not None and _kept.process == os.getpid():
        producer.connection.release()


def _over_a_line():
    """Ring over the line that is kept; one that broke since, as when the broker began anew, is replaced once."""
    was_kept = getattr(_kept, "producer", None) is not None and _kept.process == os.getpid()
    try:
        _send()
    except OperationalError as trouble:
        hang_up()
        # Who is there and says nothing would say nothing to another line either, and nobody shall wait for it twice.
        if not was_kept or isinstance(trouble.__cause__, NoAnswer):
            raise
        try:
            _send()
        except OperationalError:
            hang_up()
            raise


def _send():
    from portal.tasks import drain  # noqa: PLC0415 - tasks import operations

    drain.apply_async(producer=_producer(drain.app), retry=False)


def _producer(app):
    """This thread's line, made when it is first needed, for a broker that is another now, and in a forked process."""
    line = getattr(_kept, "producer", None)
    if line is None or (_kept.process, _kept.url) != (os.getpid(), app.conf.broker_write_url):
        hang_up()
        connection = app.connection_for_write()
        connection.transport_options = PATIENCE
        _kept.producer = app.amqp.Producer(connection, auto_declare=False)
        _kept.process, _kept.url = os.getpid(), app.conf.broker_write_url
    return _kept.producer
