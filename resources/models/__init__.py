"""What is published: the document library, resource pages, campaigns, practices and plans."""

from resources.models.attachments import Attachment
from resources.models.campaigns import Campaign, CampaignMaterial, CampaignPicture, Participation
from resources.models.documents import Document, DocumentFile, FileReading
from resources.models.pages import PageAddress, ResourcePage
from resources.models.plan_answers import PlanAnswer
from resources.models.practices import Practice
from resources.models.proposals import Proposal, ProposalMessage
from resources.models.sections import PageSection, PageSectionEdit

__all__ = [
    "Attachment",
    "Campaign",
    "CampaignMaterial",
    "CampaignPicture",
    "Document",
    "DocumentFile",
    "FileReading",
    "PageAddress",
    "PageSection",
    "PageSectionEdit",
    "Participation",
    "PlanAnswer",
    "Practice",
    "Proposal",
    "ProposalMessage",
    "ResourcePage",
]
