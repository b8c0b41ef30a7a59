"""Organizations register their delegates, are confirmed or wait in line, change, cancel (safety.md, D7)."""

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from consultations.models import Consultation, Delegate, FormerDelegate, Registration
from consultations.notifications import (
    DelegateNamed,
    DelegateRemoved,
    RegistrationCancelled,
    RegistrationConfirmed,
    RegistrationDeclined,
    RegistrationReceived,
    RegistrationWaitlisted,
)
from consultations.operations import answers as answer_acts
from consultations.operations import lines
from portal import clock
from portal.errors import Refused
from portal.models import Organization, Recipient
from portal.notifications import notify
from portal.operations import limits, log

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
    answers=None,
    language="",
    consent_text=None,
    consent_version=0,
    consent_language="",
    by,
):
    """Register an organization's delegates: confirmed while places last, else waiting in order of arrival.

    `delegates` are dictionaries of name, email, language, interpretation, needs, other_needs; `answers`, written in
    a language, {question pk: value}.
    """
    now = clock.now()  # read before the lock: who came in time is in time, however long the queue
    organization = Organization.objects.select_for_update(of=["self"], no_key=True).get(pk=organization.pk)
    # All that needs no lock comes first: a crowd waits behind this one.
    _ask_to_write(organization, delegates, by=by)
    recipients = _recipients(organization, delegates)
    consultation, seq = lines.take_turn(consultation)
    _refuse_outsider(consultation, organization)
    _refuse_outside_window(consultation, now)
    _refuse_number(consultation, len(delegates))
    registration = Registration(
        consultation=consultation,
        organization=organization,
        seq=seq,
        delegates_count=len(delegates),
        registered_by=by,
        consent_text=consent_text,
        consent_version=consent_version,
        consent_language=consent_language,
    )
    registration.status = _first_status(registration)
    if registration.status == Registration.Status.CONFIRMED:
        registration.confirmed_at = now
        lines.hold(consultation, registration.delegates_count)
    registration.save()
    _name_all(registration, delegates, recipients)
    answer_acts.save(registration, of=consultation, given=answers or {}, language=language, by=by)
    log.record("registration sent", registration, by=by)
    notify(TOLD[registration.status], registration, by=by)
    return registration


@transaction.atomic
def confirm(registration, *, by):
    """Approve a pending registration: confirmed if its delegates fit and nobody waits before it, else waiting."""
    registration = _locked(registration)
    if registration.status != Registration.Status.PENDING:
        raise Refused(_("This registration was already answered."))
    if lines.has_turn(registration):
        lines.seat(registration)
    else:
        _move(registration, Registration.Status.WAITLISTED)
    log.record("registration approved", registration, by=by)
    notify(TOLD[registration.status], registration, by=by)
    return registration


@transaction.atomic
def decline(registration, *, reason, by):
    """Decline a registration that is pending or waits, and say why."""
    registration = _locked(registration)
    registration.reason = reason
    _move(registration, Registration.Status.DECLINED)
    log.record("registration declined", registration, by=by)
    notify(RegistrationDeclined, registration, by=by)
    # It may have stood at the head of the line, before others who fit.
    lines.promote(registration.consultation, by=by)
    return registration


@transaction.atomic
def cancel(registration, *, by):
    """Give a registration's places back, or leave the line; whoever is next is promoted."""
    registration = _locked(registration)
    was_confirmed = registration.status == Registration.Status.CONFIRMED
    _move(registration, Registration.Status.CANCELLED)
    if was_confirmed:
        lines.hold(registration.consultation, -registration.delegates_count)
    log.record("registration cancelled", registration, by=by)
    notify(RegistrationCancelled, registration, by=by)
    lines.promote(registration.consultation, by=by)
    return registration


@transaction.atomic
def cancel_all_of(organization, *, by):
    """Cancel whatever an organization still holds or waits for, consultation by consultation."""
    held = Registration.objects.filter(organization=organization).held()
    for registration in held.order_by("consultation_id").select_related("consultation"):
        cancel(registration, by=by)


@transaction.atomic
def change_delegates(registration, *, version, delegates, by):
    """Name other delegates, or more or fewer of them, from the version that was shown; the place in line stays.

    A delegate whose `key` is given is the same person with changed facts; one without is new, and is told, as is
    whoever is named no longer.
    """
    now = clock.now()
    registration = _locked(registration)
    if version != registration.version:
        raise Refused(_("Somebody has just changed this. Please look at it again and retry."))
    if not registration.is_held or lines.is_over(registration.consultation, now):
        raise Refused(_("The delegates of this registration can no longer be changed."))
    more = len(delegates) - registration.delegates_count
    if more > 0:
        _refuse_more(registration, more, now)
    before = list(registration.delegate_set.all())
    new = _rename_all(registration, before, delegates, by=by)
    registration.delegates_count = len(delegates)
    registration.version += 1
    registration.save(update_fields=["delegates_count", "version"])
    log.record("delegates changed", registration, by=by)
    if registration.status == Registration.Status.CONFIRMED:
        lines.hold(registration.consultation, more)
        _tell_of_change(registration, before, new, by=by)
    lines.promote(registration.consultation, by=by)
    return registration


def _locked(registration):
    """The registration as it is under its consultation's lock."""
    consultation = lines.lock(registration.consultation)
    registration = Registration.objects.select_related("organization").get(pk=registration.pk)
    registration.consultation = consultation
    return registration


