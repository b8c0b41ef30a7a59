"""What is urgent: what a coordinator asks, and what an organization marks."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from consultations.forms.meeting_notes import ThemesField
from consultations.models import Theme
from consultations.models.priorities import MOST
from portal.forms.base import OperationForm
from portal.forms.groups import OrganizationField
from portal.forms.moments import LocalMomentField, on_clock, shown_on_clock
from portal.models import Organization


class AskUrgentForm(OperationForm):
    """Which themes are offered, how many an organization may mark, and until when."""

    themes = ThemesField(label=_("Themes that are offered"), queryset=Theme.objects.none())
    most = forms.IntegerField(
        label=_("How many each organization may mark"), min_value=1, max_value=MOST, initial=3
    )
    until = LocalMomentField(label=_("Until when"))

    def __init__(self, *args, call, themes, **kwargs):
        offered = [theme.pk for theme in themes if theme.status == Theme.Status.PUBLISHED]
        kwargs["initial"] = {
            "themes": offered or [theme.pk for theme in themes],
            "most": call.urgent_most or 3,
            "until": shown_on_clock(call.urgent_until, call.time_zone),
        }
        super().__init__(*args, **kwargs)
        self.call = call
        self.fields["themes"].queryset = themes

    def clean_until(self):
        return on_clock(self.cleaned_data["until"], self.call.time_zone, is_end=True)

    def clean_themes(self):
        return list(self.cleaned_data["themes"])


class MarkUrgentForm(OperationForm):
    """The themes that are urgent for one of one's organizations."""

    organization = OrganizationField(label=_("For which organization"), queryset=Organization.objects.none())
    themes = ThemesField(label=_("What is urgent"), queryset=Theme.objects.none(), required=False)

    def __init__(self, *args, call, organizations, themes, marked, **kwargs):
        kwargs["initial"] = {"organization": organizations[0], "themes": marked}
        super().__init__(*args, **kwargs)
        self.call = call
        own = Organization.objects.filter(pk__in=[row.pk for row in organizations])
        self.fields["organization"].queryset = own.order_by("pk")
        if len(organizations) == 1:
            self.fields["organization"].widget = forms.HiddenInput()
        self.fields["themes"].queryset = themes

    def clean_themes(self):
        found = list(self.cleaned_data["themes"])
        if len(found) > self.call.urgent_most:
            raise ValidationError(_("Mark at most %(number)s of them.") % {"number": self.call.urgent_most})
        return found
