"""A notice becomes one delivery for each address entitled to it: in chunks, from a saved cursor, killable anywhere."""

import logging
from bisect import bisect_right

from allauth.account.models import EmailAddress
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Lower
from django.db.models.lookups import IsNull

from portal import clock
from portal.mail import letters
from portal.models import Choice, Delivery, Notice, Recipient, not_held
from portal.notifications import registry
from portal.operations import choices, limits, quiet

CHUNK = 500
AHEAD = 10_000  # recipients looked up at once: who is entitled costs the more to find, the more organizations there are
BACKLOG = 20_000  # while more than this waits, what goes to everybody is not expanded further
BULK = 7  # from this priority on a notice waits for the backlog
CHANNELS = {Choice.How.DAILY: Delivery.Channel.DAILY, Choice.How.WEEKLY: Delivery.Channel.WEEKLY}
logger = logging.getLogger(__name__)

# Whoever has a delivery of the notice, by whatever way it was chosen then, gets no second one.
INSERT = """
WITH owed AS (
  SELECT gen_random_uuid() AS key, recipient, is_person, channel, reason,
         coalesce(not_before, clock_timestamp()) AS not_before
  FROM unnest(%(recipients)s::bigint[], %(people)s::boolean[], %(channels)s::text[], %(reasons)s::text[],
              %(not_befores)s::timestamptz[]) AS chunk (recipient, is_person, channel, reason, not_before)
  WHERE recipient NOT IN (SELECT recipient_id FROM portal_delivery
                          WHERE notice_id = %(notice)s AND recipient_id BETWEEN %(first)s AND %(last)s)
), kept AS (
  INSERT INTO portal_inboxentry (key, notice_id, recipient_id, created_at)
  SELECT gen_random_uuid(), %(notice)s, recipient, clock_timestamp()
  FROM owed WHERE is_person AND %(is_kept)s ON CONFLICT DO NOTHING
)
INSERT INTO portal_delivery (key, notice_id, recipient_id, channel, message_id, lang, priority, state, attempts,
                             not_before, last_code, provider_id, created_at, finished_at)
SELECT key, %(notice)s, recipient, channel, '<' || key || '@' || %(domain)s || '>', '', %(priority)s,
       CASE WHEN reason = '' THEN 'queued' ELSE 'cancelled' END, 0, not_before, reason, '', clock_timestamp(),
       CASE WHEN reason = '' THEN NULL ELSE clock_timestamp() END
FROM owed ON CONFLICT (notice_id, recipient_id, channel) DO NOTHING
"""


def step():
    """Expand one chunk of the most urgent notice that no other drainer has in hand; say whether there was one."""
    return Expander().step()


class Expander:
    """One worker's turn of expanding: who comes next, and the notices whose kind fails, which hold up no others."""

    def __init__(self):
        self.ahead, self.broken = {}, set()

    def step(self):
        """As the function of this name; what was looked up for the last chunk serves the next ones too."""
        if not self._waiting().exists():
            return False
        with transaction.atomic():
            notice = self._next()
            if notice is None:
                return False
            try:
                with transaction.atomic():
                    self._expand(notice)
            except (OperationalError, InterfaceError):
                raise
            except Exception:
                logger.exception("notice %s of kind %s cannot be expanded", notice.pk, notice.kind)
                self.broken.add(notice.pk)
        return True

    def _waiting(self):
        return Notice.objects.to_expand().exclude(pk__in=self.broken)

    def _next(self):
        locked = self._waiting().select_for_update(skip_locked=True, of=["self"], no_key=True)
        notice = locked.order_by("priority", "pk").first()
        waits = notice is not None and notice.priority >= BULK and _backlog_is_long()
        return None if waits else notice

    def _expand(self, notice):
        kind, thing, chunk = registry.get(notice.kind), notice.thing, []
        if kind is not None and thing is not None:
            recipients = audience(kind, thing, notice)
            chunk = self._chunk(notice, recipients)
        if chunk:
            _tell(notice, kind, thing, _without_doubles(_known(chunk), recipients))
            notice.cursor = chunk[-1]
        if len(chunk) < CHUNK:
            notice.expanded_at = clock.now()
        notice.save(update_fields=["cursor", "expanded_at"])

    def _chunk(self, notice, recipients):
        """The ids of those who come next; fewer than a chunk where there are no more."""
        ids = self.ahead.get(notice.pk, [])
        ids = ids[bisect_right(ids, notice.cursor) :]
        if len(ids) < CHUNK:
            rows = recipients.filter(pk__gt=notice.cursor).order_by("pk").values_list("pk", flat=True)
            ids = list(dict.fromkeys(rows[:AHEAD]))
        self.ahead = {notice.pk: ids}
        return ids[:CHUNK]


