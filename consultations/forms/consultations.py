"""What a coordinator says of a consultation, language by language."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations.forms.fields import LocalMomentField, TitledField, ZoneField, on_clock, shown_on_clock
from consultations.forms.trials import ShowsWhoMoves
from consultations.models import Consultation
from portal import languages
from portal.forms.base import CreatingForm, OperationForm
from portal.forms.differences import ShowsDifferences
from portal.forms.fields import LineField, PassageField
from portal.models import Objective, Process, Region, TextState
from portal.operations import texts
from portal.templatetags.portal import language_name
from resources.forms.documents import OWN_NAMES, ObjectivesField

LARGEST_TEXT = 100_000
PLAIN = (
    "kind",
    "mode",
    "process",
    "region",
    "place",
    "begins_on",
    "begins_precision",
    "access",
    "attribution",
)
PLAIN += (
    "interpretation",
    "time_zone",
    "takes_registrations",
    "approval",
    "places",
    "places_per_organization",
    "offer_hours",
)
WAITING = (TextState.State.MACHINE, TextState.State.DRAFT, TextState.State.STALE)


@dataclass
class ConsultationPart:
    """The fields of a consultation in one language."""

    form: forms.Form
    language: str

    ORDER = ("title", "summary", "approved", "body", "approved_body")

    @property
    def direction(self):
        return languages.direction(self.language)

    @property
    def name(self):
        return languages.name(self.language)

    @property
    def is_original(self):
        return self.language == self.form.original_language

    @property
    def fields(self):
        names = (f"{name}_{self.language}" for name in self.ORDER)
        return [self.form[name] for name in names if name in self.form.fields]

    @property
    def is_open(self):
        """Shown unfolded: the original, what has errors, what holds something."""
        if self.is_original or any(field.errors for field in self.fields):
            return True
        return any(self.form[f"{name}_{self.language}"].value() for name in ("title", "summary", "body"))


class DescribesConsultation(forms.Form):
    """What a consultation is, whom it is for, when and how one registers."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Consultation.Kind.choices)
    process = TitledField(label=_("Process"), queryset=Process.objects.none(), required=False)
    mode = forms.ChoiceField(label=_("How it is held"), choices=Consultation.Mode.choices)
    place = LineField(label=_("Place"), max_length=200, required=False)
    region = TitledField(label=_("Region"), queryset=Region.objects.order_by("code"), required=False)
    begins_on = forms.DateField(
        label=_("Day on which it begins"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Only until meetings have their times: from then on it follows them."),
    )
    begins_precision = forms.ChoiceField(
        label=_("How exact the date is"),
        choices=Consultation.Precision.choices,
        initial=Consultation.Precision.DAY,
        required=False,
    )
    objectives = ObjectivesField(
        label=_("Objectives"),
        queryset=Objective.objects.order_by("number"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    interpretation = forms.MultipleChoiceField(
        label=_("Interpretation into"),
        choices=OWN_NAMES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    access = forms.ChoiceField(
        label=_("Who sees it and may register"),
        choices=[
            (Consultation.Access.PUBLIC, _("Everybody sees it; any verified organization may register")),
            (Consultation.Access.MEMBERS, _("Members only: verified organizations of civil society")),
            (Consultation.Access.INVITED, _("By invitation: nobody else learns that it exists")),
        ],
        initial=Consultation.Access.PUBLIC,
    )
    attribution = forms.ChoiceField(
        label=_("May be said who said what?"),
        choices=[
            (Consultation.Attribution.ATTRIBUTED, _("Yes: what is said may be quoted with the name")),
            (Consultation.Attribution.NOT_ATTRIBUTED, _("No: it may be used, never with a name")),
            (Consultation.Attribution.CONFIDENTIAL, _("Confidential: nothing leaves the room")),
        ],
    )
    takes_registrations = forms.BooleanField(label=_("Organizations register here"), required=False)
    time_zone = ZoneField(label=_("Time zone of the event"), initial="UTC")
    opens_at = LocalMomentField(
        label=_("Registration opens"), required=False, help_text=_("Left empty, it opens when you open it.")
    )
    closes_at = LocalMomentField(
        label=_("Registration closes"), required=False, help_text=_("On the clock of the event's zone.")
    )
    approval = forms.ChoiceField(
        label=_("Registrations are confirmed"),
        choices=Consultation.Approval.choices,
        initial=Consultation.Approval.AUTOMATIC,
    )
    places = forms.IntegerField(
        label=_("Places"),
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text=_("Each delegate takes one. Left empty, there is no limit."),
    )
    places_per_organization = forms.IntegerField(
        label=_("Delegates of one organization, at most"), min_value=1, max_value=50, initial=3
    )

    offer_hours = forms.IntegerField(
        label=_("Hours for which a place that frees is offered"),
        required=False,
        min_value=1,
        max_value=720,
        help_text=_(
            "The next in line takes it in this time or gives it back; else it goes on. Left empty, it is theirs at once."
        ),
    )

    def __init__(self, *args, reader, original_language, consultation=None, **kwargs):
        if consultation is not None:
            kwargs.setdefault("initial", values_of(consultation))
        super().__init__(*args, **kwargs)
        self.original_language = original_language
        self.fields["time_zone"].offer(consultation.time_zone if consultation else "")
        self._offer_processes(reader, consultation)
        for code in languages.CODES:
            self._add_language(code)

    def _offer_processes(self, reader, consultation):
        """All that the reader sees; to whoever coordinates only some, those, and the one that it is in."""
        field, processes = self.fields["process"], Process.objects.visible_to(reader)
        if not reader.coordinates_everything:
            now_in = consultation.process_id if consultation is not None else None
            processes = processes.filter(pk__in={*reader.scope_ids(Process), now_in} - {None})
            field.required = consultation is None or now_in is not None
        field.queryset = processes.order_by(F("begins_on").desc(nulls_last=True), "-pk")

    def _add_language(self, code):
        """The fields of a language; the original needs no approval and no less than a title."""
        way = {"lang": code, "dir": languages.direction(code)}
        here = {"language": language_name(code)}
        is_original = code == self.original_language
        self.fields[f"title_{code}"] = LineField(
            label=_("Title in %(language)s") % here,
            max_length=300,
            required=is_original,
            widget=forms.TextInput(attrs=way),
        )
        self.fields[f"summary_{code}"] = PassageField(
            label=_("Summary in %(language)s") % here,
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3} | way),
        )
        self.fields[f"body_{code}"] = PassageField(
            label=_("Description and agenda in %(language)s") % here,
            max_length=LARGEST_TEXT,
            required=False,
            widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "true"} | way),
            help_text=_(
                "In Markdown, for weak connections. Never write a join address here: everybody reads it."
            ),
        )
        if not is_original:
            self.fields[f"approved_{code}"] = forms.BooleanField(
                label=_("Title and summary are approved: readers see them"), required=False, initial=True
            )
            self.fields[f"approved_body_{code}"] = forms.BooleanField(
                label=_("The description is approved: readers see it"), required=False, initial=True
            )

    @property
    def by_language(self):
        """The fields of each language, the original first."""
        order = sorted(languages.CODES, key=lambda code: code != self.original_language)
        return [ConsultationPart(self, code) for code in order]

    def clean(self):
        """Put moments on their clock, and gather the texts as the operation takes them."""
        given = super().clean()
        for name in ("opens_at", "closes_at"):
            try:
                given[name] = on_clock(given.get(name), given.get("time_zone"), is_end=name == "closes_at")
            except ValidationError as error:
                self.add_error(name, error)
        values = {name: given[name] for name in given if name.rpartition("_")[2] not in languages.CODES}

        def gathered(field):
            return {code: given[f"{field}_{code}"] for code in languages.CODES if f"{field}_{code}" in given}

        summaries = gathered("summary")
        return values | {
            "titles": {
                code: {"title": title, "summary": summaries.get(code, "")}
                for code, title in gathered("title").items()
            },
            "bodies": gathered("body"),
            "approved": {code for code, ticked in gathered("approved").items() if ticked},
            "approved_bodies": {code for code, ticked in gathered("approved_body").items() if ticked},
        }

    def clean_begins_precision(self):
        return self.cleaned_data["begins_precision"] or Consultation.Precision.DAY


