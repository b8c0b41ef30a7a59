"""Deliveries in the hands of a drainer: claimed in batches, held before each message, marked after it.

A lease with most of its time before it is only seen to hold, which writes nothing; an older one is renewed. Every
statement is fenced by the owner, so a drainer whose lease ran out marks nothing; whoever claims takes over what
another's lease ran out on, so a killed drainer loses nothing and no reaper is needed (safety.md, D2).
"""

import re
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import count
from random import uniform
from uuid import UUID

from django.db import connection

from portal import prepared

BATCH = 10
RETRIES = [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30)]
RETRIES += [timedelta(hours=2), timedelta(hours=6), timedelta(hours=12)]
DAILY = timedelta(days=1)
GIVE_UP = "interval '4 days'"

HOLDER = """r.id, r.address, r.key, r.nonce, coalesce(u.name, ''), coalesce(u.is_active, true),
r.address <> '' AND r.suppressed_at IS NULL"""
# One look at the few notices that are held, whatever the number of messages.
HELD_BACK = (
    "ARRAY(SELECT id FROM portal_notice WHERE held_until IS NOT NULL AND held_until > clock_timestamp())"
)
EXPIRED = "(state = 'leased' AND lease_until < clock_timestamp())"
# The rows are chosen once, in a WITH: as a subquery of the UPDATE a poor plan would choose and lock anew for each row.
CLAIM = f"""
WITH c AS MATERIALIZED (
  SELECT id, recipient_id FROM portal_delivery
  WHERE finished_at IS NULL AND channel = 'mail' AND ((state = 'queued' AND not_before <= clock_timestamp()) OR {EXPIRED})
    AND (notice_id IS NULL OR notice_id <> ALL ({HELD_BACK}))
  ORDER BY priority, not_before, id LIMIT %(size)s::int FOR UPDATE SKIP LOCKED)
UPDATE portal_delivery AS d
SET state = 'leased', lease_owner = %(me)s::uuid, lease_until = clock_timestamp() + %(lease)s::interval,
    attempts = d.attempts + 1, tried_at = coalesce(d.tried_at, clock_timestamp()), lang = coalesce(nullif(d.lang, ''), r.language)
FROM c JOIN portal_recipient AS r ON r.id = c.recipient_id LEFT JOIN portal_user AS u ON u.id = r.user_id
WHERE d.id = c.id
RETURNING d.id, d.notice_id, d.message_id, d.lang, d.attempts, d.priority, d.not_before, {HOLDER}
"""  # noqa: S608 - constants only
MINE = "WHERE id = %(marked)s::bigint AND lease_owner = %(me)s::uuid RETURNING id, state"
ENDED = (
    "lease_owner = NULL, lease_until = NULL, last_code = %(answer)s::text, provider_id = %(provider)s::text"
)
FINISH = f"""
UPDATE portal_delivery SET state = %(state)s::text, finished_at = clock_timestamp(), {ENDED} {MINE}
"""  # noqa: S608 - constants only
OVER = f"NOT %(forgiven)s::boolean AND tried_at + {GIVE_UP} <= clock_timestamp()"
POSTPONE = f"""
UPDATE portal_delivery
SET state = CASE WHEN {OVER} THEN 'dead' ELSE 'queued' END, finished_at = CASE WHEN {OVER} THEN clock_timestamp() END,
    not_before = least(clock_timestamp() + %(wait)s::interval, tried_at + {GIVE_UP}),
    attempts = attempts - %(forgiven)s::boolean::int,
    tried_at = CASE WHEN %(forgiven)s::boolean AND attempts = 1 THEN NULL ELSE tried_at END, {ENDED} {MINE}
"""  # noqa: S608 - constants only
NOTHING_MARKED = "SELECT NULL::bigint AS id, NULL::text AS state WHERE false"
FORGET = "DELETE FROM portal_accountmail WHERE delivery_id IN (SELECT id FROM marked WHERE state <> 'queued')"
HELD = "lease_owner = %(me)s::uuid AND state = 'leased' AND lease_until > clock_timestamp()"
RENEW = f"""
UPDATE portal_delivery SET lease_until = clock_timestamp() + %(lease)s::interval
WHERE id = %(renewed)s::bigint AND {HELD} RETURNING recipient_id
"""  # noqa: S608 - constants only
# A third of a lease is longer than what one exchange with the mail server may take.
HOLD = f"""
SELECT recipient_id FROM portal_delivery
WHERE id = %(renewed)s::bigint AND {HELD} AND lease_until > clock_timestamp() + %(lease)s::interval / 3
"""  # noqa: S608 - constants only
# What was chosen for one of the thing's objectives goes before what was chosen for the kind as a whole.
LEFT = """coalesce((
  SELECT how = 'never' FROM portal_choice
  WHERE recipient_id = r.id AND kind = %(kind)s::text
    AND (objective_id IS NULL OR objective_id = ANY(%(objectives)s::bigint[]))
  ORDER BY objective_id IS NULL, how = 'never' LIMIT 1), false)"""
# What a summary tells of may be stopped or ended after it was written.
STOPPED = """EXISTS (
  SELECT FROM portal_delivery AS part JOIN portal_notice AS told ON told.id = part.notice_id
  WHERE part.digest_id = %(digest)s::bigint AND (part.state = 'cancelled' OR told.held_until > clock_timestamp()))"""
