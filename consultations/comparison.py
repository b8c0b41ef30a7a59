"""Asks beside commitments: what civil society asked for, and what was agreed or promised, on the same matter."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from consultations.models import Commitment


@dataclass
class Matter:
    """An objective, a State, or another maker, with both sides."""

    label: object
    number: int | None = None
    asks: list = field(default_factory=list)
    commitments: list = field(default_factory=list)

    def add(self, row):
        (self.asks if row.kind == Commitment.Kind.ASK else self.commitments).append(row)


def by_objective(rows, language):
    """One Matter for each objective that something is on, in their order; what is on none comes last."""
    found = {}
    for row in rows:
        for objective in row.objectives.all() or [None]:
            number = objective.number if objective else 0
            if number not in found:
                label = objective.text("label", language) if objective else _("On no objective")
                found[number] = Matter(label, number or None)
            found[number].add(row)
    return [found[number] for number in sorted(found, key=lambda number: number or 99)]


def by_maker(rows, language):
    """One Matter for each State that is asked or has promised, then for each other maker, by name."""
    found = {}
    for row in rows:
        if row.country is not None:
            key, label = (0, row.country.text("name", language).text), row.country.text("name", language)
        else:
            key = (1 if row.made_by else 2, row.made_by)
            label = row.made_by or _("By whom is not known")
        found.setdefault(key, Matter(label)).add(row)
    return [found[key] for key in sorted(found)]
