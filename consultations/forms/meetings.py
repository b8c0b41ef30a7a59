"""What a coordinator says of a meeting: when, for whom, its agenda, who leads it, where the confirmed join."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from consultations.forms.fields import (
    LocalMomentField,
    NamesField,
    TitledField,
    ZoneField,
    on_clock,
    shown_on_clock,
)
from consultations.models import Meeting
from consultations.sittings import PEOPLE
from portal import languages
from portal.forms.base import CreatingForm
from portal.forms.fields import OWN_NAMES, LineField, ObjectivesField, PassageField, WebAddressField
from portal.forms.words import LanguagePart
from portal.models import Objective
from portal.templatetags.portal import language_name
from resources.models import Document

LARGEST_AGENDA = 50_000
LAST_ROUND = 99
SHARED = ("round_number", "circle", "objectives")  # by a repetition with what it repeats


class MeetingPart(LanguagePart):
    """The fields of a meeting in one language."""

    NAMES = ("title", "agenda")


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
    round_number = forms.IntegerField(label=_("Round"), min_value=1, max_value=LAST_ROUND)
    circle = forms.ChoiceField(label=_("For whom"), choices=Meeting.Circle.choices)
    join_url = WebAddressField(
        label=_("Join address"),
        required=False,
        max_length=500,
        help_text=_("Only the confirmed see it. When it comes or changes, they are told."),
    )

    objectives = ObjectivesField(
        label=_("Objectives"),
        queryset=Objective.objects.order_by("number"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, consultation, meeting=None, repeats=None, **kwargs):
        start = values_of(meeting) if meeting else values_after(consultation)
        kwargs.setdefault("initial", start)
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].offer(self.initial["time_zone"])
        self.original_language = consultation.original_language
        self.is_repetition = bool(repeats or (meeting and meeting.repeats_id))
        if meeting is None or consultation.status == consultation.Status.DRAFT:
            del self.fields["why_moved"]
        if meeting is None:
            del self.fields["version"]
        for name in SHARED if self.is_repetition else ():
            del self.fields[name]
        for code in () if self.is_repetition else languages.CODES:
            self._add_language(code)
        for role, label in PEOPLE.items():
            self.fields[role] = NamesField(label=label, help_text=_("One on each line."))

    def _add_language(self, code):
        """What is written in a language; a meeting without title is called by its round."""
        way, here = {"lang": code, "dir": languages.direction(code)}, {"language": language_name(code)}
        self.fields[f"title_{code}"] = LineField(
            label=_("Title in %(language)s") % here,
            max_length=300,
            required=False,
            widget=forms.TextInput(attrs=way),
        )
        self.fields[f"agenda_{code}"] = PassageField(
            label=_("Agenda in %(language)s") % here,
            max_length=LARGEST_AGENDA,
            required=False,
            widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "true"} | way),
            help_text=_("In Markdown. Whoever sees the meeting reads it: never write a join address here."),
        )

    def follow(self, meeting):
        """Go on from the version that somebody saved meanwhile: sending again then counts as decided."""
        if self.data.get("version") not in (None, str(meeting.version)):
            self.data = self.data.copy()
            self.data["version"] = meeting.version

    @property
    def by_language(self):
        """The fields of each language, the original first; a repetition has none of its own."""
        order = sorted(languages.CODES, key=lambda code: code != self.original_language)
        return [] if self.is_repetition else [MeetingPart(self, code) for code in order]

    @property
    def people(self):
        return [self[role] for role in PEOPLE]

    def clean(self):
        """Put both moments on their clock, and gather texts and people as the operation takes them."""
        given = super().clean()
        for name in ("starts_at", "ends_at"):
            try:
                given[name] = on_clock(given.get(name), given.get("time_zone"), is_end=name == "ends_at")
            except ValidationError as error:
                self.add_error(name, error)
        people = {role: given.pop(role, []) for role in PEOPLE}
        given["people"] = {role: names for role, names in people.items() if names}
        if self.is_repetition:
            return given
        titles = {code: {"title": given.pop(f"title_{code}", "")} for code in languages.CODES}
        agendas = {code: given.pop(f"agenda_{code}", "") for code in languages.CODES}
        return given | {"titles": titles, "agendas": agendas}


def values_after(consultation):
    """What the form of a further meeting shows at first: the next round, on the clock of the event."""
    rounds = [meeting.round_number for meeting in consultation.meetings.all()]
    return {"round_number": min(max(rounds, default=0) + 1, LAST_ROUND), "time_zone": consultation.time_zone}


def values_of(meeting):
    """What the form of a meeting shows at first."""
    values = {name: getattr(meeting, name) for name in ("version", "time_zone", "round_number", "circle")}
    values |= {
        name: shown_on_clock(getattr(meeting, name), meeting.time_zone) for name in ("starts_at", "ends_at")
    }
    values["join_url"] = meeting.join_url
    values["objectives"] = [objective.pk for objective in meeting.objectives.all()]
    values |= {f"title_{code}": getattr(meeting, f"title_{code}") or "" for code in languages.CODES}
    values |= {f"agenda_{body.language}": body.markdown for body in meeting.bodies.all()}
    return values | meeting.people


class GroupsForm(CreatingForm):
    """Which objectives have a group of their own that breaks out of a meeting."""

    objectives = ObjectivesField(
        label=_("Objectives"),
        queryset=Objective.objects.order_by("number"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one objective.")},
    )


class MaterialForm(CreatingForm):
    """A file, or a document of the library, to put beside a meeting."""

    upload = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("A PDF or a picture, at most 10 MB. What tells of its makers is taken out."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )
    document = TitledField(
        label=_("Or a document of the library"),
        queryset=Document.objects.none(),
        required=False,
        help_text=_("Whoever may not read the document does not see it here either."),
    )
    title = LineField(
        label=_("What it is"), max_length=200, required=False, help_text=_("Left empty: the file's name.")
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("Several, or none")), *OWN_NAMES], required=False
    )
    is_afterwards = forms.TypedChoiceField(
        label=_("When it is of use"),
        choices=[("", _("Before the meeting, or in it")), ("yes", _("Afterwards: what the meeting gave"))],
        coerce=lambda value: value == "yes",
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )

    def __init__(self, *args, documents, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = documents
