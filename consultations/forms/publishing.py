"""Forms by which a paper is frozen, published, corrected and withdrawn, and its postcards written."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal import languages
from portal.forms.base import CreatingForm, OperationForm
from portal.forms.fields import LineField, ThingField
from portal.forms.moments import LocalMomentField, MomentForm
from portal.forms.words import LanguagePart
from portal.models import Objective
from portal.templatetags.portal import language_name

LONGEST_NOTE, LONGEST_CARD = 500, 240


class LanguagesForm(forms.Form):
    """A form with a line per language; the paper's own comes first."""

    line, label, longest = "", "", 0

    def add_lines(self, paper):
        self.paper = self.original = paper
        order = sorted(languages.CODES, key=lambda code: code != paper.original_language)
        for code in order:
            self.fields[f"{self.line}_{code}"] = LineField(
                label=self.label % {"language": language_name(code)},
                max_length=self.longest,
                required=False,
                widget=forms.TextInput(attrs={"lang": code, "dir": languages.direction(code)}),
            )

    def lines(self):
        """What was written, {language: line}."""
        return {code: self.cleaned_data.get(f"{self.line}_{code}", "") for code in languages.CODES}


class FreezeForm(LanguagesForm, CreatingForm):
    """What differs from the version before, where there is one."""

    line, label, longest = "note", _("What changed, in %(language)s"), LONGEST_NOTE

    changes_meaning = forms.TypedChoiceField(
        label=_("What changed since the version before?"),
        choices=[
            ("yes", _("The meaning: those who endorsed it are asked again")),
            ("no", _("Only the wording: endorsements stay")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )

    def __init__(self, *args, paper, has_earlier, **kwargs):
        super().__init__(*args, **kwargs)
        if has_earlier:
            self.add_lines(paper)
        else:
            del self.fields["changes_meaning"]

    def clean(self):
        given = super().clean()
        if "changes_meaning" not in self.fields:
            return given
        names = {f"{self.line}_{code}" for code in languages.CODES}
        kept = {name: value for name, value in given.items() if name not in names}
        return kept | {"change_note": {code: line for code, line in self.lines().items() if line}}


class CorrectForm(FreezeForm):
    """What a correction changes: its readers learn of it."""

    def __init__(self, *args, paper, **kwargs):
        super().__init__(*args, paper=paper, has_earlier=True, **kwargs)
        self.fields[f"note_{paper.original_language}"].required = True
        self.fields["changes_meaning"].label = _("What changed?")


class PublishForm(MomentForm, CreatingForm):
    """At once, or at a moment."""

    at = LocalMomentField(
        label=_("Publish at"),
        required=False,
        help_text=_("Left open: at once. Until that moment nobody else sees anything of it."),
    )


class WithdrawForm(OperationForm):
    """Why a paper is withdrawn; its readers are told so."""

    reason = LineField(
        label=_("Why is the paper withdrawn?"),
        max_length=300,
        help_text=_("Shown to everybody who follows an old link to it."),
    )


class PostcardForm(LanguagesForm, CreatingForm):
    """One thing that a paper asks for, in a sentence per language."""

    line, label, longest = "words", _("The sentence in %(language)s"), LONGEST_CARD

    objective = ThingField(label=_("Objective"), queryset=Objective.objects.none(), required=False)

    def __init__(self, *args, paper, card=None, **kwargs):
        if card is not None:
            kwargs.setdefault("initial", _values(card))
        super().__init__(*args, **kwargs)
        self.fields["objective"].queryset = Objective.objects.order_by("number")
        self.add_lines(paper)
        for code in languages.CODES:
            self.fields[f"approved_{code}"] = forms.BooleanField(
                label=_("Approved: readers see it"), required=False, initial=card is None
            )

    @property
    def by_language(self):
        """The fields of each language, the paper's own first."""
        self.original_language = self.paper.original_language
        order = sorted(languages.CODES, key=lambda code: code != self.original_language)
        return [CardPart(self, code) for code in order]

    def clean(self):
        given = super().clean()
        approved = {code for code in languages.CODES if given.get(f"approved_{code}")}
        kept = {name: given.get(name) for name in ("once", "objective")}
        return kept | {"words": self.lines(), "approved": approved}


class CardPart(LanguagePart):
    NAMES = ("words", "approved")


def _values(card):
    values = {"objective": card.objective_id}
    for text in card.texts.all():
        values |= {f"words_{text.language}": text.words, f"approved_{text.language}": text.is_approved}
    return values
