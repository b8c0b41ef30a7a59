"""The texts of a record in a form, language by language: title, summary, and a long text where its kind has one."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from portal import languages
from portal.forms.fields import LineField, PassageField
from portal.models import TextState
from portal.operations import texts
from portal.templatetags.portal import language_name

WAITING = (TextState.State.MACHINE, TextState.State.DRAFT, TextState.State.STALE)


@dataclass
class LanguagePart:
    """The fields of a record in one language."""

    form: forms.Form
    language: str

    NAMES = ("title", "summary", "approved", "body", "approved_body")
    is_always_open = False

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
    def fields(self):
        return self.named(self.NAMES)

    @property
    def is_open(self):
        """Shown unfolded: the original, what has errors, what holds something."""
        if self.is_always_open or self.is_original or any(field.errors for field in self.fields):
            return True
        return any(field.value() for field in self.fields if not field.name.startswith("approved"))

    def named(self, names):
        """The fields of these names that the form has in this language."""
        names = (f"{name}_{self.language}" for name in names)
        return [self.form[name] for name in names if name in self.form.fields]


class WordsForm(forms.Form):
    """A form with texts per language; whoever makes it says in which language the original is written."""

    original_language = None
    part = LanguagePart
    has_summary = True
    title_label = _("Title in %(language)s")
    card_approval = _("Title and summary are approved: readers see them")
    body_label = None  # "Mandate in %(language)s": the label of the long text; None: this kind has none
    body_help = _("In Markdown.")
    body_rows, body_longest = 8, 100_000
    body_approval = _("The long text is approved: readers see it")

    def add_languages(self):
        for code in languages.CODES:
            self.add_language(code)

    def add_language(self, code):
        """The fields of a language; the original needs no approval and no less than a title."""
        way = {"lang": code, "dir": languages.direction(code)}
        here = {"language": language_name(code)}
        is_original = code == self.original_language
        self.fields[f"title_{code}"] = LineField(
            label=self.title_label % here,
            max_length=300,
            required=is_original,
            widget=forms.TextInput(attrs=way),
        )
        if self.has_summary:
            self.fields[f"summary_{code}"] = PassageField(
                label=_("Summary in %(language)s") % here,
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3} | way),
            )
        if self.body_label:
            self.fields[f"body_{code}"] = PassageField(
                label=self.body_label % here,
                max_length=self.body_longest,
                required=False,
                widget=forms.Textarea(attrs={"rows": self.body_rows, "spellcheck": "true"} | way),
                help_text=self.body_help,
            )
        if not is_original:
            self.fields[f"approved_{code}"] = _approval(self.card_approval)
            if self.body_label:
                self.fields[f"approved_body_{code}"] = _approval(self.body_approval)

    @property
    def by_language(self):
        """The fields of each language, the original first."""
        order = sorted(languages.CODES, key=lambda code: code != self.original_language)
        return [self.part(self, code) for code in order]

    def clean(self):
        """Gather the texts as the operation takes them."""
        given = super().clean()
        values = {name: given[name] for name in given if name.rpartition("_")[2] not in languages.CODES}
        titles = {code: {"title": title} for code, title in self.gathered("title").items()}
        if self.has_summary:
            summaries = self.gathered("summary")
            for code, card in titles.items():
                card["summary"] = summaries.get(code, "")
        values |= {"titles": titles, "approved": self.ticked("approved")}
        if self.body_label:
            values |= {"bodies": self.gathered("body"), "approved_bodies": self.ticked("approved_body")}
        return values

    def gathered(self, field):
        """What was given in a field of each language: {language: value}."""
        names = {code: f"{field}_{code}" for code in languages.CODES}
        return {code: self.cleaned_data[name] for code, name in names.items() if name in self.cleaned_data}

    def ticked(self, field):
        """The languages whose box is ticked."""
        return {code for code, is_ticked in self.gathered(field).items() if is_ticked}

    def words_of(self, record):
        """What these fields show of a record at first."""
        values = {}
        states = {(row.group, row.language): row.state for row in record.text_states.all()}
        bodies = {body.language: body.markdown for body in record.bodies.all()} if self.body_label else {}
        for code in languages.CODES:
            values[f"title_{code}"] = getattr(record, f"title_{code}") or ""
            if self.has_summary:
                values[f"summary_{code}"] = getattr(record, f"summary_{code}") or ""
            values[f"body_{code}"] = bodies.get(code, "")
            values[f"approved_{code}"] = states.get((texts.CARD, code)) not in WAITING
            values[f"approved_body_{code}"] = states.get((texts.BODY, code)) not in WAITING
        return values


def _approval(label):
    return forms.BooleanField(label=label, required=False, initial=True)
