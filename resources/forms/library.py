"""What narrows the shelves of the library that have no facets."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal import languages, ordering
from resources.models import Practice


class PracticeFilters(forms.Form):
    """What narrows practices and plans, all of it in the address; what is not on these lists narrows nothing."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    objective = forms.TypedChoiceField(label=_("Objective"), coerce=int, empty_value=None, required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, data, *, objectives, regions, countries):
        super().__init__(data)
        here = get_language()
        self.rows = {
            "objective": {row.number: row for row in objectives},
            "region": {row.code: row for row in regions},
            "country": {row.iso2: row for row in countries},
        }
        labels = [
            (number, f"{number} {row.text('label', here)}") for number, row in self.rows["objective"].items()
        ]
        regions = [(code, row.text("title", here).text) for code, row in self.rows["region"].items()]
        countries = [(code, row.text("name", here).text) for code, row in self.rows["country"].items()]
        countries.sort(key=lambda pair: ordering.key(pair[1], here))
        self.fields["kind"].choices = [("", _("All kinds")), *Practice.Kind.choices]
        self.fields["objective"].choices = [("", _("All objectives")), *labels]
        self.fields["region"].choices = [("", _("All regions")), *regions]
        self.fields["country"].choices = [("", _("All countries")), *countries]
        spoken = ((code, languages.name(code)) for code in languages.CODES)
        self.fields["language"].choices = [("", _("All languages")), *spoken]
        self.full_clean()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    def wanted(self):
        """What the queryset takes: rows instead of numbers and codes."""
        return {name: self.rows.get(name, {}).get(value, value) for name, value in self.chosen.items()}
