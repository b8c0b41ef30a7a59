"""What the kernel hears of accounts, and of a mail service."""

from allauth.account.signals import email_changed
from anymail.signals import tracking
from django.dispatch import receiver

from portal.models import Recipient
from portal.operations import bounces


@receiver(email_changed)
def follow_address(to_email_address, **_rest):
    """A person has another primary address: we write to that one from now on."""
    Recipient.objects.keep_for_person(to_email_address.user)


@receiver(tracking)
def hear_mail_service(event, **_rest):
    """A message came back, or somebody complained of it."""
    bounces.hear_service(event)
