"""A file as the answer to a question: kept for its sender while the form comes back, so that it is sent only once."""

import uuid
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from consultations.models import KeptFile
from consultations.operations import answers
from portal import files
from portal.errors import Refused
from portal.models import Reader


@dataclass
class Sent:
    """What a form sends for a file: an upload, the key of one that is kept, or that the one there is to go."""

    upload: UploadedFile | None = None
    kept: str = ""
    is_gone: bool = False


class FileAnswerInput(forms.FileInput):
    """A file to choose, beside the one that is there already."""

    template_name = "consultations/_file_answer.html"

    def value_from_datadict(self, data, files, name):
        return Sent(files.get(name), data.get(f"{name}_kept", ""), f"{name}_gone" in data)

    def get_context(self, name, value, attrs):
        """The file that is there, stored with the answer or kept from a form that came back."""
        kept = value if isinstance(value, KeptFile) else None
        context = super().get_context(name, None, attrs)
        return context | {"there": kept.file if kept else value, "kept": kept, "can_go": not self.is_required}


class FileAnswerField(forms.FileField):
    """A file that answers a question: the one stored with the answer, one that was kept, or one just sent."""

    sender = None

    def __init__(self, **kwargs):
        super().__init__(widget=FileAnswerInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}), **kwargs)

    def bound_data(self, data, initial):
        """What is there already, when the form comes back."""
        return None if data.is_gone else self._kept(data.kept) or initial

    def clean(self, data, initial=None):
        if data.upload is not None:
            try:
                files.clean(data.upload, kinds=answers.KINDS)
            except Refused as refusal:
                raise ValidationError(refusal.message) from refusal
            return data.upload
        found = self.bound_data(data, initial)
        if data.kept and not isinstance(found, KeptFile) and not data.is_gone:
            raise ValidationError(_("This file is no longer kept here. Please choose it again."))
        if found is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return found

    def _kept(self, key):
        """The file that this person sent with an earlier try of the form."""
        try:
            key = uuid.UUID(key)
        except ValueError:
            return None
        rows = KeptFile.objects.visible_to(Reader(user=self.sender)).select_related("file")
        return rows.filter(key=key).first()
