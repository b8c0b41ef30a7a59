"""What narrows the log, all of it in the address."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LogFilters(forms.Form):
    """Who, what, to which kind of thing, from when until when; what makes no sense narrows nothing."""

    person = forms.ChoiceField(label=_("Person"), required=False)
    act = forms.ChoiceField(label=pgettext_lazy("of somebody in the log", "Act"), required=False)
    kind = forms.ChoiceField(label=_("Kind of thing"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=pgettext_lazy("a last day", "Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data, *, actors, acts, kinds):
        super().__init__(data)
        people = [(str(actor.key), actor.user.name or actor.user.email) for actor in actors]
        things = [(str(kind.pk), capfirst(kind.name)) for kind in kinds]
        self.fields["person"].choices = [("", _("Everybody")), *sorted(people, key=lambda row: row[1])]
        self.fields["act"].choices = [("", _("Every act")), *acts]
        self.fields["kind"].choices = [("", _("All kinds")), *sorted(things, key=lambda row: row[1])]
        self.full_clean()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}
