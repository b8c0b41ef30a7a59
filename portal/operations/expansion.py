"""A notice becomes one delivery for each address entitled to it: in chunks, from a saved cursor, killable anywhere."""

import logging

from allauth.account.models import EmailAddress
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.db.models.lookups import IsNull

from portal import clock
from portal.mail import letters
from portal.models import Choice, Delivery, Notice, Recipient
from portal.notifications import registry
from portal.operations import choices, limits, quiet

CHUNK = 500
BACKLOG = 20_000  # while more than this waits, what goes to everybody is not expanded further
BULK = 7  # from this priority on a notice waits for the backlog
CHANNELS = {Choice.How.DAILY: Delivery.Channel.DAILY, Choice.How.WEEKLY: Delivery.Channel.WEEKLY}
logger = logging.getLogger(__name__)

# Whoever has a delivery of the notice, by whatever way it was chosen then, gets no second one.
INSERT = """
WITH owed AS (
  SELECT gen_random_uuid() AS key, recipient, channel, reason, coalesce(not_before, clock_timestamp()) AS not_before
  FROM unnest(%(recipients)s::bigint[], %(channels)s::text[], %(reasons)s::text[], %(not_befores)s::timestamptz[])
    AS chunk (recipient, channel, reason, not_before)
  WHERE NOT EXISTS (SELECT 1 FROM portal_delivery WHERE notice_id = %(notice)s AND recipient_id = recipient)
), kept AS (
  INSERT INTO portal_inboxentry (key, notice_id, recipient_id, created_at)
  SELECT gen_random_uuid(), %(notice)s, owed.recipient, clock_timestamp()
  FROM owed JOIN portal_recipient AS r ON r.id = owed.recipient AND r.user_id IS NOT NULL
  WHERE %(is_kept)s ON CONFLICT DO NOTHING
)
INSERT INTO portal_delivery (key, notice_id, recipient_id, channel, message_id, lang, priority, state, attempts,
                             not_before, last_code, provider_id, created_at, finished_at)
SELECT key, %(notice)s, recipient, channel, '<' || key || '@' || %(domain)s || '>', '', %(priority)s,
       CASE WHEN reason = '' THEN 'queued' ELSE 'cancelled' END, 0, not_before, reason, '', clock_timestamp(),
       CASE WHEN reason = '' THEN NULL ELSE clock_timestamp() END
FROM owed ON CONFLICT (notice_id, recipient_id, channel) DO NOTHING
"""


def step(broken=frozenset()):
    """Expand one chunk of the most urgent notice that no other drainer has in hand; say whether there was one.

    Ids of notices whose kind fails are added to `broken`, so that one of them never holds up the others.
    """
    if not _waiting(broken).exists():
        return False
    with transaction.atomic():
        notice = _next(broken)
        if notice is None:
            return False
        try:
            with transaction.atomic():
                _expand(notice)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            logger.exception("notice %s of kind %s cannot be expanded", notice.pk, notice.kind)
            broken.add(notice.pk)
    return True


def _waiting(broken):
    return Notice.objects.filter(expanded_at__isnull=True).exclude(pk__in=broken)


def _next(broken):
    waiting = _waiting(broken)
    if _backlog_is_long():
        waiting = waiting.filter(priority__lt=BULK)
    locked = waiting.select_for_update(skip_locked=True, of=["self"], no_key=True)
    return locked.order_by("priority", "pk").first()


def _backlog_is_long():
    due = Delivery.objects.filter(state__in=[Delivery.State.QUEUED, Delivery.State.LEASED]).order_by()
    return due[: BACKLOG + 1].count() > BACKLOG


def _expand(notice):
    kind, thing = registry.get(notice.kind), notice.thing
    chunk = [] if kind is None or thing is None else _chunk(audience(kind, thing, notice), notice.cursor)
    if chunk:
        owed = _without_doubles(chunk, audience(kind, thing, notice))
        _insert(notice, kind, owed, choices.chosen(kind, thing, owed))
        notice.cursor = chunk[-1]
    if len(chunk) < CHUNK:
        notice.expanded_at = clock.now()
    notice.save(update_fields=["cursor", "expanded_at"])


def audience(kind, thing, notice):
    """The recipients who were entitled when the notice was written, in no order."""
    recipients = kind.recipients(thing)
    since = "entitled_at" if "entitled_at" in recipients.query.annotations else "created_at"
    recipients = recipients.filter(**{f"{since}__lte": notice.created_at})
    return recipients.filter(language=notice.language) if notice.language else recipients


def _chunk(recipients, cursor):
    rows = recipients.filter(pk__gt=cursor).order_by("pk").values_list("pk", flat=True)
    return list(dict.fromkeys(rows[:CHUNK]))


def _without_doubles(chunk, recipients):
    """Leave out whose address another recipient of this notice shares: a person goes before a mailbox."""
    folded = Recipient.objects.filter(pk__in=chunk, user__isnull=True).exclude(address="")
    mailboxes = dict(folded.values_list("pk", Lower("address")))
    if not mailboxes:
        return chunk
    sharing = recipients.annotate(folded=Lower("address")).filter(folded__in=set(mailboxes.values()))
    first = {}
    for address, is_mailbox, pk in sharing.values_list("folded", IsNull(F("user"), True), "pk"):
        first[address] = min(first.get(address, (True, pk)), (is_mailbox, pk))
    return [pk for pk in chunk if pk not in mailboxes or first[mailboxes[pk]] == (True, pk)]


def _insert(notice, kind, owed, chosen):
    """One delivery for each: at once, or by the summary that was chosen, or none and why not."""
    reasons = _silent(owed) | {pk: "left" for pk, how in chosen.items() if how == Choice.How.NEVER}
    awaited = quiet.mornings(owed) if kind.can_be_left else {}
    if kind.is_rationed:
        awaited |= _turns_of_strangers(owed)
    values = {
        "notice": notice.pk,
        "priority": notice.priority,
        "domain": letters.own_domain(),
        "is_kept": kind.is_kept,
        "recipients": owed,
        "channels": [CHANNELS.get(chosen.get(pk), Delivery.Channel.MAIL) for pk in owed],
        "reasons": [reasons.get(pk, "") for pk in owed],
        "not_befores": [awaited.get(pk) for pk in owed],
    }
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)


def _silent(owed):
    """Who is not written to at all: {recipient: reason}."""
    silent = Recipient.objects.filter(pk__in=owed).filter(Q(address="") | Q(suppressed_at__isnull=False))
    return {
        pk: "suppressed" if address else "no address" for pk, address in silent.values_list("pk", "address")
    }


def _turns_of_strangers(owed):
    """When those may be written to whose address nobody has confirmed, so that nobody fills their mailboxes."""
    confirmed = EmailAddress.objects.filter(email=OuterRef("address"), verified=True)
    strangers = Recipient.objects.filter(~Exists(confirmed), pk__in=owed, organization__isnull=True)
    strangers = strangers.exclude(address="").order_by("address").values_list("pk", "address")
    return {pk: limits.next_for_stranger(address) for pk, address in strangers}
