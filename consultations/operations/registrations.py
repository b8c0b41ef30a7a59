"""Organizations register their delegates, are confirmed or wait in line, change, cancel (safety.md, D7)."""

from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from consultations import turns
from consultations.models import Consultation, FormerDelegate, Registration
from consultations.notifications import (
    DelegateNamed,
    DelegateRemoved,
    RegistrationCancelled,
    RegistrationConfirmed,
    RegistrationDeclined,
    RegistrationReceived,
    RegistrationWaitlisted,
)
from consultations.operations import admissions, lines
from consultations.operations import answers as answer_acts
from consultations.operations import delegates as delegate_acts
from portal import clock, instances, prepared
from portal.errors import Refused
from portal.models import Organization
from portal.notifications import notice, notify
from portal.operations import log

# What is asked of the organization, under its lock. Who came in time is in time, however long the wait for that.
LOCK = """
SELECT id, status, constituency, is_migrant_led, mailbox, EXISTS (
    SELECT FROM consultations_registration
    WHERE consultation_id = %(consultation)s AND organization_id = organization.id AND status = ANY(%(held)s)
) AS is_registered, statement_timestamp() AS came_at
FROM portal_organization AS organization WHERE id = %(organization)s FOR NO KEY UPDATE
"""
ONE = "registration_is_one_per_organization"
# What tells of a registration that has just come in, or was just answered.
TOLD = {
    Registration.Status.PENDING: RegistrationReceived,
    Registration.Status.CONFIRMED: RegistrationConfirmed,
    Registration.Status.WAITLISTED: RegistrationWaitlisted,
}


@transaction.atomic
def register(
    consultation,
    *,
    organization,
    delegates,
    places=None,
    least=None,
    answers=None,
    language="",
    consent_text=None,
    consent_version=0,
    consent_language="",
    by,
):
    """Register an organization for places: confirmed while they last, else waiting in order of arrival.

    `delegates` are dictionaries of name, email, language, interpretation, needs, other_needs: those whose names are
    known. It asks for as many `places`, or one for each delegate; with `least` it says with how many it comes too.
    `answers`, written in a language, are {question pk: value}.
    """
    held = [status.value for status in Registration.HELD]
    asked = {"organization": organization.pk, "consultation": consultation.pk, "held": held}
    found = instances.of(Organization, LOCK, asked)
    if not found:  # it was merged into another one just now
        raise Refused(_("This organization does not exist any more. Please open the page again."))
    organization = found[0]
    # All that needs no lock comes first: a crowd waits behind this one.
    _refuse_twice(is_registered=organization.is_registered)
    recipients = delegate_acts.recipients_of(organization, delegates, by=by)
    arrival = lines.take_turn(consultation, organization)
    consultation = arrival.consultation
    places, least = _asked(places, least, delegates)
    _refuse_outsider(consultation, organization)
    _refuse_outside_window(consultation, organization.came_at)
    _refuse_number(consultation, places)
    registration = Registration(
        pk=arrival.pk,
        consultation=consultation,
        organization=organization,
        seq=arrival.number,
        status_at=arrival.at,
        delegates_count=places,
        least=least,
        registered_by=by,
        consent_text=consent_text,
        consent_version=consent_version,
        consent_language=consent_language,
    )
    given = _find_place_in_line(registration, arrival, by=by)
    counted = [Registration.quotas.through(registration=registration, quota_id=pk) for pk in arrival.quotas]
    named = delegate_acts.described(registration, delegates, recipients, at=arrival.at)
    with _refusing_who_was_quicker():
        instances.add_all(
            [registration, *counted, *named],
            *([lines.holding(registration, given)] if given else []),
            log.entry("registration sent", registration, by=by),
            notice(TOLD[registration.status], registration, by=by),
        )
    if consultation.is_closed_room:
        admissions.use(registration, by=by)
    answer_acts.save(registration, of=consultation, given=answers or {}, language=language, by=by)
    return registration


@transaction.atomic
def confirm(registration, *, by):
    """Approve a pending registration: confirmed if it fits and nobody waits before it, else waiting."""
    registration = lines.locked(registration)
    if registration.status != Registration.Status.PENDING:
        raise Refused(_("This registration was already answered."))
    row = turns.Waiting.of(registration, registration.quotas.values_list("pk", flat=True))
    if places := lines.claim(row, registration.consultation, seq=registration.seq, by=by):
        saved = lines.seating(registration, places, at=registration.consultation.locked_at)
    else:
        saved = [_moving(registration, Registration.Status.WAITLISTED)]
    prepared.together(
        *saved,
        log.entry("registration approved", registration, by=by),
        notice(TOLD[registration.status], registration, by=by),
    )
    return registration


@transaction.atomic
def decline(registration, *, reason, by):
    """Decline a registration that is pending or waits, and say why."""
    registration = lines.locked(registration)
    registration.reason = reason
    prepared.together(
        _moving(registration, Registration.Status.DECLINED),
        log.entry("registration declined", registration, by=by),
        notice(RegistrationDeclined, registration, by=by),
    )
    # It may have stood at the head of the line, before others who fit.
    lines.promote(registration.consultation, by=by)
    return registration


