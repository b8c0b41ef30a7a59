"""What a coordinator says of a commitment or a submission, and what is reported on one on a day."""

import uuid

from django import forms
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations.models import AccreditationTrack, Commitment, Consultation, Paper
from portal import languages
from portal.forms.base import CreatingForm, OperationForm
from portal.forms.fields import LineField, PassageField, ThingField, WebAddressField
from portal.forms.groups import OrganizationField
from portal.forms.moments import LocalMomentField, TitledField, ZoneField
from portal.forms.records import ProcessField, RecordForm
from portal.models import Country, Organization
from resources.models import Document

LONGEST = 3000


class CountryField(ThingField):
    """A State by its name."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("State"), queryset=Country.objects.order_by("iso2"), required=False, **kwargs
        )

    def label_from_instance(self, country):
        return country.text("name", get_language()).text


def offer_things(form):
    """Offer consultations and documents that the coordinator sees, the newest first."""
    reader = form.request.reader
    newest = (F("begins_on").desc(nulls_last=True), "-pk")
    for name, model in (("consultation", Consultation), ("document", Document), ("door", AccreditationTrack)):
        if name in form.fields:
            form.fields[name].queryset = model.objects.visible_to(reader).order_by(*newest)


class CommitmentForm(RecordForm):
    """An ask, a shared commitment, a step on participation, or a pledge: by whom, where made."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Commitment.Kind.choices)
    process = ProcessField()
    made_by = LineField(
        label=_("By whom"),
        max_length=200,
        required=False,
        help_text=_("As it should be read: a body, a group of States, civil society."),
    )
    country = CountryField(help_text=_("Where one State made it, or is asked."))
    organization = OrganizationField(
        label=_("Organization that may report on it"),
        queryset=Organization.objects.none(),
        required=False,
        help_text=_("What it reports is shown once you have accepted it."),
    )
    consultation = TitledField(label=_("Made at"), queryset=Consultation.objects.none(), required=False)
    document = TitledField(label=_("Stands in"), queryset=Document.objects.none(), required=False)
    source_url = WebAddressField(label=_("Source"), required=False, max_length=2000)

    SECTIONS = (
        (
            _("What it is"),
            ("kind", "process", "made_by", "country", "organization", "consultation", "document"),
        ),
        RecordForm.WHEN,
        (_("Whom it concerns"), ("objectives", "access", "source_url")),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_things(self)
        verified = Organization.objects.filter(status=Organization.Status.VERIFIED)
        self.fields["organization"].queryset = verified.order_by("folded_name", "pk")


class SubmissionForm(RecordForm):
    """A text for an official body: to whom, by when, through which door, with which receipt."""

    body_label = _("Text handed over, in %(language)s")

    addressee = LineField(label=_("Addressee"), max_length=200)
    process = ProcessField()
    document = TitledField(
        label=_("The text, as a document of the library"), queryset=Document.objects.none(), required=False
    )
    consultation = TitledField(
        label=_("From which consultation"), queryset=Consultation.objects.none(), required=False
    )
    due_at = LocalMomentField(label=_("Due"), required=False)
    time_zone = ZoneField(label=_("Time zone of the addressee"), initial="UTC")
    handed_over_on = forms.DateField(
        label=_("Handed over on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    door = TitledField(label=_("By which door"), queryset=AccreditationTrack.objects.none(), required=False)
    door_words = LineField(
        label=_("By which door, in words"),
        max_length=200,
        required=False,
        help_text=_("A form, an address, a meeting: where it is not one of the doors above."),
    )
    receipt_words = LineField(
        label=_("Reference of the receipt"),
        max_length=200,
        required=False,
        help_text=_("A number or a word that proves it. Everybody reads it."),
    )
    begins_on = begins_precision = ends_on = ends_precision = None  # its moments are those below
    receipt = forms.FileField(
        label=_("Receipt as a file"),
        required=False,
        help_text=_("PDF, JPEG or PNG. Only coordinators can open it."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    SECTIONS = (
        (_("What it is"), ("addressee", "process", "document", "consultation")),
        (_("When"), ("due_at", "time_zone", "why_moved")),
        (_("Handing over"), ("handed_over_on", "door", "door_words", "receipt_words", "receipt")),
        RecordForm.ABOUT,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_things(self)
        if self.record is None and not self.is_bound:
            self.initial |= self._of_paper()

    def _of_paper(self):
        """What is known where a published paper is handed over: its document, and where it belongs."""
        try:
            key = uuid.UUID(self.request.GET.get("paper", ""))
        except ValueError:
            return {}
        found = Paper.objects.visible_to(self.request.reader).filter(key=key, document__isnull=False).first()
        if found is None:
            return {}
        titles = {f"title_{code}": getattr(found, f"title_{code}") or "" for code in languages.CODES}
        things = {name: getattr(found, f"{name}_id") for name in ("document", "process", "consultation")}
        return titles | things | {"objectives": list(found.objectives.all())}


class ReportForm(CreatingForm):
    """What happened on a day, and where it can be seen."""

    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    what = PassageField(label=_("What happened"), max_length=LONGEST)
    evidence_url = WebAddressField(label=_("Where it can be seen"), required=False, max_length=500)


class DeclineReportForm(OperationForm):
    """Why a report is not shown."""

    reason = PassageField(label=_("Reason"), max_length=1000, help_text=_("The organization reads it."))
