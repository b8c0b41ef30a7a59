"""Where organizations are: a tile for each State, region by region, and the same as a table; no map of borders.

Everybody sees the listed organizations that show their country, so that the picture says nothing that the directory
does not. No figure here counts the others, not even one that is rounded or withheld when it is small: who is listed is
known, so whoever subtracts would find out that somebody there chose not to be found. Who coordinates everything sees
all members, and how many of them have been heard: they registered for something, or sent a contribution.
"""

from dataclasses import dataclass, field

from django.contrib.auth.decorators import login_not_required
from django.db.models import Case, Count, Exists, OuterRef, Q, When
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from consultations.models import Contribution, Registration
from portal import ordering
from portal.models import Country, Organization, Region, Shown

DEEPER = (1, 2, 4, 8)


@dataclass(frozen=True)
class Tile:
    """A State, how many organizations there are in it, and how many of them have been heard, where that is told."""

    country: Country
    count: int
    heard: int | None

    @property
    def depth(self):
        """How deep its colour is, 0 to 4: the more there are, or the larger the share that has been heard."""
        if self.heard is None:
            return sum(self.count >= least for least in DEEPER)
        return min(4, 1 + 4 * self.heard // self.count) if self.heard else 0


@dataclass
class Place:
    """A region with its States."""

    region: Region
    tiles: list = field(default_factory=list)

    @property
    def rows(self):
        """The States in which there is somebody, in the order of the reader's language."""
        here = get_language()
        rows = [tile for tile in self.tiles if tile.count]
        return sorted(rows, key=lambda tile: ordering.key(tile.country.text("name", here).text, here))

    @property
    def count(self):
        return sum(tile.count for tile in self.tiles)

    @property
    def heard(self):
        return sum(tile.heard or 0 for tile in self.tiles)


@login_not_required
@require_safe
def coverage(request):
    """The picture of where organizations are, and for coordinators of who has been heard."""
    tells_heard = request.reader.coordinates_everything
    found = _members(request.reader) if tells_heard else _listed(request.reader)
    context = {
        "tells_heard": tells_heard,
        "places": _places(found, (0, 0 if tells_heard else None)),
        "count": sum(count for count, _heard in found.values()),
        "heard": sum(heard or 0 for _count, heard in found.values()),
        "elsewhere": found.get(None, (0, None)),
    }
    return render(request, "portal/organizations_coverage.html", context)


def _listed(reader):
    """{country or None: (count, None)} of the listed ones by what they show."""
    rows = Organization.objects.visible_to(reader).directory().order_by()
    where = Case(When(directory_fields__contains=[Shown.COUNTRY], then="country"))
    counted = rows.annotate(where=where).values_list("where").annotate(amount=Count("pk"))
    return {country: (amount, None) for country, amount in counted}


def _members(reader):
    """{country or None: (count, heard)} of all members."""
    registered = Registration.objects.visible_to(reader).held().filter(organization=OuterRef("pk"))
    contributed = Contribution.objects.visible_to(reader).sent().filter(organization=OuterRef("pk"))
    rows = Organization.objects.visible_to(reader).members().order_by()
    rows = rows.annotate(is_heard=Exists(registered) | Exists(contributed)).values_list("country")
    counted = rows.annotate(amount=Count("pk"), heard=Count("pk", filter=Q(is_heard=True)))
    return {country: (amount, heard) for country, amount, heard in counted}


def _places(found, nobody):
    """The regions in the order of the reader's language, each with its States; some States stand in two."""
    here = get_language()
    places = {region.pk: Place(region) for region in Region.objects.all()}
    for country in Country.objects.prefetch_related("regions").order_by("iso2"):
        tile = Tile(country, *found.get(country.pk, nobody))
        for region in country.regions.all():
            places[region.pk].tiles.append(tile)
    return sorted(
        places.values(), key=lambda place: ordering.key(place.region.text("title", here).text, here)
    )
