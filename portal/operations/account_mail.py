"""Messages about one's own account, such as codes: by the same deliveries as all others, before all others."""

import uuid
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import translation

from portal import clock, languages
from portal.mail.letters import own_domain
from portal.models import AccountMail, Delivery, Recipient
from portal.notifications import ring
from portal.operations import limits

KEPT = timedelta(hours=1)


def language_at(address):
    """The language of the person who reads at an address; of the page in hand where nobody is known there."""
    known = _known(address)
    return known.user.language if known else languages.supported(translation.get_language())


@transaction.atomic
def write(address, *, subject, body, is_for_nobody=False):
    """Queue a message to an address that somebody entered, unless it was written to too often; say whether.

    The text stands in a row of its own, which is gone once it was sent, or after an hour. For nobody, the same work
    is done and nothing sent: how long an answer takes must not tell whether an account exists.
    """
    known = _known(address)
    # What is sent to nobody must not use up what a stranger may still be sent.
    is_own = is_for_nobody or (known is not None and known.verified)
    if not (limits.take_for_owner(address) if is_own else limits.take_for_stranger(address)):
        return False
    now, key = clock.now(), uuid.uuid4()
    delivery = Delivery.objects.create(
        key=key,
        recipient=_recipient("" if is_for_nobody else address, known),
        message_id=f"<{key}@{own_domain()}>",
        lang=languages.supported(translation.get_language()),
        priority=0,
        not_before=now,
        created_at=now,
    )
    AccountMail.objects.create(delivery=delivery, subject=subject, body=body, expires_at=now + KEPT)
    transaction.on_commit(ring, robust=True)
    return True


def _known(address):
    rows = EmailAddress.objects.filter(email=address.lower()).select_related("user")
    return rows.order_by("-verified", "pk").first()


def _recipient(address, known):
    """The row of the person whose address it is; of the bare address while it is nobody's, or not yet."""
    address = address.lower()
    if known is not None and known.user.email.lower() == address:
        return Recipient.objects.keep_for_person(known.user)
    defaults = {"language": languages.supported(translation.get_language())}
    return Recipient.objects.get_or_create(address=address, user=None, organization=None, defaults=defaults)[
        0
    ]
