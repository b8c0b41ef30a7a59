"""What those who write a paper decide about a comment, and what narrows their list."""

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from consultations.forms.comments import LONGEST, LONGEST_WORDS
from consultations.forms.filters import Filters
from consultations.models import Comment
from portal.forms.base import OperationForm
from portal.forms.fields import PassageField, ThingField
from portal.templatetags.portal import language_name

ALL = "all"
ROWS = {"rows": 3, "dir": "auto"}
READ_BY = _("Whoever made the comment reads it, and so do members to whom the comment is shown: name nobody.")


class CommentFilters(Filters):
    """A comment by what it is, who made it, in which language, on which objective, how it stands."""

    ALL = {
        "kind": _("All kinds"),
        "organization": _("All organizations"),
        "language": _("All languages"),
        "status": Comment.Status.OPEN.label,
    }

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    organization = forms.ChoiceField(label=_("Organization"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    objective = forms.ChoiceField(label=_("Objective"), required=False)
    status = forms.ChoiceField(label=pgettext_lazy("how something stands", "State"), required=False)

    def __init__(self, data, *, organizations, languages, **offers):
        here = get_language()
        super().__init__(
            data,
            kind=Comment.Kind.choices,
            organization=[(str(row.key), str(row.text("name", here))) for row in organizations],
            language=[(code, language_name(code)) for code in languages],
            status=[(one.value, one.label) for one in Comment.DECIDED] + [(ALL, _("All states"))],
            **offers,
        )
        self.things["organization"] = {str(row.key): row for row in organizations}


class ReopenForm(OperationForm):
    """From which version of the comment its decision is taken back."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class DecisionForm(OperationForm):
    """From which version of the comment it was decided, and a word to whoever made it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    answer = PassageField(
        label=_("A word to those who made it"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs=ROWS),
        help_text=READ_BY,
    )

    def __init__(self, *args, comment, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = comment.version

    def clean(self):
        return super().clean() | {"language": get_language()}

    def follow(self, **now):
        """Go on from how things stand now: what was typed is sent again as decided on that."""
        self.data = self.data.copy()
        self.data.update({self.add_prefix(name): value for name, value in now.items() if name in self.fields})


class LandingForm(DecisionForm):
    """Words land in the text: from which edit of the section, and whether its meaning changes."""

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

    def __init__(self, *args, number, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].initial = number


class AcceptForm(LandingForm):
    """The words land as they were proposed."""


class AdaptForm(LandingForm):
    """The drafters' own words land."""

    markdown = PassageField(label=_("The words that land in the text"), max_length=LONGEST_WORDS)
    field_order = ("markdown", "changes_meaning", "answer")

    def __init__(self, *args, words, language, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["markdown"].initial = words
        self.fields["markdown"].widget.attrs |= {"lang": language, "rows": 6}


class MergeForm(DecisionForm):
    """With which other comment it goes on."""

    into = ThingField(
        label=_("It says the same as"),
        queryset=Comment.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    field_order = ("into", "answer")

    def __init__(self, *args, others, reader, **kwargs):
        super().__init__(*args, **kwargs)
        self.reader = reader
        self.fields["into"].queryset = others
        self.fields["into"].label_from_instance = self.label_of

    def label_of(self, comment):
        """Whose it is, as far as those who write the paper may know, and how it begins."""
        organization = comment.organization
        if comment.is_named_to(self.reader, writes=True):
            whose = organization.text("name", get_language())
        else:
            whose = organization.get_sort_display()
        return f"{whose}: {(comment.proposed or comment.text)[:200]}"


class DeclineForm(DecisionForm):
    """Why not, in words that whoever made the comment reads."""

    field_order = ("answer",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = True
        self.fields["answer"].label = _("Why is the comment declined?")
