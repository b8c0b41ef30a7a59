"""The line before a consultation: whose turn it is, who is confirmed, who waits, in order of arrival.

Every change of places and registrations happens under the consultation's row lock, which is taken here.
"""

from contextlib import contextmanager

from django.db import OperationalError, connection
from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation, Registration
from consultations.notifications import RegistrationPromoted
from portal import clock
from portal.errors import Refused
from portal.notifications import notify
from portal.operations import log


def take_turn(consultation):
    """Lock the consultation and take the next number of its line, in one statement; (consultation, number)."""
    turn = "UPDATE consultations_consultation SET next_seq = next_seq + 1 WHERE id = %s RETURNING *"
    with _queue(consultation):
        (found,) = Consultation.objects.raw(turn, [consultation.pk])
    return found, found.next_seq - 1


def lock(consultation):
    """Lock the consultation until the transaction ends, and read it as it now is."""
    with _queue(consultation):
        return Consultation.objects.select_for_update(of=["self"], no_key=True).get(pk=consultation.pk)


def fits(consultation, delegates):
    """Whether this many more delegates can be confirmed; to be asked under the lock."""
    return consultation.places is None or consultation.confirmed_count + delegates <= consultation.places


def hold(consultation, delegates):
    """Count this many more confirmed delegates, or fewer; the database refuses more than there are places."""
    Consultation.objects.filter(pk=consultation.pk).update(confirmed_count=F("confirmed_count") + delegates)
    consultation.confirmed_count += delegates


def has_turn(registration):
    """Whether it may be confirmed now: its delegates fit, and nobody waits who came before."""
    consultation = registration.consultation
    before = consultation.registrations.waiting().filter(seq__lt=registration.seq)
    return fits(consultation, registration.delegates_count) and not before.exists()


def seat(registration):
    """Confirm a registration and hold its places; under the lock, when it has its turn."""
    registration.move_to(Registration.Status.CONFIRMED)
    registration.status_at = registration.confirmed_at = clock.now()
    registration.save(update_fields=["status", "version", "status_at", "confirmed_at"])
    hold(registration.consultation, registration.delegates_count)


def promote(consultation, *, by):
    """Confirm from the head of the waiting list while the next in line fits; nobody smaller overtakes."""
    if is_over(consultation, clock.now()):
        return
    for registration in consultation.registrations.waiting().select_related("organization"):
        if not fits(consultation, registration.delegates_count):
            return
        registration.consultation = consultation
        seat(registration)
        log.record("registration promoted", registration, by=by)
        notify(RegistrationPromoted, registration, by=by)


def is_over(consultation, at):
    """Whether nobody can take part any more: it is archived, or the last of its meetings has ended."""
    if consultation.status == Consultation.Status.ARCHIVED:
        return True
    ends = consultation.meetings.filter(cancelled_at__isnull=True).aggregate(
        end=Max("ends_at"), start=Max("starts_at", filter=Q(ends_at__isnull=True))
    )
    last = max((moment for moment in ends.values() if moment), default=None)
    return last is not None and last <= at


@contextmanager
def _queue(consultation):
    """Wait for the row in order of arrival, longer than for other locks; give up in words.

    Those who wait for a row itself overtake each other; those who wait for an advisory lock do not (measured: the
    longest of 40 waited 1.3 s instead of 3.0 s).
    """
    queue = "SELECT pg_advisory_xact_lock(hashtextextended('consultation ' || %s::text, 0))"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '9s'")
            cursor.execute(queue, [consultation.pk])
        yield
    except OperationalError as error:
        raise Refused(_("Many people are doing this at the same moment. Please try again.")) from error
