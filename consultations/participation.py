"""Who took part in a process, and who did not: organizations counted by what they are, against all that are verified.

An organization takes part that is registered for something of the process, sent a contribution to one of its calls,
or stands behind one of its papers. Each counts once, however often it did. Who keeps an endorsement to itself is not
counted by it: of a small group the figure alone would name it.
"""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations.models import (
    Commitment,
    Consultation,
    Contribution,
    Endorsement,
    Paper,
    Registration,
)
from portal import ordering
from portal.models import Country, Objective, Organization, Process, Region
from portal.templatetags.portal import language_name

# Outside the house a figure below this one is not said: it would be somebody whom others could name.
FEWEST = 3


@dataclass(frozen=True)
class Row:
    """One value of what organizations are: how many are verified, how many took part, how many in the earlier cycle."""

    label: object
    verified: int
    took_part: int
    before: int


@dataclass(frozen=True)
class Table:
    """One thing that organizations are, value by value."""

    name: str
    title: Promise
    rows: list

    @property
    def unheard(self):
        """What is missing: values of organizations none of which took part."""
        return [row.label for row in self.rows if not row.took_part]

    @property
    def guarded(self):
        """[(row, figure that may be told outside, or None)]; of a single row that is kept back others tell the rest."""
        hidden = {place for place, row in enumerate(self.rows) if 0 < row.took_part < FEWEST}
        others = sorted(
            (row.took_part, place)
            for place, row in enumerate(self.rows)
            if row.took_part and place not in hidden
        )
        if len(hidden) == 1 and others:
            hidden.add(others[0][1])
        return [(row, None if place in hidden else row.took_part) for place, row in enumerate(self.rows)]


@dataclass(frozen=True)
class Amount:
    """How much of one sort there was, and in the earlier cycle."""

    label: Promise
    here: int
    before: int


class Participation:
    """The figures of a process as this reader sees what lies beneath it, beside those of an earlier one."""

    def __init__(self, process, reader, before=None):
        self.process, self.reader, self.before = process, reader, before

    @cached_property
    def verified(self):
        """{id: (country, constituency, sort, whether migrants lead it, working languages)}."""
        rows = Organization.objects.visible_to(self.reader).filter(status=Organization.Status.VERIFIED)
        facts = rows.order_by().values_list(
            "pk", "country", "constituency", "sort", "is_migrant_led", "spoken"
        )
        return {pk: values for pk, *values in facts}

    @cached_property
    def here(self):
        """Ids of the verified organizations that took part."""
        return took_part(self.process, self.reader) & self.verified.keys()

    @cached_property
    def earlier(self):
        """The same of the earlier cycle: as far as they are verified still."""
        return took_part(self.before, self.reader) & self.verified.keys() if self.before else set()

    @cached_property
    def tables(self):
        """A Table for each thing that organizations are."""
        facts, here = self.verified, get_language()
        regions = _sorted({row.pk: row.text("title", here) for row in Region.objects.all()})
        countries = _sorted({row.pk: row.text("name", here) for row in Country.objects.all()})
        spoken = {code for *_others, codes in facts.values() for code in codes}
        objectives = {row.pk: f"{row.number} {row.text('label', here)}" for row in Objective.objects.all()}
        return [
            self._table("region", _("By region"), self._regions(), regions),
            self._table("country", _("By State"), _each(facts, 0), countries),
            self._table(
                "language",
                _("By working language"),
                {pk: values[4] for pk, values in facts.items()},
                _sorted({code: language_name(code) for code in spoken}),
            ),
            self._table(
                "constituency",
                _("By constituency"),
                _each(facts, 1),
                dict(Organization.Constituency.choices),
            ),
            self._table(
                "sort", _("By kind of organization"), _each(facts, 2), dict(Organization.Sort.choices)
            ),
            self._table(
                "leadership",
                _("By who leads it"),
                _each(facts, 3),
                {True: _("Led by migrants"), False: _("Not led by migrants, or not known")},
            ),
            self._table(
                "objective",
                _("By objective that it works on"),
                _through(Organization.objectives.through, "organization", "objective"),
                objectives,
            ),
        ]

    @cached_property
    def amounts(self):
        """How much there was of each sort."""
        here = amounts(self.process, self.reader)
        before = amounts(self.before, self.reader) if self.before else {}
        return [Amount(label, number, before.get(label, 0)) for label, number in here.items()]

    def _regions(self):
        """The regions of each organization: its own, else those of its country."""
        own = _through(Organization.regions.through, "organization", "region")
        of_country = _through(Country.regions.through, "country", "region")
        return {pk: own.get(pk) or of_country.get(facts[0], ()) for pk, facts in self.verified.items()}

    def _table(self, name, title, values, labels):
        """Count all that are verified under each of their values; those that have none stand in the last row."""
        counts = {value: [0, 0, 0] for value in (*labels, None)}
        for pk in self.verified:
            for value in values.get(pk) or (None,):
                count = counts[value]
                count[0] += 1
                count[1] += pk in self.here
                count[2] += pk in self.earlier
        rows = [Row(labels.get(value, _("Not known")), *count) for value, count in counts.items() if count[0]]
        return Table(name, title, rows)


