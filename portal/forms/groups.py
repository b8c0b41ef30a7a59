"""What is said of a working group, by those who ask to join it, and by those who answer."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.forms.base import CreatingForm, OperationForm
from portal.forms.fields import PassageField, ThingField
from portal.forms.records import RecordForm
from portal.models import Organization

LONGEST = 1000


class GroupForm(RecordForm):
    """A working group: its mandate, who sees whom, whether one can ask to join."""

    body_label = _("Mandate in %(language)s")

    takes_requests = forms.BooleanField(
        label=_("Members of verified organizations can ask to join"), required=False, initial=True
    )
    lists_members = forms.BooleanField(
        label=_("Everybody who sees the group sees who is in it"),
        required=False,
        help_text=_("Otherwise only its members and its coordinators do."),
    )

    SECTIONS = (
        (_("What it is"), ("takes_requests", "lists_members")),
        RecordForm.WHEN,
        RecordForm.ABOUT,
    )


class OrganizationField(ThingField):
    """One of one's own organizations, by its name."""

    def label_from_instance(self, organization):
        return organization.text("name", get_language()).text or str(organization)


class JoinForm(CreatingForm):
    """Somebody asks to join, for one of the verified organizations that the person belongs to."""

    organization = OrganizationField(label=_("For which organization"), queryset=Organization.objects.none())
    words = PassageField(
        label=_("A word about you"),
        max_length=LONGEST,
        required=False,
        help_text=_("Those who run the group read it, and nobody else."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mine = self.request.reader.verified_ids
        self.fields["organization"].queryset = Organization.objects.filter(pk__in=mine)
        if len(mine) == 1:
            self.fields["organization"].initial = next(iter(mine))


class AnswerForm(OperationForm):
    """Accepted or declined, with a word that the person reads."""

    accepts = forms.TypedChoiceField(
        label=_("Your answer"),
        choices=[("yes", _("Accept: the person is in the group")), ("no", _("Decline"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = PassageField(
        label=_("A word to the person"),
        max_length=LONGEST,
        required=False,
        help_text=_("Needed where you decline."),
    )
