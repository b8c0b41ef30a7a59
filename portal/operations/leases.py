"""Deliveries in the hands of a drainer: claimed in batches, renewed before each message, marked after it.

Every statement is fenced by the owner, so a drainer whose lease ran out marks nothing; whoever claims takes over what
another's lease ran out on, so a killed drainer loses nothing and no reaper is needed (safety.md, D2).
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import uniform
from uuid import UUID

from django.db import connection

BATCH = 10
RETRIES = [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30)]
RETRIES += [timedelta(hours=2), timedelta(hours=6), timedelta(hours=12)]
DAILY = timedelta(days=1)
GIVE_UP = "interval '4 days'"

EXPIRED = "(state = 'leased' AND lease_until < clock_timestamp())"
CLAIM = f"""
UPDATE portal_delivery AS d
SET state = 'leased', lease_owner = %(me)s, lease_until = clock_timestamp() + %(lease)s, attempts = d.attempts + 1,
    tried_at = coalesce(d.tried_at, clock_timestamp()), lang = coalesce(nullif(d.lang, ''), r.language)
FROM (SELECT id, recipient_id FROM portal_delivery
      WHERE (state = 'queued' AND not_before <= clock_timestamp()) OR {EXPIRED}
      ORDER BY priority, not_before, id LIMIT {BATCH} FOR UPDATE SKIP LOCKED) AS c
JOIN portal_recipient AS r ON r.id = c.recipient_id LEFT JOIN portal_user AS u ON u.id = r.user_id
WHERE d.id = c.id
RETURNING d.id, d.notice_id, d.recipient_id, d.message_id, d.lang, d.attempts, d.priority, d.not_before,
          coalesce(u.name, '') <> ''
"""  # noqa: S608 - constants only
MARK = f"""
UPDATE portal_delivery
SET state = CASE WHEN %(state)s = 'queued' AND NOT %(forgiven)s AND tried_at + {GIVE_UP} <= clock_timestamp()
                 THEN 'dead' ELSE %(state)s END,
    finished_at = CASE WHEN %(state)s = 'queued' AND (%(forgiven)s OR tried_at + {GIVE_UP} > clock_timestamp())
                       THEN NULL ELSE clock_timestamp() END,
    not_before = CASE WHEN %(state)s = 'queued' THEN least(clock_timestamp() + %(wait)s, tried_at + {GIVE_UP})
                      ELSE not_before END,
    attempts = attempts - %(forgiven)s::int,
    tried_at = CASE WHEN %(forgiven)s AND attempts = 1 THEN NULL ELSE tried_at END,
    lease_owner = NULL, lease_until = NULL, last_code = %(answer)s, provider_id = %(provider)s
WHERE id = %(marked)s AND lease_owner = %(me)s RETURNING id, state
"""  # noqa: S608 - constants only
FORGET = "DELETE FROM portal_accountmail WHERE delivery_id IN (SELECT id FROM marked WHERE state <> 'queued')"
HELD = "lease_owner = %(me)s AND state = 'leased' AND lease_until > clock_timestamp()"
RENEW = f"""
UPDATE portal_delivery SET lease_until = clock_timestamp() + %(lease)s
WHERE id = %(renewed)s AND {HELD} RETURNING recipient_id
"""  # noqa: S608 - constants only
READER = """
SELECT (SELECT count(*) FROM marked), r.id, r.address, r.key, r.nonce, coalesce(u.name, ''),
       coalesce(u.is_active, true), r.address <> '' AND r.suppressed_at IS NULL,
       EXISTS (SELECT 1 FROM portal_choice AS c WHERE c.recipient_id = r.id AND c.kind = %(kind)s
                                                  AND c.objective_id IS NULL AND c.how = 'never'),
       {sees}
FROM renewed JOIN portal_recipient AS r ON r.id = renewed.recipient_id LEFT JOIN portal_user AS u ON u.id = r.user_id
UNION ALL
SELECT (SELECT count(*) FROM marked), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
WHERE NOT EXISTS (SELECT 1 FROM renewed)
"""
RELEASE = """
UPDATE portal_delivery
SET state = 'queued', lease_owner = NULL, lease_until = NULL, attempts = attempts - 1,
    tried_at = CASE WHEN attempts = 1 THEN NULL ELSE tried_at END
WHERE lease_owner = %(me)s AND state = 'leased'
"""


@dataclass
class Lease:
    """One delivery in hand."""

    id: int
    notice: int | None
    recipient: int
    message_id: str
    language: str
    attempts: int
    priority: int
    not_before: datetime
    is_named: bool


@dataclass
class Mark:
    """What became of a delivery: its state, the server's answer; whether the attempt counts."""

    id: int
    state: str
    answer: str = ""
    provider: str = ""
    wait: timedelta = timedelta(0)
    forgiven: bool = False


@dataclass
class Holder:
    """The reader of a delivery whose lease was renewed, as the database knows that reader at this moment."""

    id: int
    address: str
    key: UUID
    nonce: str
    name: str
    is_active: bool
    is_reachable: bool
    has_left: bool
    sees: bool


def claim(me, lease):
    """Take the next batch that is due, account mail first, with what another drainer's lease ran out on."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"me": me, "lease": lease})
        rows = [Lease(*row) for row in cursor.fetchall()]
    return sorted(rows, key=lambda row: (row.priority, row.not_before, row.id))


def mark_and_renew(me, lease, *, last=None, following=None, kind="", sees=("true", ())):
    """Mark the last delivery and renew the following one in one statement: (whether it was ours, Holder or None).

    One statement, since each durable write costs as much as a message. `sees` is SQL and parameters asking, in the
    same moment, whether the reader may still see the thing.
    """
    condition, values = _named(*sees)
    values |= {"me": me, "lease": lease, "renewed": following and following.id, "kind": kind}
    values |= {"marked": None} if last is None else _values(last)
    marked = MARK if last else "SELECT NULL::bigint AS id, NULL::text AS state WHERE false"
    parts = f"WITH marked AS ({marked}), forgotten AS ({FORGET}), renewed AS ({RENEW})"
    with connection.cursor() as cursor:
        cursor.execute(parts + READER.format(sees=condition), values)
        count, *reader = cursor.fetchone()
    return last is None or count == 1, Holder(*reader) if reader[0] is not None else None


def release(me):
    """Give back what is in hand and was not tried."""
    with connection.cursor() as cursor:
        cursor.execute(RELEASE, {"me": me})


def wait_after(attempts):
    """How long to wait after so many attempts: up to the schedule's time, evenly spread so that none come together."""
    longest = RETRIES[attempts - 1] if attempts <= len(RETRIES) else DAILY
    return longest * uniform(0, 1)  # noqa: S311 - spreads load, guards nothing


def _values(mark):
    return {
        "marked": mark.id,
        "state": mark.state,
        "answer": mark.answer[:120],
        "provider": mark.provider,
        "wait": mark.wait,
        "forgiven": mark.forgiven,
    }


def _named(sql, parameters):
    """The same SQL with named places, to stand inside a statement that has its own."""
    names = iter(range(len(parameters)))
    return re.sub(r"%s", lambda _place: f"%(see{next(names)})s", sql), {
        f"see{number}": value for number, value in enumerate(parameters)
    }
