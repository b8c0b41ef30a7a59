"""What coordinators say of a paper, and what narrows the list of papers."""

from django import forms
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.forms.filters import Filters
from consultations.forms.word_files import WordFileField
from consultations.models import Consultation, Paper
from portal.forms.fields import LineField
from portal.forms.moments import TitledField
from portal.forms.records import DatesForm, ProcessField, RecordForm
from portal.models import WorkingGroup

NEWEST = (F("begins_on").desc(nulls_last=True), "-pk")


class PaperFilters(Filters):
    """A paper by where it stands, what it is, what it is about, where it belongs."""

    ALL = {"status": _("All states"), "kind": _("All kinds")}

    status = forms.ChoiceField(label=pgettext_lazy("how something stands", "State"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    objective = forms.ChoiceField(label=_("Objective"), required=False)
    process = forms.ChoiceField(label=_("Process"), required=False)

    def __init__(self, data, *, statuses, kinds, **offers):
        super().__init__(
            data,
            status=[(value, label) for value, label in Paper.Status.choices if value in set(statuses)],
            kind=[(value, label) for value, label in Paper.Kind.choices if value in set(kinds)],
            **offers,
        )


class PaperForm(RecordForm):
    """A paper: what it is, where it belongs, who writes it, whom it concerns; a new one may begin from a Word file."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Paper.Kind.choices)
    process = ProcessField()
    consultation = TitledField(label=_("Consultation"), queryset=Consultation.objects.none(), required=False)
    word_file = WordFileField(
        label=_("Begin from a Word file"),
        help_text=_(
            "A .docx of at most 10 MB, in the original language. Each of its headings begins a section."
        ),
    )
    group = TitledField(
        label=_("Drafting group"),
        queryset=WorkingGroup.objects.none(),
        required=False,
        help_text=_("Everybody in this group writes in the paper."),
    )
    takes_outsiders = forms.BooleanField(
        label=_("Organizations without account may sign"),
        required=False,
        help_text=_("Only for an open letter. A coordinator looks at each signature first."),
    )
    licence = LineField(
        label=_("Licence"),
        max_length=40,
        required=False,
        help_text=_("Under which others may use the text, such as CC BY 4.0."),
    )

    SECTIONS = (
        (_("What it is"), ("kind", "process", "consultation", "word_file")),
        (_("Who writes and signs"), ("group", "takes_outsiders", "licence")),
        RecordForm.ABOUT,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in (*DatesForm.base_fields, "why_moved"):
            self.fields.pop(name, None)  # the days of a paper follow from what happens to it
        if self.record is not None:
            del self.fields["word_file"]
        reader = self.request.reader
        consultations = Consultation.objects.visible_to(reader).select_related("process")
        if not reader.coordinates_everything:
            now_in = self.record.consultation_id if self.record else None
            within = {row.pk for row in consultations if reader.coordinates(row)} | {now_in}
            consultations = consultations.filter(pk__in=within - {None})
        self.fields["consultation"].queryset = consultations.order_by(*NEWEST)
        self.fields["group"].queryset = WorkingGroup.objects.visible_to(reader).order_by("pk")

    def clean(self):
        given = super().clean()
        if given.get("takes_outsiders") and given.get("kind") != Paper.Kind.OPEN_LETTER:
            self.add_error(
                "takes_outsiders", _("Only open letters can be signed by organizations without account.")
            )
        return given
