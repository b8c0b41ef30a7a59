"""What is kept for a time goes when the time is over: texts of codes, receipts, sessions, deliveries, the inbox."""

from datetime import timedelta

from django.conf import settings

from portal import clock
from portal.models import (
    AccountMail,
    Delivery,
    Digest,
    FormReceipt,
    InboxEntry,
    MailEvent,
    PublicChange,
    Session,
)
from portal.operations import installations

RECEIPTS = timedelta(hours=48)
EVENTS = timedelta(days=365)
MOST = 20_000  # rows of a table in one go, so that no lock lasts


def tidy():
    """Forget what is past its time (safety.md, D18)."""
    now = clock.now()
    deliveries, inbox = (
        now - timedelta(days=number) for number in (settings.KEEP_DELIVERIES_DAYS, settings.KEEP_INBOX_DAYS)
    )
    AccountMail.objects.filter(expires_at__lte=now).delete()
    _forget(FormReceipt.objects.filter(created_at__lte=now - RECEIPTS))
    _forget(Session.objects.filter(expire_date__lte=now))
    _forget(Delivery.objects.filter(finished_at__lte=deliveries))
    _forget(Digest.objects.filter(created_at__lte=deliveries, parts=None))
    _forget(InboxEntry.objects.filter(created_at__lte=inbox))
    _forget(MailEvent.objects.filter(heard_at__lte=now - EVENTS))
    PublicChange.objects.fold()
    installations.note_secret(now)


def _forget(rows):
    rows.model.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[:MOST])).delete()
