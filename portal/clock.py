"""The one clock that decides: the database's."""

from datetime import timedelta

from django.db import connection

EARLIEST_ZONE = timedelta(hours=14)  # ahead of UTC: nobody has a later day


def now():
    """Return the database's wall clock as an aware UTC datetime, not the start of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def latest_day():
    """Return the latest day that has begun anywhere on Earth: nobody's today counts as a day still to come."""
    return (now() + EARLIEST_ZONE).date()
