"""What forms ask of time and of things: moments on the clock of an event, choices of things by their titles."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal import dates
from portal.forms.accounts import zone_choices
from portal.forms.fields import ThingField

YEARS = range(2000, 2100)
SHOWN = "%Y-%m-%dT%H:%M"


class LocalMomentField(forms.Field):
    """A day and an hour as the clock of the event shows them; which clock that is, another field says."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=SHOWN)

    def __init__(self, *, is_end=True, **kwargs):
        super().__init__(**kwargs)
        self.is_end = is_end  # which of the two, where the clock shows an hour twice

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            moment = datetime.fromisoformat(str(value).strip())
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is not None or moment.year not in YEARS:
            raise ValidationError(_("Give a day and an hour, such as 2027-09-21 14:00."))
        return moment.replace(second=0, microsecond=0)


def on_clock(moment, zone, *, is_end=False):
    """The moment that a clock in a zone shows so; one that it never shows is refused.

    When clocks are put back an hour comes twice: something begins at the first, and ends, for the good of whoever
    is late, at the second.
    """
    if moment is None:
        return None
    found = moment.replace(tzinfo=dates.zone_of(zone), fold=int(is_end))
    if found.astimezone(dates.zone_of("UTC")).astimezone(found.tzinfo).replace(tzinfo=None) != moment:
        raise ValidationError(_("Clocks are put forward at that hour: this moment does not exist there."))
    return found


def shown_on_clock(moment, zone):
    """A moment as the field shows it."""
    return moment.astimezone(dates.zone_of(zone)).strftime(SHOWN) if moment else ""


class ZoneField(forms.ChoiceField):
    """A time zone by its city."""

    def offer(self, current=""):
        self.choices = zone_choices(get_language(), current)


class TitledField(ThingField):
    """One of some things, by its title."""

    def label_from_instance(self, thing):
        return thing.text("title", get_language()).text or str(thing)


class MomentForm(forms.Form):
    """When something publishes itself: what is typed becomes the moment that the clock of the place then shows."""

    at = LocalMomentField(label=_("Publish at"))
    time_zone = ZoneField(label=_("Time zone"))

    def __init__(self, *args, zone, initial=None, **kwargs):
        super().__init__(*args, initial={"time_zone": zone} | (initial or {}), **kwargs)
        self.fields["time_zone"].offer(zone)

    def clean(self):
        given = super().clean()
        if given.get("at") and given.get("time_zone"):
            try:
                given["at"] = on_clock(given["at"], given["time_zone"])
            except ValidationError as error:
                self.add_error("at", error)
        return given
