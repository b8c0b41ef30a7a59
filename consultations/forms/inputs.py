"""What those who read for a call look for, and what they decide about an input."""

from django import forms
from django.db.models import F
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from consultations.forms.filters import Filters
from consultations.models import Input, Theme
from consultations.models.inputs import FATE_LABELS, FATES
from portal.forms.base import OperationForm
from portal.forms.fields import LineField, PassageField, ThingField
from portal.forms.moments import TitledField
from portal.templatetags.portal import language_name
from resources.models import Document

FLAGS = (("follow-up", _("Marked for follow-up")), ("untagged", _("Under no theme yet")))


class InputFilters(Filters):
    """An input by what it is about, where and in which language it was said, under which theme, how far it has come."""

    ALL = {
        "question": _("All questions"),
        "region": _("All regions"),
        "language": _("All languages"),
        "theme": _("All themes"),
        "fate": _("All states"),
        "flag": _("All of them"),
    }

    question = forms.ChoiceField(label=_("Question"), required=False)
    objective = forms.ChoiceField(label=_("Objective"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    fate = forms.ChoiceField(label=pgettext_lazy("how something stands", "State"), required=False)
    flag = forms.ChoiceField(label=_("Only"), required=False)

    def __init__(self, data, *, questions, regions, languages, themes, **offers):
        here = get_language()
        super().__init__(
            data,
            question=[(str(row.key), str(row.text("prompt", here))) for row in questions],
            region=[(row.code, str(row.text("title", here))) for row in regions],
            language=[(code, language_name(code)) for code in languages],
            theme=[(str(row.key), str(row.text("title", here)) or str(row.key)) for row in themes],
            fate=[(name, FATE_LABELS[name]) for name in FATES],
            flag=FLAGS,
            **offers,
        )
        self.things |= {
            "question": {str(row.key): row for row in questions},
            "region": {row.code: row for row in regions},
            "theme": {str(row.key): row for row in themes},
        }


class ThemeField(TitledField):
    """A theme of the call."""

    def __init__(self, **kwargs):
        super().__init__(label=_("Theme"), queryset=Theme.objects.none(), required=False, **kwargs)


class TagForm(OperationForm):
    """A theme there is, or a new one by its title."""

    theme = ThemeField()
    title = LineField(label=_("Or a new theme"), max_length=300, required=False)

    def __init__(self, *args, themes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = themes

    def clean(self):
        return super().clean() | {"language": get_language()}


class MergeForm(OperationForm):
    """With which of the similar answers to the same question it goes on."""

    into = ThingField(
        label=_("It says the same as"),
        queryset=Input.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args, inputs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = inputs
        self.fields["into"].label_from_instance = lambda row: row.text[:200]


class UseForm(OperationForm):
    """In which document it is used, and where in it."""

    document = TitledField(label=_("Document"), queryset=Document.objects.none())
    section = LineField(
        label=_("Section"),
        max_length=200,
        required=False,
        help_text=_("As its readers find it: “section 4”, “the second recommendation”."),
    )

    def __init__(self, *args, reader, **kwargs):
        super().__init__(*args, **kwargs)
        documents = Document.objects.visible_to(reader).exclude(status=Document.Status.WITHDRAWN)
        self.fields["document"].queryset = documents.order_by(F("begins_on").desc(nulls_last=True), "-pk")


class SetAsideForm(OperationForm):
    """Why it is not used; whoever gave it reads these words."""

    reason = LineField(
        label=_("Why is it not used?"), max_length=500, help_text=_("Whoever gave it reads these words.")
    )


class NoteForm(OperationForm):
    """What those who read for the call say among themselves."""

    needs_follow_up = forms.BooleanField(label=_("Marked for follow-up"), required=False)
    note = PassageField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Read by coordinators and rapporteurs of this call, and nobody else."),
    )
    shown = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