class NewConsultationForm(DescribesConsultation, CreatingForm):
    """A consultation is drafted; its original language was chosen before anything was typed."""

    original_language = forms.ChoiceField(choices=OWN_NAMES, widget=forms.HiddenInput)

    def __init__(self, data=None, *args, original=None, **kwargs):
        asked = data.get("original_language") if data else original
        super().__init__(data, *args, original_language=languages.supported(asked, get_language()), **kwargs)
        self.fields["original_language"].initial = self.original_language
        self.fields["takes_registrations"].initial = True


class EditConsultationForm(ShowsWhoMoves, ShowsDifferences, DescribesConsultation, OperationForm):
    """A consultation is changed, from the version that its editor saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why_moved = LineField(
        label=_("If a date moves: why?"),
        max_length=300,
        required=False,
        help_text=_("Everybody sees it, beside the earlier date."),
    )
    changes_meaning = forms.TypedChoiceField(
        label=_("What changed in the original?"),
        choices=[
            ("yes", _("The meaning: translations must be looked at again")),
            ("no", _("Only the wording")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )

    def __init__(self, *args, consultation, **kwargs):
        original = consultation.original_language
        super().__init__(*args, consultation=consultation, original_language=original, **kwargs)
        self.consultation = consultation
        if consultation.status == Consultation.Status.DRAFT:
            del self.fields["why_moved"]
        if not consultation.text_states.all():
            del self.fields["changes_meaning"]

    def changes_places(self):
        return self.cleaned_data["places"] != self.consultation.places

    def differences(self, consultation):
        """Where what was typed and what somebody saved meanwhile part."""
        return self.compared_with(values_of(consultation), version=consultation.version)


def values_of(consultation):
    """What the form of a consultation shows at first."""
    values = {name: getattr(consultation, name) for name in (*PLAIN, "version")}
    values |= {
        name: shown_on_clock(getattr(consultation, name), consultation.time_zone)
        for name in ("opens_at", "closes_at")
    }
    values["objectives"] = [objective.pk for objective in consultation.objectives.all()]
    states = {(row.group, row.language): row.state for row in consultation.text_states.all()}
    bodies = {body.language: body.markdown for body in consultation.bodies.all()}
    for code in languages.CODES:
        values[f"title_{code}"] = getattr(consultation, f"title_{code}") or ""
        values[f"summary_{code}"] = getattr(consultation, f"summary_{code}") or ""
        values[f"body_{code}"] = bodies.get(code, "")
        values[f"approved_{code}"] = states.get((texts.CARD, code)) not in WAITING
        values[f"approved_body_{code}"] = states.get((texts.BODY, code)) not in WAITING
    return values
