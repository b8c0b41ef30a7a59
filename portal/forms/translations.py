"""A translation as it is typed, passage by passage beside its original."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal import languages, translation_files
from portal.errors import Refused
from portal.forms.base import OperationForm
from portal.forms.fields import LineField, PassageField

LONGEST = translation_files.LONGEST
LABELS = {
    "title": _("Title"),
    "name": _("Name"),
    "summary": _("Summary"),
    "prompt": _("Question"),
    "help": _("Help"),
    "option": _("Choice"),
}
LINES = {"title": 300, "name": 300, "prompt": 500, "option": 200}
PASSAGES = {"summary": 2000, "help": 1000}
PREFIX = "text_"


class TranslationForm(OperationForm):
    """The passages of a Sheet; `seen` is the digest of what stood on both sides when it was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, sheet, **kwargs):
        super().__init__(data, initial={"seen": sheet.digest}, **kwargs)
        self.sheet = sheet
        way = {"lang": sheet.language, "dir": languages.direction(sheet.language)}
        for passage in sheet.passages:
            self.fields[PREFIX + passage.mark] = _field(passage, way)

    @property
    def pairs(self):
        """[(passage, its field)]."""
        return [(passage, self[PREFIX + passage.mark]) for passage in self.sheet.passages]

    def gone(self):
        """What was typed for passages that do not stand in the original any more."""
        names = [name for name in self.data if name.startswith(PREFIX) and name not in self.fields]
        return [words for name in names if (words := self.data.get(name, "").strip())]

    def clean(self):
        given = super().clean()
        passages = {
            name.removeprefix(PREFIX): words for name, words in given.items() if name.startswith(PREFIX)
        }
        return {"seen": given.get("seen", ""), "passages": passages, "approve": "approve" in self.data}


class BroughtForm(OperationForm):
    """A file in which texts were translated elsewhere; cleaned, it is what it brings: [(text, Returned)]."""

    file = forms.FileField(
        label=_("The translated file"),
        widget=forms.FileInput(attrs={"accept": ",".join(translation_files.KINDS)}),
        help_text=_("The same file as .docx, .csv or .xlsx. What it brings waits as a draft."),
    )

    def __init__(self, *args, texts=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.texts = texts

    def clean_file(self):
        try:
            return translation_files.read(self.cleaned_data["file"], self.texts)
        except Refused as refusal:
            raise ValidationError(refusal.message) from refusal


def _field(passage, way):
    label = LABELS.get(passage.field, _("Translation"))
    if passage.field in LINES:
        return LineField(
            label=label,
            max_length=LINES[passage.field],
            required=False,
            initial=passage.translation,
            widget=forms.TextInput(attrs=way),
        )
    rows = min(14, 2 + max(len(passage.original), len(passage.translation)) // 60)
    return PassageField(
        label=label,
        max_length=PASSAGES.get(passage.field, LONGEST),
        required=False,
        initial=passage.translation,
        widget=forms.Textarea(attrs={"rows": rows, "spellcheck": "true"} | way),
    )
