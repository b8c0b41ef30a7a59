"""The line before a consultation: who is confirmed, to whom a place is offered, who waits, in order of arrival.

Every change of places and registrations happens under the consultation's row lock, which is taken here. Whose turn
it is says `consultations.turns`.
"""

from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import OperationalError, connection
from django.db.models import Max, Min, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from consultations import turns
from consultations.models import Consultation, Registration, RegistrationLink
from consultations.models.consultations import ASKED, Asked
from consultations.models.quotas import CONCERNING
from consultations.notifications import PlaceOffered, RegistrationPromoted
from portal import clock, instances, prepared
from portal.errors import Refused
from portal.notifications import notify
from portal.operations import log

# One statement keeps both counts, so that none is ever without the other.
HOLD = """
WITH counted AS (
    UPDATE consultations_quota SET held_count = held_count + %(places)s
    WHERE id IN (SELECT quota_id FROM consultations_registration_quotas WHERE registration_id = %(registration)s)
)
UPDATE consultations_consultation SET confirmed_count = confirmed_count + %(places)s WHERE id = %(consultation)s
"""

# From left to right: the longer patience first, then the waiting.
QUEUE = """
SELECT set_config('lock_timeout', '9s', true),
       pg_advisory_xact_lock(hashtextextended('consultation ' || %(id)s, 0)) IS NULL
"""

# The row is read as it is when its turn has come, and of it what decides whether one comes in.
TURN = f"""
WITH queue AS MATERIALIZED ({QUEUE})
UPDATE consultations_consultation SET next_seq = next_seq + 1 FROM queue WHERE id = %(id)s
RETURNING id, status, access, approval, takes_registrations, opens_at, closes_at, places, places_per_organization,
    confirmed_count, next_seq, clock_timestamp() AS taken_at, nextval('consultations_registration_id_seq') AS made
"""  # noqa: S608 - constants only
NOBODY_WAITS = """
SELECT NOT EXISTS (
    SELECT FROM consultations_registration WHERE consultation_id = %(consultation)s AND status = 'waitlisted'
)
"""


class Arrival(NamedTuple):
    """Where somebody comes into a line, and what the line was like at that moment, under its lock.

    `pk` is the registration's; `quotas` are the ids of those that concern the organization.
    """

    consultation: Consultation
    pk: int
    number: int
    at: datetime
    quotas: list
    nobody_waits: bool


def take_turn(consultation, organization):
    """Lock the consultation and take the next number of its line for an organization."""
    values = {
        "id": consultation.pk,
        "consultation": consultation.pk,
        "organization": organization.pk,
        "constituency": organization.constituency,
        "is_migrant_led": organization.is_migrant_led,
    }
    asked = [(sql, values) for sql in (TURN, CONCERNING, NOBODY_WAITS, ASKED)]
    with _refusing_who_waits_too_long():
        turn, (_, quotas), (_, ((nobody_waits,),)), (_, (asks,)) = prepared.together(*asked)
    (found,) = instances.made(Consultation, turn)
    found.asked_when_found = Asked(*asks)
    quotas = [pk for (pk,) in quotas]
    return Arrival(found, found.made, found.next_seq - 1, found.taken_at, quotas, nobody_waits)


def lock(consultation):
    """Lock the consultation until the transaction ends, and read it as it now is."""
    with _refusing_who_waits_too_long(), connection.cursor() as cursor:
        cursor.execute(QUEUE, {"id": consultation.pk})
        return Consultation.objects.select_for_update(of=["self"], no_key=True).get(pk=consultation.pk)


def hold(registration, places):
    """Count this many more places as held, or fewer, in all and in each of its quotas; the database refuses too many."""
    prepared.rows(*holding(registration, places))


def holding(registration, places):
    """What counts them, as (statement, values)."""
    consultation = registration.consultation
    consultation.confirmed_count += places
    return HOLD, {"places": places, "registration": registration.pk, "consultation": consultation.pk}


def claim(row, consultation, *, seq=None, nobody_waits=False, by):
    """How many places a registration is given at once, after all who came before it; none: it waits."""
    if turns.free(consultation) < row.least:
        return 0
    before = [] if nobody_waits else turns.line(consultation, before=seq)
    if not before and not row.quotas:
        return int(min(row.most, turns.free(consultation)))
    *passed, own = turns.turns(turns.free(consultation), turns.rooms(consultation), [*before, row])
    if own.given:
        _pass_over(passed, by=by)
    return own.given


