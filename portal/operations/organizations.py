"""Organizations come in, are verified or refused, invite their people, are suspended."""

from datetime import timedelta

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from portal import clock, names, tokens
from portal.errors import Refused
from portal.models import Invitation, Membership, Organization, Recipient, Suspension
from portal.notifications import (
    ColleagueInvited,
    OrganizationRefused,
    OrganizationSuspended,
    OrganizationVerified,
    notify,
)
from portal.operations import claims, limits, lists, log, publication
from portal.signals import organization_suspended, organization_verified

INVITATION_DAYS = 14


@transaction.atomic
def register(*, name, language="en", objectives=(), is_another=False, by, **fields):
    """Register an organization with its first lead; it waits for verification and can see no more than before."""
    if not is_another and Organization.objects.known().filter(folded_name=names.fold(name)[:200]).exists():
        raise Refused(
            _("An organization of this name is known here. Please claim it, or say that yours is another."),
            field="name",
        )
    limits.require_to_bring_organization(by=by)
    country = fields.get("country")
    organization = Organization(
        status=Organization.Status.PENDING,
        original_language=language,
        languages=[language],
        held_because=_why_held(name),
        **fields,
    )
    setattr(organization, f"name_{language}", name)
    organization.mailbox_language = language
    organization.save()
    organization.objectives.set(objectives)
    if country is not None:
        organization.regions.set(country.regions.all())
    Membership.objects.create(organization=organization, user=by, role=Membership.Role.LEAD)
    Recipient.objects.keep_for_mailbox(organization)
    log.record("organization registered", organization, by=by)
    return organization


@transaction.atomic
def verify(organization, *, by):
    """Verify an organization that waits or was suspended, so that its people are members; tell them."""
    organization = _locked(organization)
    organization.move_to(Organization.Status.VERIFIED)
    organization.verified_at = clock.now()
    claims.accept(organization, at=organization.verified_at, by=by)
    Suspension.objects.standing().filter(organization=organization).update(lifted_at=organization.verified_at)
    if not organization.slug:
        words = slugify(organization.text("name", organization.original_language).text, allow_unicode=True)[
            :80
        ]
        organization.slug = f"{words.strip('-') or 'o'}-{organization.key.hex[:6]}"
    organization.save(update_fields=["status", "version", "slug", "verified_at"])
    lists.hand_over(organization)
    log.record("organization verified", organization, by=by)
    organization_verified.send(Organization, organization=organization, by=by)
    notify(OrganizationVerified, organization, by=by)
    return organization


@transaction.atomic
def refuse(organization, *, reason, answer="", by):
    """Refuse an organization that waits and say why; what was claimed is known as before, the rest suspended."""
    organization = _locked(organization)
    if organization.status != Organization.Status.PENDING:
        raise Refused(_("This organization does not wait for an answer any more."))
    left = Organization.Status.KNOWN if organization.is_sourced else Organization.Status.SUSPENDED
    claim = claims.refuse(organization, reason=reason, answer=answer, by=by)
    organization.move_to(left)
    organization.save(update_fields=["status", "version"])
    log.record("organization refused", organization, by=by)
    notify(OrganizationRefused, claim, by=by)
    return organization


@transaction.atomic
def suspend(organization, *, reason, words="", by):
    """Suspend an organization and tell its people why: they lose what it gave them, what it held is cancelled."""
    organization = _locked(organization)
    if organization.status == Organization.Status.PENDING:
        raise Refused(_("This organization still waits for an answer. Please verify or refuse it."))
    organization.move_to(Organization.Status.SUSPENDED)
    organization.in_directory = False
    organization.save(update_fields=["status", "version", "in_directory"])
    suspension = Suspension.objects.create(
        organization=organization, reason=reason, words=words, made_at=clock.now()
    )
    publication.changed(organization)
    log.record("organization suspended", organization, by=by)
    organization_suspended.send(Organization, organization=organization, by=by)
    notify(OrganizationSuspended, suspension, by=by)
    return organization


