"""What comes back: bounces and complaints, from a mail service or from a mail server's own report, each heard once."""

import hashlib
from dataclasses import dataclass
from email.utils import parseaddr

from django.db import transaction

from portal import clock
from portal.mail.reports import Report
from portal.models import Delivery, MailEvent
from portal.operations import suppression

BOUNCED, COMPLAINED = "bounced", "complained"


@dataclass(frozen=True)
class Event:
    """One thing that came back: of which message, to which address, and why."""

    id: str
    kind: str
    reason: str
    address: str = ""
    message_id: str = ""
    provider_id: str = ""


@transaction.atomic
def hear(event):
    """Take an event in, once: mark its delivery, and write no more to an address that is dead or complained.

    The address must be the one that the delivery's recipient has now: a forged or late event silences nobody else.
    """
    _event, is_new = MailEvent.objects.get_or_create(
        event_id=event.id[:200], defaults={"heard_at": clock.now()}
    )
    delivery = _delivery(event) if is_new else None
    if delivery is None:
        return False
    words = f"{event.kind}: {event.reason}"[:120]
    if event.kind == BOUNCED and delivery.state == Delivery.State.SENT:
        delivery.state, delivery.last_code = Delivery.State.BOUNCED, words
        delivery.save(update_fields=["state", "last_code"])
    if event.address.lower() == delivery.recipient.address.lower():
        suppression.suppress(delivery.recipient.address, because=words)
    return True


def hear_report(raw):
    """Take in a report as mail servers send it (bytes of a message); False where it is none of a final failure."""
    report = Report.read(raw)
    if report is None:
        return False
    kind = COMPLAINED if report.is_complaint else BOUNCED
    digest = hashlib.sha256(raw).hexdigest()
    return hear(Event(f"report:{digest}", kind, report.reason, report.address, report.message_id))


def hear_service(event):
    """Take in an event of a mail service, as anymail gives it; only final failures and complaints count."""
    kinds = {"bounced": BOUNCED, "complained": COMPLAINED}
    if event.event_type == "rejected" and event.reject_reason in {"bounced", "invalid"}:
        kind = BOUNCED
    else:
        kind = kinds.get(event.event_type)
    if kind is None or not event.event_id:
        return False
    reason = event.reject_reason or event.description or event.event_type
    address = parseaddr(event.recipient or "")[1]
    found = Event(f"service:{event.event_id}", kind, str(reason), address, provider_id=event.message_id or "")
    return hear(found)


def _delivery(event):
    rows = Delivery.objects.select_for_update(of=["self"], no_key=True).select_related("recipient")
    if event.message_id:
        return rows.called(event.message_id).first()
    return rows.filter(provider_id=event.provider_id).first() if event.provider_id else None
