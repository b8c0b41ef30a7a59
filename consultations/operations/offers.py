"""Offers of places that became free: taken in time, given back, or run out; then the next in line has them."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Registration
from consultations.notifications import OfferLapsed, RegistrationConfirmed
from consultations.operations import lines, registrations
from portal import clock
from portal.errors import Refused
from portal.notifications import notify
from portal.operations import log

MOST = 200  # offers that one sweep ends: the next takes the others


@transaction.atomic
def accept(registration, *, by):
    """Take the places that are offered, while the offer lasts."""
    now = clock.now()  # read before the lock: who came in time is in time
    registration = lines.locked(registration)
    if registration.status == Registration.Status.CONFIRMED:
        return registration
    if registration.status != Registration.Status.OFFERED or registration.offer_ends_at <= now:
        raise Refused(_("This offer is over."))
    registration.move_to(Registration.Status.CONFIRMED)
    registration.status_at = registration.confirmed_at = now
    registration.offer_ends_at = None
    registration.save(update_fields=["status", "version", "status_at", "confirmed_at", "offer_ends_at"])
    log.record("offer taken", registration, by=by)
    notify(RegistrationConfirmed, registration, by=by)
    return registration


@transaction.atomic
def give_back(registration, *, by):
    """Do without the places that are offered; the next in line has them."""
    registration = lines.locked(registration)
    if registration.status != Registration.Status.OFFERED:
        raise Refused(_("This offer is over."))
    return registrations.cancel(registration, by=by)


def end_due():
    """End the offers that ran out, each in a transaction of its own; return how many."""
    for done in range(MOST):
        if not _end_one():
            return done
    return MOST


@transaction.atomic
def _end_one():
    now = clock.now()
    due = Registration.objects.filter(status=Registration.Status.OFFERED, offer_ends_at__lte=now)
    registration = due.select_related("consultation").order_by("offer_ends_at", "pk").first()
    if registration is None:
        return False
    registration = lines.locked(registration)
    # Whoever took it in the last moment has it.
    if registration.status == Registration.Status.OFFERED and registration.offer_ends_at <= now:
        registration.move_to(Registration.Status.LAPSED)
        registration.status_at, registration.offer_ends_at = now, None
        registration.save(update_fields=["status", "version", "status_at", "offer_ends_at"])
        lines.hold(registration, -registration.delegates_count)
        log.record("offer ran out", registration, by=None)
        notify(OfferLapsed, registration, by=None)
        lines.promote(registration.consultation, by=None)
    return True
