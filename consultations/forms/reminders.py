"""When a coordinator has people reminded: so long before what it is about, or at a moment."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.forms.fields import LocalMomentField, on_clock
from consultations.models import Reminder
from portal.forms.base import CreatingForm, OperationForm

ABOUT = [
    (Reminder.About.DEADLINE, _("Registration closes: to members that have not registered")),
    (Reminder.About.MEETING, _("A meeting: to all who are confirmed for it")),
    (Reminder.About.NAMING, _("Places without names: to those who hold them")),
]
UNITS = [
    ("1", pgettext_lazy("unit of time", "hours")),
    ("24", pgettext_lazy("unit of time", "days")),
    ("168", pgettext_lazy("unit of time", "weeks")),
]
LONGEST = 24 * 7 * 52


class ReminderForm(CreatingForm):
    """A time before, or a moment on the event's clock: one of the two."""

    about = forms.ChoiceField(label=_("Of what"), choices=ABOUT)
    number = forms.IntegerField(label=_("So long before"), min_value=1, max_value=LONGEST, required=False)
    unit = forms.TypedChoiceField(
        label=pgettext_lazy("unit of time", "Unit"),
        choices=UNITS,
        coerce=int,
        initial="24",
        required=False,
        empty_value=24,
    )
    at = LocalMomentField(
        label=_("Or at this moment"),
        required=False,
        help_text=_("On the clock of the event's zone. It stays where it is when dates move."),
    )

    def __init__(self, *args, consultation, **kwargs):
        super().__init__(*args, **kwargs)
        self.consultation = consultation

    def clean_at(self):
        return on_clock(self.cleaned_data["at"], self.consultation.time_zone)

    def clean(self):
        given = super().clean()
        number, at = given.get("number"), given.get("at")
        if not self.errors and (number is None) == (at is None):
            raise ValidationError(_("Give a time before, or a moment: one of the two."))
        hours = (number or 0) * given.get("unit", 24)
        if hours > LONGEST:
            self.add_error("number", _("At most a year before."))
        return {"once": given.get("once"), "about": given.get("about"), "hours": hours or None, "at": at}


class RemoveReminderForm(OperationForm):
    """Which time is no longer wanted."""

    about = forms.ChoiceField(choices=ABOUT)
    hours = forms.IntegerField(required=False)
    at = forms.DateTimeField(required=False, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"])
