"""Several registrations treated alike: which, how, and in which words."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.forms.base import CreatingForm
from portal.forms.fields import LineField, PassageField

ACTS = [
    ("confirm", _("Confirm")),
    ("decline", _("Decline")),
    ("message", pgettext_lazy("button", "Write to them")),
]
ASKED = {"confirm": (), "decline": ("reason",), "message": ("subject", "words")}


class ManyForm(CreatingForm):
    """What is done with those that were ticked; the page between shows who is concerned."""

    act = forms.ChoiceField(choices=ACTS, widget=forms.HiddenInput)
    reason = LineField(
        label=_("Why are they declined?"),
        max_length=300,
        help_text=_("Each organization is told, in these words."),
    )
    subject = LineField(label=_("Subject"), max_length=150)
    words = PassageField(
        label=_("Message"),
        max_length=5000,
        help_text=_("Plain text. It goes out in the language you write in."),
    )

    def __init__(self, *args, is_first=False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_first:
            # Ticked in the list, and nothing typed yet: there is nothing to correct.
            self.initial, self.is_bound = {"act": self.data.get("act")}, False
        for name in {"reason", "subject", "words"} - {*ASKED.get(self.data.get("act"), ())}:
            del self.fields[name]

    @property
    def keys(self):
        """The registrations that were ticked."""
        found = []
        for value in self.data.getlist("row"):
            try:
                found.append(uuid.UUID(value))
            except ValueError as error:
                raise ValidationError(
                    _("Somebody has just changed this. Please look at it again and retry.")
                ) from error
        return found

    def clean(self):
        given = super().clean()
        given.pop("act", None)
        return given | {"keys": self.keys}
