"""What people are told about their organization: verified, refused, suspended, a colleague who invites them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal import clock, tokens
from portal.models import Claim, Invitation, Merger, Organization, Recipient, Suspension
from portal.notifications.kinds import Kind, people_of, register


@register
class OrganizationVerified(Kind):
    name, model = "organization-verified", Organization
    label = _("Your organization is verified")
    priority = 3
    action = _("Open your organization's page")
    why = _("you belong to this organization")
    can_be_left = False

    @staticmethod
    def organizations(organization):
        return Organization.objects.filter(pk=organization.pk)

    @staticmethod
    def address(organization):
        return reverse("my-organization", args=[organization.key])

    @staticmethod
    def context(organization, language, recipient=None):
        return {"organization": organization.text("name", language)}


@register
class OrganizationRefused(Kind):
    name, model = "organization-refused", Claim
    label = _("Your organization is not verified")
    priority = 3
    action = _("See why, and what you can do")
    why = _("you asked to speak for this organization")
    can_be_left = False
    beside = ("organization",)

    @staticmethod
    def recipients(claim):
        return Recipient.objects.of_people([claim.user_id])

    @classmethod
    def sees(cls, reader, claim):
        """Whoever asked, and nobody in her place."""
        return reader.user is not None and reader.user.pk == claim.user_id

    @staticmethod
    def address(claim):
        return reverse("my-organization")

    @staticmethod
    def context(claim, language, recipient=None):
        return {
            "organization": claim.organization.text("name", language),
            "reason": claim.get_reason_display(),
            "answer": claim.answer,
        }


@register
class OrganizationSuspended(Kind):
    name, model = "organization-suspended", Suspension
    label = _("Your organization is suspended")
    priority = 3
    action = _("Read what this means for you")
    why = _("you belong to this organization")
    can_be_left = False
    beside = ("organization",)

    @staticmethod
    def recipients(suspension):
        return people_of(Organization.objects.filter(pk=suspension.organization_id))

    @classmethod
    def sees(cls, reader, suspension):
        """Its people, as long as it is suspended."""
        return Suspension.objects.visible_to(reader).standing().filter(pk=suspension.pk).exists()

    @staticmethod
    def address(suspension):
        return reverse("my-organization")

    @staticmethod
    def context(suspension, language, recipient=None):
        return {
            "organization": suspension.organization.text("name", language),
            "reason": suspension.get_reason_display(),
            "words": suspension.words,
        }


@register
class OrganizationMerged(Kind):
    name, model = "organization-merged", Merger
    label = _("Two records of your organization became one")
    priority = 3
    action = _("Open your organization's page")
    why = _("you belong to this organization")
    can_be_left = False
    beside = ("organization",)

    @staticmethod
    def organizations(merger):
        return Organization.objects.filter(pk=merger.organization_id)

    @staticmethod
    def address(merger):
        return reverse("my-organization", args=[merger.organization.key])

    @staticmethod
    def context(merger, language, recipient=None):
        return {"organization": merger.organization.text("name", language), "former": merger.name}


@register
class ColleagueInvited(Kind):
    name, model = "colleague-invited", Invitation
    label = _("A colleague invites you")
    priority = 2
    action = _("Open the invitation")
    why = _("somebody entered this address to invite you")
    can_be_left = False

    @staticmethod
    def recipients(invitation):
        return Recipient.objects.filter(pk=invitation.recipient_id)

    @classmethod
    def sees(cls, reader, invitation):
        """Whoever was invited, until the letter is used, replaced or over."""
        open_letters = Invitation.objects.filter(
            pk=invitation.pk, accepted_at=None, expires_at__gt=clock.now()
        )
        return open_letters.filter(recipient=reader.recipient).exists()

    @staticmethod
    def address(invitation):
        return reverse("invitation", args=[tokens.make(Invitation.PURPOSE, invitation.nonce)])

    @staticmethod
    def context(invitation, language, recipient=None):
        return {"organization": invitation.organization.text("name", language)}
