"""Who may do what with consultations and registrations; what may be seen is `visible_to`, never here."""

from consultations.models import Registration
from portal.models import Process, Reader
from portal.permissions import can_coordinate, can_register, can_speak_for


def can_draft(user):
    """Whoever coordinates everything or a process begins consultations."""
    reader = Reader.of(user)
    return reader.coordinates_everything or bool(reader.scope_ids(Process))


def can_edit(user, consultation):
    """Whoever coordinates the consultation, its process or everything changes it and moves it on."""
    return can_coordinate(user, consultation)


def can_answer(user, consultation):
    """The same people see who registered, and confirm or decline."""
    return can_coordinate(user, consultation)


def can_register_for(user, consultation, organization):
    """The lead of a verified organization that may take part registers it."""
    return can_register(user, organization) and consultation.admits(organization)


def can_change(user, registration):
    """The lead of the registered organization names its delegates, swaps them, and cancels, while it counts."""
    return registration.is_held and can_speak_for(user, registration.organization)


def can_cancel(user, registration):
    """The lead gives the places back; so does a coordinator, for an organization that cannot be reached."""
    return registration.is_held and (
        can_speak_for(user, registration.organization) or can_coordinate(user, registration.consultation)
    )


def can_join(user, consultation):
    """People of confirmed organizations and their delegates have the address where one joins; no one else."""
    rows = Registration.objects.filter(consultation=consultation)
    return rows.confirmed_for(Reader.of(user)).exists()
