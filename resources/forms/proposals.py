"""What an organization says of a practice or plan that it wants to share, and what those who moderate answer."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal import languages
from portal.forms.base import CreatingForm, OperationForm
from portal.forms.differences import ShowsDifferences
from portal.forms.fields import LineField, ObjectivesField, PassageField, PlacesField, WebAddressField
from portal.forms.groups import OrganizationField
from portal.forms.records import DatesForm, RecordForm
from portal.forms.words import LanguagePart, WordsForm
from portal.models import Country, Objective, Organization, Record, Region
from portal.templatetags.portal import language_name
from resources.models import Practice, Proposal

LONGEST = 3000
LABELS = {
    "summary": _("What, in some sentences, in %(language)s"),
    "partners": _("With whom, in %(language)s"),
    "people": _("For whom, in %(language)s"),
    "outcome": _("Results, or the partners you look for, in %(language)s"),
}
ROWS = {"summary": 4, "outcome": 6}


class ProposalPart(LanguagePart):
    """What is told in one language."""

    NAMES = Proposal.FIELDS


class ProposalForm(ShowsDifferences, DatesForm, WordsForm, CreatingForm):
    """A practice or a plan: what, with whom, where, when, for whom, with which results; in one language or several."""

    part = ProposalPart

    kind = forms.ChoiceField(
        label=_("What do you share?"),
        choices=[
            (Practice.Kind.PRACTICE, _("A practice: something that worked")),
            (Practice.Kind.PLAN, _("A plan: something that looks for partners")),
        ],
        widget=forms.RadioSelect,
        initial=Practice.Kind.PRACTICE,
    )
    organization = OrganizationField(
        label=_("Which organization shares it?"), queryset=Organization.objects.none()
    )
    original_language = forms.ChoiceField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    countries = PlacesField(
        label=_("Countries"),
        queryset=Country.objects.all(),
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Choose as many as it concerns."),
    )
    regions = PlacesField(
        label=_("Regions"),
        queryset=Region.objects.all(),
        named="title",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where it is about a whole region rather than some countries."),
    )
    objectives = ObjectivesField(
        label=_("Objectives"),
        queryset=Objective.objects.order_by("number"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    website = WebAddressField(label=_("Website"), required=False, max_length=500)
    access = forms.ChoiceField(
        label=_("Who may read it once it is accepted?"),
        choices=[
            (Record.Access.PUBLIC, _("Everybody")),
            (Record.Access.MEMBERS, _("Members only: verified organizations of civil society")),
        ],
        initial=Record.Access.PUBLIC,
    )

    SECTIONS = (
        (_("What it is"), ("organization", "kind")),
        (_("Where and when"), ("countries", "regions", *DatesForm.base_fields)),
        (_("Whom it concerns"), ("objectives", "website", "access")),
    )

    def __init__(self, data=None, *args, request, record=None, original=None, **kwargs):
        self.record = record
        super().__init__(data, *args, request=request, **kwargs)
        asked = data.get("original_language") if data else original
        self.original_language = (
            record.original_language if record else languages.supported(asked, get_language())
        )
        self.fields["original_language"].choices = [(code, languages.name(code)) for code in languages.CODES]
        self.fields["original_language"].initial = self.original_language
        for name in ("countries", "regions"):
            self.fields[name].sort_for(get_language())
        self.add_languages()
        if record is None:
            del self.fields["version"]
            self._offer_organizations(request.reader.verified_ids)
        else:
            del self.fields["organization"]
            self.initial = self.values_of(record) | self.initial

    def _offer_organizations(self, mine):
        field = self.fields["organization"]
        field.queryset = Organization.objects.filter(pk__in=mine).order_by("pk")
        if len(mine) == 1:
            field.initial, field.widget = next(iter(mine)), forms.HiddenInput()

    @property
    def sections(self):
        """[(heading, fields)]: what stands together and is shown."""
        found = []
        for heading, names in self.SECTIONS:
            fields = [self[name] for name in names if name in self.fields and not self[name].is_hidden]
            found.append((heading, fields))
        return found

    def add_language(self, code):
        """What is told in a language; the original has a title at least."""
        way, here = {"lang": code, "dir": languages.direction(code)}, {"language": language_name(code)}
        self.fields[f"title_{code}"] = LineField(
            label=_("Title in %(language)s") % here,
            max_length=200,
            required=code == self.original_language,
            widget=forms.TextInput(attrs=way),
        )
        for name, label in LABELS.items():
            self.fields[f"{name}_{code}"] = PassageField(
                label=label % here,
                max_length=2000 if name == "summary" else LONGEST,
                required=False,
                widget=forms.Textarea(attrs={"rows": ROWS.get(name, 2)} | way),
            )

    def clean(self):
        """Gather what is told as the operation takes it; a language in which only parts are told needs a title."""
        given = forms.Form.clean(self)
        told = {name: self.gathered(name) for name in Proposal.FIELDS}
        texts = {}
        for code in languages.CODES:
            words = {name: told[name].get(code, "") for name in Proposal.FIELDS}
            if any(words.values()):
                texts[code] = words
            if any(words.values()) and not words["title"] and not self.has_error(f"title_{code}"):
                self.add_error(f"title_{code}", _("Give it a title in this language too."))
        names = [name for name in given if name.rpartition("_")[2] not in languages.CODES]
        return {name: given[name] for name in names} | {"texts": texts}

    def clean_original_language(self):
        return self.original_language

    def values_of(self, record):
        """What the form shows at first of what is saved."""
        values = {
            f"{name}_{code}": record.texts.get(code, {}).get(name, "")
            for code in languages.CODES
            for name in Proposal.FIELDS
        }
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelMultipleChoiceField):
                values[name] = [row.pk for row in getattr(record, name).all()]
            elif name not in values and hasattr(record, name):
                values[name] = getattr(record, name)
        return values

    def differences(self, record):
        """Where what was typed and what somebody saved meanwhile part."""
        return self.compared_with(self.values_of(record), version=record.version)


class SayForm(CreatingForm):
    """A word to the other side."""

    words = PassageField(
        label=_("Your message"),
        max_length=LONGEST,
        help_text=_("The organization and those who moderate read it, and nobody else."),
    )


class PlanAnswerForm(CreatingForm):
    """A short word to the organization that looks for partners."""

    organization = OrganizationField(
        label=_("For which organization do you write?"), queryset=Organization.objects.none()
    )
    words = PassageField(
        label=_("Your message"),
        max_length=1000,
        help_text=_("Your address is not shown. Write how you can be reached, if you want to be."),
    )

    def __init__(self, *args, organizations, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        field.queryset = Organization.objects.filter(pk__in=organizations).order_by("pk")
        if len(organizations) == 1:
            field.initial, field.widget = next(iter(organizations)), forms.HiddenInput()


class PracticeForm(RecordForm):
    """What coordinators change of what is shared: above all its translations, and who may read it."""

    body_label = _("What is told, in %(language)s")

    kind = forms.ChoiceField(label=_("Kind"), choices=Practice.Kind.choices)
    countries = ProposalForm.base_fields["countries"]
    regions = ProposalForm.base_fields["regions"]
    website = WebAddressField(label=_("Website"), required=False, max_length=500)

    SECTIONS = (
        (_("What it is"), ("kind", "website")),
        (_("Where and when"), ("countries", "regions", *RecordForm.WHEN[1])),
        RecordForm.ABOUT,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("countries", "regions"):
            self.fields[name].sort_for(get_language())


class AnswerProposalForm(OperationForm):
    """Accepted, sent back or declined, with a word that the organization reads."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    step = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            (Proposal.Status.ACCEPTED, _("Accept: readers see it now, in all its languages")),
            (Proposal.Status.RETURNED, _("Ask the organization to change it")),
            (Proposal.Status.DECLINED, _("Decline: it is not shared here")),
        ],
        widget=forms.RadioSelect,
    )
    words = PassageField(
        label=_("A word to the organization"),
        max_length=LONGEST,
        required=False,
        help_text=_("Needed unless you accept."),
    )
