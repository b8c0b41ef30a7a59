"""What was to be told together goes out on each reader's own morning; where there is nothing, nothing goes."""

import uuid

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Min
from django.db.models.functions import Now

from portal import clock
from portal.mail.letters import own_domain
from portal.models import Delivery, Digest, Notice, Recipient, not_held
from portal.notifications import DigestGathered, ring
from portal.operations import quiet

CHUNK = 200
ASSIGN = """
UPDATE portal_delivery AS part SET digest_id = digest.id FROM portal_digest AS digest
WHERE digest.id = ANY(%(digests)s) AND part.id = ANY(%(parts)s)
  AND part.recipient_id = digest.recipient_id AND part.channel = digest.channel
"""
# What was gathered shares the fate of the message that told it.
SETTLE = """
UPDATE portal_delivery AS part
SET state = message.state, last_code = message.last_code, finished_at = message.finished_at, lang = message.lang
FROM portal_notice AS notice JOIN portal_delivery AS message ON message.notice_id = notice.id
WHERE part.state = 'queued' AND part.digest_id IS NOT NULL AND notice.kind = %(kind)s
  AND notice.object_id = part.digest_id AND message.finished_at IS NOT NULL
"""


def gather():
    """Make the summaries whose morning has come, a day late rather than never; say how many."""
    due, made = _due(clock.now()), 0
    for begin in range(0, len(due), CHUNK):
        made += _gather(due[begin : begin + CHUNK])
    if made:
        ring()
    return made


def settle():
    """Let what was gathered share the fate of its summary."""
    with connection.cursor() as cursor:
        cursor.execute(SETTLE, {"kind": DigestGathered.name})


@transaction.atomic
def take_out(notice):
    """Take what a notice tells out of the summaries that have not left and that nobody has in hand; it waits anew."""
    settle()
    parts = Delivery.objects.filter(notice=notice, state=Delivery.State.QUEUED, digest__isnull=False)
    messages = Delivery.objects.filter(
        state=Delivery.State.QUEUED,
        notice__kind=DigestGathered.name,
        notice__content_type=ContentType.objects.get_for_model(Digest),
        notice__object_id__in=parts.values("digest"),
    )
    # A claim passes over what is locked here, and what it has locked is in hand.
    free = messages.select_for_update(skip_locked=True, of=["self"]).values_list(
        "notice__object_id", flat=True
    )
    parts.filter(digest__in=list(free)).update(digest=None)


def leave_out_stopped(digest):
    """Take out of a summary that the caller has in hand what was stopped or ended since; what is stopped waits anew."""
    parts = Delivery.objects.filter(digest=digest)
    ended = parts.filter(state=Delivery.State.CANCELLED)
    # Where the summary is tried anew after it could not be handed over, its parts had ended with it.
    stopped = parts.filter(notice__held_until__gt=Now()).exclude(state=Delivery.State.CANCELLED)
    stopped.update(digest=None, state=Delivery.State.QUEUED, finished_at=None, last_code="")
    ended.update(digest=None)


def _due(now):
    """(recipient, channel) of those who have something from before their last morning."""
    waiting = _ungathered().values("recipient", "channel").annotate(first=Min("created_at")).order_by()
    waiting = list(waiting.values_list("recipient", "channel", "first"))
    people = Recipient.objects.select_related("user").in_bulk({recipient for recipient, *_rest in waiting})
    return [
        (recipient, channel)
        for recipient, channel, first in waiting
        if first < _morning(now, people[recipient], channel)
    ]


def _morning(now, recipient, channel):
    weekly = channel == Delivery.Channel.WEEKLY
    return quiet.last_morning(now, quiet.zone(recipient), recipient.quiet_days, weekly=weekly)


def _ungathered():
    rows = Delivery.objects.exclude(channel=Delivery.Channel.MAIL)
    return rows.filter(not_held("notice__"), finished_at=None, digest=None)


@transaction.atomic
def _gather(due):
    """One summary for each of these, of all that waits for it and that no other worker has in hand."""
    rows = _ungathered().filter(recipient__in={recipient for recipient, _channel in due})
    locked = rows.select_for_update(skip_locked=True, of=["self"]).order_by("pk")
    parts = [part for part in locked.values_list("pk", "recipient", "channel") if part[1:] in set(due)]
    now = clock.now()
    wanted = dict.fromkeys(part[1:] for part in parts)
    digests = Digest.objects.bulk_create(
        Digest(recipient_id=recipient, channel=channel, created_at=now) for recipient, channel in wanted
    )
    with connection.cursor() as cursor:
        cursor.execute(ASSIGN, {"digests": [one.pk for one in digests], "parts": [part[0] for part in parts]})
    _owe(digests, now)
    return len(digests)


def _owe(digests, now):
    """A notice of its own for each summary, expanded already: its one reader is known."""
    kind = ContentType.objects.get_for_model(Digest)
    notices = Notice.objects.bulk_create(
        Notice(
            kind=DigestGathered.name,
            content_type=kind,
            object_id=digest.pk,
            priority=DigestGathered.priority,
            created_at=now,
            expanded_at=now,
        )
        for digest in digests
    )
    keys = [uuid.uuid4() for _digest in digests]
    Delivery.objects.bulk_create(
        Delivery(
            key=key,
            notice=notice,
            recipient_id=digest.recipient_id,
            message_id=f"<{key}@{own_domain()}>",
            priority=DigestGathered.priority,
            not_before=now,
            created_at=now,
        )
        for key, notice, digest in zip(keys, notices, digests, strict=True)
    )
