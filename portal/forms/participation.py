"""What the figures of a process are set beside."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms.moments import TitledField
from portal.models import Process


class ComparedForm(forms.Form):
    """An earlier process; what makes no sense compares with the one just before."""

    beside = TitledField(
        label=_("Beside the figures of"),
        queryset=Process.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=_("No earlier process"),
    )

    def __init__(self, data, *, cycles):
        self.latest = None if "beside" in data else cycles.first()
        super().__init__(data or None, initial={"beside": self.latest and self.latest.key})
        self.fields["beside"].queryset = cycles

    @property
    def chosen(self):
        """The process that was asked for; if nothing was asked, the latest of them; None where none is wanted."""
        return self.cleaned_data.get("beside") if self.is_bound and self.is_valid() else self.latest
