"""Who took part in a campaign: counted, and named as far as each reader may know."""

from dataclasses import dataclass, field

from django.db.models import Q

from portal import ordering
from portal.models import Organization
from resources.models import Participation

MOST = 500


@dataclass(frozen=True)
class Named:
    """One that may be named: its organization, its name in the reader's language, its line and link."""

    participation: Participation
    name: object  # Text


@dataclass
class Part:
    """What the page of a campaign shows: how many took part, those named, one's own, whether one can say so too."""

    total: int = 0
    unnamed: int = 0
    names: list = field(default_factory=list)
    mine: list = field(default_factory=list)
    can_take_part: bool = False


def on_page(campaign, reader, language, *, on):
    """What the page of a campaign shows; a name that is withheld comes in as a number alone."""
    standing = Participation.objects.standing().filter(campaign=campaign)
    named = Participation.objects.standing().named_to(reader).filter(campaign=campaign)
    total = standing.count()
    mine = Participation.objects.visible_to(reader).standing().filter(campaign=campaign)
    mine = list(mine.filter(organization__in=reader.led_ids).select_related("organization", "campaign"))
    leads = reader.led_ids & reader.verified_ids
    has_begun = campaign.status in campaign.SHOWN and campaign.stage(on) != campaign.Stage.COMING
    return Part(
        total=total,
        unnamed=total - named.count(),
        names=listed(named, language),
        mine=mine,
        can_take_part=has_begun and bool(leads - {row.organization_id for row in mine}),
    )


def listed(rows, language):
    """Named, in the order in which the language sorts the names."""
    found = [
        Named(row, row.organization.text("name", language))
        for row in rows.select_related("organization__country").order_by("pk")[:MOST]
    ]
    return sorted(found, key=lambda row: ordering.key(row.name.text, language))


def can_join(organization, on):
    """Campaigns that have begun and in which this organization has not said that it took part: a condition on campaigns."""
    taken = Participation.objects.standing().filter(organization=organization).values("campaign")
    begun = Q(begins_on__isnull=True) | Q(begins_on__lte=on)
    is_open = organization.status == Organization.Status.VERIFIED
    return begun & ~Q(pk__in=taken) if is_open else Q(pk__in=[])
