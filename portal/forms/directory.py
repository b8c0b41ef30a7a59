"""What narrows the directory of organizations."""

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal import languages, ordering
from portal.models import Country, Objective, Organization, Region, Shown
from portal.templatetags.portal import language_name, number

FACTS = {
    "country": Shown.COUNTRY,
    "region": Shown.REGIONS,
    "objective": Shown.OBJECTIVES,
    "language": Shown.SPOKEN,
    "sort": Shown.SORT,
}
EVERYTHING = {
    "country": _("All countries"),
    "region": _("All regions"),
    "objective": _("All objectives"),
    "language": _("All languages"),
    "sort": pgettext_lazy("organizations", "All kinds"),
}


class DirectoryFilters(forms.Form):
    """Filters by what organizations show, all of them in the address; each choice says how many it leads to.

    What is not on these lists narrows nothing. Nobody is counted under a fact that it does not show.
    """

    country = forms.ChoiceField(label=_("Country"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    objective = forms.ChoiceField(label=_("Objective it works on"), required=False)
    language = forms.ChoiceField(label=_("Working language"), required=False)
    sort = forms.ChoiceField(label=_("Kind of organization"), required=False)

    def __init__(self, data, rows):
        super().__init__(data)
        choices = _choices(get_language())
        for name in FACTS:
            self.fields[name].choices = [("", EVERYTHING[name]), *choices[name]]
        self.full_clean()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}
        self._offer(choices, rows.counted(self.wanted()))

    def wanted(self):
        """What the queryset takes: the value that is asked of each fact."""
        return {FACTS[name]: value for name, value in self.chosen.items()}

    def _offer(self, choices, counted):
        """Offer what leads to something, and what is chosen already."""
        for name, fact in FACTS.items():
            self.fields[name].choices = [
                ("", EVERYTHING[name]),
                *(
                    (value, f"{label} ({number(counted.get((fact, value), 0))})")
                    for value, label in choices[name]
                    if (fact, value) in counted or value == self.chosen.get(name)
                ),
            ]


def _choices(here):
    """All that could be asked, in the order of the reader's language."""
    countries = [(row.iso2, row.text("name", here).text) for row in Country.objects.all()]
    regions = [(row.code, row.text("title", here).text) for row in Region.objects.all()]
    objectives = Objective.objects.order_by("number")
    return {
        "country": _sorted(countries, here),
        "region": _sorted(regions, here),
        "objective": [(str(row.number), f"{row.number} {row.text('label', here)}") for row in objectives],
        "language": _sorted([(code, language_name(code)) for code in languages.CODES], here),
        "sort": Organization.Sort.choices,
    }


def _sorted(choices, here):
    return sorted(choices, key=lambda choice: ordering.key(choice[1], here))
