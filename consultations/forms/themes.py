"""What a coordinator says of a theme: its words in each language, its place among the others."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms.records import DatesForm, RecordForm


class ThemeForm(RecordForm):
    """A theme of a call; who sees the call sees it, once it is published."""

    number = forms.IntegerField(
        label=_("Its place among the others"), min_value=1, max_value=999, required=False
    )

    SECTIONS = ((_("What it is"), ("number", "objectives")),)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in (*DatesForm.base_fields, "access"):
            del self.fields[name]
        self.fields.pop("why_moved", None)
