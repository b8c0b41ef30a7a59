"""What a rapporteur writes down of a meeting."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation, Theme
from portal.forms.base import CreatingForm
from portal.forms.fields import OWN_NAMES, LineField, PassageField, ThingField
from portal.models import Objective


class ObjectiveField(ThingField):
    """One of the 23, by its number and name."""

    def label_from_instance(self, objective):
        return f"{objective.number} {objective.text('label', get_language())}"


class ThemesField(forms.ModelMultipleChoiceField):
    """Some of the themes that were found in the contributions."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, theme):
        return str(theme.text("title", get_language()))


class MeetingNoteForm(CreatingForm):
    """A note; in a room where nothing is attributed there is no field for a speaker."""

    text = PassageField(label=_("What was said"), max_length=5000)
    speaker = LineField(label=_("Who said it"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=OWN_NAMES)
    objective = ObjectiveField(
        label=_("Objective"), queryset=Objective.objects.order_by("number"), required=False
    )
    themes = ThemesField(label=_("Themes"), queryset=Theme.objects.none(), required=False)

    def __init__(self, *args, meeting, themes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()
        self.fields["themes"].queryset = themes
        if not themes:
            del self.fields["themes"]
        if meeting.consultation.attribution != Consultation.Attribution.ATTRIBUTED:
            del self.fields["speaker"]
