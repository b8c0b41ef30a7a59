"""What a section draws on: the inputs of a theme at once, inputs that were found, voices, documents, consultations."""

from django import forms
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation, Input, Theme, Voice, VoiceConsent
from portal.forms.base import OperationForm
from portal.forms.fields import LineField, ThingField
from portal.forms.moments import TitledField
from resources.models import Document

NEWEST = (F("begins_on").desc(nulls_last=True), "-pk")


class SearchForm(forms.Form):
    """Words that an input says."""

    q = LineField(label=_("Words of the input"), max_length=200, required=False)


class ThemeSourceForm(OperationForm):
    """All inputs under a theme that this person sees, at once."""

    theme = TitledField(label=_("Theme"), queryset=Theme.objects.none())

    def __init__(self, *args, themes, inputs, **kwargs):
        super().__init__(*args, **kwargs)
        self.inputs = inputs
        self.fields["theme"].queryset = themes

    def clean(self):
        theme = super().clean().get("theme")
        return {"inputs": list(self.inputs.filter(themes=theme)) if theme else []}


class InputSourceForm(OperationForm):
    """Inputs that were found, ticked one by one."""

    inputs = forms.ModelMultipleChoiceField(
        label=_("Inputs"),
        queryset=Input.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        to_field_name="key",
    )

    def __init__(self, *args, inputs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["inputs"].queryset = inputs


class VoiceField(ThingField):
    """A voice by its alias, and by the country where one is named."""

    def label_from_instance(self, voice):
        country = voice.country.text("name", get_language()).text if voice.country else ""
        return ", ".join(word for word in (voice.alias or str(_("Without an alias")), country) if word)


class VoiceSourceForm(OperationForm):
    """A voice, and for which of the purposes that the person agreed to."""

    voice = VoiceField(label=_("Voice"), queryset=Voice.objects.none())
    purpose = forms.ChoiceField(label=_("For what"), widget=forms.RadioSelect)

    def __init__(self, *args, voices, purposes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["voice"].queryset = voices
        self.fields["purpose"].choices = [
            (value, label) for value, label in VoiceConsent.Purpose.choices if value in purposes
        ]


class DocumentSourceForm(OperationForm):
    """A document of the library."""

    document = TitledField(label=_("Document"), queryset=Document.objects.none())

    def __init__(self, *args, reader, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Document.objects.visible_to(reader).exclude(status=Document.Status.WITHDRAWN)
        self.fields["document"].queryset = rows.order_by(*NEWEST)


class ConsultationSourceForm(OperationForm):
    """A consultation, for what was said there."""

    consultation = TitledField(label=_("Consultation"), queryset=Consultation.objects.none())

    def __init__(self, *args, reader, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["consultation"].queryset = (
            Consultation.objects.visible_to(reader).published().order_by(*NEWEST)
        )
