"""What the library tells."""

from django.utils.translation import gettext_lazy as _

from portal.models import Membership, Organization, Recipient
from portal.notifications import Kind, register
from resources import editions
from resources.models import Campaign, Document, PlanAnswer, Practice, ProposalMessage


@register
class DocumentPublished(Kind):
    name, model = "document-published", Document
    label = _("An outcome document is published")
    priority = 9
    action = _("Read the document")
    why = _("your organization is a member")

    @staticmethod
    def organizations(document):
        return Organization.objects.members()

    @staticmethod
    def context(document, language, recipient=None):
        """The title as this language has it, and in which languages the document can be read, how large."""
        found = [edition for edition in editions.of(document) if edition.exists]
        return {
            "title": document.text("title", language),
            "summary": document.text("summary", language),
            "editions": found,
            "codes": [edition.language for edition in found],
            "is_in_language": any(edition.language == language for edition in found),
        }


@register
class DocumentTranslated(DocumentPublished):
    """Told to the readers of one language, which the notice carries."""

    name = "document-translated"
    label = _("An outcome document can now be read in your language")


@register
class CampaignPublished(Kind):
    name, model = "campaign-published", Campaign
    label = _("A campaign is published")
    priority = 9
    action = _("Look at the campaign")
    why = _("your organization is a member")

    @staticmethod
    def organizations(campaign):
        return Organization.objects.members()

    @classmethod
    def rows(cls, reader):
        return super().rows(reader).published()

    @classmethod
    def sees(cls, reader, campaign):
        return cls.rows(reader).filter(pk=campaign.pk).exists()

    @staticmethod
    def context(campaign, language, recipient=None):
        return {
            "title": campaign.text("title", language),
            "summary": campaign.text("summary", language),
            "hashtag": campaign.hashtag,
            "begins_on": campaign.begins_on,
            "begins_precision": campaign.begins_precision,
        }


@register
class PlanAnswered(Kind):
    """To the leads of the organization whose plan it is, while the plan is shown."""

    name, model = "plan-answered", PlanAnswer
    label = _("Somebody would be a partner in a plan of your organization")
    priority = 5
    action = _("Read the message")
    why = _("you lead the organization that looks for partners")
    beside = ("practice",)

    @staticmethod
    def recipients(answer):
        leads = Membership.objects.filter(
            organization=answer.practice.organization_id, role=Membership.Role.LEAD
        )
        return Recipient.objects.of_people(leads.values("user"))

    @classmethod
    def rows(cls, reader):
        own = super().rows(reader).filter(practice__organization__in=reader.led_ids)
        return own.filter(practice__status__in=Practice.SHOWN)

    @classmethod
    def sees(cls, reader, answer):
        return cls.rows(reader).filter(pk=answer.pk).exists()

    @staticmethod
    def title(answer, language):
        return answer.practice.text("title", language)

    @staticmethod
    def context(answer, language, recipient=None):
        return {
            "title": answer.practice.text("title", language),
            "organization": answer.organization.text("name", language),
            "words": answer.words,
        }


class OfProposal(Kind):
    """About a word in the conversation on what an organization wants to share, or a step that was taken with it."""

    model = ProposalMessage
    priority = 4
    beside = ("proposal",)

    @classmethod
    def sees(cls, reader, message):
        return cls.rows(reader).filter(pk=message.pk).exists()

    @staticmethod
    def title(message, language):
        return message.proposal.text("title", language)

    @staticmethod
    def context(message, language, recipient=None):
        proposal = message.proposal
        return {
            "title": proposal.text("title", language),
            "organization": proposal.organization.text("name", language),
            "step": message.step,
            "state": message.get_step_display(),
            "words": message.words,
        }


@register
class ProposalAnswered(OfProposal):
    """To the people of the organization: those who moderate say something, or have decided."""

    name = "proposal-answered"
    label = _("What your organization wants to share is answered")
    action = _("Read the answer")
    why = _("your organization wants to share this")

    @staticmethod
    def organizations(message):
        return Organization.objects.filter(pk=message.proposal.organization_id)

    @classmethod
    def rows(cls, reader):
        own = super().rows(reader).filter(proposal__organization__in=reader.organizations.keys())
        return own.filter(is_from_moderators=True)


@register
class ProposalReplied(OfProposal):
    """To those who moderate and have said something of this before; all others find it on the desk."""

    name = "proposal-replied"
    label = _("An organization replies on what it wants to share")
    action = _("Open the conversation")
    why = _("you have answered this organization")

    @staticmethod
    def recipients(message):
        said = message.proposal.messages.filter(is_from_moderators=True, at__lt=message.at)
        return Recipient.objects.of_people(said.exclude(by=message.by_id).values("by"))

    @classmethod
    def rows(cls, reader):
        rows = super().rows(reader).filter(is_from_moderators=False)
        return rows if reader.coordinates_everything else rows.none()
