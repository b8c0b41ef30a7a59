"""An organization without account signs an open letter; a coordinator answers."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations.forms.commitments import CountryField
from consultations.models import Shown
from portal import languages
from portal.forms.base import CreatingForm, OperationForm
from portal.forms.fields import LineField, PassageField, WebAddressField

OWN_NAMES = [(code, languages.name(code)) for code, _name in settings.LANGUAGES]


class SignForm(CreatingForm):
    """Who signs, how the name is shown, at which address the signature is confirmed."""

    name = LineField(
        label=_("Name of the organization"),
        max_length=200,
        help_text=_("As it should stand under the letter."),
    )
    country = CountryField()
    website = WebAddressField(label=_("Website"), max_length=300, required=False)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We send a link there, by which you confirm. It is shown to nobody."),
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"}),
    )
    language = forms.ChoiceField(label=_("Language of messages"), choices=OWN_NAMES)
    shown = forms.ChoiceField(
        label=_("Who sees the name of your organization?"),
        choices=Shown.choices,
        widget=forms.RadioSelect,
        help_text=_("A coordinator looks at each signature before it counts, and sees the name in any case."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].label = _("Country")
        self.fields["country"].required = True
        self.fields["language"].initial = get_language()


class AnswerSignatureForm(OperationForm):
    """A word to whoever signed."""

    answer = PassageField(
        label=_("A word to whoever signed"),
        max_length=300,
        required=False,
        help_text=_("It is sent as you write it, in a language that this person reads."),
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
    )
