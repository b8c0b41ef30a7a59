"""News from the kernel that concerns what is published, heard in the transaction that sends it."""

from django.dispatch import receiver

from portal.signals import thing_changed
from resources.models import Campaign
from resources.operations import pictures


@receiver(thing_changed, sender=Campaign)
def owe_pictures(thing, **_signal):
    """Whoever changes a campaign, or approves what is said of it in a language, has its pictures drawn anew."""
    pictures.owe(thing)
