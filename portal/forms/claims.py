"""The forms with which an organization is claimed, and a claim or a registration refused."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms.base import CreatingForm, OperationForm
from portal.forms.fields import PassageField
from portal.models import Claim


class ClaimForm(CreatingForm):
    """A person says that she speaks for a known organization, and how that can be seen."""

    words = PassageField(
        label=_("What you do there, and how a coordinator can see it"),
        max_length=500,
        help_text=_("For example a page of your organization that names you. Only coordinators read this."),
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 4}),
    )


class RefusalForm(OperationForm):
    """Why an organization is not verified: the reason is told in the language of whoever asked."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=Claim.Reason.choices,
        widget=forms.RadioSelect,
        help_text=_("The person reads it in her own language."),
    )
    answer = PassageField(
        label=_("What else the person should know"),
        max_length=500,
        required=False,
        help_text=_("It is sent as you write it, in a language that this person reads."),
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
    )