def _move(registration, status):
    registration.move_to(status)
    registration.status_at = clock.now()
    registration.save(update_fields=["status", "version", "status_at", "reason"])


def _first_status(registration):
    if registration.consultation.approval == Consultation.Approval.BY_HAND:
        return Registration.Status.PENDING
    return Registration.Status.CONFIRMED if lines.has_turn(registration) else Registration.Status.WAITLISTED


def _refuse_outsider(consultation, organization):
    """Who may take part is asked again here, of the organization that was chosen, not of the person."""
    if not consultation.admits(organization):
        raise Refused(_("This organization cannot register for this consultation."), "organization")
    if consultation.registrations.held().filter(organization=organization).exists():
        raise Refused(_("This organization is already registered for this consultation."), "organization")


def _refuse_outside_window(consultation, now):
    if consultation.takes_registrations and consultation.status == Consultation.Status.OPEN:
        if consultation.opens_at is not None and now < consultation.opens_at:
            raise Refused(_("Registration has not opened yet."))
        if consultation.closes_at is None or now < consultation.closes_at:
            return
    raise Refused(_("Registration is closed."))


def _refuse_number(consultation, number):
    if number < 1:
        raise Refused(_("Name at least one delegate."))
    if number > consultation.places_per_organization:
        raise Refused(
            ngettext_lazy(
                "An organization can send at most %(number)s delegate.",
                "An organization can send at most %(number)s delegates.",
                "number",
            )
            % {"number": consultation.places_per_organization}
        )


def _refuse_more(registration, more, now):
    """More delegates than before take places of their own, under the same rules as everybody's."""
    consultation = registration.consultation
    _refuse_outside_window(consultation, now)
    _refuse_number(consultation, registration.delegates_count + more)
    if registration.status != Registration.Status.CONFIRMED:
        return
    if not lines.fits(consultation, more) or consultation.registrations.waiting().exists():
        raise Refused(_("There is no free place for a further delegate; others wait in line before you."))


def _tell_of_change(registration, before, new, *, by):
    """Tell those who are delegates from now on, and those who no longer are: all of them had been told."""
    for delegate in new:
        notify(DelegateNamed, delegate, by=by)
    named = set(registration.delegate_set.values_list("recipient", flat=True))
    for recipient in sorted({row.recipient_id for row in before} - named - {None}):
        former = FormerDelegate.objects.create(registration=registration, recipient_id=recipient)
        notify(DelegateRemoved, former, by=by)


def _rename_all(registration, before, delegates, *, by):
    """Bring the delegates in step with what was sent; return those who are new, who have not been told yet."""
    before = {row.key: row for row in before}
    same = {}
    for values in delegates:
        row = before.get(values.get("key"))
        # Another address is another person.
        if row is not None and row.email == values["email"].lower():
            same[row.key] = values
    registration.delegate_set.exclude(key__in=same).delete()
    for key, values in same.items():
        _describe(before[key], values)
        before[key].save()
    new = [values for values in delegates if values.get("key") not in same]
    _ask_to_write(registration.organization, new, by=by)
    return _name_all(registration, new, _recipients(registration.organization, new))


def _name_all(registration, delegates, recipients):
    rows, now = [], clock.now()
    for values in delegates:
        delegate = Delegate(registration=registration, email=values["email"].lower(), named_at=now)
        _describe(delegate, values)
        delegate.recipient = recipients[delegate.email]
        rows.append(delegate)
    return Delegate.objects.bulk_create(rows)


def _describe(delegate, values):
    for field in ("name", "language", "interpretation", "needs", "other_needs"):
        if field in values:
            setattr(delegate, field, values[field])


def _ask_to_write(organization, delegates, *, by):
    """Take from the ledger what it costs to have others than the organization's own people written to (D16)."""
    addresses = {values["email"].lower() for values in delegates}
    own = organization.people.filter(email__in=addresses).values_list("email", flat=True)
    for address in sorted(addresses - {*own, organization.mailbox.lower()}):
        limits.require_to_write("delegate", address, by=by)


def _recipients(organization, delegates):
    """Where each delegate is written to, by address: as a person with an account, as the shared mailbox, or anew."""
    languages = {values["email"].lower(): values["language"] for values in delegates}
    found = _known(organization, languages)
    strangers = sorted(languages.keys() - found.keys())
    if strangers:
        # In the order of the alphabet: two that name the same people do not wait for each other.
        rows = [Recipient(address=address, language=languages[address]) for address in strangers]
        Recipient.objects.bulk_create(rows, ignore_conflicts=True)
        found = _known(organization, languages)
    for address, recipient in found.items():
        is_stranger = recipient.user_id is None and recipient.organization_id is None
        if is_stranger and recipient.language != languages[address]:
            recipient.language = languages[address]
            recipient.save(update_fields=["language"])
    return found


def _known(organization, addresses):
    """The Recipients of these addresses: of a person before a shared mailbox, of that before a stranger's."""
    own = Q(organization=organization) | Q(organization__isnull=True)
    rows = Recipient.objects.annotate(lower=Lower("address")).filter(own, lower__in=list(addresses))
    order = [F("user").asc(nulls_first=True), F("organization").asc(nulls_first=True)]
    return {row.lower: row for row in rows.order_by(*order)}
