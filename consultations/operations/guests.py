"""Guests of widened meetings: invited, accepting or declining by a link or signed in, no longer invited."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation, Guest, Meeting
from consultations.notifications import GuestAccepted, GuestInvited, GuestWithdrawn
from consultations.operations import lines
from portal import clock, tokens
from portal.errors import Refused
from portal.models import Organization, Recipient
from portal.notifications import notify
from portal.operations import limits, log


@transaction.atomic
def invite(
    consultation,
    *,
    organization=None,
    email="",
    name="",
    language="en",
    is_for_all=False,
    meetings=(),
    by,
):
    """Invite an organization of another constituency, or a person by address, to widened meetings; write to them."""
    consultation = lines.lock(consultation)
    _refuse_what_is_not_widened(consultation, is_for_all, meetings)
    recipient = _invited(organization, email.lower(), language, by=by)
    again = consultation.guests.filter(organization=organization, recipient=recipient)
    if again.exclude(status=Guest.Status.WITHDRAWN).exists():
        raise Refused(_("This guest is already invited."), "organization" if organization else "email")
    nonce = tokens.nonce()
    guest = Guest.objects.create(
        consultation=consultation,
        organization=organization,
        recipient=recipient,
        name=name,
        is_for_all=is_for_all,
        nonce=nonce,
        token_hash=tokens.digest(tokens.make(Guest.PURPOSE, nonce)),
        invited_by=by,
    )
    guest.meetings.set([] if is_for_all else meetings)
    log.record("guest invited", guest, by=by)
    notify(GuestInvited, guest, by=by)
    return guest


@transaction.atomic
def accept(guest, *, by):
    """Accept an invitation: the join address and the calendar file come by mail."""
    guest = _answer(guest, Guest.Status.ACCEPTED)
    guest.accepted_at = guest.status_at
    guest.save(update_fields=["status", "version", "status_at", "accepted_at"])
    log.record("guest accepted", guest, by=by)
    notify(GuestAccepted, guest, by=by)
    return guest


@transaction.atomic
def decline(guest, *, by):
    """Decline an invitation, also one that was accepted."""
    guest = _answer(guest, Guest.Status.DECLINED)
    guest.save(update_fields=["status", "version", "status_at"])
    log.record("guest declined", guest, by=by)
    return guest


@transaction.atomic
def withdraw(guest, *, by):
    """Take an invitation back: the guest sees nothing of the meetings from now on, and is told."""
    guest = _locked(guest)
    was_open = guest.is_open
    guest.move_to(Guest.Status.WITHDRAWN)
    guest.status_at = clock.now()
    guest.save(update_fields=["status", "version", "status_at"])
    log.record("guest no longer invited", guest, by=by)
    if was_open:
        notify(GuestWithdrawn, guest, by=by)
    return guest


def _refuse_what_is_not_widened(consultation, is_for_all, meetings):
    if consultation.status not in Consultation.SHOWN or consultation.status == Consultation.Status.ARCHIVED:
        raise Refused(_("Guests are invited to what is announced and not yet in the archive."))
    if not is_for_all and not meetings:
        raise Refused(_("Say which meetings the guest is invited to."), "meetings")
    fit = {"consultation_id": consultation.pk, "circle": Meeting.Circle.WIDENED, "cancelled_at": None}
    if any(getattr(meeting, name) != value for meeting in meetings for name, value in fit.items()):
        raise Refused(_("Guests are invited only to meetings whose circle is widened."), "meetings")


def _invited(organization, email, language, *, by):
    """The Recipient of an address; none for an organization, whose own people and mailbox are written to."""
    if (organization is None) == (not email):
        raise Refused(_("Choose an organization, or give an e-mail address: one of the two."), "organization")
    if organization is None:
        limits.require_to_write("guest", email, by=by)
        return _recipient(email, language)
    if organization.status != Organization.Status.VERIFIED:
        raise Refused(_("This organization is not verified."), "organization")
    if organization.is_member:
        raise Refused(
            _("Organizations of civil society register; they are not invited as guests."), "organization"
        )
    return None


def _recipient(email, language):
    """Where this address is written to: as a person with an account, or as a stranger known once."""
    known = Recipient.objects.at(email).filter(user__isnull=False).first()
    if known is not None:
        return known
    return Recipient.objects.get_or_create(
        address=email, user=None, organization=None, defaults={"language": language}
    )[0]


def _answer(guest, status):
    guest = _locked(guest)
    if guest.is_over(clock.now()):
        raise Refused(_("The meetings of this invitation are over."))
    if guest.consultation.status == Consultation.Status.ARCHIVED:
        raise Refused(_("The meetings of this invitation are over."))
    guest.move_to(status)
    guest.status_at = clock.now()
    return guest


def _locked(guest):
    rows = Guest.objects.select_for_update(of=["self"], no_key=True)
    return rows.select_related("consultation", "organization").get(pk=guest.pk)
