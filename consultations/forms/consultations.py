"""What a coordinator says of a consultation, beside its texts."""

from itertools import groupby

from django import forms
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations.forms.trials import ShowsWhoMoves
from consultations.models import Consultation
from portal.forms.fields import OWN_NAMES, LineField
from portal.forms.moments import LocalMomentField, TitledField, ZoneField
from portal.forms.records import ProcessField, RecordForm
from portal.models import Phase, Region


class PhasesByProcess(forms.models.ModelChoiceIterator):
    """The choices of phases, each under its process."""

    def __iter__(self):
        yield ("", self.field.empty_label)
        for process, phases in groupby(self.queryset, key=lambda phase: phase.process):
            yield (said(process), [self.choice(phase) for phase in phases])


def said(process):
    return process.text("title", get_language()).text or str(process)


class PhaseField(TitledField):
    """A phase of one of the processes that are offered."""

    iterator = PhasesByProcess

    def __init__(self, **kwargs):
        super().__init__(label=_("Phase"), queryset=Phase.objects.none(), required=False, **kwargs)

    def offer(self, reader, processes):
        """The phases of these processes, in the order in which these stand."""
        phases = Phase.objects.visible_to(reader).filter(process__in=processes).select_related("process")
        order = (
            F("process__begins_on").desc(nulls_last=True),
            "-process",
            F("begins_on").asc(nulls_last=True),
        )
        self.queryset = phases.order_by(*order, "pk")


class ConsultationForm(ShowsWhoMoves, RecordForm):
    """What a consultation is, whom it is for, when and how one registers."""

    body_label = _("Description and agenda in %(language)s")
    body_help = _("In Markdown, for weak connections. Never write a join address here: everybody reads it.")
    body_approval = _("The description is approved: readers see it")

    kind = forms.ChoiceField(label=_("Kind"), choices=Consultation.Kind.choices)
    process = ProcessField()
    phase = PhaseField(help_text=_("One of the process above."))
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
    ends_on = ends_precision = None  # as the last meeting ends
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
    takes_registrations = forms.BooleanField(
        label=_("Organizations register here"), required=False, initial=True
    )
    time_zone = ZoneField(label=_("Time zone of the event"))
    opens_at = LocalMomentField(
        label=_("Registration opens"),
        required=False,
        is_end=False,
        help_text=_("Left empty, it opens when you open it."),
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

    SECTIONS = (
        (_("What it is"), ("kind", "process", "phase", "mode", "place", "region")),
        (_("Whom it concerns"), ("objectives", "access", "attribution", "interpretation")),
        (_("When"), ("time_zone", "begins_on", "begins_precision")),
        (
            _("Registration"),
            (
                "takes_registrations",
                "opens_at",
                "closes_at",
                "why_moved",
                "approval",
                "places",
                "places_per_organization",
                "offer_hours",
            ),
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        processes = self.fields["process"].queryset
        self.fields["phase"].offer(self.request.reader, processes.order_by())
        if self.record is None:
            self.fields["process"].initial = processes.filter(is_current=True).first()

    @property
    def consultation(self):
        return self.record

    def changes_places(self):
        return self.record is not None and self.cleaned_data["places"] != self.record.places

    def clean_begins_precision(self):
        return self.cleaned_data["begins_precision"] or Consultation.Precision.DAY
