"""Writing the log: who did what to what, in the transaction that did it."""

from django.contrib.contenttypes.models import ContentType

from portal import clock
from portal.models import Actor, LogEntry


def record(act, thing, *, by):
    """Add one row: a verb phrase, the thing, the actor (None: the portal itself), the moment."""
    actor = Actor.objects.get_or_create(user=by)[0] if by is not None else None
    return LogEntry.objects.create(
        act=act,
        actor_key=actor.key if actor else None,
        content_type=ContentType.objects.get_for_model(thing),
        object_id=thing.pk,
        at=clock.now(),
    )


def record_all(act, things, *, by):
    """Add one row for each of these things of one model, in one statement: a file brings hundreds."""
    if not things:
        return
    actor = Actor.objects.get_or_create(user=by)[0] if by is not None else None
    content_type, now = ContentType.objects.get_for_model(things[0]), clock.now()
    LogEntry.objects.bulk_create(
        LogEntry(
            act=act,
            actor_key=actor.key if actor else None,
            content_type=content_type,
            object_id=thing.pk,
            at=now,
        )
        for thing in things
    )
