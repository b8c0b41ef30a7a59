"""Who came, ticked in a list; the code that the room sees, typed by a delegate."""

import uuid
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from consultations.models.attendance import DIGITS
from portal.forms.base import OperationForm
from portal.operations import limits

TRIES = (limits.Rate(10, timedelta(minutes=10)),)


class AttendanceForm(OperationForm):
    """Only what was ticked or unticked here changes: two who take attendance side by side undo nothing."""

    def clean(self):
        super().clean()
        was, now = self._keys("was"), self._keys("came")
        return {"came": now - was, "left": was - now}

    def _keys(self, name):
        found = set()
        for value in self.data.getlist(name):
            try:
                found.add(uuid.UUID(value))
            except ValueError as error:
                raise ValidationError(
                    _("Somebody has just changed this. Please look at it again and retry.")
                ) from error
        return found


class DoorForm(OperationForm):
    """The code, with as few tries as one needs who reads it from the wall."""

    code = forms.CharField(
        label=_("The code that the room sees"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}),
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_code(self):
        # Counted here, outside of what a refusal takes back.
        if not limits.take("door", self.person, TRIES):
            raise ValidationError(
                _("Too many tries. Please wait ten minutes, or ask a coordinator to tick you.")
            )
        digits = "".join(character for character in self.cleaned_data["code"] if character.isdecimal())
        return "".join(str(int(digit)) for digit in digits)[:DIGITS]
