"""Whom a coordinator invites to register for a room by invitation; for which organization an invitation is."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations.forms.fields import LocalMomentField, on_clock, shown_on_clock
from portal.forms.base import CreatingForm, OperationForm
from portal.forms.fields import LinesField
from portal.models import Organization

MOST = 40


class OrganizationsField(forms.ModelMultipleChoiceField):
    """Some organizations, each by its name."""

    def label_from_instance(self, organization):
        return organization.text("name", get_language()).text


class AddressesField(LinesField):
    """Some e-mail addresses, one on each line."""

    def validate(self, value):
        super().validate(value)
        for line in value:
            validate_email(line)
        if len(value) > MOST:
            raise ValidationError(_("At most %(number)s addresses at a time.") % {"number": MOST})


class AdmissionForm(CreatingForm):
    """Organizations, or addresses; until when they may register."""

    organizations = OrganizationsField(
        label=_("Organizations"),
        queryset=Organization.objects.none(),
        required=False,
        help_text=_("Their people and their shared mailboxes are written to."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    emails = AddressesField(
        label=_("Or e-mail addresses"),
        required=False,
        max_length=10_000,
        help_text=_("One on each line. Whoever reads there says for which organization the invitation is."),
        widget=forms.Textarea(attrs={"dir": "ltr", "rows": 3}),
    )
    language = forms.ChoiceField(
        label=_("Language of the invitation"),
        choices=settings.LANGUAGES,
        help_text=_("For an address that is new here; others have chosen theirs."),
    )
    ends_at = LocalMomentField(
        label=_("Valid until"), required=False, help_text=_("On the clock of the event's zone.")
    )

    def __init__(self, *args, consultation, organizations, **kwargs):
        ends = shown_on_clock(consultation.closes_at, consultation.time_zone)
        kwargs.setdefault("initial", {"ends_at": ends, "language": get_language()})
        super().__init__(*args, **kwargs)
        self.consultation = consultation
        self.fields["organizations"].queryset = organizations

    def clean_ends_at(self):
        return on_clock(self.cleaned_data["ends_at"], self.consultation.time_zone, is_end=True)


class TakeUpForm(OperationForm):
    """For which of one's organizations an invitation is."""

    organization = forms.ChoiceField(label=_("Which organization do you register?"), widget=forms.RadioSelect)

    def __init__(self, *args, organizations, **kwargs):
        super().__init__(*args, **kwargs)
        self.organizations = {str(row.key): row for row in organizations}
        language = get_language()
        self.fields["organization"].choices = [
            (key, row.text("name", language).text) for key, row in self.organizations.items()
        ]

    def clean_organization(self):
        return self.organizations[self.cleaned_data["organization"]]
