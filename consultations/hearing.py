"""Who has been heard on a call and who has not: regions, languages and objectives against those who are asked."""

from dataclasses import dataclass, field
from functools import cached_property

from consultations.models import Contribution, Input
from consultations.notifications.calls import asked
from portal import languages
from portal.models import Objective, Region


@dataclass
class Tally:
    """How many are asked and how many are heard, and of both how many are led by migrants."""

    asked: int = 0
    heard: int = 0
    led_asked: int = 0
    led_heard: int = 0

    def add(self, organization, is_heard):
        self.asked += 1
        self.heard += is_heard
        if organization.is_migrant_led:
            self.led_asked += 1
            self.led_heard += is_heard

    @property
    def depth(self):
        """How full a cell is, 0 to 4."""
        return 0 if not self.asked else min(4, 1 + 4 * self.heard // self.asked) if self.heard else 0


@dataclass
class Row:
    """A region with its figures by language."""

    region: Region | None
    whole: Tally = field(default_factory=Tally)
    cells: list = field(default_factory=list)


class Hearing:
    """The figures of a call, whole or on one of its objectives; one query each, however many organizations there are."""

    def __init__(self, call, *, objective=None):
        self.call, self.objective = call, objective
        self.codes = [*(call.answer_languages or languages.CODES), ""]

    @cached_property
    def organizations(self):
        """Those who are asked, as far as they work on the objective."""
        rows = asked(self.call).distinct().prefetch_related("regions", "objectives", "country__regions")
        rows = rows.select_related("country")
        if self.objective is not None:
            rows = rows.filter(pk__in=self.objective.organization_set.values("pk"))
        return list(rows.order_by("folded_name", "pk"))

    @cached_property
    def heard(self):
        """The ids of those who sent something; on an objective, who answered a question about it."""
        return self._heard_on(self.objective)

    def _heard_on(self, objective):
        rows = Contribution.objects.sent().filter(call=self.call, organization__isnull=False)
        if objective is not None:
            rows = rows.filter(answers__question__objective=objective)
        return set(rows.values_list("organization_id", flat=True))

    @cached_property
    def whole(self):
        found = Tally()
        for organization in self.organizations:
            found.add(organization, organization.pk in self.heard)
        return found

    @cached_property
    def others(self):
        """How many were heard that have no account here."""
        return Contribution.objects.sent().filter(call=self.call, organization__isnull=True).count()

    @cached_property
    def regions(self):
        """A Row for each region, and one for those of which none is known."""
        rows = {region.pk: Row(region) for region in Region.objects.order_by("code")} | {None: Row(None)}
        for row in rows.values():
            row.cells = [Tally() for _code in self.codes]
        for organization in self.organizations:
            is_heard = organization.pk in self.heard
            for region in regions_of(organization) or [None]:
                row = rows[region.pk if region else None]
                row.whole.add(organization, is_heard)
                for number, code in enumerate(self.codes):
                    if speaks(organization, code, self.codes):
                        row.cells[number].add(organization, is_heard)
        return [row for row in rows.values() if row.region is not None or row.whole.asked]

    @cached_property
    def objectives(self):
        """[(objective, Tally)] of those that the call is about: who works on each, and who answered on it."""
        about = Objective.objects.filter(call=self.call) | Objective.objects.filter(questions__call=self.call)
        answered = set(
            Input.objects.filter(
                contribution__call=self.call,
                contribution__status=Contribution.Status.SENT,
                contribution__organization__isnull=False,
            ).values_list("question__objective", "contribution__organization")
        )
        found = []
        for objective in about.distinct().order_by("number"):
            tally = Tally()
            for organization in self.organizations:
                if objective in organization.objectives.all():
                    tally.add(organization, (objective.pk, organization.pk) in answered)
            found.append((objective, tally))
        return found

    def missing(self, *, region=None, language="", is_led=False):
        """Those who are asked and not heard, as far as they are like this."""
        return [
            row
            for row in self.organizations
            if row.pk not in self.heard
            and (region is None or region in regions_of(row))
            and (not language or language in row.spoken)
            and (not is_led or row.is_migrant_led)
        ]


def regions_of(organization):
    """Where an organization is at work; where it names nothing, the regions of its country."""
    own = list(organization.regions.all())
    return own or (list(organization.country.regions.all()) if organization.country else [])


def speaks(organization, code, codes):
    """Whether it works in a language; the empty code stands for those that name none of these."""
    if code:
        return code in organization.spoken
    return not set(organization.spoken) & set(codes)
