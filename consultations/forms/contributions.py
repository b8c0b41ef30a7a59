"""What an organization gives in answer to a call: who gives it, its answers, how it may be quoted."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations.forms.answers import AsksQuestions, value_of
from consultations.forms.commitments import CountryField
from consultations.models import Contribution, Question
from consultations.operations import contributions
from portal import languages
from portal.forms.base import CreatingForm, OperationForm
from portal.forms.fields import PLEASE_CHOOSE, LineField
from portal.forms.groups import OrganizationField
from portal.models import Organization
from portal.templatetags.portal import language_name

# Raise it whenever the sentences of the consent change: contributions keep which one was agreed to.
CONSENT = 1


class BeginForm(CreatingForm):
    """Who answers, and in which language."""

    language = forms.ChoiceField(
        label=_("In which language do you write?"),
        help_text=_("Write in the one in which you say most. Nobody is heard less for it."),
    )

    def __init__(self, *args, call, **kwargs):
        super().__init__(*args, **kwargs)
        taken = call.answer_languages or languages.CODES
        self.fields["language"].choices = [(code, language_name(code)) for code in taken]
        self.fields["language"].initial = get_language() if get_language() in taken else taken[0]


class OwnBeginForm(BeginForm):
    """One of one's own organizations answers."""

    organization = OrganizationField(
        label=_("Which organization answers?"), queryset=Organization.objects.none()
    )
    field_order = ("organization", "language")

    def __init__(self, *args, organizations, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        field.queryset = Organization.objects.filter(pk__in=[row.pk for row in organizations]).order_by("pk")
        field.empty_label = None
        if len(organizations) == 1:
            field.initial, field.widget = organizations[0], forms.HiddenInput()


class GiverForm(forms.Form):
    """An organization that has no account here."""

    giver_name = LineField(label=_("Name of the organization"), max_length=200)
    giver_sort = forms.ChoiceField(
        label=_("Kind of organization"), choices=[("", PLEASE_CHOOSE), *Organization.Sort.choices]
    )
    giver_is_migrant_led = forms.BooleanField(label=_("It is led by migrants"), required=False)
    giver_country = CountryField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["giver_country"].label = _("Country")
        self.fields["giver_country"].required = True


class StrangerBeginForm(GiverForm, BeginForm):
    """People without account answer: they name their organization, and get a code to come back with."""


class MemberBeginForm(GiverForm, BeginForm):
    """A network answers for a member: one that is here, or one that it names."""

    through = OrganizationField(label=_("Network"), queryset=Organization.objects.none())
    organization = OrganizationField(
        label=_("Member that is registered here"),
        queryset=Organization.objects.none(),
        required=False,
        help_text=_(
            "Its people are told, and the contribution is theirs. If it is not in this list, name it below."
        ),
    )
    knows = forms.BooleanField(label=_("The member knows that we answer in its name, and agrees."))
    field_order = ("through", "organization", *GiverForm.base_fields, "language", "knows")

    def __init__(self, *args, networks, members, **kwargs):
        super().__init__(*args, **kwargs)
        own = Organization.objects.filter(pk__in=[row.pk for row in networks])
        self.fields["through"].queryset = own.order_by("pk")
        self.fields["through"].initial = networks[0]
        self.fields["organization"].queryset = members
        for name in GiverForm.base_fields:
            self.fields[name].required = False

    def clean(self):
        """A member that is here needs no name; one that is not, a name and a country."""
        given = super().clean()
        given.pop("knows", None)
        if given.get("organization"):
            for name in GiverForm.base_fields:
                given.pop(name, None)
            return given
        for name in ("giver_name", "giver_country"):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, _("Choose a member, or name one."))
        return given


