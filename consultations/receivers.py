"""News from the kernel that concerns registrations, heard in the transaction that sends it."""

from django.dispatch import receiver

from consultations.operations import erasure, prints, registrations
from portal.signals import organization_merged, organization_suspended, organization_verified, person_erased


@receiver(organization_suspended)
def cancel_registrations(organization, by, **_signal):
    """A suspended organization holds no places and stands in no line."""
    registrations.cancel_all_of(organization, by=by)


@receiver([organization_suspended, organization_verified, organization_merged])
def renew_prints(organization, by, **_signal):
    """A suspended organization is named in no file; one that stands again, or for another, is."""
    prints.renew_of(organization, by=by)


@receiver(person_erased)
def forget_person(user, recipients, addresses, **_signal):
    """Nobody who was erased is a delegate, a guest or a signer, and no file of hers is left."""
    erasure.forget(user, recipients=recipients, addresses=addresses)
