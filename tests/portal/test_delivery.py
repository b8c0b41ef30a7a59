"""A notice reaches each of its readers once, in the reader's language, and nobody who may not know."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.models import (
    AccountMail,
    Alarm,
    Choice,
    Delivery,
    Membership,
    Notice,
    Organization,
    Recipient,
    Role,
)
from portal.notifications import OrganizationVerified, notify, registry
from portal.operations import choices, delivery, expansion, suppression
from resources.notifications import DocumentPublished
from tests import factories

pytestmark = pytest.mark.django_db
State = Delivery.State


def sent_to(mailoutbox):
    return sorted(address for message in mailoutbox for address in message.to)


def test_every_member_is_told_once_and_in_the_own_language(mailoutbox):
    arabic, spanish, french = (factories.lead(language=code) for code in ("ar", "es", "fr"))
    factories.lead(constituency="state")
    factories.lead(status="pending")
    document = factories.document(
        title_ar="العودة", title_es="El retorno", title_en="Return", title_fr="Le retour"
    )

    notify(DocumentPublished, document, by=None)
    delivery.drain()
    delivery.drain()

    assert sent_to(mailoutbox) == sorted(person.email for person in (arabic, spanish, french))
    languages = {message.to[0]: message.extra_headers["Content-Language"] for message in mailoutbox}
    assert languages == {arabic.email: "ar", spanish.email: "es", french.email: "fr"}
