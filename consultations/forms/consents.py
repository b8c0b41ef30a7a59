"""What one agrees to in registering: asked in a form, and written by coordinators, language by language."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal import languages
from portal.forms.base import CreatingForm
from portal.forms.fields import PassageField
from portal.templatetags.portal import language_name

# Raise it whenever the portal's own sentences (templates/consultations/_consent.html) change: registrations keep
# which ones were agreed to.
CONSENT = 1
LONGEST = 5000


class AgreesToText(forms.Form):
    """Asks to agree to a text: the consultation's own, or, without one, the portal's."""

    agreed_to = forms.CharField(widget=forms.HiddenInput, required=False)
    consent = forms.BooleanField(label=_("Every delegate named here knows this and agrees."))

    def __init__(self, *args, consent_text=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.consent_text = consent_text
        self.fields["agreed_to"].initial = self._key

    @property
    def _key(self):
        return str(self.consent_text.key) if self.consent_text else ""

    def clean(self):
        """What is agreed to is what was shown: a text that was written anew meanwhile is shown first."""
        given = super().clean()
        given.pop("consent", None)
        if given.pop("agreed_to", "") != self._key:
            self.add_error(
                "consent", _("This text has just been written anew. Please read it and agree to it.")
            )
            self.data = self.data.copy()
            self.data["agreed_to"] = self._key
            self.data.pop("consent", None)
        return given | agreement(self.consent_text)


def agreement(text):
    """Which text was read, and in which language, as a registration keeps it."""
    if text is None:
        return {"consent_text": None, "consent_version": CONSENT, "consent_language": get_language()}
    read = text.text("words", get_language())
    return {"consent_text": text, "consent_version": text.version, "consent_language": read.language}


class ConsentTextForm(CreatingForm):
    """What one agrees to, in each language, from the version that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, consultation, text=None, **kwargs):
        start = {f"words_{code}": getattr(text, f"words_{code}") for code in languages.CODES} if text else {}
        kwargs.setdefault("initial", start | {"version": text.version if text else 0})
        super().__init__(*args, **kwargs)
        original = consultation.original_language
        for code in sorted(languages.CODES, key=lambda code: code != original):
            way = {"lang": code, "dir": languages.direction(code), "rows": 8}
            self.fields[f"words_{code}"] = PassageField(
                label=_("What one agrees to, in %(language)s") % {"language": language_name(code)},
                max_length=LONGEST,
                required=code == original,
                widget=forms.Textarea(attrs=way),
            )

    def clean(self):
        given = super().clean()
        words = {code: given.pop(f"words_{code}", "") for code in languages.CODES}
        return given | {"words": words, "version": given.get("version") or 0}
