"""What narrows the lists of consultations and commitments, all of it in the address."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations.models import Commitment, Consultation, Submission
from portal import languages
from portal.templatetags.portal import language_name


class Filters(forms.Form):
    """Filters that offer only what leads to something; what is not on these lists narrows nothing."""

    def __init__(self, data, *, objectives, processes=(), **offers):
        super().__init__(data)
        here = get_language()
        self.things = {
            "objective": {str(row.number): row for row in objectives},
            "process": {row.address_key: row for row in processes},
        }
        labels = [(key, f"{key} {row.text('label', here)}") for key, row in self.things["objective"].items()]
        titles = [(key, row.text("title", here).text) for key, row in self.things["process"].items()]
        self.offer("objective", _("All objectives"), labels)
        if "process" in self.fields:
            self.offer("process", _("All processes"), titles)
        for name, choices in offers.items():
            self.offer(name, self.ALL[name], choices)
        self.full_clean()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    def offer(self, name, everything, choices):
        self.fields[name].choices = [("", everything), *choices]

    def wanted(self):
        """What the queryset takes: rows instead of numbers and addresses."""
        return {name: self.things.get(name, {}).get(value, value) for name, value in self.chosen.items()}


class ConsultationFilters(Filters):
    """A consultation by what it is about, where it belongs, when it was, and in which language one can follow it."""

    ALL = {"kind": _("All kinds"), "year": _("All years"), "language": _("All languages")}

    process = forms.ChoiceField(label=_("Process"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    objective = forms.ChoiceField(label=_("Objective"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    language = forms.ChoiceField(label=_("Interpretation into"), required=False)

    def __init__(self, data, *, kinds, years, codes, **offers):
        super().__init__(
            data,
            kind=[(value, label) for value, label in Consultation.Kind.choices if value in set(kinds)],
            year=[(str(year), str(year)) for year in years],
            language=[(code, language_name(code)) for code in codes],
            **offers,
        )


class CommitmentFilters(Filters):
    """A commitment by what it is, what it is about, where it was made."""

    ALL = {"kind": _("All kinds")}

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    objective = forms.ChoiceField(label=_("Objective"), required=False)
    process = forms.ChoiceField(label=_("Process"), required=False)

    def __init__(self, data, *, kinds, **offers):
        chosen = [(value, label) for value, label in Commitment.Kind.choices if value in set(kinds)]
        super().__init__(data, kind=chosen, **offers)


class SubmissionFilters(Filters):
    """A submission by where it stands, what it is about, where it belongs, when it was."""

    ALL = {"stage": _("All states"), "year": _("All years")}

    stage = forms.ChoiceField(label=_("Where it stands"), required=False)
    process = forms.ChoiceField(label=_("Process"), required=False)
    objective = forms.ChoiceField(label=_("Objective"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, data, *, years, **offers):
        chosen = [(str(year), str(year)) for year in years]
        super().__init__(data, stage=Submission.Stage.choices, year=chosen, **offers)


def in_our_order(codes):
    """Languages of the interface first, then the others."""
    return sorted(codes, key=lambda code: (code not in languages.CODES, code))