READER = f"""
SELECT (SELECT count(*) FROM marked), {HOLDER}, {LEFT}, {{sees}}, {{stopped}}
FROM (VALUES (1)) AS one LEFT JOIN renewed ON true
LEFT JOIN portal_recipient AS r ON r.id = renewed.recipient_id LEFT JOIN portal_user AS u ON u.id = r.user_id
"""  # noqa: S608 - constants only
RELEASE = """
UPDATE portal_delivery
SET state = 'queued', lease_owner = NULL, lease_until = NULL, attempts = attempts - 1,
    tried_at = CASE WHEN attempts = 1 THEN NULL ELSE tried_at END
WHERE lease_owner = %(me)s::uuid AND state = 'leased'
"""


@dataclass(frozen=True)
class Holder:
    """The reader of a delivery, as the database knows that reader at this moment."""

    id: int
    address: str
    key: UUID
    nonce: str
    name: str
    is_active: bool
    is_reachable: bool
    has_left: bool = False
    sees: bool = True
    is_stopped: bool = False  # something of what the message sums up

    @property
    def is_welcome(self):
        """Whether nothing is known yet that forbids to write to this reader."""
        return self.is_active and self.is_reachable


@dataclass(frozen=True)
class Lease:
    """One delivery in hand, and its reader as the claim found that reader."""

    id: int
    notice: int | None
    message_id: str
    language: str
    attempts: int
    priority: int
    not_before: datetime
    holder: Holder
    renew_at: float = 0.0  # on the monotonic clock: from then on it is renewed, not just seen to hold

    def marked(self, state, answer="", **rest):
        """The mark of what became of it."""
        return Mark(self.id, state, answer, forgets=self.notice is None, **rest)


@dataclass
class Mark:
    """What became of a delivery: its state, the server's answer; whether the attempt counts; whether its text goes."""

    id: int
    state: str
    answer: str = ""
    provider: str = ""
    wait: timedelta = timedelta(0)
    forgiven: bool = False
    forgets: bool = False


@dataclass(frozen=True)
class Question:
    """What must still hold when a message leaves: that its kind was not left, that its thing may be seen.

    `sees` is SQL with its parameters, asked in the same moment as the lease is renewed; `objectives` are an array as
    PostgreSQL writes it, which costs nothing to say again with each message; `digest` is the summary, if it is one.
    """

    kind: str = ""
    objectives: str = "{}"
    sees: str = "true"
    values: tuple = ()
    digest: int | None = None


NOTHING = Question()


def claim(me, lease, size=BATCH):
    """Take the next batch that is due, account mail first, with what another drainer's lease ran out on."""
    renew_at = time.monotonic() + lease.total_seconds() / 2
    found = prepared.rows(CLAIM, {"me": me, "lease": lease, "size": size})
    batch = [Lease(*row[:7], Holder(*row[7:]), renew_at) for row in found]
    return sorted(batch, key=lambda row: (row.priority, row.not_before, row.id))


def mark_and_renew(me, lease, *, last=None, following=None, question=NOTHING, meanwhile=None):
    """Mark the last delivery and hold the following one in one statement: (whether it was ours, Holder or None).

    One statement, since each durable write costs as much as a message; `meanwhile` is called while it is written.
    """
    values = {
        "me": me,
        "lease": lease,
        "renewed": following.id if following else None,
        "kind": question.kind,
        "objectives": question.objectives,
        "digest": question.digest,
    }
    values.update((f"see{number}", value) for number, value in enumerate(question.values))
    if last is not None:
        values |= _marked(last)
    holds = following is not None and time.monotonic() < following.renew_at
    sums_up = question.digest is not None
    statement = _statement(last and last.state, last and last.forgets, holds, question.sees, sums_up)
    ((count, *reader),) = prepared.rows(statement, values, meanwhile)
    return last is None or count == 1, Holder(*reader) if reader[0] is not None else None


@lru_cache(maxsize=500)
def _statement(state, forgets, holds, sees, sums_up):
    """The statement that marks, forgets, holds or renews, and asks; the places of `sees` get names of their own."""
    numbers = count()
    sees = re.sub("%s", lambda _place: f"%(see{next(numbers)})s", sees)
    marked = NOTHING_MARKED if state is None else POSTPONE if state == "queued" else FINISH
    forgotten = f"forgotten AS ({FORGET})," if forgets else ""
    renewed = HOLD if holds else RENEW
    return f"WITH marked AS ({marked}), {forgotten} renewed AS ({renewed})" + READER.format(
        sees=sees, stopped=STOPPED if sums_up else "false"
    )


def release(me):
    """Give back what is in hand and was not tried."""
    with connection.cursor() as cursor:
        cursor.execute(RELEASE, {"me": me})


def wait_after(attempts):
    """How long to wait after so many attempts: up to the schedule's time, evenly spread so that none come together."""
    longest = RETRIES[attempts - 1] if attempts <= len(RETRIES) else DAILY
    return longest * uniform(0, 1)  # noqa: S311 - spreads load, guards nothing


def _marked(mark):
    return {
        "marked": mark.id,
        "state": mark.state,
        "answer": mark.answer[:120],
        "provider": mark.provider,
        "wait": mark.wait,
        "forgiven": mark.forgiven,
    }
