"""What people type: one-line and longer texts, cleaned of what nobody can see (safety.md, D13)."""

import re
import unicodedata

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal import languages, ordering

OWN_NAMES = [(code, languages.name(code)) for code, _name in settings.LANGUAGES]

# What stands in a list of choices while none of them is chosen: where one must be, and where none needs to be.
PLEASE_CHOOSE = _("Please choose")
NOTHING_CHOSEN = pgettext_lazy("empty choice", "Nothing chosen")
BY_NEED = object()

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
INVISIBLE = re.compile("[\u202a-\u202e\u2066-\u2069\u061c\u200e\u200f\u200b\u2060-\u2064\ufeff]")
# Persian and Indic words need the zero-width joiners between their own letters, nobody else does.
JOINER = re.compile("[\u200c\u200d]")
JOINING = re.compile(
    "(?<=[\u0600-\u06ff\u0750-\u077f\u0900-\u0dff])[\u200c\u200d](?=[\u0600-\u06ff\u0750-\u077f\u0900-\u0dff])"
)
SPACES = re.compile(r"[^\S\u00a0\u202f]+")  # French keeps its own before some marks


def clean_line(text):
    """Compose and trim a line; refuse characters that hide or turn what the reader sees."""
    text = unicodedata.normalize("NFC", text)
    if INVISIBLE.search(text) or JOINER.search(JOINING.sub("", text)):
        raise ValidationError(
            _("This text holds invisible characters. Please type it instead of pasting it.")
        )
    return SPACES.sub(" ", CONTROLS.sub(" ", text)).strip()


class LineField(forms.CharField):
    """One line of text, in any language and direction."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"dir": "auto"}))
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        return clean_line(super().to_python(value))


class PassageField(forms.CharField):
    """Some lines of text, in any language and direction."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"dir": "auto", "rows": 5}))
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        text = unicodedata.normalize("NFC", super().to_python(value))
        return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


class WebAddressField(forms.URLField):
    """The address of a page on the web, nothing else that looks like one."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("widget", forms.URLInput(attrs={"dir": "ltr"}))
        super().__init__(*args, assume_scheme="https", **kwargs)


class LinesField(PassageField):
    """Some short lines, kept as a list."""

    def __init__(self, *args, longest=200, **kwargs):
        super().__init__(*args, **kwargs)
        self.longest = longest

    def to_python(self, value):
        lines = [clean_line(line) for line in super().to_python(value).splitlines()]
        return [line for line in lines if line]

    def validate(self, value):
        super().validate("\n".join(value))
        if any(len(line) > self.longest for line in value):
            raise ValidationError(
                _("Each line holds at most %(number)s characters.") % {"number": self.longest}
            )

    def run_validators(self, value):
        super().run_validators("\n".join(value))

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value


class ThingField(forms.ModelChoiceField):
    """One of some things; while none is chosen the list says so, in words that follow whether one must be."""

    def __init__(self, *args, empty_label=BY_NEED, **kwargs):
        super().__init__(*args, empty_label=empty_label, **kwargs)

    @property
    def empty_label(self):
        if self._empty_label is not BY_NEED:
            return self._empty_label
        return PLEASE_CHOOSE if self.required else NOTHING_CHOSEN

    @empty_label.setter
    def empty_label(self, label):
        self._empty_label = label


class TitlesField(forms.ModelMultipleChoiceField):
    """Some of a few things, each by its title."""

    def label_from_instance(self, thing):
        return thing.text("title", get_language()).text


class ObjectivesField(forms.ModelMultipleChoiceField):
    """Any of the 23, each by its number and name."""

    def label_from_instance(self, objective):
        return f"{objective.number} {objective.text('label', get_language())}"


class PlacesField(forms.ModelMultipleChoiceField):
    """Any of some places, each by its name, in the order in which the reader's language sorts them."""

    def __init__(self, *args, named="name", **kwargs):
        super().__init__(*args, required=False, **kwargs)
        self.named = named

    def sort_for(self, language):
        named = [(place.pk, place.text(self.named, language).text) for place in self.queryset]
        self.choices = sorted(named, key=lambda pair: ordering.key(pair[1], language))