@transaction.atomic
def name_lead(organization, *, person, by):
    """Let one of an organization's people lead it, since its lead has left."""
    organization = _locked(organization)
    people = Membership.objects.filter(organization=organization)
    if people.filter(role=Membership.Role.LEAD).exists():
        raise Refused(_("Somebody leads this organization already."))
    if not people.filter(user=person).update(role=Membership.Role.LEAD):
        raise Refused(_("This person does not belong to the organization any more."), field="person")
    log.record("lead named", organization, by=by)
    return organization


@transaction.atomic
def edit(organization, *, objectives=None, name=None, summary=None, by, **fields):
    """Change what an organization says of itself; a new name is compared with the others again."""
    organization = _locked(organization)
    language = organization.original_language
    if name is not None and name != getattr(organization, f"name_{language}"):
        setattr(organization, f"name_{language}", name)
        organization.held_because = _why_held(name, but=organization)
    if summary is not None:
        setattr(organization, f"summary_{language}", summary)
    for field, value in fields.items():
        setattr(organization, field, value)
    organization.save()
    Recipient.objects.keep_for_mailbox(organization)
    if objectives is not None:
        organization.objectives.set(objectives)
    if fields.get("country") is not None:
        organization.regions.set(organization.country.regions.all())
    publication.changed(organization)
    log.record("organization changed", organization, by=by)
    return organization


@transaction.atomic
def show(organization, *, in_directory, facts, before, by):
    """Choose whether everybody finds an organization in the directory, and what of it they see there."""
    organization = _locked(organization)
    if before != organization.listing:
        raise Refused(_("A colleague has changed what is shown meanwhile. Please look at it and save again."))
    if in_directory and organization.status != Organization.Status.VERIFIED:
        raise Refused(_("The directory lists only verified organizations."))
    organization.in_directory, organization.directory_fields = in_directory, sorted(facts)
    organization.save(update_fields=["in_directory", "directory_fields", "changed_at"])
    publication.changed(organization)
    log.record("organization listing chosen", organization, by=by)
    return organization


@transaction.atomic
def invite(organization, *, email, language, by):
    """Invite a colleague by a letter that lets its holder join once within two weeks."""
    organization = _locked(organization)
    email = email.lower()
    if organization.status == Organization.Status.SUSPENDED:
        raise Refused(_("This organization is suspended and cannot invite anybody."))
    if organization.people.filter(email=email).exists():
        raise Refused(_("This person already belongs to your organization."), field="email")
    limits.require_to_write("invitation", email, by=by)
    now = clock.now()
    Invitation.objects.filter(organization=organization, email=email, accepted_at__isnull=True).delete()
    recipient, _made = Recipient.objects.get_or_create(
        address=email, user=None, organization=None, defaults={"language": language}
    )
    nonce = tokens.nonce()
    invitation = Invitation.objects.create(
        organization=organization,
        email=email,
        language=language,
        nonce=nonce,
        token_hash=tokens.digest(tokens.make(Invitation.PURPOSE, nonce)),
        invited_by=by,
        expires_at=now + timedelta(days=INVITATION_DAYS),
        recipient=recipient,
    )
    log.record("colleague invited", organization, by=by)
    notify(ColleagueInvited, invitation, by=by)
    return invitation


@transaction.atomic
def accept(invitation, *, by):
    """Join the organization that the invitation is from; it works once and until its end."""
    invitation = Invitation.objects.select_for_update(of=["self"]).get(pk=invitation.pk)
    if invitation.accepted_at or invitation.expires_at <= clock.now():
        raise Refused(_("This invitation was used or has ended. Please ask your colleague for a new one."))
    if invitation.organization.status == Organization.Status.SUSPENDED:
        raise Refused(_("This organization is suspended, so nobody can join it now."))
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    Membership.objects.get_or_create(organization=invitation.organization, user=by)
    log.record("invitation accepted", invitation.organization, by=by)
    return invitation.organization


def _locked(organization):
    return Organization.objects.select_for_update(of=["self"], no_key=True).get(pk=organization.pk)


def _why_held(name, but=None):
    """Why a name needs a closer look before verification: it looks like another one, or mixes scripts."""
    if names.mixes_scripts(name):
        return "mixed scripts"
    alike = Organization.objects.alike(name)
    if but is not None:
        alike = alike.exclude(pk=but.pk)
    return "looks like another organization" if alike.exists() else ""
