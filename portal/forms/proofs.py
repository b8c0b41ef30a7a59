"""The form in which one types the code that proves once more who one is."""

import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms.base import OperationForm


class CodeField(forms.CharField):
    """A code in digits, of whatever script the keyboard has, with or without spaces."""

    def to_python(self, value):
        text = super().to_python(value)
        return "".join(str(unicodedata.decimal(sign, sign)) for sign in text if not sign.isspace())


class ProofForm(OperationForm):
    """A wrong code counts as a try: the refusal undoes nothing."""

    code = CodeField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def run(self, operation, *things, **values):
        return operation(*things, **values)
