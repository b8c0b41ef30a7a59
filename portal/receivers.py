"""What the kernel hears of accounts."""

from allauth.account.signals import email_changed
from django.dispatch import receiver

from portal.models import Recipient


@receiver(email_changed)
def follow_address(to_email_address, **_rest):
    """A person has another primary address: we write to that one from now on."""
    Recipient.objects.keep_for_person(to_email_address.user)
