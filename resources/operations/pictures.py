"""Pictures that stand for campaigns where they are shared. Rows say what is owed, so that nothing is lost."""

import hashlib
import logging
from time import monotonic

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.db.models import F

from portal import clock, languages
from portal.operations import files, owed, records
from resources.models import Campaign, CampaignPicture

logger = logging.getLogger(__name__)

# The worker that draws also sends messages: the next turn is ten seconds away.
MOST = 10  # pictures that are drawn in one turn
TURN = 20  # seconds after which a turn begins no other picture


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
    """Draw what is owed, one picture after the other; what fails is tried again later, some times."""
    ends = monotonic() + TURN
    for campaign in Campaign.objects.published().filter(pictures=None).order_by("pk")[:MOST]:
        _bring_in_step(campaign)
    for done in range(MOST):
        if monotonic() >= ends:
            return done
        row = owed.claim(CampaignPicture.objects.due(clock.now()).select_related("campaign"))
        if row is None:
            return done
        try:
            content = draw(row)
        except SoftTimeLimitExceeded:
            # The time of the whole task is over, which is no fault of this picture.
            CampaignPicture.objects.filter(pk=row.pk).update(attempts=F("attempts") - 1)
            raise
        except Exception:
            # Whatever a library stumbles over, the other pictures are drawn.
            logger.exception("a picture could not be drawn")
        else:
            _keep(row, content)
    return MOST


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


def _wanted(campaign):
    """The SHA-256 of what each picture is to show: {language: digest}."""
    dates = (campaign.begins_on, campaign.begins_precision, campaign.ends_on, campaign.ends_precision)
    numbers = campaign.objectives.order_by("number").values_list("number", flat=True)
    same = [campaign.hashtag, *dates, *numbers]
    titles = {code: campaign.text("title", code) for code in languages.CODES}
    return {
        code: hashlib.sha256("\x1f".join(map(str, [title, *same])).encode()).hexdigest()
        for code, title in titles.items()
        if title.language == code
    }
