"""Addresses that we no longer write to, because they refused us; and the way back."""

from django.db import transaction

from portal import clock
from portal.models import Recipient
from portal.operations import log


def suppress(address, *, because):
    """Write no more to an address, whoever uses it; the reason is shown to coordinators and to its owner."""
    rows = Recipient.objects.filter(suppressed_at__isnull=True).at(address)
    return rows.update(suppressed_at=clock.now(), suppressed_because=because[:200])


@transaction.atomic
def lift(recipient, *, by):
    """Write again to an address, after its owner has shown to read there or a coordinator knows it is good."""
    Recipient.objects.at(recipient.address).update(suppressed_at=None, suppressed_because="")
    log.record("suppression lifted", recipient, by=by)