class ContributionForm(AsksQuestions, OperationForm):
    """The questions of a call, in order, with what was answered so far.

    Saving a draft asks for nothing: what is missing or too long is said in sending. Beside each answer stands how it
    was when it was shown, so that what a colleague saved meanwhile is not lost, and the same sent twice is no quarrel.
    """

    def __init__(self, *args, request, contribution, **kwargs):
        self.request, self.contribution = request, contribution
        self.standing = contributions.standing(contribution)
        questions = list(
            Question.objects.of(contribution.call).asked().as_form().select_related("objective", "shown_if")
        )
        by_key = {row.pk: row for row in questions}
        values = {by_key[pk].field_name: value_of(row) for pk, row in self.standing.items() if pk in by_key}
        super().__init__(*args, questions=questions, initial=values, **kwargs)
        for question in questions:
            self._take_drafts(question)
            self._say_objective(question)
            self.fields[f"was_{question.field_name}"] = forms.CharField(
                widget=forms.HiddenInput,
                required=False,
                initial=contributions.mark(self.standing.get(question.pk)),
            )

    def _take_drafts(self, question):
        """Written in the language of the contribution, and for the time being at any length."""
        field, language = self.fields[question.field_name], self.contribution.language
        if question.kind in Question.WRITTEN:
            field.max_length = contributions.LONGEST
            field.validators = [row for row in field.validators if not isinstance(row, MaxLengthValidator)]
            field.validators.append(MaxLengthValidator(contributions.LONGEST))
            field.widget.attrs |= {"lang": language, "dir": languages.direction(language)}
            field.widget.attrs.pop("maxlength", None)

    def _say_objective(self, question):
        """What a question is about stands before what the coordinator says of it."""
        if question.objective:
            label = question.objective.text("label", get_language())
            said = _("Objective %(number)s: %(label)s.") % {
                "number": question.objective.number,
                "label": label,
            }
            field = self.fields[question.field_name]
            field.help_text = format_html("{} {}", said, field.help_text)

    def full_clean(self):
        """What must be answered is marked so, and asked for only in sending."""
        required = [field for field in self.fields.values() if field.required]
        for field in required:
            field.required = False
        super().full_clean()
        for field in required:
            field.required = True

    def clean(self):
        """The answers as the operation takes them, with how each stood when it was shown."""
        given = super().clean()
        names = {row.pk: row.field_name for row in self.questions}
        seen = {pk: given.get(f"was_{name}", "") for pk, name in names.items() if f"was_{name}" in self.data}
        answers = {pk: said for pk, said in given["answers"].items() if self._is_there(names[pk])}
        return {"answers": answers, "seen": seen}

    def _is_there(self, name):
        """Whether a field was sent at all: boxes without a tick are not, but how they were shown is."""
        sent = {*self.data, *self.files}
        return not sent.isdisjoint({name, f"was_{name}", f"{name}_kept", f"{name}_gone"})

    def fingerprint(self):
        """None: the same form may be sent again with other answers, as often as one likes."""
        return ""

    def keep_files(self, *, by):
        """Files of people without account are not kept between two tries."""
        if by is not None:
            super().keep_files(by=by)

    def follow(self, contribution):
        """Where somebody else saved another answer meanwhile: [(bound field, Input)], and go on from there."""
        before = contributions.standing(contribution)
        given = self.cleaned_data
        found = contributions.conflicts(given["answers"], given["seen"], before)
        quarrels = [row for row in self.questions if row.pk in found]
        self.data = self.data.copy()
        for question in quarrels:
            self.data[f"was_{question.field_name}"] = contributions.mark(before.get(question.pk))
        return [(self[row.field_name], before.get(row.pk)) for row in quarrels]


class ConsentForm(OperationForm):
    """How a contribution may be quoted, and who may read it."""

    consent = forms.ChoiceField(
        label=_("How may it be quoted?"), choices=Contribution.Consent.choices, widget=forms.RadioSelect
    )

    def clean(self):
        return super().clean() | {"consent_version": CONSENT, "consent_language": get_language()}


class PackForm(OperationForm):
    """A round pack that was filled in offline."""

    file = forms.FileField(
        label=_("The file that you filled in"),
        widget=forms.FileInput(attrs={"accept": ".txt,.html,text/plain,text/html"}),
    )


class ResumeForm(forms.Form):
    """The code that people without account were given."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=60,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("26 letters and figures, in groups. Capitals and hyphens do not matter."),
    )
