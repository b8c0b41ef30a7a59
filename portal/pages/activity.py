"""How much happened on an objective, year by year: bars for the eye, and the numbers beside them."""

from dataclasses import dataclass

from django.db.models import Count

from consultations.models import Consultation
from resources.models import Document

MOST_YEARS = 12
LEAST_YEARS = 3
WIDTH, BASE, TALLEST, GAP = 300, 106, 84, 5
LABELLED = 8  # more years than these would print their labels into each other


@dataclass
class Year:
    """The consultations and documents of one year, and its bar in a drawing of 300 by 130."""

    year: int
    consultations: int = 0
    documents: int = 0
    x: float = 0
    width: float = 0
    height: float = 0
    is_labelled: bool = True

    @property
    def count(self):
        return self.consultations + self.documents

    @property
    def y(self):
        return round(BASE - self.height, 1)

    @property
    def middle(self):
        return round(self.x + self.width / 2, 1)

    @property
    def above(self):
        return round(self.y - 5, 1)


def years(reader, objective, *, runs_right_to_left=False):
    """The years in which something began on this objective, oldest first, none left out between; few say nothing."""
    found = {}
    for model, field in ((Consultation, "consultations"), (Document, "documents")):
        for year, count in _counts(model, reader, objective):
            setattr(found.setdefault(year, Year(year)), field, count)
    if not found:
        return []
    last = max(found)
    first = max(min(found), last - MOST_YEARS + 1)
    rows = [found.get(year, Year(year)) for year in range(first, last + 1)]
    if len(rows) < LEAST_YEARS:
        return []
    _draw(rows, runs_right_to_left)
    return rows


def _counts(model, reader, objective):
    rows = model.objects.visible_to(reader).published().on_objective(objective)
    dated = rows.filter(begins_on__isnull=False).order_by()
    return dated.values_list("begins_on__year").annotate(rows=Count("pk", distinct=True))


def _draw(rows, runs_right_to_left):
    """Give each year its bar; time runs as the reader's lines do."""
    step, tallest = WIDTH / len(rows), max(row.count for row in rows)
    for place, row in enumerate(rows):
        place_from_start = len(rows) - 1 - place if runs_right_to_left else place
        row.x, row.width = round(place_from_start * step + GAP / 2, 1), round(step - GAP, 1)
        row.height = round(TALLEST * row.count / tallest, 1)
        row.is_labelled = len(rows) <= LABELLED or (len(rows) - 1 - place) % 2 == 0
