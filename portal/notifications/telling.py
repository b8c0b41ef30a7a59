"""notify() writes one row in the caller's transaction, and a bell rings for the drainer once it is committed."""

import uuid

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from portal import instances
from portal.models import Notice
from portal.notifications.bell import ring

# One statement, since many acts that tell hold a lock meanwhile.
WRITE = """
INSERT INTO portal_notice
    (key, kind, content_type_id, object_id, version, language, priority, created_by_id, cursor, created_at)
VALUES
    (%(key)s, %(kind)s, %(content_type)s, %(object_id)s, %(version)s, %(language)s, %(priority)s, %(by)s, 0,
     clock_timestamp())
ON CONFLICT (kind, content_type_id, object_id, version, language) DO NOTHING RETURNING *
"""
ONCE = ("kind", "content_type", "object_id", "version", "language")


def notify(kind, thing, language="", *, by):
    """Write ONE notice in the caller's transaction, and ring for the drainer once it is committed.

    With a language, only those who read it are told. The same thing in the same version is told once.
    """
    sql, values = notice(kind, thing, language, by=by)
    if made := instances.of(Notice, sql, values):
        return made[0]
    return Notice.objects.get(**{name: values[name] for name in ONCE})


def notice(kind, thing, language="", *, by):
    """What writes that notice, as (statement, values); the bell rings once the transaction is committed."""
    transaction.on_commit(ring, robust=True)
    values = {
        "key": uuid.uuid4(),
        "kind": kind.name,
        "content_type": ContentType.objects.get_for_model(thing).pk,
        "object_id": thing.pk,
        "version": _version_of(thing),
        "language": language,
        "priority": kind.priority,
        "by": by and by.pk,
    }
    return instances.spelled_out(Notice, WRITE), values


def _version_of(thing):
    """How often it has moved; what only belongs to a version of something else is told once."""
    version = getattr(thing, "version", 1)
    return version if isinstance(version, int) else 1
