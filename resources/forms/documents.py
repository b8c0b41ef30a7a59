"""What a coordinator writes and says of a document, and its files language by language."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal import files, languages
from portal.errors import Refused
from portal.forms.fields import TitlesField
from portal.forms.records import ProcessField, RecordForm
from portal.forms.words import LanguagePart
from portal.models import Principle, Region
from portal.templatetags.portal import language_name
from resources.models import Document


class DocumentPart(LanguagePart):
    """The fields of a document in one language, and the file that is there already."""

    @property
    def files(self):
        return self.named(("file", "remove"))

    @property
    def file(self):
        return self.form.files_there.get(self.language)

    @property
    def is_open(self):
        return bool(super().is_open or self.file or any(field.errors for field in self.files))


class DocumentForm(RecordForm):
    """What a coordinator says of a document, and its texts and files language by language."""

    part = DocumentPart
    body_label = _("Light text in %(language)s")
    body_help = _("The same text as the PDF, in Markdown, for weak connections.")
    body_rows, body_longest = 12, 200_000
    body_approval = _("The light text is approved: readers see it")

    kind = forms.ChoiceField(label=_("Kind"), choices=Document.Kind.choices, initial=Document.Kind.OUTCOME)
    process = ProcessField()
    begins_on = forms.DateField(
        label=_("Date of the document"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Left empty, it is the day of publication."),
    )
    begins_precision = forms.ChoiceField(
        label=_("How exact the date is"),
        choices=Document.Precision.choices,
        initial=Document.Precision.DAY,
        required=False,
    )
    ends_on = ends_precision = why_moved = None  # a document has a day, and what it says of it is a fact
    access = forms.ChoiceField(
        label=_("Who may read it"),
        choices=[(Document.Access.PUBLIC, _("Everybody")), (Document.Access.MEMBERS, _("Members only"))],
        initial=Document.Access.PUBLIC,
    )
    is_outcome = forms.BooleanField(
        label=_("This is an outcome: tell every member organization when it is published"),
        required=False,
        initial=True,
    )

    principles = TitlesField(
        label=_("Guiding principles"),
        queryset=Principle.objects.order_by("number"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    regions = TitlesField(
        label=_("Regions"),
        queryset=Region.objects.order_by("code"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    SECTIONS = (
        (_("What it is"), ("kind", "process", "begins_on", "begins_precision")),
        (_("Whom it concerns"), ("objectives", "principles", "regions", "access", "is_outcome")),
    )

    def __init__(self, *args, record=None, **kwargs):
        self.files_there = {row.language: row.file for row in record.files.all()} if record else {}
        super().__init__(*args, record=record, **kwargs)
        if record is None:
            return
        if record.access == Document.Access.INVITED:
            invited = (Document.Access.INVITED, Document.Access.INVITED.label)
            self.fields["access"].choices = [*self.fields["access"].choices, invited]
        if record.status == Document.Status.DRAFT:
            for code in self.files_there:
                self.fields[f"remove_{code}"] = forms.BooleanField(
                    label=_("Take this file out"), required=False
                )
        else:
            # Its members were told, or were not, when it was published.
            del self.fields["is_outcome"]

    def add_language(self, code):
        super().add_language(code)
        self.fields[f"file_{code}"] = forms.FileField(
            label=_("PDF file in %(language)s") % {"language": language_name(code)},
            required=False,
            widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
            help_text=_("At most 10 MB. Author, scripts and attachments are taken out."),
        )

    def clean(self):
        """Gather the files as the operation takes them; all bad files are named at once."""
        for code in languages.CODES:
            self._check_file(f"file_{code}", self.cleaned_data.get(f"file_{code}"))
        given = super().clean()
        given["twins"], given["approved_twins"] = given.pop("bodies"), given.pop("approved_bodies")
        given["uploads"] = {code: upload for code, upload in self.gathered("file").items() if upload}
        if self.record is not None:
            given["removed"] = self.ticked("remove")
        return given

    def _check_file(self, field, upload):
        if upload:
            try:
                files.clean(upload)
            except Refused as refusal:
                self.add_error(field, refusal.message)

    def clean_begins_precision(self):
        return self.cleaned_data["begins_precision"] or Document.Precision.DAY
