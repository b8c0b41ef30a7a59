"""A database that was restored or copied sends nothing until somebody says that it is at home (safety.md, D18)."""

import hashlib

from django.conf import settings
from django.db import connection, transaction
from django.db.models.expressions import RawSQL
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.errors import Refused
from portal.models import Delivery, Installation, Notice
from portal.notifications import ring
from portal.operations import log

# Where the rows lie: the server's own number, and that of the database in it, which no other one ever gets.
PLACE = """SELECT system_identifier || '/' || (SELECT oid FROM pg_database WHERE datname = current_database())
FROM pg_control_system()"""
SEND, CANCEL = "send", "cancel"
ENDED = "restored"


def may_send():
    """Whether messages may leave this database; the first place where it is asked is its home."""
    known = _known()
    if known is None:
        with connection.cursor() as cursor:
            cursor.execute(PLACE)
            (place,) = cursor.fetchone()
        Installation.objects.bulk_create([Installation(mark=_mark(place))], ignore_conflicts=True)
        known = _known()
    return known.mark == _mark(known.place)


def is_astray():
    """Whether this database is found where nobody has confirmed it to be; looking changes nothing."""
    known = _known()
    return known is not None and known.mark != _mark(known.place)


@transaction.atomic
def confirm(*, waiting, by):
    """Say that this database is at home here; what waits in it is sent from now on, or cancelled as sent elsewhere."""
    Installation.objects.select_for_update(no_key=True).first()
    if may_send():
        raise Refused(_("This installation is confirmed already."))
    known = _known()
    known.mark, known.confirmed_at, known.confirmed_by = _mark(known.place), clock.now(), by
    known.save(update_fields=["mark", "confirmed_at", "confirmed_by"])
    if waiting == CANCEL:
        _cancel_waiting(known.confirmed_at)
    log.record(f"installation confirmed: {waiting}", known, by=by)
    transaction.on_commit(ring, robust=True)
    return known


def note_secret(now):
    """Note since when this secret key is in use, so that its age is known."""
    told = salted_hmac("portal.installations", "secret", algorithm="sha256").hexdigest()
    Installation.objects.exclude(secret_mark=told).update(secret_mark=told, secret_since=now)


def note_restored(made_at):
    """Note that this database came out of a backup: nothing leaves it until somebody confirms it, wherever it is."""
    Installation.objects.update_or_create(
        pk=1, defaults={"mark": "", "restored_at": clock.now(), "restored_from": made_at}
    )


def _known():
    return Installation.objects.annotate(place=RawSQL(PLACE, [])).first()  # noqa: S611 - a constant


def _mark(place):
    return hashlib.sha256(f"{settings.INSTALLATION} {place}".encode()).hexdigest()


def _cancel_waiting(now):
    State = Delivery.State
    Notice.objects.filter(expanded_at__isnull=True).update(expanded_at=now)
    Delivery.objects.filter(state__in=[State.QUEUED, State.LEASED]).update(
        state=State.CANCELLED, finished_at=now, last_code=ENDED, lease_owner=None, lease_until=None
    )
