"""notify() writes one row in the caller's transaction, and a bell rings for the drainer once it is committed."""

import logging
import time

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from kombu.exceptions import OperationalError

from portal import clock
from portal.models import Notice

SILENCE = 10  # seconds in which a broker that did not answer is not asked again
logger = logging.getLogger(__name__)


def notify(kind, thing, language="", *, by):
    """Write ONE notice in the caller's transaction, and ring for the drainer once it is committed.

    With a language, only those who read it are told. The same thing in the same version is told once.
    """
    notice, made = Notice.objects.get_or_create(
        kind=kind.name,
        content_type=ContentType.objects.get_for_model(thing),
        object_id=thing.pk,
        version=getattr(thing, "version", 1),
        language=language,
        defaults={"created_at": clock.now(), "created_by": by, "priority": kind.priority},
    )
    if made:
        transaction.on_commit(ring, robust=True)
    return notice


_silent_until = 0.0


def ring():
    """Ask a worker to look for what is due; without a broker the sweep finds it a little later."""
    from portal.tasks import drain  # noqa: PLC0415 - tasks import operations

    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        with drain.app.connection_for_write() as connection:
            connection.transport_options = {
                "socket_timeout": 1,
                "socket_connect_timeout": 1,
                "max_retries": 0,
            }
            drain.apply_async(connection=connection, retry=False)
    except OperationalError:
        _silent_until = time.monotonic() + SILENCE
        logger.warning("the broker does not answer; the sweep will find what is due")
