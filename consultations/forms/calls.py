"""What a coordinator says of a call: what is asked, of whom, until when, and who will read the answers."""

from django import forms
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from consultations.models import Call, Consultation
from portal import languages
from portal.forms.moments import LocalMomentField, TitledField, ZoneField
from portal.forms.records import DatesForm, ProcessField, RecordForm
from portal.templatetags.portal import language_name
from resources.models import Document

NEWEST = (F("begins_on").desc(nulls_last=True), "-pk")


class CallForm(RecordForm):
    """A call: its kind and where it belongs, its window, who may answer and who reads the contributions."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Call.Kind.choices)
    process = ProcessField()
    consultation = TitledField(label=_("Consultation"), queryset=Consultation.objects.none(), required=False)
    document = TitledField(label=_("Document"), queryset=Document.objects.none(), required=False)
    opens_at = LocalMomentField(
        label=_("Opens"),
        required=False,
        help_text=_("Empty: as soon as you open it."),
    )
    closes_at = LocalMomentField(label=_("Closes"), required=False)
    time_zone = ZoneField(label=_("Time zone"))
    answerers = forms.ChoiceField(label=_("Who may answer"), choices=Call.Answerers.choices)
    answer_languages = forms.MultipleChoiceField(
        label=_("Answers in"), required=False, widget=forms.CheckboxSelectMultiple, initial=languages.CODES
    )
    takes_networks = forms.BooleanField(
        label=_("Networks may answer for their members"),
        required=False,
        help_text=_("The contribution is the member’s; it says which network entered it."),
    )
    takes_strangers = forms.BooleanField(
        label=_("People without account may answer too"),
        required=False,
        help_text=_("They get a code with which they come back to what they wrote."),
    )
    shows = forms.ChoiceField(
        label=_("Who reads the contributions"),
        choices=Call.Shows.choices,
        help_text=_("Always only as far as each organization consents."),
    )

    body_label = _("Guidance in %(language)s")
    SECTIONS = (
        (_("What it is"), ("kind", "process", "consultation", "document")),
        (_("When"), ("opens_at", "closes_at", "time_zone", "why_moved")),
        (_("Who answers"), ("answerers", "answer_languages", "takes_networks", "takes_strangers", "shows")),
        RecordForm.ABOUT,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in DatesForm.base_fields:
            del self.fields[name]  # the days of a call follow from its window
        reader = self.request.reader
        self.fields["answer_languages"].choices = [(code, language_name(code)) for code in languages.CODES]
        consultations = Consultation.objects.visible_to(reader).select_related("process")
        if not reader.coordinates_everything:
            now_in = self.record.consultation_id if self.record else None
            within = {row.pk for row in consultations if reader.coordinates(row)} | {now_in}
            consultations = consultations.filter(pk__in=within - {None})
        self.fields["consultation"].queryset = consultations.order_by(*NEWEST)
        self.fields["document"].queryset = Document.objects.visible_to(reader).order_by(*NEWEST)