@transaction.atomic
def cancel(registration, *, by):
    """Give a registration's places back, or leave the line; whoever is next is promoted."""
    registration = lines.locked(registration)
    was_seated = registration.is_seated
    prepared.together(
        _moving(registration, Registration.Status.CANCELLED),
        *([lines.holding(registration, -registration.delegates_count)] if was_seated else []),
        log.entry("registration cancelled", registration, by=by),
        notice(RegistrationCancelled, registration, by=by),
    )
    lines.promote(registration.consultation, by=by)
    return registration


@transaction.atomic
def cancel_all_of(organization, *, by):
    """Cancel whatever an organization still holds or waits for, consultation by consultation."""
    held = Registration.objects.filter(organization=organization).held()
    for registration in held.order_by("consultation_id").select_related("consultation"):
        cancel(registration, by=by)


@transaction.atomic
def change_delegates(registration, *, version, delegates, places=None, least=None, by):
    """Name other delegates, or ask for more or fewer places, from the version that was shown; the place in line stays.

    A delegate whose `key` is given is the same person with changed facts; one without is new, and is told, as is
    whoever is named no longer.
    """
    now = clock.now()
    registration = lines.locked(registration)
    if version != registration.version:
        raise Refused(_("Somebody has just changed this. Please look at it again and retry."))
    delegate_acts.refuse_over(registration, now)
    places, least = _asked(places, least, delegates)
    more = places - registration.delegates_count
    if more > 0:
        _refuse_more(registration, more, now, by=by)
    before = list(registration.delegate_set.all())
    new = delegate_acts.rename_all(registration, before, delegates, by=by)
    registration.delegates_count, registration.least, registration.asked_for = places, least, None
    registration.version += 1
    registration.save(update_fields=["delegates_count", "least", "asked_for", "version"])
    log.record("delegates changed", registration, by=by)
    if registration.is_seated:
        lines.hold(registration, more)
    if registration.status == Registration.Status.CONFIRMED:
        _tell_of_change(registration, before, new, by=by)
    lines.promote(registration.consultation, by=by)
    return registration


def _moving(registration, status):
    registration.move_to(status)
    registration.status_at, registration.offer_ends_at = registration.consultation.locked_at, None
    return instances.change(registration, "status", "version", "status_at", "offer_ends_at", "reason")


def _asked(places, least, delegates):
    """(places, with how many of them it comes too or None): whoever is named is among the least."""
    named = len(delegates)
    places = max(named if places is None else places, named)
    least = None if least is None else max(least, named, 1)
    return places, None if least is None or least >= places else least


def _find_place_in_line(registration, arrival, *, by):
    """Where a new registration belongs: confirmed, with so many places, or waiting for a coordinator or for a place."""
    if registration.consultation.approval != Consultation.Approval.AUTOMATIC:
        return 0
    row = turns.Waiting.of(registration, arrival.quotas)
    given = lines.claim(row, registration.consultation, nobody_waits=arrival.nobody_waits, by=by)
    registration.status = Registration.Status.CONFIRMED if given else Registration.Status.WAITLISTED
    if given:
        registration.take(given)
        registration.confirmed_at = registration.status_at
    return given


def _refuse_outsider(consultation, organization):
    """Who may take part is asked again here, of the organization that was chosen, not of the person."""
    if not consultation.admits(organization):
        raise Refused(_("This organization cannot register for this consultation."), "organization")


def _refuse_twice(*, is_registered):
    if is_registered:
        raise Refused(_("This organization is already registered for this consultation."), "organization")


@contextmanager
def _refusing_who_was_quicker():
    """A colleague may have registered it while this one waited for the organization's lock: the database knows."""
    try:
        yield
    except IntegrityError as error:
        _refuse_twice(is_registered=ONE in str(error))
        raise


def _refuse_outside_window(consultation, now):
    if consultation.takes_registrations and consultation.status == Consultation.Status.OPEN:
        if consultation.opens_at is not None and now < consultation.opens_at:
            raise Refused(_("Registration has not opened yet."))
        if consultation.closes_at is None or now < consultation.closes_at:
            return
    raise Refused(_("Registration is closed."))


def _refuse_number(consultation, number):
    if number < 1:
        raise Refused(_("Ask for at least one place."))
    if number > consultation.places_per_organization:
        raise Refused(
            ngettext_lazy(
                "An organization can send at most %(number)s delegate.",
                "An organization can send at most %(number)s delegates.",
                "number",
            )
            % {"number": consultation.places_per_organization}
        )


def _refuse_more(registration, more, now, *, by):
    """More places than before are asked for at the end of the line, under the same rules as everybody's."""
    consultation = registration.consultation
    _refuse_outside_window(consultation, now)
    _refuse_number(consultation, registration.delegates_count + more)
    if not registration.is_seated:
        return
    quotas = registration.quotas.values_list("pk", flat=True)
    if not lines.claim(turns.Waiting(None, more, more, frozenset(quotas)), consultation, by=by):
        raise Refused(_("There is no free place for a further delegate; others wait in line before you."))


def _tell_of_change(registration, before, new, *, by):
    """Tell those who are delegates from now on, and those who no longer are: all of them had been told."""
    for delegate in new:
        notify(DelegateNamed, delegate, by=by)
    named = set(registration.delegate_set.values_list("recipient", flat=True))
    for recipient in sorted({row.recipient_id for row in before} - named - {None}):
        former = FormerDelegate.objects.create(registration=registration, recipient_id=recipient)
        notify(DelegateRemoved, former, by=by)
