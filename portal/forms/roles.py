"""Giving somebody a kind of work, and saying when it ends."""

from datetime import datetime, time

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.forms.base import CreatingForm, OperationForm
from portal.models import Role

EVERYTHING = "everything"
KINDS = [
    (
        Role.Kind.COORDINATOR,
        _("Coordinator: plans, decides and publishes, and reads what organizations give"),
    ),
    (Role.Kind.TRANSLATOR, _("Translator: writes translations and approves them")),
    (Role.Kind.RAPPORTEUR, _("Rapporteur: reads all that is given to a call, with names, and sorts it")),
    (Role.Kind.DRAFTER, _("Drafter: writes papers together with others")),
    (Role.Kind.ADMINISTRATOR, _("Administrator: may do everything, and gives and takes roles")),
]


class LastDayField(forms.DateField):
    """A day to whose end something lasts, on the clock of whoever says it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value):
        day = super().to_python(value)
        return day and datetime.combine(day, time(23, 59), timezone.get_current_timezone())

    def prepare_value(self, value):
        return timezone.localdate(value) if isinstance(value, datetime) else value


class RoleForm(CreatingForm):
    """Who, which kind of work, for what, until when; `places` are the things that it can be for, by sort."""

    email = forms.EmailField(
        label=_("E-mail address with which the person signs in"),
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr"}),
    )
    kind = forms.ChoiceField(label=_("Role"), choices=KINDS, widget=forms.RadioSelect)
    where = forms.ChoiceField(label=_("For what"), initial=EVERYTHING)
    until = LastDayField(
        label=_("Last day of the role"),
        required=False,
        help_text=_(
            "Two weeks before, the person and the administrators are reminded. Empty: it has no end."
        ),
    )

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.things = {value: thing for _label, rows in places for value, _title, thing in rows}
        self.fields["where"].choices = [
            (EVERYTHING, _("Everything")),
            (_("One language"), settings.LANGUAGES),
            *((label, [row[:2] for row in rows]) for label, rows in places if rows),
        ]

    def clean(self):
        """Say what it is for as the operation takes it."""
        given = super().clean()
        where = given.pop("where", EVERYTHING)
        given["language"] = where if where in dict(settings.LANGUAGES) else ""
        given["scope"] = self.things.get(where)
        return given


class RoleEndForm(OperationForm):
    """The last day of a role that somebody has."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    until = LastDayField(
        label=_("Last day of the role"), required=False, help_text=_("Empty: it has no end.")
    )
