"""The one clock that decides: the database's."""

from django.db import connection


def now():
    """Return the database's wall clock as an aware UTC datetime, not the start of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]
