"""For every kind of notice, a thing that is told of and somebody who is told: what tests of all kinds walk through.

Whoever adds a kind adds its line: EXAMPLES[name](reader) makes the thing; the reader is a lead of a verified
organization and must be among the recipients. A kind for others than leads makes its own and returns (thing, address).
"""

from datetime import timedelta

from django.utils import timezone

from portal import tokens
from portal.models import Invitation, Recipient
from tests import factories

TITLES = {
    "title_en": "Return with dignity",
    "title_fr": "Le retour dans la dignité",
    "title_es": "Un retorno digno",
    "title_ar": "العودة بكرامة",
}


def verified_organization(reader):
    return reader.organization


def invitation(reader):
    nonce = tokens.nonce()
    recipient = Recipient.objects.create(address="invited@people.example", language=reader.language)
    letter = Invitation.objects.create(
        organization=factories.organization(),
        email=recipient.address,
        language=reader.language,
        nonce=nonce,
        token_hash=tokens.digest(tokens.make(Invitation.PURPOSE, nonce)),
        invited_by=factories.user(),
        expires_at=timezone.now() + timedelta(days=14),
        recipient=recipient,
    )
    return letter, recipient.address


def document(_reader):
    return factories.document(**TITLES)


EXAMPLES = {
    "organization-verified": verified_organization,
    "colleague-invited": invitation,
    "document-published": document,
    "document-translated": document,
}


def example(kind, reader):
    """The thing of a kind, and the address that is told of it."""
    made = EXAMPLES[kind.name](reader)
    return made if isinstance(made, tuple) else (made, reader.email)
