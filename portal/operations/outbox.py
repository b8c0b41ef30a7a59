"""What coordinators do about single messages: have one tried again, or not sent at all."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.errors import Refused
from portal.models import Delivery
from portal.notifications import ring
from portal.operations import log

State = Delivery.State


@transaction.atomic
def retry(delivery, *, by):
    """Try a message again now: one that waits for its next attempt, was given up, or bounced."""
    delivery = _locked(delivery)
    if delivery.state not in {State.QUEUED, State.DEAD, State.BOUNCED}:
        raise Refused(_("This message is being sent, or needs no other attempt."))
    if delivery.recipient.suppressed_at is not None:
        raise Refused(_("The address refused our messages. Let us write to it again first."))
    if delivery.notice_id is None and delivery.state != State.QUEUED:
        raise Refused(_("The text of this message is no longer kept."))
    delivery.state, delivery.not_before = State.QUEUED, clock.now()
    delivery.attempts, delivery.tried_at, delivery.finished_at = 0, None, None
    delivery.save(update_fields=["state", "not_before", "attempts", "tried_at", "finished_at"])
    log.record("message tried again", delivery, by=by)
    transaction.on_commit(ring, robust=True)
    return delivery


@transaction.atomic
def cancel(delivery, *, by):
    """Do not send a message that waits."""
    delivery = _locked(delivery)
    if delivery.state != State.QUEUED:
        raise Refused(_("Only a message that waits can be cancelled."))
    delivery.state, delivery.finished_at, delivery.last_code = (
        State.CANCELLED,
        clock.now(),
        "by a coordinator",
    )
    delivery.save(update_fields=["state", "finished_at", "last_code"])
    log.record("message cancelled", delivery, by=by)
    return delivery


def _locked(delivery):
    rows = Delivery.objects.select_for_update(of=["self"], no_key=True).select_related("recipient")
    return rows.get(pk=delivery.pk)
