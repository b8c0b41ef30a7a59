"""What one is told, and how: kind by kind, with exceptions for single objectives, and on which days not at all."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.dates import weekdays
from portal.forms.base import OperationForm
from portal.forms.fields import ThingField
from portal.models import Choice, Objective
from portal.notifications import registry


def kinds():
    """The kinds that one may choose about."""
    return [kind for kind in registry.values() if kind.can_be_left and kind.is_listed]


def has_objectives(kind):
    return any(field.name == "objectives" for field in kind.model._meta.many_to_many)


class ChoicesForm(OperationForm):
    """A field for each kind that one may leave, and the days of the week on which we are silent."""

    def __init__(self, *args, recipient, **kwargs):
        super().__init__(*args, **kwargs)
        kept = dict(recipient.choices.filter(objective=None).values_list("kind", "how"))
        for kind in kinds():
            self.fields[kind.name] = forms.ChoiceField(
                label=kind.label,
                choices=Choice.How.choices,
                initial=kept.get(kind.name, Choice.How.AT_ONCE),
                widget=forms.RadioSelect,
            )
        self.fields["quiet_days"] = forms.MultipleChoiceField(
            label=_("Quiet days"),
            help_text=_("On these days we write nothing of the above. It reaches you the next morning."),
            choices=weekdays(get_language()),
            initial=recipient.quiet_days,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean_quiet_days(self):
        days = self.cleaned_data["quiet_days"]
        if len(days) > 6:
            raise forms.ValidationError(_("One day of the week must remain."))
        return days


class ExceptionForm(OperationForm):
    """For one objective, another way than for the rest of a kind."""

    kind = forms.ChoiceField(label=_("Messages"))
    objective = ThingField(label=_("Objective"), queryset=Objective.objects.none())
    how = forms.ChoiceField(label=_("How we write"), choices=Choice.How.choices)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.name, kind.label) for kind in kinds() if has_objectives(kind)]
        self.fields["objective"].queryset = Objective.objects.all()
        self.fields["objective"].label_from_instance = lambda row: (
            f"{row.number}. {row.text('label', get_language())}"
        )

    def clean_kind(self):
        return registry[self.cleaned_data["kind"]]
