"""How a coordinator asks a question: its words language by language, its choices, of whom it is asked."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations.models import Question
from portal import languages
from portal.forms.base import CreatingForm
from portal.forms.differences import ShowsDifferences
from portal.forms.fields import LineField, PassageField
from portal.forms.moments import TitledField
from portal.models import Objective
from portal.templatetags.portal import language_name

MOST_OPTIONS = 40
TEXTS = ("prompt", "help")


@dataclass
class QuestionPart:
    """The words of a question in one language."""

    form: forms.Form
    language: str

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
        return [self.form[f"{name}_{self.language}"] for name in TEXTS]


@dataclass
class OptionRow:
    """A choice, numbered from 1: its key and its label in each language."""

    form: forms.Form
    number: int

    @property
    def key(self):
        return self.form[f"key_{self.number}"]

    @property
    def fields(self):
        return [self.form[f"label_{self.number}_{code}"] for code in self.form.codes]


class HasOptions(forms.Form):
    """Choices as numbered rows: key_1, label_1_en, …; `rows` says how many there are. An empty row is none."""

    rows = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, original_language, **kwargs):
        super().__init__(*args, **kwargs)
        self.original_language = original_language
        self.codes = sorted(languages.CODES, key=lambda code: code != original_language)
        self.count = self._count()
        self.fields["rows"].initial = self.count
        for number in range(1, self.count + 1):
            self._add_row(number)

    def _count(self):
        asked = self.data.get("rows") if self.is_bound else self.initial.get("rows")
        try:
            return min(max(int(asked or 1), 1), MOST_OPTIONS)
        except ValueError:
            return 1

    def _add_row(self, number):
        self.fields[f"key_{number}"] = forms.CharField(widget=forms.HiddenInput, required=False)
        for code in self.codes:
            way = {"lang": code, "dir": languages.direction(code)}
            self.fields[f"label_{number}_{code}"] = LineField(
                label=_("Choice %(number)s in %(language)s")
                % {"number": number, "language": language_name(code)},
                max_length=200,
                required=False,
                widget=forms.TextInput(attrs=way),
            )

    @property
    def options(self):
        return [OptionRow(self, number) for number in range(1, self.count + 1)]

    @property
    def can_grow(self):
        return self.count < MOST_OPTIONS

    def gathered(self, given):
        """The rows as the operation takes them; each that is written has words in the original language."""
        found = []
        for number in range(1, self.count + 1):
            labels = {code: given.get(f"label_{number}_{code}", "") for code in self.codes}
            if not any(labels.values()):
                continue
            name = f"label_{number}_{self.original_language}"
            if not labels[self.original_language] and name not in self.errors:
                self.add_error(name, _("Write it in the original language first."))
            found.append({"key": given.get(f"key_{number}", ""), "labels": labels})
        return found

    def typed(self):
        """The rows as they were typed: [{"key": …, "en": …}], not judged yet."""
        return [
            {"key": self[f"key_{number}"].value()}
            | {code: self[f"label_{number}_{code}"].value() for code in self.codes}
            for number in range(1, self.count + 1)
        ]

    def rearranged(self):
        """What the form holds once a button has added, moved or taken away a row, and everything else as typed."""
        rows, place = self.typed(), self._pressed("up") or self._pressed("remove")
        if self._pressed("remove"):
            del rows[place - 1]
        elif place > 1:
            rows.insert(place - 2, rows.pop(place - 1))
        if "add" in self.data and len(rows) < MOST_OPTIONS:
            rows.append({})
        owned = {field.name for row in self.options for field in (row.key, *row.fields)}
        return {name: self[name].value() for name in self.fields if name not in owned} | as_initial(rows)

    def _pressed(self, button):
        """The number of the row whose button was pressed; 0 where it was none."""
        value = self.data.get(button, "")
        return int(value) if value.isdecimal() and 1 <= int(value) <= self.count else 0

    @classmethod
    def is_rearranged(cls, data):
        """Whether a button was pressed that only adds, moves or takes away a row."""
        return bool({"add", "up", "remove"} & data.keys())


def as_initial(rows):
    """Rows of choices as the initial values of the form."""
    values = {"rows": max(len(rows), 1)}
    for number, row in enumerate(rows, 1):
        values[f"key_{number}"] = row.get("key", "")
        values |= {f"label_{number}_{code}": row.get(code, "") for code in languages.CODES}
    return values


class QuestionForm(ShowsDifferences, HasOptions, CreatingForm):
    """A question is asked, or changed from the version that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=Question.Kind.choices)
    max_length = forms.IntegerField(
        label=_("Characters at most"),
        required=False,
        min_value=1,
        max_value=20_000,
        help_text=_("Left empty: 300 for one line, 5,000 for several."),
    )
    objective = TitledField(
        label=_("Objective"),
        queryset=Objective.objects.order_by("number"),
        required=False,
        empty_label=_("On no objective"),
    )
    is_required = forms.BooleanField(label=_("It must be answered"), required=False)
    condition = forms.MultipleChoiceField(
        label=_("Ask it only of those who answered"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick nothing to ask everybody. Whoever gave any of the ticked answers is asked."),
    )

    def __init__(self, *args, owner, question=None, earlier=(), **kwargs):
        start = values_of(question) if question else as_initial([{}, {}, {}])
        kwargs.setdefault("initial", start)
        super().__init__(*args, original_language=owner.original_language, **kwargs)
        self.earlier = {str(row.key): row for row in earlier}
        self.fields["condition"].choices = [answers_of(row) for row in earlier]
        if not earlier:
            del self.fields["condition"]
        if question is None:
            del self.fields["version"]
        if not hasattr(owner, "answer_languages"):
            del self.fields["objective"]  # only what a call asks is sorted by objective
        for code in self.codes:
            self._add_language(code)

    def _add_language(self, code):
        way, here = {"lang": code, "dir": languages.direction(code)}, {"language": language_name(code)}
        self.fields[f"prompt_{code}"] = LineField(
            label=_("Question in %(language)s") % here,
            max_length=500,
            required=code == self.original_language,
            widget=forms.TextInput(attrs=way),
        )
        self.fields[f"help_{code}"] = PassageField(
            label=_("Help in %(language)s") % here,
            max_length=1000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2} | way),
        )

    @property
    def by_language(self):
        """The words of each language, the original first."""
        return [QuestionPart(self, code) for code in self.codes]

    def clean_condition(self):
        """The one question that it depends on, and the answers to it that count."""
        chosen = [value.partition(":") for value in self.cleaned_data["condition"]]
        if len({key for key, _colon, _answer in chosen}) > 1:
            raise ValidationError(_("Tick answers to one question only."))
        return {
            "shown_if": self.earlier[chosen[0][0]] if chosen else None,
            "shown_for": [c[2] for c in chosen],
        }

    def clean(self):
        """Gather words and choices as the operation takes them."""
        given = super().clean()
        texts = {code: {name: given.get(f"{name}_{code}", "") for name in TEXTS} for code in languages.CODES}
        facts = {
            name: given[name]
            for name in ("once", "version", "kind", "max_length", "objective", "is_required")
            if name in given
        }
        facts |= given.get("condition", {"shown_if": None, "shown_for": []})
        return facts | {"texts": texts, "options": self.gathered(given)}

    def differences(self, question):
        """Where what was typed and what somebody saved meanwhile part."""
        return self.compared_with(values_of(question), version=question.version)


def answers_of(question):
    """What can be answered to an earlier question, under its words, as choices of the form."""
    language = get_language()
    choices = [(f"{question.key}:{key}", label) for key, label in question.choices(language)]
    return question.text("prompt", language).text, choices


def values_of(question):
    """What the form of a question shows at first."""
    values = {name: getattr(question, name) for name in ("version", "kind", "max_length", "is_required")}
    values["objective"] = question.objective_id
    if question.shown_if:
        values["condition"] = [f"{question.shown_if.key}:{key}" for key in question.shown_for]
    for code in languages.CODES:
        values |= {f"{name}_{code}": getattr(question, f"{name}_{code}") or "" for name in TEXTS}
    rows = [
        {"key": option.key} | {code: getattr(option, f"label_{code}") or "" for code in languages.CODES}
        for option in question.in_order
    ]
    return values | as_initial(rows or [{}, {}, {}])
