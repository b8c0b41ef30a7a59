"""A text that was written in Word."""

from django import forms
from django.core.exceptions import ValidationError

from portal import word_files
from portal.errors import Refused


class WordFileField(forms.FileField):
    """A Word file, read into its sections (portal.word_files.Sections); None where there is none."""

    def __init__(self, **kwargs):
        widget = forms.FileInput(attrs={"accept": f".docx,{word_files.TYPE}"})
        super().__init__(required=False, widget=widget, **kwargs)

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            return word_files.read(upload)
        except Refused as refusal:
            raise ValidationError(refusal.message) from refusal
