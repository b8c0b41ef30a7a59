"""The part of a form that asks what a coordinator wants to know; without script, and nothing that was given is lost."""

from dataclasses import dataclass
from itertools import groupby

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from consultations.forms.file_answers import FileAnswerField
from consultations.models import Question
from consultations.models.questions import SAID, applying
from consultations.operations import answers
from portal.errors import Refused
from portal.forms.base import CreatingForm
from portal.forms.fields import PLEASE_CHOOSE, LineField, PassageField
from portal.templatetags.portal import any_of, number

LINE, PASSAGE = 300, 5000  # characters at most, where a coordinator sets no other limit
NONE = pgettext_lazy("answer to a question", "No answer")
FEW = 8  # choices that stand under each other; of more, one is picked from a list


@dataclass
class Group:
    """Questions that are asked together: of everybody, or only of some."""

    fields: list
    marks: str = ""  # the numbers of the conditions that all must hold; portal/css/components/questions.css
    answers: str = ""
    question: object = ""

    @property
    def is_for_some(self):
        return bool(self.marks)


class AsksQuestions(forms.Form):
    """Questions as fields; those that depend on an earlier answer count only where it was given."""

    body_hash = None

    def __init__(self, *args, questions=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        self._marks, opens = conditions(self.questions)
        for question in self.questions:
            field = self.fields[question.field_name] = field_of(question, opens.get(question.pk, {}))
            if question.kind == Question.Kind.FILE and hasattr(self, "request"):
                field.sender = self.request.user

    @property
    def question_groups(self):
        """What the page shows, in order: neighbours that depend on the same answers stand together."""
        groups = []
        for _condition, rows in groupby(self.questions, key=lambda row: (row.shown_if_id, {*row.shown_for})):
            rows = list(rows)
            fields = [self[row.field_name] for row in rows]
            groups.append(Group(fields, " ".join(self._marks[rows[0].pk]), *condition(rows[0])))
        return groups

    def clean(self):
        """Gather what was answered as the operation takes it; what does not apply has no errors and no value."""
        given = {row.pk: self._given(row) for row in self.questions}
        asked = applying(self.questions, given)
        for question in self.questions:
            if question not in asked:
                self._errors.pop(question.field_name, None)
        names = {question.field_name for question in self.questions}
        others = {name: value for name, value in super().clean().items() if name not in names}
        answered = {question.pk: given[question.pk] for question in asked}
        return others | {"answers": answered, "language": get_language()}

    def _given(self, question):
        value = self.cleaned_data.get(question.field_name)
        if question.kind in Question.CHOSEN and isinstance(value, str):
            return [value] if value else []
        return value

    def carry_out(self, operation, *things, **context):
        """Keep the files first: cleaning them takes time that nobody else should wait for, nor the sender twice."""
        self.body_hash = self.fingerprint()
        self.keep_files(by=context["by"])
        return super().carry_out(operation, *things, **context)

    def fingerprint(self):
        """Of what was sent, before its files were kept."""
        return self.body_hash or super().fingerprint()

    def keep_files(self, *, by):
        """Keep what was sent for its sender, so that a form that comes back need not be given it again."""
        names = [row.field_name for row in self.questions if row.kind == Question.Kind.FILE]
        sent = [name for name in names if name in self.files and by.is_authenticated]
        if sent:
            self.data, self.files = self.data.copy(), self.files.copy()
        for name in sent:
            try:
                kept = answers.keep_file(self.files[name], by=by)
            except Refused:
                continue  # the field says what is wrong with it
            del self.files[name]
            self.data[f"{name}_kept"] = str(kept.key)

    def rearranged(self):
        """The answers too stay as they are typed when a row is added or taken away."""
        self.keep_files(by=self.request.user)
        return super().rearranged() | {row.field_name: self[row.field_name].value() for row in self.questions}


class AnswersForm(AsksQuestions, CreatingForm):
    """An organization answers again what was asked in registering, from the version that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, registration, given, **kwargs):
        values = {row.question.field_name: value_of(row) for row in given}
        kwargs.setdefault("initial", {"version": registration.version} | values)
        super().__init__(*args, **kwargs)


def value_of(answer):
    """An answer as the initial value of its field."""
    if answer.file_id:
        return answer.file
    if answer.question.kind == Question.Kind.CHOICES:
        return answer.chosen
    return answer.chosen[0] if answer.chosen else answer.text


def field_of(question, opens):
    """The field in which a question is answered; `opens` are the marks of what each choice leads to."""
    language = get_language()
    hints = [marked(question.text("help", language)), limit_of(question)]
    words = {
        "label": marked(question.text("prompt", language)),
        "help_text": format_html_join(" ", "{}", [(hint,) for hint in hints if hint]),
        "required": question.is_required,
    }
    return FIELDS[question.kind](question, words, opens)


def limit_of(question):
    """What a person needs to know before writing at length, or choosing a file."""
    if question.kind == Question.Kind.FILE:
        return _("A PDF or a picture, at most 10 MB. What tells of its makers is taken out.")
    if question.max_length:
        return _("At most %(number)s characters.") % {"number": number(question.max_length)}
    return ""


def line_of(question, words, _opens):
    return LineField(max_length=question.max_length or LINE, **words)


def passage_of(question, words, _opens):
    longest = question.max_length or PASSAGE
    widget = forms.Textarea(attrs={"dir": "auto", "rows": 3 if longest <= 500 else 8})
    return PassageField(max_length=longest, widget=widget, **words)


def choice_of(question, words, opens):
    choices = offered(question)
    if len(choices) > FEW:
        first = PLEASE_CHOOSE if question.is_required else NONE
        return forms.ChoiceField(choices=[("", first), *choices], widget=OpeningSelect(opens), **words)
    none = [] if question.is_required else [("", NONE)]
    return forms.ChoiceField(choices=[*choices, *none], widget=OpeningRadios(opens), **words)


def choices_of(question, words, opens):
    return forms.MultipleChoiceField(choices=offered(question), widget=OpeningBoxes(opens), **words)


def file_of(_question, words, _opens):
    return FileAnswerField(**words)


FIELDS = {
    Question.Kind.LINE: line_of,
    Question.Kind.PARAGRAPH: passage_of,
    Question.Kind.CHOICE: choice_of,
    Question.Kind.CHOICES: choices_of,
    Question.Kind.YES_NO: choice_of,
    Question.Kind.FILE: file_of,
}


def offered(question):
    """What can be chosen, each marked with its language where it is not the reader's."""
    if question.kind == Question.Kind.YES_NO:
        return list(SAID.items())
    return [(option.key, marked(option.text("label", get_language()))) for option in question.in_order]


def marked(text):
    """A Text as it stands in the page; in another language than the page, it says in which."""
    if text.is_fallback:
        return format_html('<span lang="{}" dir="{}">{}</span>', text.language, text.direction, text.text)
    return text.text


def condition(question):
    """What must have been answered to which question: (answers in words, the question)."""
    if question.shown_if is None:
        return "", ""
    language = get_language()
    labels = [label for key, label in question.shown_if.choices(language) if key in question.shown_for]
    quoted = [pgettext("an answer", "“%(answer)s”") % {"answer": label} for label in labels]
    return any_of(quoted), question.shown_if.text("prompt", language)


def conditions(questions):
    """Number the conditions: ({question pk: numbers that must hold}, {question pk: {key: numbers it leads to}}).

    A question that depends on one that itself depends on an answer is shown where both hold.
    """
    marks, opens, numbers = {}, {}, {}
    for question in questions:
        marks[question.pk] = list(marks.get(question.shown_if_id, ()))
        if question.shown_if_id is None:
            continue
        number = numbers.setdefault(
            (question.shown_if_id, *sorted(question.shown_for)), str(len(numbers) + 1)
        )
        marks[question.pk].append(number)
        for key in question.shown_for:
            opened = opens.setdefault(question.shown_if_id, {}).setdefault(key, [])
            if number not in opened:
                opened.append(number)
    return marks, opens


class Opening:
    """Choices that say which questions they lead to, so that the sheet can hide the others."""

    def __init__(self, opens):
        super().__init__()
        self.opens = opens

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.opens:
            option["attrs"]["data-opens"] = " ".join(self.opens[value])
        return option


class OpeningRadios(Opening, forms.RadioSelect):
    """One of a few."""


class OpeningSelect(Opening, forms.Select):
    """One of many."""


class OpeningBoxes(Opening, forms.CheckboxSelectMultiple):
    """Any of some."""
