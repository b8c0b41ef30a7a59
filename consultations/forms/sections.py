"""Writing a section: in the original, in a translation, its place and what it is about."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.forms.meeting_notes import ThemesField
from consultations.forms.word_files import WordFileField
from consultations.models import Theme
from portal import languages
from portal.forms.base import CreatingForm, OperationForm
from portal.forms.fields import LineField, ObjectivesField, PassageField
from portal.models import Objective, TextState

LONGEST = 100_000  # characters of a section
NOTE_HELP = _("For those who write with you; it stands in the history.")
HEADING_HELP = _("In Markdown. A first line that begins with # is the heading.")


def writing(rows, **attributes):
    """A field to write in; where there is script, it gets a bar of tools, unless it holds no more than a line."""
    tools = {"data-writing": ""} if rows > 1 else {}
    return forms.Textarea(attrs={"rows": rows, "spellcheck": "true"} | tools | attributes)


def previewing(paper):
    """A field to write the paper's own language in, whose text is shown beside it as readers would see it."""
    language = paper.original_language
    asks = {
        "hx-post": reverse("consultations:section-preview", args=[paper.key]),
        "hx-trigger": "input changed delay:700ms",
        "hx-target": "#preview",
    }
    return writing(18, lang=language, dir=languages.direction(language), **asks)


class AboutForm(OperationForm):
    """What a section is about."""

    objectives = ObjectivesField(
        label=_("Objectives"),
        queryset=Objective.objects.order_by("number"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    themes = ThemesField(label=_("Themes"), queryset=Theme.objects.none(), required=False)

    def __init__(self, *args, themes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["themes"].queryset = Theme.objects.filter(pk__in=themes).order_by("number", "pk")
        if not themes:
            del self.fields["themes"]

    def clean(self):
        return {"themes": []} | super().clean()


class SectionForm(CreatingForm):
    """A new section, written in the language of its paper, or taken from a Word file."""

    markdown = PassageField(label=_("Text"), max_length=LONGEST, required=False, help_text=HEADING_HELP)
    word_file = WordFileField(
        label=_("Or take it from a Word file"),
        help_text=_("A .docx of at most 10 MB. Each of its headings begins a section."),
    )

    def __init__(self, *args, paper, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["markdown"].widget = previewing(paper)

    def clean(self):
        given = super().clean()
        if not self.errors and not given["markdown"] and not given["word_file"]:
            self.add_error("markdown", _("Write the section, or choose a Word file."))
        return given


class MeaningForm(OperationForm):
    """The edit that was changed, whether it changes the meaning, and why it was made."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    changes_meaning = forms.TypedChoiceField(
        label=_("What changed in the original?"),
        choices=[
            ("yes", _("The meaning: translations must be looked at again")),
            ("no", _("Only the wording")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    note = LineField(
        label=_("Why"),
        max_length=300,
        required=False,
        help_text=NOTE_HELP,
    )


class EditForm(MeaningForm):
    """A section as a whole, in the original."""

    markdown = PassageField(label=_("Text"), max_length=LONGEST, help_text=HEADING_HELP)
    field_order = ("number", "markdown", "changes_meaning", "note")

    def __init__(self, *args, paper, is_translated, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["markdown"].widget = previewing(paper)
        if not is_translated:
            del self.fields["changes_meaning"]


class TranslationForm(OperationForm):
    """A section in another language, paragraph by paragraph, each beside its original.

    `number` and `original` are the newest edits of both languages that were shown.
    """

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    original = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    note = LineField(label=_("Why"), max_length=300, required=False, help_text=NOTE_HELP)

    def __init__(self, *args, blocks, language, can_approve, **kwargs):
        super().__init__(*args, **kwargs)
        self.blocks, self.can_approve = blocks, can_approve
        way = {"lang": language, "dir": languages.direction(language)}
        for block in blocks:
            rows = 1 if block.paragraph.is_heading else min(14, 2 + len(block.original.markdown) // 70)
            self.fields[f"text_{block.key}"] = PassageField(
                label=_("Translation"),
                max_length=LONGEST,
                required=False,
                initial=block.text.markdown if block.text else "",
                widget=writing(rows, **way),
            )
            if can_approve:
                self.fields[f"approved_{block.key}"] = forms.BooleanField(
                    label=_("Approved: readers may see it"),
                    required=False,
                    initial=block.state == TextState.State.APPROVED,
                )

    @property
    def pairs(self):
        """[(block, its field, the box of its approval or None)]."""
        return [
            (
                block,
                self[f"text_{block.key}"],
                self[f"approved_{block.key}"] if self.can_approve else None,
            )
            for block in self.blocks
        ]

    def gone(self):
        """What was typed for paragraphs that do not stand in the original any more."""
        names = [name for name in self.data if name.startswith("text_") and name not in self.fields]
        return [words for name in names if (words := self.data.get(name, "").strip())]

    def clean(self):
        """Gather the paragraphs as the operation takes them; what nobody touched stays as it is approved."""
        given = super().clean()
        words, approved = {}, set()
        for block in self.blocks:
            said = given.pop(f"text_{block.key}", "")
            is_approved = given.pop(f"approved_{block.key}", False)
            is_changed = said != (block.text.markdown if block.text else "")
            if is_changed or self.can_approve:
                words[block.paragraph.key] = said
            if is_approved and not said:
                self.add_error(f"text_{block.key}", _("There is nothing here to approve."))
            elif is_approved:
                approved.add(block.paragraph.key)
        return given | {"paragraphs": words, "approved": frozenset(approved)}