def _backlog_is_long():
    owed = Delivery.objects.filter(state__in=[Delivery.State.QUEUED, Delivery.State.LEASED])
    due = owed.filter(not_held("notice__")).order_by()
    return due[: BACKLOG + 1].count() > BACKLOG


def audience(kind, thing, notice):
    """The recipients who were entitled when the notice was written, in no order."""
    recipients = kind.recipients(thing)
    since = "entitled_at" if "entitled_at" in recipients.query.annotations else "created_at"
    recipients = recipients.filter(**{f"{since}__lte": notice.created_at})
    return recipients.filter(language=notice.language) if notice.language else recipients


def _known(chunk):
    """What must be known of each: [(pk, user, folded address, suppressed at, quiet days)]."""
    rows = Recipient.objects.filter(pk__in=chunk).annotate(folded=Lower("address")).order_by("pk")
    return list(rows.values_list("pk", "user", "folded", "suppressed_at", "quiet_days", named=True))


def _without_doubles(rows, recipients):
    """Leave out whose address another recipient of this notice shares: a person goes before a mailbox."""
    mailboxes = {row.pk: row.folded for row in rows if row.user is None and row.folded}
    if not mailboxes:
        return rows
    twins = Recipient.objects.annotate(folded=Lower("address")).filter(folded__in=set(mailboxes.values()))
    sharing = recipients.filter(pk__in=list(twins.values_list("pk", flat=True))).annotate(
        folded=Lower("address")
    )
    first = {}
    for address, is_mailbox, pk in sharing.values_list("folded", IsNull(F("user"), True), "pk"):
        first[address] = min(first.get(address, (True, pk)), (is_mailbox, pk))
    return [
        row
        for row in rows
        if row.pk not in mailboxes or first.get(row.folded, (True, row.pk)) == (True, row.pk)
    ]


def _tell(notice, kind, thing, rows):
    """One delivery for each: at once, or by the summary that was chosen, or none and why not."""
    owed = [row.pk for row in rows]
    chosen = choices.chosen(kind, thing, owed)
    restless = [row.pk for row in rows if row.quiet_days] if kind.can_be_left else []
    awaited = quiet.mornings(restless) if restless else {}
    if kind.is_rationed:
        awaited |= _turns_of_strangers(owed)
    values = {
        "notice": notice.pk,
        "priority": notice.priority,
        "domain": letters.own_domain(),
        "is_kept": kind.is_kept,
        "first": min(owed, default=0),
        "last": max(owed, default=0),
        "recipients": owed,
        "people": [row.user is not None for row in rows],
        "channels": [CHANNELS.get(chosen.get(pk), Delivery.Channel.MAIL) for pk in owed],
        "reasons": [_reason(row, chosen.get(row.pk)) for row in rows],
        "not_befores": [awaited.get(pk) for pk in owed],
    }
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)


def _turns_of_strangers(owed):
    """When those may be written to whose address nobody has confirmed, so that nobody fills their mailboxes."""
    confirmed = EmailAddress.objects.filter(email=OuterRef("address"), verified=True)
    strangers = Recipient.objects.filter(~Exists(confirmed), pk__in=owed, organization__isnull=True)
    strangers = strangers.exclude(address="").order_by("address").values_list("pk", "address")
    return {pk: limits.next_for_stranger(address) for pk, address in strangers}


def _reason(row, how):
    """Why a recipient is not written to at all; empty where there is nothing against it."""
    if how == Choice.How.NEVER:
        return "left"
    if not row.folded:
        return "no address"
    return "suppressed" if row.suppressed_at else ""