def took_part(process, reader):
    """Ids of the organizations that took part in a process, in one query."""
    registered = Registration.objects.visible_to(reader).held().filter(consultation__process=process)
    given = Contribution.objects.visible_to(reader).sent().filter(_beneath(process, "call__"))
    stand = Endorsement.objects.visible_to(reader).standing().filter(_beneath(process, "version__paper__"))
    first, *others = (rows.order_by().values_list("organization") for rows in (registered, given, stand))
    return {pk for (pk,) in first.union(*others) if pk is not None}


def amounts(process, reader):
    """How much there was of each sort: {sort: number}."""
    consultations = Consultation.objects.visible_to(reader).published().filter(process=process)
    confirmed = Registration.objects.visible_to(reader).filter(
        consultation__process=process, status=Registration.Status.CONFIRMED
    )
    places = confirmed.aggregate(organizations=Count("pk"), delegates=Sum("delegates_count", default=0))
    given = Contribution.objects.visible_to(reader).sent().filter(_beneath(process, "call__"))
    papers = Paper.objects.visible_to(reader).filter(_beneath(process), status=Paper.Status.PUBLISHED)
    stand = Endorsement.objects.visible_to(reader).standing().filter(_beneath(process, "version__paper__"))
    commitments = Commitment.objects.visible_to(reader).published().filter(process=process)
    return {
        _("Consultations"): consultations.count(),
        _("Confirmed registrations"): places["organizations"],
        _("Confirmed delegates"): places["delegates"],
        _("Contributions"): given.count(),
        _("Published papers"): papers.count(),
        _("Endorsements"): stand.count(),
        _("Commitments"): commitments.count(),
    }


def outside(figure):
    """A figure as it may leave the house; None where it is kept back."""
    return None if 0 < figure < FEWEST else figure


def earlier(process, reader):
    """Cycles that a process can be compared with, the latest first: those that this reader coordinates too."""
    rows = Process.objects.visible_to(reader).published().exclude(pk=process.pk)
    rows = rows.filter(Process.coordinated_by(reader))
    if process.begins_on:
        rows = rows.filter(begins_on__lt=process.begins_on)
    return rows.filter(begins_on__isnull=False).order_by("-begins_on", "-pk")


def _beneath(process, path=""):
    """The condition of belonging to a process, or to a consultation of it."""
    return Q(**{f"{path}process": process}) | Q(**{f"{path}consultation__process": process})


def _each(facts, place):
    return {pk: [values[place]] for pk, values in facts.items()}


def _through(model, owner, value):
    """{owner: [values]} of a table that ties many to many."""
    found = {}
    for pk, held in model.objects.values_list(owner, value):
        found.setdefault(pk, []).append(held)
    return found


def _sorted(labels):
    """Labels in the order in which the reader's language sorts them."""
    here = get_language()
    return dict(sorted(labels.items(), key=lambda pair: ordering.key(str(pair[1]), here)))
