"""What narrows the library."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal import languages, ordering
from resources.models import Document, Practice


class LibraryFilters(forms.Form):
    """What narrows the library, all of it in the address; what is not on these lists narrows nothing."""

    objective = forms.TypedChoiceField(label=_("Objective"), coerce=int, empty_value=None, required=False)
    process = forms.ChoiceField(label=_("Process"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, empty_value=None, required=False)

    def __init__(self, data, *, objectives, processes, codes, years):
        super().__init__(data)
        here = get_language()
        self.objectives = {row.number: row for row in objectives}
        self.processes = {row.address_key: row for row in processes}
        titles = [(key, row.text("title", here).text) for key, row in self.processes.items()]
        labels = [(number, f"{number} {row.text('label', here)}") for number, row in self.objectives.items()]
        self.fields["objective"].choices = [("", _("All objectives")), *labels]
        self.fields["process"].choices = [("", _("All processes")), *titles]
        self.fields["kind"].choices = [("", _("All kinds")), *Document.Kind.choices]
        self.fields["language"].choices = [
            ("", _("All languages")),
            *((code, languages.name(code)) for code in codes),
        ]
        self.fields["year"].choices = [("", _("All years")), *((year, str(year)) for year in years)]
        self.full_clean()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    def wanted(self):
        """What the queryset takes: rows instead of numbers and addresses."""
        wanted = dict(self.chosen)
        if "objective" in wanted:
            wanted["objective"] = self.objectives[wanted["objective"]]
        if "process" in wanted:
            wanted["process"] = self.processes[wanted["process"]]
        return wanted


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
