"""How an organization stands behind a version of a paper."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations import signing
from consultations.models import Endorsement, Section, Shown
from portal.forms.base import CreatingForm, OperationForm
from portal.forms.fields import PassageField, ThingField
from portal.forms.groups import OrganizationField
from portal.models import Organization

LONGEST = 1000


class SectionField(ThingField):
    """One of the sections of a version, by its heading there."""

    headings = {}

    def offer(self, version):
        self.headings = signing.headings(version, get_language())
        self.queryset = Section.objects.filter(key__in=self.headings, paper=version.paper_id)
        self.queryset = self.queryset.order_by("position", "pk")

    def label_from_instance(self, section):
        return self.headings[str(section.key)]


class AnswerForm(forms.Form):
    """Yes, or yes with a reservation; who sees the name; on whose authority."""

    answer = forms.ChoiceField(
        label=_("Does your organization endorse this version?"),
        choices=Endorsement.Answer.choices,
        initial=Endorsement.Answer.YES,
        widget=forms.RadioSelect,
    )
    reserved_on = SectionField(
        label=_("The section of the reservation"),
        queryset=Section.objects.none(),
        required=False,
        help_text=_("Only with a reservation."),
    )
    reservation = PassageField(
        label=_("The reservation"),
        max_length=LONGEST,
        required=False,
        help_text=_(
            "Only with a reservation. It stands beside the name of your organization, as you write it."
        ),
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
    )
    shown = forms.ChoiceField(
        label=_("Who sees the name of your organization?"),
        choices=Shown.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "You can change this at any time, and take the endorsement back. Copies that others have already taken are beyond our reach."
        ),
    )
    authority = forms.ChoiceField(
        label=_("On whose authority?"), choices=Endorsement.Authority.choices, widget=forms.RadioSelect
    )

    def offer(self, version):
        self.fields["reserved_on"].offer(version)

    def clean(self):
        """The words of a reservation are in the language of the page on which they are typed."""
        return super().clean() | {"language": get_language()}


class EndorseForm(AnswerForm, CreatingForm):
    """One of the organizations that one leads endorses."""

    organization = OrganizationField(
        label=_("Which organization endorses?"), queryset=Organization.objects.none()
    )
    field_order = ("organization", *AnswerForm.base_fields)

    def __init__(self, *args, version, organizations, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(version)
        field = self.fields["organization"]
        field.queryset = Organization.objects.filter(pk__in=[row.pk for row in organizations]).order_by("pk")
        field.empty_label = None
        if len(organizations) == 1:
            field.initial, field.widget = organizations[0], forms.HiddenInput()


class ChangeForm(AnswerForm, OperationForm):
    """The same, as it was given; its answer only while the version is open for endorsement."""

    def __init__(self, *args, endorsement, is_open, **kwargs):
        names = ("answer", "reserved_on", "reservation", "shown", "authority")
        kwargs.setdefault("initial", {name: getattr(endorsement, name) for name in names})
        super().__init__(*args, **kwargs)
        self.offer(endorsement.version)
        for name in names[:3] if not is_open else ():
            self.fields[name].disabled = True
        self.endorsement = endorsement

    def clean(self):
        given = super().clean()
        if given.get("reservation") == self.endorsement.reservation:
            given["language"] = self.endorsement.reservation_language
        return given
