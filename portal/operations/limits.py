"""Limits, counted in the database: how often we write to an address that never asked, how often an account acts.

Whoever types an address into a form makes us write to it. The ledger counts over ALL forms together, so that none
of them, nor all of them in turn, fills a stranger's mailbox (safety.md, D16). A subject stands in it as a keyed hash.
"""

import hashlib
import hmac
import time
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.utils.translation import gettext_lazy as _
from redis.exceptions import RedisError

from portal import prepared
from portal.errors import Refused

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ONE_MAILBOX = ("gmail.com", "googlemail.com")  # dots before the sign do not count there


@dataclass(frozen=True)
class Rate:
    """So many within a time."""

    amount: int
    within: timedelta


# A stranger is an address that nobody has confirmed to be theirs.
STRANGER = (Rate(3, HOUR), Rate(6, DAY))
# One's own confirmed address: codes to sign in and what concerns the account.
OWN = (Rate(10, HOUR), Rate(40, DAY))
# What one account may have written to others by one form.
ACCOUNT = (Rate(40, HOUR), Rate(120, DAY))
# What a program may ask of the interface for machines; counted where it is quick, and never in a way of reading.
READING = Rate(600, timedelta(minutes=1))
# Titles that one is shown while one types: a quick hand types five letters a second, and rests.
TYPING = Rate(120, timedelta(minutes=1))
# Whole lists as files that an address or an account takes: each is read from its beginning to its end.
FILES = (Rate(60, timedelta(minutes=5)),)
# What is held about a person, packed for that person.
OWN_DATA = (Rate(5, HOUR),)
# Organizations that one account may register or claim: each is work for a coordinator.
BROUGHT = (Rate(5, HOUR), Rate(10, DAY))

TAKE = """
INSERT INTO portal_allowance AS kept (name, subject, used_at, ends_at)
VALUES (%(name)s, %(subject)s, ARRAY[clock_timestamp()], clock_timestamp() + %(longest)s)
ON CONFLICT (name, subject) DO UPDATE SET ends_at = excluded.ends_at, used_at =
  ARRAY(SELECT moment FROM unnest(kept.used_at) AS moment WHERE moment > clock_timestamp() - %(longest)s)
  || clock_timestamp()
WHERE """
# The next moment at which one more is within every rate; moments to come count like those that were.
NEXT = """
INSERT INTO portal_allowance AS kept (name, subject, used_at, ends_at)
VALUES (%(name)s, %(subject)s, ARRAY[clock_timestamp()], clock_timestamp() + 2 * %(longest)s)
ON CONFLICT (name, subject) DO UPDATE SET ends_at = excluded.ends_at, used_at =
  ARRAY(SELECT moment FROM unnest(kept.used_at) AS moment WHERE moment > clock_timestamp() - %(longest)s ORDER BY 1)
  || greatest(clock_timestamp(), """
FREE = "(SELECT moment FROM unnest(kept.used_at) AS moment ORDER BY 1 DESC OFFSET %(amount{0})s - 1 LIMIT 1) + %(within{0})s"
USED = "(SELECT count(*) FROM unnest(kept.used_at) AS moment WHERE moment > clock_timestamp() - %(within{0})s) < %(amount{0})s"


def take(name, subject, rates):
    """Take one of a limit, in one statement and so exactly, however many ask at once; False: none is left."""
    return take_each((name, subject, rates))[0]


def take_each(*limits):
    """Take one of each of several limits, (name, subject, rates), in one statement; say of each whether one was left."""
    parts, values = [], {}
    for place, (name, subject, rates) in enumerate(limits):
        used = " AND ".join(USED.format(number) for number in range(len(rates)))
        parts.append(f"taken{place} AS ({TAKE}{used} RETURNING 1)".replace(")s", f"_{place})s"))
        values |= {f"{key}_{place}": value for key, value in _values(name, subject, rates).items()}
    found = ", ".join(f"EXISTS (TABLE taken{place})" for place in range(len(limits)))
    return prepared.rows(f"WITH {', '.join(parts)} SELECT {found}", values)[0]


def take_next(name, subject, rates):
    """Take one of a limit at the first moment that has one to give, and say which moment that is."""
    free = ", ".join(FREE.format(number) for number in range(len(rates)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"{NEXT}{free}) RETURNING used_at[cardinality(used_at)]", _values(name, subject, rates)
        )
        return cursor.fetchone()[0]


def _values(name, subject, rates):
    values = {"name": name, "subject": hashed(subject), "longest": max(rate.within for rate in rates)}
    for number, rate in enumerate(rates):
        values |= {f"within{number}": rate.within, f"amount{number}": rate.amount}
    return values


def take_reading(subject):
    """Take one of the readings that an address has in a minute."""
    return _take_quickly("reading", subject, READING)


def take_typing(subject):
    """Take one of the times that an address or an account is shown titles while it types."""
    return _take_quickly("typing", subject, TYPING)


def _take_quickly(name, subject, rate):
    """Take one of a limit, counted in Valkey; where nothing can be counted, nobody is refused."""
    seconds = int(rate.within.total_seconds())
    name = f"{name}:{int(time.time()) // seconds}:{hashed(subject)}"
    try:
        caches["pages"].add(name, 0, 2 * seconds)
        return caches["pages"].incr(name) <= rate.amount
    except (RedisError, ValueError):
        return True


def take_for_stranger(address):
    """Take one of the few messages that an address may get which nobody has confirmed, over all forms."""
    return take("stranger", mailbox(address), STRANGER)


def next_for_stranger(address):
    """The moment at which an address that nobody has confirmed may get one more message, which this takes."""
    return take_next("stranger", mailbox(address), STRANGER)


def take_for_owner(address):
    """Take one of the messages that a person may be sent about the own account."""
    return take("owner", mailbox(address), OWN)


def require_to_write(form, address, *, by):
    """Take what a form needs to have a stranger written to, for the address and the account; else refuse."""
    may_write, may_be_written_to = take_each(
        (f"form:{form}", str(by.pk), ACCOUNT), ("stranger", mailbox(address), STRANGER)
    )
    if not may_write:
        raise Refused(_("You have sent many messages in a short time. Please go on tomorrow."))
    if not may_be_written_to:
        raise Refused(
            _(
                "This address was written to several times today. Please try again tomorrow, or ask its owner."
            ),
            field="email",
        )


def require_to_bring_organization(*, by):
    """Take one of the organizations that an account may register or claim; else refuse."""
    if not take("organization", str(by.pk), BROUGHT):
        raise Refused(_("You have registered several organizations in a short time. Please go on tomorrow."))


def require_to_take_own_data(*, by):
    """Take one of the times that a person has the own data packed; else refuse."""
    if not take("own-data", str(by.pk), OWN_DATA):
        raise Refused(
            _("You have taken your data several times in a short time. Please try again in an hour.")
        )


def mailbox(address):
    """The mailbox behind an address: case, a tag after "+" and, where they do not count, dots left out."""
    name, _sign, domain = address.strip().casefold().rpartition("@")
    name = name.partition("+")[0]
    if domain in ONE_MAILBOX:
        name, domain = name.replace(".", ""), ONE_MAILBOX[0]
    return f"{name}@{domain}"


def hashed(subject):
    """A keyed hash: the ledger tells nobody whose limit it counts."""
    return hmac.new(settings.SECRET_KEY.encode(), f"limit:{subject}".encode(), hashlib.sha256).hexdigest()
