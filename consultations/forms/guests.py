"""Whom a coordinator invites to widened meetings, and to which."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations import clocks
from consultations.models import Meeting
from portal.forms.base import CreatingForm
from portal.forms.fields import LineField, ThingField
from portal.models import Organization


class OrganizationField(ThingField):
    """An organization by its name, with the constituency it belongs to."""

    def label_from_instance(self, organization):
        name = organization.text("name", get_language()).text
        return f"{name} ({organization.get_constituency_display()})"


class MeetingsField(forms.ModelMultipleChoiceField):
    """Some meetings, each by its title and its time."""

    def label_from_instance(self, meeting):
        title = meeting.text("title", get_language()).text
        round_ = _("Round %(number)s") % {"number": meeting.round_number}
        return "; ".join([title or str(round_), *clocks.lines(meeting)[:1]])


class GuestForm(CreatingForm):
    """An organization, or a person by address; to all widened meetings or to some."""

    organization = OrganizationField(
        label=_("Organization"),
        queryset=Organization.objects.none(),
        required=False,
        help_text=_("Its people and its shared mailbox are written to, and each of them can answer."),
    )
    email = forms.EmailField(
        label=_("Or an e-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    name = LineField(label=_("Name of the person"), max_length=150, required=False)
    language = forms.ChoiceField(
        label=_("Language of the invitation"),
        choices=settings.LANGUAGES,
        help_text=_("For an address that is new here; others have chosen theirs."),
    )
    is_for_all = forms.TypedChoiceField(
        label=_("To which meetings"),
        choices=[
            ("yes", _("To all widened meetings, also those that are set later")),
            ("", _("Only to those chosen here")),
        ],
        coerce=lambda value: value == "yes",
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )
    meetings = MeetingsField(
        label=_("Meetings"),
        queryset=Meeting.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, organizations, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations
        self.fields["meetings"].queryset = meetings
        self.fields["language"].initial = get_language()
