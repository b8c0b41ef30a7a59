"""What is urgent, in figures: each organization counts once; where all regions agree, and where they differ."""

from dataclasses import dataclass, field

from consultations.hearing import regions_of
from consultations.models import Priority, Theme
from portal.models import Organization

FEW = 3  # organizations of a group below which others than readers are shown no figures


@dataclass
class Group:
    """Organizations that have something in common: how many marked anything, and how many of them each theme."""

    name: object
    organizations: set = field(default_factory=set)
    marks: dict = field(default_factory=dict)

    def add(self, organization, themes):
        self.organizations.add(organization)
        for theme in themes:
            self.marks[theme] = self.marks.get(theme, 0) + 1

    @property
    def size(self):
        return len(self.organizations)

    def share(self, theme):
        """Of the organizations of this group, how many of a hundred marked a theme."""
        return round(100 * self.marks.get(theme, 0) / self.size) if self.size else 0

    def first(self, most):
        """The themes that most of them marked: as many as each may mark, and those that stand equal with the last."""
        ranked = sorted(self.marks.values(), reverse=True)
        least = ranked[min(most, len(ranked)) - 1] if ranked else 1
        return {theme for theme, number in self.marks.items() if number >= least}


class Urgency:
    """The result of a call: `few` groups are left out for whoever does not read for it."""

    def __init__(self, call, *, hides_few):
        self.call, self.least = call, FEW if hides_few else 1
        self.themes = list(
            Theme.objects.filter(call=call, status=Theme.Status.PUBLISHED).prefetch_related("objectives")
        )
        self.whole = Group(None)
        self._regions, self._languages, self._constituencies = {}, {}, {}
        self._count()

    def _count(self):
        marked = {}
        for organization, theme in (
            Priority.objects.filter(call=self.call).counted().values_list("organization", "theme")
        ):
            marked.setdefault(organization, set()).add(theme)
        rows = Organization.objects.filter(pk__in=marked).select_related("country")
        for row in rows.prefetch_related("regions", "country__regions"):
            themes = marked[row.pk]
            self.whole.add(row.pk, themes)
            for region in regions_of(row):
                self._of(self._regions, region).add(row.pk, themes)
            for code in row.spoken:
                self._of(self._languages, code).add(row.pk, themes)
            self._of(self._constituencies, row.constituency).add(row.pk, themes)

    @staticmethod
    def _of(groups, name):
        return groups.setdefault(name, Group(name))

    def _shown(self, groups):
        return [group for group in groups if group.size >= self.least]

    @property
    def regions(self):
        return self._shown(sorted(self._regions.values(), key=lambda group: group.name.code))

    @property
    def languages(self):
        return self._shown(sorted(self._languages.values(), key=lambda group: (-group.size, group.name)))

    @property
    def constituencies(self):
        labels = dict(Organization.Constituency.choices)
        found = sorted(self._constituencies.values(), key=lambda group: (-group.size, group.name))
        return [(labels[group.name], group) for group in self._shown(found)]

    @property
    def is_shown(self):
        """Whether enough organizations marked something."""
        return self.whole.size >= self.least

    @property
    def rows(self):
        """[(theme, how many marked it, its share, [its share in each region])], the most marked first."""
        regions = self.regions
        order = sorted(self.themes, key=lambda theme: (-self.whole.marks.get(theme.pk, 0), theme.pk))
        return [
            (
                theme,
                self.whole.marks.get(theme.pk, 0),
                self.whole.share(theme.pk),
                [group.share(theme.pk) for group in regions],
            )
            for theme in order
        ]

    def table(self, groups):
        """[(theme, [its share in each group])], in the same order."""
        return [(theme, [group.share(theme.pk) for group in groups]) for theme, *_rest in self.rows]

    @property
    def agreed(self):
        """Themes that are among the first in every region."""
        firsts = [group.first(self.call.urgent_most) for group in self.regions]
        shared = set.intersection(*firsts) if len(firsts) > 1 else set()
        return [theme for theme, *_rest in self.rows if theme.pk in shared]

    @property
    def differing(self):
        """[(theme, regions where it is among the first, regions where it is not)]."""
        regions = [(group.name, group.first(self.call.urgent_most)) for group in self.regions]
        found = []
        for theme, *_rest in self.rows:
            where = [region for region, first in regions if theme.pk in first]
            if where and len(where) < len(regions):
                found.append((theme, where, [region for region, _first in regions if region not in where]))
        return found
