"""Claims: somebody says that she speaks for an organization known from public sources; a coordinator answers."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.errors import Refused
from portal.models import Claim, Membership, Organization
from portal.operations import limits, log

MOST_OPEN = 3  # of one person: whoever claims everything keeps everybody else from it


@transaction.atomic
def make(organization, *, words, by):
    """Claim a known organization, so that it waits for a coordinator and nobody else can claim it meanwhile."""
    organization = Organization.objects.select_for_update(of=["self"], no_key=True).get(pk=organization.pk)
    if organization.status == Organization.Status.PENDING:
        raise Refused(_("Somebody has just claimed this organization. A coordinator is looking at it."))
    if organization.status != Organization.Status.KNOWN or organization.is_from_list:
        raise Refused(_("This organization is already here. Please ask its lead to invite you."))
    limits.require_to_bring_organization(by=by)
    if Claim.objects.open().filter(user=by).count() >= MOST_OPEN:
        raise Refused(
            _("Several of your claims still wait for a coordinator. Please wait for an answer first.")
        )
    organization.move_to(Organization.Status.PENDING)
    organization.save(update_fields=["status", "version"])
    Claim.objects.create(organization=organization, user=by, words=words)
    log.record("organization claimed", organization, by=by)
    return organization


@transaction.atomic
def accept(organization, *, at, by):
    """Let whoever claims an organization that was just verified lead it, from this moment on."""
    claim = Claim.objects.select_for_update().filter(organization=organization).open().first()
    if claim is None:
        return
    if claim.user is None:
        raise Refused(_("The account of the person who claimed this organization no longer exists."))
    claim.move_to(Claim.Status.ACCEPTED)
    claim.answered_at, claim.words = at, ""
    claim.save(update_fields=["status", "version", "answered_at", "words"])
    made = Membership.objects.create(organization=organization, user=claim.user, role=Membership.Role.LEAD)
    # By the database's clock, as everything by which entitlement to a notice is judged.
    Membership.objects.filter(pk=made.pk).update(since=at)
    log.record("claim accepted", claim, by=by)


@transaction.atomic
def refuse(organization, *, reason, answer, by):
    """Refuse the claim on an organization, or what its lead asked when she registered it; return the answer."""
    claim = Claim.objects.select_for_update().filter(organization=organization).open().first()
    claim = claim or Claim(organization=organization, user=_lead(organization))
    claim.move_to(Claim.Status.REFUSED)
    claim.reason, claim.answer, claim.answered_at, claim.words = reason, answer, clock.now(), ""
    claim.save()
    log.record("claim refused", claim, by=by)
    return claim


def _lead(organization):
    leads = Membership.objects.filter(organization=organization, role=Membership.Role.LEAD)
    first = leads.select_related("user").order_by("since", "pk").first()
    return first.user if first else None
