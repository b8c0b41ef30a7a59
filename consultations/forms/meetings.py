"""What a coordinator says of a meeting: when, for whom, who leads it, where the confirmed join."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from consultations.forms.fields import (
    LocalMomentField,
    NamesField,
    ZoneField,
    on_clock,
    shown_on_clock,
)
from consultations.models import Meeting
from consultations.sittings import PEOPLE
from portal import languages
from portal.forms.base import CreatingForm
from portal.forms.fields import LineField, WebAddressField
from portal.templatetags.portal import language_name


class MeetingForm(CreatingForm):
    """A meeting, set or changed; its times are on the clock of its own zone."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    starts_at = LocalMomentField(label=_("Begins"), required=False)
    ends_at = LocalMomentField(label=_("Ends"), required=False)
    time_zone = ZoneField(label=_("Time zone of the event"))
    why_moved = LineField(
        label=_("If a date moves: why?"),
        max_length=300,
        required=False,
        help_text=_("Whoever registered is told the new time, the old one and this."),
    )
    round_number = forms.IntegerField(label=_("Round"), min_value=1, max_value=99, initial=1)
    circle = forms.ChoiceField(label=_("For whom"), choices=Meeting.Circle.choices)
    join_url = WebAddressField(
        label=_("Join address"),
        required=False,
        max_length=500,
        help_text=_("Only the confirmed see it. When it comes or changes, they are told."),
    )

    def __init__(self, *args, consultation, meeting=None, **kwargs):
        kwargs.setdefault("initial", values_of(meeting) if meeting else {"time_zone": consultation.time_zone})
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].offer(self.initial["time_zone"])
        if meeting is None or consultation.status == consultation.Status.DRAFT:
            del self.fields["why_moved"]
        if meeting is None:
            del self.fields["version"]
        self.original_language = consultation.original_language
        for code in languages.CODES:
            self.fields[f"title_{code}"] = LineField(
                label=_("Title in %(language)s") % {"language": language_name(code)},
                max_length=300,
                required=False,
                widget=forms.TextInput(attrs={"lang": code, "dir": languages.direction(code)}),
            )
        for role, label in PEOPLE.items():
            self.fields[role] = NamesField(label=label, help_text=_("One on each line."))

    def follow(self, meeting):
        """Go on from the version that somebody saved meanwhile: sending again then counts as decided."""
        if self.data.get("version") not in (None, str(meeting.version)):
            self.data = self.data.copy()
            self.data["version"] = meeting.version

    @property
    def titles(self):
        order = sorted(languages.CODES, key=lambda code: code != self.original_language)
        return [self[f"title_{code}"] for code in order]

    @property
    def people(self):
        return [self[role] for role in PEOPLE]

    def clean(self):
        """Put both moments on their clock, and gather titles and people as the operation takes them."""
        given = super().clean()
        for name in ("starts_at", "ends_at"):
            try:
                given[name] = on_clock(given.get(name), given.get("time_zone"), is_end=name == "ends_at")
            except ValidationError as error:
                self.add_error(name, error)
        titles = {code: {"title": given.pop(f"title_{code}", "")} for code in languages.CODES}
        people = {role: given.pop(role, []) for role in PEOPLE}
        return given | {"titles": titles, "people": {role: names for role, names in people.items() if names}}


def values_of(meeting):
    """What the form of a meeting shows at first."""
    values = {name: getattr(meeting, name) for name in ("version", "time_zone", "round_number", "circle")}
    values |= {
        name: shown_on_clock(getattr(meeting, name), meeting.time_zone) for name in ("starts_at", "ends_at")
    }
    values["join_url"] = meeting.join_url
    values |= {f"title_{code}": getattr(meeting, f"title_{code}") or "" for code in languages.CODES}
    return values | meeting.people
