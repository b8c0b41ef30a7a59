"""How much happened on an objective, year by year: a small picture for each kind of thing, and the numbers beside them."""

from dataclasses import dataclass

from django.db.models import Count, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultations.models import Commitment, Consultation
from portal import counts
from resources.models import Document

COUNTED = ((Consultation, _("Consultations")), (Document, _("Documents")), (Commitment, _("Commitments")))
MOST_YEARS = 12
LEAST_YEARS = 3
WIDTH, BASE, TALLEST, LEAST, GAP = 300, 56, 40, 2, 5
LABELLED = 8  # more years than these would print their labels into each other


@dataclass(frozen=True)
class Bar:
    """A year with its figure, in a drawing of 300 by 80."""

    year: int
    count: int
    x: float
    width: float
    height: float
    is_labelled: bool

    @property
    def y(self):
        return round(BASE - self.height, 1)

    @property
    def middle(self):
        return round(self.x + self.width / 2, 1)

    @property
    def above(self):
        return round(self.y - 4, 1)


@dataclass(frozen=True)
class Series:
    """One kind of thing over the years; all are drawn to one scale."""

    label: Promise
    bars: list


def series(reader, objective, *, runs_right_to_left=False):
    """The kinds of things that began on this objective, over the years from the first to the last; few years say nothing."""
    counted = counts.kept(reader, ("activity", objective.pk), lambda: list(_counts(reader, objective)))
    found = {(label, year): count for label, year, count in counted}
    if not found:
        return []
    last = max(year for _label, year in found)
    first = max(min(year for _label, year in found), last - MOST_YEARS + 1)
    years = range(first, last + 1)
    if len(years) < LEAST_YEARS:
        return []
    tallest = max(count for (_label, year), count in found.items() if year >= first)
    places = _places(years, runs_right_to_left)
    rows = []
    for model, label in COUNTED:
        figures = [found.get((model.__name__, year), 0) for year in years]
        if any(figures):
            rows.append(
                Series(label, [_bar(*row, tallest) for row in zip(years, figures, places, strict=True)])
            )
    return rows


def table(rows):
    """[(year, the figure of each series)], newest first."""
    years = zip(*(one.bars for one in rows), strict=True)
    return [(bars[0].year, [bar.count for bar in bars]) for bars in years][::-1]


def _counts(reader, objective):
    """(kind, year, count) of what this reader may see, in one query."""
    first, *others = (
        model.objects.visible_to(reader)
        .published()
        .on_objective(objective)
        .filter(begins_on__isnull=False)
        .order_by()
        .values_list(Value(model.__name__), "begins_on__year")
        .annotate(things=Count("pk", distinct=True))
        for model, _label in COUNTED
    )
    return first.union(*others, all=True)


def _places(years, runs_right_to_left):
    """(where its bar begins, how wide it is, whether its year is printed) of each; time runs as the reader's lines do."""
    step, last = WIDTH / len(years), len(years) - 1
    return [
        (
            round((last - place if runs_right_to_left else place) * step + GAP / 2, 1),
            round(step - GAP, 1),
            len(years) <= LABELLED or (last - place) % 2 == 0,
        )
        for place in range(len(years))
    ]


def _bar(year, count, place, tallest):
    x, width, is_labelled = place
    height = max(LEAST, round(TALLEST * count / tallest, 1)) if count else 0
    return Bar(year, count, x, width, height, is_labelled)
