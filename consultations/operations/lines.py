"""The line before a consultation: who is confirmed, to whom a place is offered, who waits, in order of arrival.

Every change of places and registrations happens under the consultation's row lock, which is taken here. Whose turn
it is says `consultations.turns`.
"""

from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import OperationalError
from django.db.models import Min
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from consultations import turns
from consultations.models import Consultation, Registration, RegistrationLink
from consultations.models.consultations import ASKED, Asked
from consultations.models.quotas import CONCERNING
from consultations.notifications import PlaceOffered, RegistrationPromoted
from portal import clock, instances, prepared
from portal.errors import Refused
from portal.notifications import notice
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

# The row is read as it is when its turn has come.
LOCK = f"""
WITH queue AS MATERIALIZED ({QUEUE})
SELECT consultation.*, clock_timestamp() AS locked_at FROM consultations_consultation AS consultation, queue
WHERE consultation.id = %(id)s FOR NO KEY UPDATE OF consultation
"""  # noqa: S608 - constants only
REGISTRATION = "SELECT * FROM consultations_registration WHERE id = %(registration)s"

# For somebody new, too, and of it what decides whether one comes in.
TURN = f"""
WITH queue AS MATERIALIZED ({QUEUE})
UPDATE consultations_consultation SET next_seq = next_seq + 1 FROM queue WHERE id = %(id)s
RETURNING id, status, access, approval, takes_registrations, opens_at, closes_at, places, places_per_organization,
    confirmed_count, next_seq, clock_timestamp() AS taken_at, nextval('consultations_registration_id_seq') AS made
"""  # noqa: S608 - constants only
# When the last of its meetings ends, and what time it is.
LAST = """
SELECT max(coalesce(ends_at, starts_at)), clock_timestamp() FROM consultations_meeting
WHERE consultation_id = %(consultation)s AND cancelled_at IS NULL
"""
TAKEN = ("status", "version", "delegates_count", "asked_for", "status_at", "confirmed_at", "offer_ends_at")
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
    """Lock the consultation until the transaction ends, and read it as it now is, with `locked_at`."""
    return _lock(consultation.pk)[0]


def _lock(pk, *also):
    """The same with what is asked under its lock: (consultation, answers)."""
    with _refusing_who_waits_too_long():
        found, *answers = prepared.together((instances.spelled_out(Consultation, LOCK), {"id": pk}), *also)
    (consultation,) = instances.made(Consultation, found)
    return consultation, answers


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


def seating(registration, places, *, at):
    """Confirm a registration, which holds these places from now on, in its turn: what saves and counts that."""
    registration.move_to(Registration.Status.CONFIRMED)
    registration.confirmed_at = at
    return _taking(registration, places, at)


def _taking(registration, places, at):
    registration.take(places)
    registration.status_at = at
    return instances.change(registration, *TAKEN), holding(registration, places)


def promote(consultation, *, by):
    """Give free places to whoever waits and has a turn: at once, or as an offer where the consultation makes offers."""
    values = {"consultation": consultation.pk, "before": None, "most": turns.HEAD}
    asked = [(sql, values) for sql in (LAST, turns.ROOMS, turns.LINE)]
    (_, ((last, now),)), (_, rooms), (_, line) = prepared.together(*asked)
    if _ends(consultation, last, now):
        return
    found = turns.with_room(turns.turns(turns.free(consultation), dict(rooms), turns.waiting(line)))
    if len(found) == turns.HEAD:
        whole = turns.line(consultation)
        found = turns.with_room(turns.turns(turns.free(consultation), dict(rooms), whole))
    given = {turn.row.pk: turn.given for turn in found if turn.given}
    if not given:
        return
    acts = []
    for registration in consultation.registrations.filter(pk__in=given).order_by("seq"):
        registration.consultation = consultation
        acts += _giving(registration, given[registration.pk], now, by=by)
    prepared.together(*acts)
    _pass_over(found[: max(place for place, turn in enumerate(found) if turn.given)], by=by)


def _giving(registration, places, now, *, by):
    if not registration.consultation.offer_hours:
        yield from seating(registration, places, at=now)
        yield log.entry("registration promoted", registration, by=by)
        yield notice(RegistrationPromoted, registration, by=by)
        return
    registration.move_to(Registration.Status.OFFERED)
    registration.offer_ends_at = _end_of_offer(registration.consultation, now)
    yield from _taking(registration, places, now)
    RegistrationLink.make(registration, RegistrationLink.Purpose.OFFER, by=by)
    yield log.entry("place offered", registration, by=by)
    yield notice(PlaceOffered, registration, by=by)


def _end_of_offer(consultation, now):
    """When an offer that is made now runs out: after its hours, or when the next meeting begins."""
    ahead = consultation.meetings.filter(cancelled_at__isnull=True, starts_at__gt=now)
    begins = ahead.aggregate(first=Min("starts_at"))["first"]
    ends = now + timedelta(hours=consultation.offer_hours)
    return min(ends, begins) if begins else ends


def locked(registration):
    """The registration as it is under its consultation's lock."""
    asked = instances.spelled_out(Registration, REGISTRATION), {"registration": registration.pk}
    consultation, (answer,) = _lock(registration.consultation_id, asked)
    (registration,) = instances.made(Registration, answer)
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
    ((last, _now),) = prepared.rows(LAST, {"consultation": consultation.pk})
    return _ends(consultation, last, at)


def _ends(consultation, last, at):
    return consultation.status == Consultation.Status.ARCHIVED or (last is not None and last <= at)


def _pass_over(turns_before, *, by):
    """Note on each that a full quota made wait while another was given places, since when and for which quota."""
    quotas = {turn.row.pk: turn.quota for turn in turns_before if turn.quota}
    rows = list(Registration.objects.filter(pk__in=quotas, passed_over_at__isnull=True))
    now = clock.now() if rows else None
    for row in rows:
        row.passed_over_at, row.passed_over_for_id = now, quotas[row.pk]
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
