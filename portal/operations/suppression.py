"""Addresses that we no longer write to, because they refused us; and the way back."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from portal import clock, tokens
from portal.models import Recipient
from portal.operations import account_mail, log


def suppress(address, *, because):
    """Write no more to an address, whoever uses it; the reason is shown to coordinators and to its owner."""
    rows = Recipient.objects.filter(suppressed_at__isnull=True).at(address)
    return rows.update(suppressed_at=clock.now(), suppressed_because=because[:200])


def offer_return(recipient):
    """Send an address that refused us a link: who can open it reads there, and may have us write again."""
    if recipient.suppressed_at is None:
        return False
    with translation.override(recipient.language):
        token = tokens.make_for(purpose(recipient), recipient.key, recipient.nonce)
        address = settings.SITE_URL + reverse("messages-again", args=[token])
        sentence = gettext("If messages reach you here again, open this address and say so:")
        return account_mail.write(
            recipient.address, subject=gettext("Does this reach you?"), body=f"{sentence}\n\n{address}"
        )


def purpose(recipient):
    """What the link of a return is good for: this one suppression."""
    return f"again:{recipient.suppressed_at.isoformat()}"


@transaction.atomic
def lift(recipient, *, by):
    """Write again to an address, after its owner has shown to read there or a coordinator knows it is good."""
    Recipient.objects.at(recipient.address).update(suppressed_at=None, suppressed_because="")
    log.record("suppression lifted", recipient, by=by)
