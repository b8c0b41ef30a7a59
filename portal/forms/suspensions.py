"""The form with which an organization is suspended."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms.base import OperationForm
from portal.forms.fields import PassageField
from portal.models import Suspension


class SuspensionForm(OperationForm):
    """Why an organization is suspended: its people are told the reason, each in his or her own language."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=Suspension.Reason.choices,
        widget=forms.RadioSelect,
        help_text=_("Each person of the organization reads it in his or her own language."),
    )
    words = PassageField(
        label=_("What else its people should know"),
        max_length=500,
        required=False,
        help_text=_("It is sent as you write it, in a language that these people read."),
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
    )
