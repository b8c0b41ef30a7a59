"""What workers owe: rows that say from when on, and after how many attempts, each made by one worker at a time."""

import logging
from datetime import timedelta
from time import monotonic

from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection, transaction
from django.db.models import F

from portal import clock

logger = logging.getLogger(__name__)

PAUSE = timedelta(minutes=2)  # times the number of attempts: how long after one the next is made
TURN = 20  # seconds after which a turn begins nothing else: whoever makes things also sends messages


@transaction.atomic
def claim(rows):
    """Take the first of these rows that nobody else makes; it is owed again later if this worker dies."""
    row = rows.select_for_update(skip_locked=True, of=["self"]).order_by("not_before", "pk").first()
    if row is not None:
        row.attempts += 1
        row.not_before = clock.now() + row.attempts * PAUSE
        row.save(update_fields=["attempts", "not_before"])
    return row


def take_turn(rows, make, keep, *, most):
    """Make and keep what is due of these rows, one after the other; what fails is tried again later, some times."""
    ends = monotonic() + TURN
    for done in range(most):
        row = claim(rows.due(clock.now())) if monotonic() < ends else None
        if row is None:
            return done
        began = monotonic()
        try:
            keep(row, make(row))
        except SoftTimeLimitExceeded:
            # The time of the whole task is over, which is no fault of a row that had little of it.
            if not connection.in_atomic_block:
                connection.close()  # what was asked last may not have been answered
            if monotonic() - began < TURN:
                rows.model.objects.filter(pk=row.pk).update(attempts=F("attempts") - 1)
            raise
        except Exception:
            # Whatever a library stumbles over, the others are made.
            logger.exception("a %s could not be made", rows.model._meta.verbose_name)
    return most
