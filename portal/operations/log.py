"""Writing the log: who did what to what, in the transaction that did it."""

from django.contrib.contenttypes.models import ContentType

from portal import clock, instances
from portal.models import Actor, LogEntry

# Who acts for the first time is given an actor by the way, or has the one that another act of the same moment gives.
WRITE = """
WITH known AS (SELECT key FROM portal_actor WHERE user_id = %(user)s::bigint),
made AS (
    INSERT INTO portal_actor (key, user_id)
    SELECT gen_random_uuid(), %(user)s::bigint WHERE %(user)s::bigint IS NOT NULL AND NOT EXISTS (SELECT FROM known)
    ON CONFLICT (user_id) DO UPDATE SET user_id = excluded.user_id RETURNING key
)
INSERT INTO portal_logentry (act, actor_key, content_type_id, object_id, at)
SELECT %(act)s, key, %(content_type)s, %(object_id)s, clock_timestamp()
FROM (TABLE known UNION ALL TABLE made UNION ALL SELECT NULL WHERE %(user)s::bigint IS NULL) AS actor RETURNING *
"""


def record(act, thing, *, by):
    """Add one row: a verb phrase, the thing, the actor (None: the portal itself), the moment."""
    (written,) = instances.of(LogEntry, *entry(act, thing, by=by))
    return written


def entry(act, thing, *, by):
    """What adds that row, as (statement, values)."""
    content_type = ContentType.objects.get_for_model(thing)
    values = {"act": act, "user": by and by.pk, "content_type": content_type.pk, "object_id": thing.pk}
    return instances.spelled_out(LogEntry, WRITE), values


def has(acts, thing, *, by):
    """Whether somebody did one of these acts to a thing."""
    kind = ContentType.objects.get_for_model(thing)
    done = LogEntry.objects.filter(content_type=kind, object_id=thing.pk, act__in=acts)
    return done.filter(actor_key__in=Actor.objects.filter(user=by).values("key")).exists()


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
