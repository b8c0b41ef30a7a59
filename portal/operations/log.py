"""Writing the log: who did what to what, in the transaction that did it."""

from django.contrib.contenttypes.models import ContentType

from portal import clock
from portal.models import Actor, LogEntry

WRITE = """
INSERT INTO portal_logentry (act, actor_key, content_type_id, object_id, at)
VALUES (%s, %s, %s, %s, clock_timestamp()) RETURNING *
"""


def record(act, thing, *, by):
    """Add one row: a verb phrase, the thing, the actor (None: the portal itself), the moment."""
    content_type = ContentType.objects.get_for_model(thing)
    (entry,) = LogEntry.objects.raw(WRITE, [act, _key_of(by), content_type.pk, thing.pk])
    return entry


def record_all(act, things, *, by):
    """Add one row for each of these things of one model, in one statement: a file brings hundreds."""
    if not things:
        return
    actor_key = _key_of(by)
    content_type, now = ContentType.objects.get_for_model(things[0]), clock.now()
    LogEntry.objects.bulk_create(
        LogEntry(
            act=act,
            actor_key=actor_key,
            content_type=content_type,
            object_id=thing.pk,
            at=now,
        )
        for thing in things
    )


def _key_of(by):
    return Actor.objects.get_or_create(user=by)[0].key if by is not None else None
