"""What one is told, and how, kind by kind."""

from django import forms

from portal.forms.base import OperationForm
from portal.models import Choice
from portal.notifications import registry


class ChoicesForm(OperationForm):
    """A field for each kind that one may leave."""

    def __init__(self, *args, recipient, **kwargs):
        super().__init__(*args, **kwargs)
        self.kinds = [kind for kind in registry.values() if kind.can_be_left]
        kept = dict(recipient.choices.filter(objective=None).values_list("kind", "how"))
        for kind in self.kinds:
            self.fields[kind.name] = forms.ChoiceField(
                label=kind.label,
                choices=Choice.How.choices,
                initial=kept.get(kind.name, Choice.How.AT_ONCE),
                widget=forms.RadioSelect,
            )
