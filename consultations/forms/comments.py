"""What an organization says of a paragraph, or proposes for it, and to whom that may be shown."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations.models import Comment, Contribution
from portal import languages
from portal.forms.base import CreatingForm, OperationForm
from portal.forms.differences import ShowsDifferences
from portal.forms.fields import PassageField
from portal.forms.groups import OrganizationField
from portal.models import Organization
from portal.templatetags.portal import language_name

LONGEST = 5_000  # characters of a comment or an answer
LONGEST_WORDS = 20_000  # of proposed words, which may be those of a table


class SaysForm(ShowsDifferences, OperationForm):
    """A comment, or the paragraph's own words to be changed; both are kept, whichever is chosen."""

    kind = forms.ChoiceField(
        label=_("What do you want to do?"),
        choices=[
            (Comment.Kind.COMMENT, _("Comment on this paragraph")),
            (Comment.Kind.PROPOSAL, _("Propose other words for it")),
        ],
        widget=forms.RadioSelect,
        initial=Comment.Kind.COMMENT,
    )
    proposed = PassageField(
        label=_("The words that you propose"),
        max_length=LONGEST_WORDS,
        required=False,
        help_text=_("Change the words of the paragraph here. They count only if you propose other words."),
    )
    text = PassageField(
        label=_("Your comment, or why you propose other words"), max_length=LONGEST, required=False
    )
    language = forms.ChoiceField(label=_("In which language do you write?"))
    consent = forms.ChoiceField(
        label=_("How may it be shown?"), choices=Comment.CONSENT_WORDS.items(), widget=forms.RadioSelect
    )

    def __init__(self, *args, text, passage, **kwargs):
        """`text` is the VersionText that is shown, `passage` the paragraph in it."""
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, language_name(code)) for code in languages.CODES]
        if text.language not in languages.CODES:
            self.fields["language"].choices.append((text.language, language_name(text.language)))
        self.fields["language"].initial = get_language()
        field = self.fields["proposed"]
        field.initial = passage.markdown
        field.widget.attrs |= {"lang": text.language, "dir": text.direction, "rows": 6}
        self.fields["shown_in"] = forms.ChoiceField(
            choices=[(row.language, row.language) for row in text.version.texts.all()],
            initial=text.language,
            widget=forms.HiddenInput,
        )

    def clean(self):
        """Proposed words are in the language in which the paragraph was shown."""
        given = super().clean()
        shown_in = given.pop("shown_in", "")
        if given.get("kind") == Comment.Kind.PROPOSAL and shown_in:
            given["language"] = shown_in
        return given


class CommentForm(SaysForm, CreatingForm):
    """Something new, in the name of one's own organization."""

    organization = OrganizationField(label=_("For which organization?"), queryset=Organization.objects.none())
    field_order = ("organization",)

    def __init__(self, *args, organizations, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        field.queryset = Organization.objects.filter(pk__in=[row.pk for row in organizations]).order_by("pk")
        field.empty_label = None
        if len(organizations) == 1:
            field.initial, field.widget = organizations[0], forms.HiddenInput()


class CommentEditForm(SaysForm):
    """The same changed, from the version that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, comment, **kwargs):
        kwargs["initial"] = self.values_of(comment)
        super().__init__(*args, **kwargs)
        if not comment.proposed:
            del self.initial["proposed"]

    @staticmethod
    def values_of(comment):
        names = ("kind", "proposed", "text", "language", "consent", "version")
        return {name: getattr(comment, name) for name in names}

    def differences(self, comment):
        """Where this form and what a colleague saved meanwhile part."""
        return self.compared_with(self.values_of(comment), version=comment.version)


class CommentConsentForm(OperationForm):
    """To whom it is shown from now on, and with which name."""

    consent = forms.ChoiceField(
        label=_("How may it be shown?"), choices=Comment.CONSENT_WORDS.items(), widget=forms.RadioSelect
    )

    def __init__(self, *args, comment, **kwargs):
        super().__init__(*args, initial={"consent": comment.consent or Contribution.Consent.NAMED}, **kwargs)
