"""Giving a text to somebody who translates it, and taking it back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms.base import CreatingForm, OperationForm
from portal.forms.fields import LineField, ThingField
from portal.forms.roles import LastDayField
from portal.models import User


class AssignmentForm(CreatingForm):
    """To whom, and by when; `people` are those who may translate it."""

    person = ThingField(
        label=_("Who translates it"),
        queryset=User.objects.none(),
        help_text=_("Only those are named who may translate it into this language."),
    )
    due_at = LastDayField(
        label=_("Done by"), help_text=_("The person is told now, and reminded three days before.")
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class TakeBackForm(OperationForm):
    """From whom it is taken, by the key of the assignment that was shown, and a word to that person."""

    assignment = forms.UUIDField(widget=forms.HiddenInput)

    words = LineField(label=_("A word to this person"), max_length=300, required=False)
