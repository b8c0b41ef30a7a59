"""Campaigns: made, told to members once, with material to hand on; organizations say that they took part."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.errors import Refused
from portal.models import Organization
from portal.notifications import notify
from portal.operations import files, log, records
from resources.models import Campaign, CampaignMaterial, Participation
from resources.notifications import CampaignPublished

KINDS = ("pdf", "png", "jpeg")
PICTURES = ("png", "jpeg")

create, edit, withdraw = records.create, records.edit, records.withdraw


@transaction.atomic
def publish(campaign, *, by):
    """Show a campaign to its readers; members are told the first time."""
    is_first = records.lock(campaign).status == Campaign.Status.DRAFT
    campaign = records.publish(campaign, by=by)
    if is_first and campaign.access != Campaign.Access.INVITED:
        notify(CampaignPublished, campaign, by=by)
    return campaign


@transaction.atomic
def attach(campaign, *, upload, title="", language="", is_share_picture=False, by):
    """Put a file beside a campaign to hand on; as its picture where it is shared, it takes the place of another."""
    campaign = records.lock(campaign)
    kinds = PICTURES if is_share_picture else KINDS
    stored = files.store(upload, kinds=kinds, field="upload", by=by)
    if is_share_picture:
        campaign.materials.filter(language=language).update(is_share_picture=False)
    material = CampaignMaterial.objects.create(
        campaign=campaign,
        title=title or stored.name,
        language=language,
        file=stored,
        is_share_picture=is_share_picture,
    )
    log.record("campaign material added", campaign, by=by)
    return material


@transaction.atomic
def detach(material, *, by):
    """Take a file away from its campaign."""
    campaign, stored = records.lock(material.campaign), material.file
    records.remove(CampaignMaterial.objects.filter(pk=material.pk))
    files.discard(stored)
    log.record("campaign material removed", campaign, by=by)
    return campaign


@transaction.atomic
def take_part(campaign, *, organization, line="", link="", shown, by):
    """Say that an organization took part; its name is shown to whom it wants."""
    campaign = records.lock(campaign)
    if organization.status != Organization.Status.VERIFIED:
        raise Refused(_("Only verified organizations are listed with a campaign."), "organization")
    if campaign.status not in Campaign.SHOWN:
        raise Refused(_("This campaign is not published."))
    if campaign.stage(clock.now().date()) == Campaign.Stage.COMING:
        raise Refused(_("This campaign has not begun yet."))
    if campaign.participations.filter(organization=organization, withdrawn_at=None).exists():
        raise Refused(_("Your organization has already said that it took part."))
    made = Participation.objects.create(
        campaign=campaign, organization=organization, line=line, link=link, shown=shown, given_by=by
    )
    log.record("took part in a campaign", made, by=by)
    return made


@transaction.atomic
def change_part(participation, *, version, line, link, shown, by):
    """Change what an organization says of its part, or to whom its name is shown; it counts at once."""
    participation = _standing(participation)
    if version != participation.version:
        raise Refused(_("Somebody else saved this while you were writing. Look at it again, then save."))
    participation.line, participation.link, participation.shown = line, link, shown
    participation.version += 1
    participation.save()
    log.record("part in a campaign changed", participation, by=by)
    return participation


@transaction.atomic
def withdraw_part(participation, *, by):
    """Take back that an organization took part: its name, its words and its number are gone at once."""
    participation = _standing(participation)
    participation.withdrawn_at = clock.now()
    participation.line = participation.link = ""
    participation.save()
    log.record("part in a campaign withdrawn", participation, by=by)
    return participation


def _standing(participation):
    rows = Participation.objects.select_for_update(of=["self"], no_key=True).select_related("campaign")
    participation = rows.get(pk=participation.pk)
    if participation.withdrawn_at is not None:
        raise Refused(_("This has been taken back."))
    return participation