def seat(registration, places):
    """Confirm a registration, which holds these places from now on; under the lock, in its turn."""
    registration.move_to(Registration.Status.CONFIRMED)
    registration.take(places)
    registration.status_at = registration.confirmed_at = clock.now()
    registration.save()
    hold(registration, places)


def promote(consultation, *, by):
    """Give free places to whoever waits and has a turn: at once, or as an offer where the consultation makes offers."""
    now = clock.now()
    if is_over(consultation, now):
        return
    found = list(turns.turns(turns.free(consultation), turns.rooms(consultation), turns.line(consultation)))
    given = {turn.row.pk: turn.given for turn in found if turn.given}
    rows = consultation.registrations.filter(pk__in=given).select_related("organization").order_by("seq")
    for registration in rows:
        registration.consultation = consultation
        _give(registration, given[registration.pk], now, by=by)
    if given:
        last = max(place for place, turn in enumerate(found) if turn.given)
        _pass_over(found[:last], by=by)


def _give(registration, places, now, *, by):
    if not registration.consultation.offer_hours:
        seat(registration, places)
        log.record("registration promoted", registration, by=by)
        notify(RegistrationPromoted, registration, by=by)
        return
    registration.move_to(Registration.Status.OFFERED)
    registration.take(places)
    registration.status_at, registration.offer_ends_at = now, _end_of_offer(registration.consultation, now)
    registration.save()
    hold(registration, places)
    RegistrationLink.make(registration, RegistrationLink.Purpose.OFFER, by=by)
    log.record("place offered", registration, by=by)
    notify(PlaceOffered, registration, by=by)


def _end_of_offer(consultation, now):
    """When an offer that is made now runs out: after its hours, or when the next meeting begins."""
    ahead = consultation.meetings.filter(cancelled_at__isnull=True, starts_at__gt=now)
    begins = ahead.aggregate(first=Min("starts_at"))["first"]
    ends = now + timedelta(hours=consultation.offer_hours)
    return min(ends, begins) if begins else ends


def locked(registration):
    """The registration as it is under its consultation's lock."""
    consultation = lock(registration.consultation)
    registration = Registration.objects.select_related("organization").get(pk=registration.pk)
    registration.consultation = consultation
    return registration


def refuse_fewer_places(places, held):
    """Nobody loses a place that was given."""
    if places is not None and places < held:
        raise Refused(
            ngettext_lazy(
                "%(number)s delegate is confirmed: there cannot be fewer places than that.",
                "%(number)s delegates are confirmed: there cannot be fewer places than that.",
                "number",
            )
            % {"number": held},
            "places",
        )


def is_over(consultation, at):
    """Whether nobody can take part any more: it is archived, or the last of its meetings has ended."""
    if consultation.status == Consultation.Status.ARCHIVED:
        return True
    ends = consultation.meetings.filter(cancelled_at__isnull=True).aggregate(
        end=Max("ends_at"), start=Max("starts_at", filter=Q(ends_at__isnull=True))
    )
    last = max((moment for moment in ends.values() if moment), default=None)
    return last is not None and last <= at


def _pass_over(turns_before, *, by):
    """Note on each that a full quota made wait while another was given places, since when and for which quota."""
    quotas = {turn.row.pk: turn.quota for turn in turns_before if turn.quota}
    rows = list(Registration.objects.filter(pk__in=quotas, passed_over_at__isnull=True))
    for row in rows:
        row.passed_over_at, row.passed_over_for_id = clock.now(), quotas[row.pk]
    Registration.objects.bulk_update(rows, ["passed_over_at", "passed_over_for"])
    log.record_all("registration passed over", rows, by=by)


@contextmanager
def _refusing_who_waits_too_long():
    """Wait for the row in order of arrival, longer than for other locks; give up in words.

    Those who wait for a row itself overtake each other; those who wait for an advisory lock do not (measured: the
    longest of 40 waited 1.3 s instead of 3.0 s).
    """
    try:
        yield
    except OperationalError as error:
        raise Refused(_("Many people are doing this at the same moment. Please try again.")) from error
