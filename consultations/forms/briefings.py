"""What a briefing note is drafted from."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations.forms.meeting_notes import ThemesField
from consultations.models import Theme
from portal.forms.base import CreatingForm
from portal.forms.fields import OWN_NAMES


class BriefingForm(CreatingForm):
    """The themes that become its sections, and the language in which it is written."""

    themes = ThemesField(label=_("Themes that become its sections"), queryset=Theme.objects.none())
    language = forms.ChoiceField(label=_("In which language do you write?"), choices=OWN_NAMES)

    def __init__(self, *args, themes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["themes"].queryset = themes
        self.fields["themes"].initial = themes
        self.fields["language"].initial = get_language()

    def clean_themes(self):
        return list(self.cleaned_data["themes"])
