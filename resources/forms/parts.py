"""Pieces of the form of a document: what stands together."""

from dataclasses import dataclass

from django import forms

from portal import languages


@dataclass
class LanguagePart:
    """The fields of a document in one language, and the file that is there already."""

    form: forms.Form
    language: str

    TEXTS = ("title", "summary", "approved", "twin", "approved_twin")
    FILES = ("file", "remove")

    @property
    def direction(self):
        return languages.direction(self.language)

    @property
    def name(self):
        return languages.name(self.language)

    @property
    def is_original(self):
        return self.language == self.form.original_language

    @property
    def texts(self):
        return self._fields(self.TEXTS)

    @property
    def files(self):
        return self._fields(self.FILES)

    def _fields(self, names):
        names = (f"{name}_{self.language}" for name in names)
        return [self.form[name] for name in names if name in self.form.fields]

    @property
    def file(self):
        return getattr(self.form, "files_there", {}).get(self.language)

    @property
    def is_open(self):
        """Shown unfolded: the original, what has errors, what holds something."""
        if self.is_original or self.file or any(field.errors for field in self.texts + self.files):
            return True
        written = (f"{name}_{self.language}" for name in ("title", "summary", "twin"))
        return any(self.form[name].value() for name in written)
