"""Which documents and consultations belong to a working group."""

from django import forms
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation
from portal.forms.base import OperationForm
from portal.forms.moments import TitledField
from resources.models import Document

NEWEST = (F("begins_on").desc(nulls_last=True), "-pk")


class GroupWorkForm(OperationForm):
    """A document or a consultation, of those that the coordinator sees."""

    document = TitledField(label=_("Document"), queryset=Document.objects.none(), required=False)
    consultation = TitledField(label=_("Consultation"), queryset=Consultation.objects.none(), required=False)

    def __init__(self, *args, reader, **kwargs):
        super().__init__(*args, **kwargs)
        documents = Document.objects.visible_to(reader).exclude(status=Document.Status.WITHDRAWN)
        self.fields["document"].queryset = documents.order_by(*NEWEST)
        self.fields["consultation"].queryset = Consultation.objects.visible_to(reader).order_by(*NEWEST)

    def clean(self):
        """Nothing chosen is nothing to do."""
        given = super().clean()
        if not any(given.values()):
            raise forms.ValidationError(_("Choose a document or a consultation."))
        return given
