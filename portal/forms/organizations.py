"""Forms with which an organization comes in, describes itself and invites its people."""

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from portal import languages, names
from portal.forms.base import CreatingForm, OperationForm
from portal.forms.fields import LineField, PassageField, ThingField, WebAddressField
from portal.models import Country, Objective, Organization, Shown, User
from portal.templatetags.portal import languages_list, list_text

OWN_NAMES = [(code, languages.name(code)) for code, _name in settings.LANGUAGES]


class CountryField(ThingField):
    """A State by its UN short name, sorted as the reader's language sorts, accents aside."""

    def __init__(self, **kwargs):
        super().__init__(queryset=Country.objects.all(), **kwargs)

    def sort_for(self, language):
        named = [(country.pk, country.text("name", language).text) for country in self.queryset]
        self.choices = [("", self.empty_label), *sorted(named, key=lambda pair: names.fold(pair[1]))]


class ObjectivesField(forms.ModelMultipleChoiceField):
    """Some of the 23 objectives, each with its number and short label."""

    def __init__(self, **kwargs):
        super().__init__(
            queryset=Objective.objects.order_by("number"),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            **kwargs,
        )

    def label_from_instance(self, objective):
        return f"{objective.number} {objective.text('label', get_language())}"


class DescribesOrganization(forms.Form):
    """What is asked of an organization when it comes in and when it changes."""

    name = LineField(
        label=_("Name of the organization"),
        max_length=200,
        help_text=_("As it stands in your statutes or on your website."),
    )
    acronym = LineField(label=_("Acronym"), max_length=30, required=False)
    sort = forms.ChoiceField(
        label=_("Kind of organization"), choices=Organization.Sort.choices, initial=Organization.Sort.NGO
    )
    is_migrant_led = forms.BooleanField(label=_("Our organization is led by migrants"), required=False)
    country = CountryField(label=_("Country"), required=False)
    spoken = forms.MultipleChoiceField(
        label=_("Languages you work in"),
        choices=OWN_NAMES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    website = WebAddressField(label=_("Website"), required=False, max_length=200)
    objectives = ObjectivesField(label=_("Objectives you work on"))
    mailbox = forms.EmailField(
        label=_("Shared mailbox"),
        required=False,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        help_text=_("Notices for the whole organization go here. It is never shown to anybody outside."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].sort_for(get_language())


class OrganizationForm(DescribesOrganization, CreatingForm):
    """An organization asks to come in; where one of its name is known, it says that it is another."""

    is_another = forms.BooleanField(label=_("Ours is another organization of the same name"), required=False)
    language = forms.ChoiceField(label=_("This name is in"), choices=OWN_NAMES)
    constituency = forms.ChoiceField(
        label=_("Constituency"),
        choices=Organization.Constituency.choices,
        initial=Organization.Constituency.CIVIL_SOCIETY,
        help_text=_("Members are verified organizations of civil society. Others take part as guests."),
    )

    field_order = [
        "name",
        "is_another",
        "language",
        "acronym",
        "constituency",
        "sort",
        "is_migrant_led",
        "country",
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()
        if not self.namesakes:
            del self.fields["is_another"]

    @cached_property
    def namesakes(self):
        """Known organizations of the very name that was typed."""
        name = names.fold(self.data.get("name", ""))[:200]
        return list(Organization.objects.known().filter(folded_name=name)) if name else []


class EditOrganizationForm(DescribesOrganization, OperationForm):
    """An organization changes what it says of itself."""

    summary = PassageField(label=_("What your organization does"), max_length=2000, required=False)
    mailbox_language = forms.ChoiceField(label=_("Language of the shared mailbox"), choices=OWN_NAMES)

    field_order = ["name", "acronym", "summary", "sort", "is_migrant_led", "country", "spoken", "website"]

    def __init__(self, *args, organization, **kwargs):
        kwargs.setdefault("initial", self.values_of(organization))
        super().__init__(*args, **kwargs)

    def values_of(self, organization):
        plain = ["acronym", "sort", "is_migrant_led", "country", "spoken", "website", "mailbox"]
        plain += ["mailbox_language"]
        values = {field: getattr(organization, field) for field in plain}
        for field in ("name", "summary"):
            values[field] = getattr(organization, f"{field}_{organization.original_language}") or ""
        return values | {"objectives": list(organization.objectives.all())}


# What an organization says of itself under each fact, in a few words of the reader's language.
SAID = {
    Shown.ACRONYM: lambda row: row.acronym,
    Shown.SUMMARY: lambda row: Truncator(row.text("summary", get_language()).text).words(12),
    Shown.CONSTITUENCY: lambda row: row.get_constituency_display(),
    Shown.SORT: lambda row: row.get_sort_display(),
    Shown.IS_MIGRANT_LED: lambda row: gettext("Led by migrants") if row.is_migrant_led else "",
    Shown.COUNTRY: lambda row: row.country.text("name", get_language()).text if row.country else "",
    Shown.REGIONS: lambda row: list_text(
        region.text("title", get_language()).text for region in row.regions.all()
    ),
    Shown.SPOKEN: lambda row: languages_list(row.spoken),
    Shown.WEBSITE: lambda row: row.website,
    Shown.OBJECTIVES: lambda row: list_text(row.number for row in row.objectives.all()),
}


class ListingForm(OperationForm):
    """An organization chooses, fact by fact, what everybody sees of it; each choice says what would be seen."""

    before = forms.CharField(widget=forms.HiddenInput, required=False)
    in_directory = forms.BooleanField(
        label=_("List our organization in the public directory"),
        required=False,
        help_text=_("Its name is shown to everybody, and of the rest only what you tick below."),
    )
    facts = forms.MultipleChoiceField(
        label=_("Also show in the directory"),
        choices=Shown.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data, *, organization):
        initial = {"in_directory": organization.in_directory, "facts": organization.directory_fields}
        super().__init__(data, initial=initial | {"before": organization.listing})
        nothing = pgettext("what an organization says of itself", "nothing yet")
        self.fields["facts"].choices = [
            (fact, format_html('<span>{} <bdi class="hint">{}</bdi></span>', label, said or nothing))
            for fact, label in Shown.choices
            for said in [SAID[fact](organization)]
        ]

    def go_on_from(self, organization):
        """Let the next try start from what somebody else has chosen meanwhile."""
        organization.refresh_from_db(fields=["in_directory", "directory_fields"])
        self.data = self.data.copy()
        self.data["before"] = organization.listing


class LeadForm(OperationForm):
    """A coordinator says which of an organization's people leads it."""

    person = ThingField(
        label=_("Who leads it from now on"),
        queryset=User.objects.none(),
        to_field_name="key",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = organization.people.order_by("pk")


class InvitationForm(CreatingForm):
    """A lead invites a colleague by e-mail, in the colleague's language."""

    email = forms.EmailField(
        label=_("E-mail address of your colleague"),
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=OWN_NAMES)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()
