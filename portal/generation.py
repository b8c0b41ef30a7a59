"""The generation of what everybody may read: raised by every transaction that changes a table a public page reads.

The database does it by itself, with a trigger on every table of the house but the private ones, so that no operation
can forget it. Whoever adds a table has it watched; whoever names one private is corrected by a test as soon as a
public page reads it.
"""

import threading
import time
from datetime import UTC, datetime

from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from portal.apps import HOUSE
from portal.models import PublicChange

# What no page for the signed-out reads: the telling, accounts and sessions, the log, limits, backups.
PRIVATE = {
    "accountmail",
    "actor",
    "alarm",
    "allowance",
    "backup",
    "cacheentry",
    "choice",
    "delivery",
    "digest",
    "erasure",
    "formreceipt",
    "inboxentry",
    "installation",
    "invitation",
    "listedaddress",
    "logentry",
    "mailevent",
    "notice",
    "publicchange",
    "recipient",
    "session",
    "tally",
}
# Of these, a page shows one thing only: who moved a date is named, and everything else is the person's own.
SHOWN = {"user": "name"}
# Fields of moments still to come, at which a page changes by itself.
MOMENTS = {
    "closes_at",
    "deadline_at",
    "due_at",
    "ends_at",
    "opens_at",
    "publish_at",
    "sign_on_closes_at",
    "sign_on_opens_at",
    "starts_at",
    "urgent_until",
}
TRIGGER = "portal_note_public_change"
WATCHED = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s"
SECONDS = 1.0
NEVER = datetime.max.replace(tzinfo=UTC)


def watched_models():
    """The models whose rows everybody may come to read, those between two others included."""
    house = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in HOUSE]
    return [
        model
        for model in house
        if model._meta.managed and not model._meta.proxy and model._meta.model_name not in PRIVATE
    ]


def change_of(model):
    """What has to happen to a row for a page to change."""
    column = SHOWN.get(model._meta.model_name)
    return f"UPDATE OF {column} OR DELETE" if column else "INSERT OR UPDATE OR DELETE"


def watch(**_signal):
    """After migrations: give each of these tables its trigger, and take it from those that became private."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        if PublicChange._meta.db_table not in there:
            return
        tables = {model._meta.db_table: change_of(model) for model in watched_models()}
        wanted = {table: change for table, change in tables.items() if table in there}
        cursor.execute(WATCHED, [TRIGGER])
        watched = {table for (table,) in cursor.fetchall()}
        for table in sorted(set(wanted) - watched):
            cursor.execute(
                f"CREATE TRIGGER {TRIGGER} AFTER {wanted[table]} ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION {TRIGGER}()"
            )
        for table in sorted(watched - set(wanted)):
            cursor.execute(f"DROP TRIGGER {TRIGGER} ON {table}")


def moments():
    """[(table, column)] of the moments at which what a page shows changes."""
    return [
        (model._meta.db_table, field.column)
        for model in watched_models()
        for field in model._meta.local_fields
        if isinstance(field, models.DateTimeField) and field.name in MOMENTS
    ]


def next_moment(after):
    """The first moment, later than this one, at which anything opens, closes, begins or ends."""
    first = "(SELECT min({1}) FROM {0} WHERE {1} > %(after)s)"
    each = ", ".join(first.format(*names) for names in moments())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT least({each})", {"after": after})
        return cursor.fetchone()[0] or NEVER


class Generation:
    """The generation and the next moment as this process knows them: asked for at most once a second."""

    def __init__(self):
        self.lock = threading.Lock()
        self.forget()

    def forget(self):
        self.number, self.asked_at, self.moment = -1, float("-inf"), NEVER

    def now(self, at=None):
        """(number, next moment) as of the last second; whoever comes first asks, the others wait for the answer."""
        at = at or timezone.now()
        with self.lock:
            if time.monotonic() - self.asked_at >= SECONDS or at >= self.moment:
                asked_at = time.monotonic()
                number = PublicChange.objects.total()
                if number != self.number or at >= self.moment:
                    self.moment = next_moment(at)
                self.number, self.asked_at = number, asked_at
            return self.number, self.moment


generation = Generation()
