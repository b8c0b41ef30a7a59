"""What workers owe: rows that say from when on, and after how many attempts, each made by one worker at a time."""

from datetime import timedelta

from django.db import transaction

from portal import clock

PAUSE = timedelta(minutes=2)  # times the number of attempts: how long after one the next is made


@transaction.atomic
def claim(rows):
    """Take the first of these rows that nobody else makes; it is owed again later if this worker dies."""
    row = rows.select_for_update(skip_locked=True, of=["self"]).order_by("not_before", "pk").first()
    if row is not None:
        row.attempts += 1
        row.not_before = clock.now() + row.attempts * PAUSE
        row.save(update_fields=["attempts", "not_before"])
    return row
