"""Admissions to rooms by invitation: sent to organizations or addresses, bound to one organization, used once."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Admission, Consultation
from consultations.notifications import AdmissionSent
from consultations.operations import lines
from portal import clock, tokens
from portal.errors import Refused
from portal.models import Recipient
from portal.notifications import notify
from portal.operations import limits, log


@transaction.atomic
def invite(consultation, *, organizations=(), emails=(), language="en", ends_at=None, by):
    """Let these organizations, and whoever reads at these addresses, register for a room by invitation; write to them."""
    consultation = lines.lock(consultation)
    ends_at = ends_at or consultation.closes_at
    _refuse_what_is_not_invited_to(consultation, ends_at)
    _end_those_that_are_over(consultation)
    made = [_of_organization(consultation, one, ends_at, by=by) for one in organizations]
    made += [
        _of_address(consultation, one.lower(), language, ends_at, by=by) for one in dict.fromkeys(emails)
    ]
    found = [admission for admission in made if admission]
    if not found:
        raise Refused(
            _("Choose an organization or give an address that is not invited or registered already.")
        )
    for admission in found:
        log.record("organization invited", admission, by=by)
        notify(AdmissionSent, admission, by=by)
    return found


@transaction.atomic
def bind(admission, *, organization, by):
    """Say for which organization an invitation by address is; from then on it is for no other."""
    lines.lock(admission.consultation)
    admission = Admission.objects.open().filter(pk=admission.pk).first()
    if admission is None or admission.organization_id not in {None, organization.pk}:
        raise Refused(_("This invitation was used, taken back or is over."))
    _refuse_who_is_no_member(organization)
    others = (
        admission.consultation.admissions.open().filter(organization=organization).exclude(pk=admission.pk)
    )
    if others.exists():
        raise Refused(_("This organization is invited already."), "organization")
    admission.organization = organization
    admission.save(update_fields=["organization"])
    log.record("invitation taken up", admission, by=by)
    return admission


def use(registration, *, by):
    """Mark the invitation by which an organization has registered as used; under the consultation's lock."""
    admission = (
        registration.consultation.admissions.open().filter(organization=registration.organization).first()
    )
    if admission is None:
        return
    admission.move_to(Admission.Status.USED)
    admission.registration, admission.status_at = registration, clock.now()
    admission.save(update_fields=["status", "version", "registration", "status_at"])
    log.record("invitation used", admission, by=by)


@transaction.atomic
def withdraw(admission, *, by):
    """Take back an invitation that was not used."""
    consultation = lines.lock(admission.consultation)
    admission = Admission.objects.get(pk=admission.pk)
    admission.consultation = consultation
    _end(admission)
    log.record("organization no longer invited", admission, by=by)
    return admission


def _refuse_what_is_not_invited_to(consultation, ends_at):
    if not consultation.is_closed_room or not consultation.takes_registrations:
        raise Refused(_("Organizations are invited to rooms by invitation, for which they register here."))
    if consultation.status not in Consultation.SHOWN or consultation.status == Consultation.Status.ARCHIVED:
        raise Refused(_("Announce the consultation first: whoever is invited looks at it."))
    if ends_at is None or ends_at <= clock.now():
        raise Refused(_("Say until when the invitation is valid."), "ends_at")


def _refuse_who_is_no_member(organization):
    if not organization.is_member:
        raise Refused(
            _("Only verified organizations of civil society register; others are invited as guests."),
            "organization",
        )


def _end_those_that_are_over(consultation):
    """What ran out unused makes room for another invitation of the same organization."""
    for admission in consultation.admissions.filter(status=Admission.Status.OPEN, ends_at__lte=clock.now()):
        _end(admission)


def _end(admission):
    admission.move_to(Admission.Status.WITHDRAWN)
    admission.status_at = clock.now()
    admission.save(update_fields=["status", "version", "status_at"])


def _of_organization(consultation, organization, ends_at, *, by):
    """An admission of an organization; None where it is registered or invited."""
    _refuse_who_is_no_member(organization)
    registered = consultation.registrations.held().filter(organization=organization)
    if registered.exists() or consultation.admissions.open().filter(organization=organization).exists():
        return None
    return _make(consultation, ends_at, organization=organization, by=by)


def _of_address(consultation, email, language, ends_at, *, by):
    """An admission of whoever reads at an address; None where that one is invited."""
    recipient = Recipient.objects.at(email).filter(user__isnull=False).first()
    if recipient is None:
        limits.require_to_write("admission", email, by=by)
        recipient, _made = Recipient.objects.get_or_create(
            address=email, user=None, organization=None, defaults={"language": language}
        )
    if consultation.admissions.open().filter(recipient=recipient).exists():
        return None
    return _make(consultation, ends_at, recipient=recipient, by=by)


def _make(consultation, ends_at, *, by, **whom):
    nonce = tokens.nonce()
    return Admission.objects.create(
        consultation=consultation,
        ends_at=ends_at,
        nonce=nonce,
        token_hash=tokens.digest(tokens.make(Admission.PURPOSE, nonce)),
        invited_by=by,
        **whom,
    )
