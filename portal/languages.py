"""What the portal knows about languages: which it speaks, which way they run, which text to show."""

from dataclasses import dataclass

from django.conf import settings

CODES = tuple(code for code, _name in settings.LANGUAGES)
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "ug", "ur", "yi"})
NAMES = {"ar": "العربية", "en": "English", "fr": "Français", "es": "Español"}
SHORT = {"ar": "ع", "en": "EN", "fr": "FR", "es": "ES"}


def direction(code):
    """Return "rtl" or "ltr" for a language code, also for codes that the interface lacks."""
    return "rtl" if (code or "").split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def name(code):
    """Return the language's own name for itself, or the code where we do not know it."""
    return NAMES.get(code, code)


def supported(code, default="en"):
    """Return the code if the interface speaks it, else the default."""
    return code if code in CODES else default


@dataclass(frozen=True)
class Text:
    """A text in one language, knowing whether it is the language that was asked for."""

    text: str = ""
    language: str = ""
    is_fallback: bool = False

    @property
    def direction(self):
        return direction(self.language)

    @property
    def language_name(self):
        return name(self.language)

    def __str__(self):
        return self.text

    def __bool__(self):
        return bool(self.text)


def best(texts, wanted, original):
    """Choose from {code: text}: the wanted language, else the original, else the first of our own order."""
    for code in dict.fromkeys((wanted, original, "en", "fr", "es", "ar", *texts)):
        if texts.get(code):
            return Text(texts[code], code, code != wanted)
    return Text("", wanted, False)
