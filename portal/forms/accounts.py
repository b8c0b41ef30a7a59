"""The form of one's own settings."""

from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

from babel.dates import get_timezone_location
from django import forms
from django.conf import settings
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal import languages, names
from portal.forms.base import OperationForm
from portal.forms.fields import LineField

AREAS = {
    "Africa": _("Africa"),
    "America": _("Americas"),
    "Asia": _("Asia"),
    "Europe": _("Europe"),
    "Australia": _("Australia"),
    "Pacific": _("Pacific Ocean"),
    "Atlantic": _("Atlantic Ocean"),
    "Indian": _("Indian Ocean"),
    "Antarctica": _("Antarctica"),
    "Arctic": pgettext_lazy("part of the world", "Arctic"),
}


@cache
def cities(language):
    """Zones by part of the world, each under its city's name in this language: {area: [(zone, city)]}."""
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    zones = {line.split("\t")[2] for line in table.splitlines() if line and not line.startswith("#")}
    found = {}
    for zone in zones:
        city = get_timezone_location(zone, locale=language, return_city=True)
        found.setdefault(zone.split("/")[0], []).append((zone, city))
    return {area: sorted(rows, key=lambda row: names.fold(row[1])) for area, rows in found.items()}


def zone_choices(language, current=""):
    """The choices of a select of time zones, the current one always among them."""
    found = cities(language)
    groups = [(label, found[area]) for area, label in AREAS.items() if area in found]
    known = {zone for _area, rows in groups for zone, _city in rows}
    first = [("UTC", "UTC")]
    if current and current not in known | {"UTC"} and current in available_timezones():
        first.append((current, current))
    return [*first, *groups]


class AccountForm(OperationForm):
    """How a person is called, in which language we write, in which zone moments are shown."""

    name = LineField(
        label=_("Your name"),
        max_length=150,
        required=False,
        help_text=_("Shown to your colleagues and to the coordinators, never in public."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language of the pages and messages"),
        choices=[(code, languages.name(code)) for code, _name in settings.LANGUAGES],
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Moments are shown in this zone, beside the zone of the event.")
    )

    def __init__(self, *args, person, **kwargs):
        initial = {"name": person.name, "language": person.language, "time_zone": person.time_zone}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["time_zone"].choices = zone_choices(get_language(), person.time_zone)


class ErasureForm(OperationForm):
    """That somebody wants to be erased, and knows what it brings: nothing brings anything back."""

    agreed = forms.BooleanField(label=_("I have read this. Erase my account and what is held about me."))

    def run(self, operation, *things, agreed, **values):
        return super().run(operation, *things, **values)
