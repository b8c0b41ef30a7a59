"""The 23 objectives as a mosaic: each with its label and how much there is about it."""

from dataclasses import dataclass

from django.db.models import Count

from consultations.models import Call, Commitment, Consultation
from portal import counts
from portal.models import Objective
from resources.models import Document

HEAT = ((20, 4), (10, 3), (5, 2), (1, 1), (0, 0))
COUNTED = (Document, Consultation, Call, Commitment)


@dataclass
class Tile:
    """An objective with the number of things on it and the depth that says so."""

    objective: Objective
    count: int

    @property
    def heat(self):
        return next(depth for least, depth in HEAT if self.count >= least)


def mosaic(reader):
    """A tile for each objective, counting what this reader may see; two queries in all."""
    counted = {}
    for number, count in counts.kept(reader, "mosaic", lambda: list(_counts(reader))):
        counted[number] = counted.get(number, 0) + count
    return [Tile(row, counted.get(row.number, 0)) for row in Objective.objects.order_by("number")]


def _counts(reader):
    """(number, count) of each kind of thing and objective, gathered in one query."""
    first, *others = (
        model.objects.visible_to(reader)
        .published()
        .filter(objectives__isnull=False)
        .values_list("objectives__number")
        .annotate(things=Count("pk", distinct=True))
        .order_by()
        for model in COUNTED
    )
    return first.union(*others, all=True)
