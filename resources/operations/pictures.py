"""Pictures that stand for campaigns where they are shared. Rows say what is owed, so that nothing is lost."""

import hashlib

from django.conf import settings
from django.db import transaction
from django.utils import translation

from portal import branding, clock, dates, languages
from portal.models import Objective
from portal.operations import files, owed, records
from resources.models import Campaign, CampaignPicture

MOST = 10  # pictures that are drawn in one turn

_seen = {}  # what this worker has last brought all campaigns in step with


@transaction.atomic
def owe(campaign):
    """Owe a campaign that is shown a picture in each language; one that shows what is no longer so is forgotten now."""
    wanted = _wanted(campaign)
    # Locked, and its file asked for afterwards: one that a worker keeps at this moment is forgotten with its bytes.
    for row in campaign.pictures.select_for_update(of=["self"]).order_by("pk"):
        if wanted.get(row.language) == row.digest:
            del wanted[row.language]
            continue
        row.delete()
        if row.file is not None:
            files.discard(row.file)
    if campaign.status not in Campaign.SHOWN:
        return
    now = clock.now()
    CampaignPicture.objects.bulk_create(
        [
            CampaignPicture(campaign=campaign, language=code, digest=digest, not_before=now)
            for code, digest in wanted.items()
        ],
        ignore_conflicts=True,
    )


def make_due(draw):
    """Draw the pictures that are owed."""
    _bring_all_in_step()
    return owed.take_turn(CampaignPicture.objects.select_related("campaign"), draw, _keep, most=MOST)


def _bring_all_in_step():
    """Owe what is wanting; all campaigns are read only where what their pictures share is another than last time."""
    around, found = _around(), Campaign.objects.published().order_by("pk")
    if _seen.get("around") == around:
        found = found.filter(pictures=None)[:MOST]
    else:
        found = filter(_is_outdated, found.prefetch_related("objectives", "pictures").iterator(100))
    for campaign in found:
        _bring_in_step(campaign)
    _seen["around"] = around


@transaction.atomic
def _bring_in_step(campaign):
    """Owe what a campaign wants as it stands now, while nobody changes it."""
    owe(records.lock(campaign))


@transaction.atomic
def _keep(row, content):
    """Keep what was drawn, unless it shows what is no longer so."""
    row = CampaignPicture.objects.select_for_update(of=["self"]).filter(pk=row.pk, made_at=None).first()
    if row is not None:
        row.file, row.made_at = files.keep(content, by=None), clock.now()
        row.save(update_fields=["file", "made_at"])


def _is_outdated(campaign):
    return _wanted(campaign) != {row.language: row.digest for row in campaign.pictures.all()}


def _wanted(campaign):
    """The SHA-256 of what each picture is to show: {language: digest}."""
    titles = {code: campaign.text("title", code) for code in languages.CODES}
    return {code: _digest(campaign, title) for code, title in titles.items() if title.language == code}


def _digest(campaign, title):
    """Of all that is drawn, in the language of a title."""
    when = (campaign.begins_on, campaign.begins_precision, campaign.ends_on, campaign.ends_precision)
    objectives = list(campaign.objectives.all())
    tile = [objectives[0].number, objectives[0].text("label", title.language)] if len(objectives) == 1 else []
    with translation.override(title.language):
        line = dates.period(*when) or branding.name()
    address = settings.SITE_URL + campaign.get_short_url()
    shown = (title, campaign.hashtag, line, address, *tile)
    return hashlib.sha256("\x1f".join(map(str, shown)).encode()).hexdigest()


def _around():
    """What the pictures of all campaigns share: the address and the names of the portal, and the objectives."""
    labels = [f"label_{code}" for code in languages.CODES]
    named = []
    for code in languages.CODES:
        with translation.override(code):
            named.append(str(branding.name()))
    return (settings.SITE_URL, named, list(Objective.objects.order_by("pk").values_list("number", *labels)))
