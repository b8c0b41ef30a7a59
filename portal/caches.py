"""The cache that counts attempts, kept in PostgreSQL: without Valkey a limit must not turn into "open".

allauth counts attempts to sign in, and remembers codes already used, in Django's default cache, and asks of it
that `add` succeeds for one caller only. One statement of the database keeps that promise under any parallelism,
and neither a flush nor a lost Valkey makes it forget (safety.md, D16).
"""

import json

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

TABLE = "portal_cacheentry"
ALIVE = "(ends_at IS NULL OR ends_at > clock_timestamp())"
PUT = f"""
INSERT INTO {TABLE} (key, value, ends_at)
VALUES (%s, %s, clock_timestamp() + %s * interval '1 second')
ON CONFLICT (key) DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at
"""  # noqa: S608 - the table's name is a constant


class LedgerCache(BaseCache):
    """Small JSON values by key, each until its end; a missing end means for ever."""

    def __init__(self, _location, params):
        super().__init__(params)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Keep the value unless a living one stands there; say whether it was kept."""
        return self._put(key, value, timeout, version, f" WHERE {TABLE}.ends_at <= clock_timestamp()")

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        self._put(key, value, timeout, version)

    def _put(self, key, value, timeout, version, condition=""):
        key = self.make_and_validate_key(key, version=version)
        seconds = self.default_timeout if timeout == DEFAULT_TIMEOUT else timeout
        return self._run(PUT + condition, [key, json.dumps(value), seconds]) == 1

    def get(self, key, default=None, version=None):
        key = self.make_and_validate_key(key, version=version)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT value FROM {TABLE} WHERE key = %s AND {ALIVE}", [key])  # noqa: S608
            row = cursor.fetchone()
        return default if row is None else json.loads(row[0])

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        key = self.make_and_validate_key(key, version=version)
        seconds = self.default_timeout if timeout == DEFAULT_TIMEOUT else timeout
        later = "ends_at = clock_timestamp() + %s * interval '1 second'"
        return self._run(f"UPDATE {TABLE} SET {later} WHERE key = %s AND {ALIVE}", [seconds, key]) == 1  # noqa: S608

    def delete(self, key, version=None):
        key = self.make_and_validate_key(key, version=version)
        return self._run(f"DELETE FROM {TABLE} WHERE key = %s", [key]) == 1  # noqa: S608

    def clear(self):
        self._run(f"DELETE FROM {TABLE}", [])  # noqa: S608

    def _run(self, sql, parameters):
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.rowcount


class PlainSerializer:
    """What stands in Valkey: bytes as they are, and counts. Django's own would run what somebody put there (pickle)."""

    def dumps(self, value):
        if type(value) not in (bytes, int):
            raise TypeError("only bytes and counts are kept in Valkey")
        return value

    def loads(self, value):
        return value
