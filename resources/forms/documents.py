"""What a coordinator writes and says of a document, language by language."""

from django import forms
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal import files, languages
from portal.errors import Refused
from portal.forms.base import CreatingForm, OperationForm
from portal.forms.differences import ShowsDifferences
from portal.forms.fields import OWN_NAMES, LineField, ObjectivesField, PassageField
from portal.models import Objective, Process, TextState
from portal.operations import texts
from portal.templatetags.portal import language_name
from resources.forms.parts import LanguagePart
from resources.models import Document

LARGEST_TEXT = 200_000
KEEP_EVERY_LINE = {"dir": "auto", "rows": 12, "spellcheck": "true"}


class ProcessField(forms.ModelChoiceField):
    """A process by its title."""

    def label_from_instance(self, process):
        return process.text("title", get_language()).text or str(process)


class DescribesDocument(forms.Form):
    """What a coordinator says of a document, and its texts and files language by language."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Document.Kind.choices, initial=Document.Kind.OUTCOME)
    process = ProcessField(label=_("Process"), queryset=Process.objects.none(), required=False)
    objectives = ObjectivesField(
        label=_("Objectives"),
        queryset=Objective.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
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

    def __init__(self, *args, reader, original_language, document=None, **kwargs):
        if document is not None:
            kwargs.setdefault("initial", values_of(document))
        super().__init__(*args, **kwargs)
        self.original_language = original_language
        self._offer_processes(reader, document)
        if document is not None and document.access == Document.Access.INVITED:
            invited = (Document.Access.INVITED, Document.Access.INVITED.label)
            self.fields["access"].choices = [*self.fields["access"].choices, invited]
        self.fields["objectives"].queryset = Objective.objects.order_by("number")
        for code in languages.CODES:
            self._add_language(code)

    def _offer_processes(self, reader, document):
        """All that the reader sees; to whoever coordinates only some, those, and the one that it is in."""
        field = self.fields["process"]
        processes = Process.objects.visible_to(reader)
        if not reader.coordinates_everything:
            now_in = document.process_id if document is not None else None
            processes = processes.filter(pk__in={*reader.scope_ids(Process), now_in} - {None})
            field.required = document is None or now_in is not None
            field.empty_label = None if field.required else field.empty_label
        field.queryset = processes.order_by(F("begins_on").desc(nulls_last=True), "-pk")

    def _add_language(self, code):
        """The five fields of a language; the original needs no approval and no less than a title."""
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
        self.fields[f"twin_{code}"] = PassageField(
            label=_("Light text in %(language)s") % here,
            max_length=LARGEST_TEXT,
            required=False,
            widget=forms.Textarea(attrs=KEEP_EVERY_LINE | way),
            help_text=_("The same text as the PDF, in Markdown, for weak connections."),
        )
        self.fields[f"file_{code}"] = forms.FileField(
            label=_("PDF file in %(language)s") % here,
            required=False,
            widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
            help_text=_("At most 10 MB. Author, scripts and attachments are taken out."),
        )
        if not is_original:
            self.fields[f"approved_{code}"] = forms.BooleanField(
                label=_("Title and summary are approved: readers see them"), required=False, initial=True
            )
            self.fields[f"approved_twin_{code}"] = forms.BooleanField(
                label=_("The light text is approved: readers see it"), required=False, initial=True
            )

    @property
    def by_language(self):
        """The fields of each language, the original first."""
        order = sorted(languages.CODES, key=lambda code: code != self.original_language)
        return [LanguagePart(self, code) for code in order]

    @property
    def facts(self):
        """The bound fields that no language owns."""
        return [self[name] for name in DescribesDocument.base_fields if name in self.fields]

    def clean(self):
        """Gather the fields of the languages as the operation takes them; all bad files are named at once."""
        given = super().clean()
        for code in languages.CODES:
            self._check_file(f"file_{code}", given.get(f"file_{code}"))
        values = {name: given[name] for name in given if name.rpartition("_")[2] not in languages.CODES}

        def gathered(field):
            return {code: given[f"{field}_{code}"] for code in languages.CODES if f"{field}_{code}" in given}

        def ticked(field):
            return {code for code, is_ticked in gathered(field).items() if is_ticked}

        summaries = gathered("summary")
        return values | {
            "titles": {
                code: {"title": title, "summary": summaries.get(code, "")}
                for code, title in gathered("title").items()
            },
            "twins": gathered("twin"),
            "uploads": {code: upload for code, upload in gathered("file").items() if upload},
            "removed": ticked("remove"),
            "approved": ticked("approved"),
            "approved_twins": ticked("approved_twin"),
        }

    def _check_file(self, field, upload):
        if upload:
            try:
                files.clean(upload)
            except Refused as refusal:
                self.add_error(field, refusal.message)

    def clean_begins_precision(self):
        return self.cleaned_data["begins_precision"] or Document.Precision.DAY


class NewDocumentForm(DescribesDocument, CreatingForm):
    """A document is drafted; its original language was chosen before anything was typed."""

    original_language = forms.ChoiceField(choices=OWN_NAMES, widget=forms.HiddenInput)

    def __init__(self, data=None, *args, original=None, **kwargs):
        asked = data.get("original_language") if data else original
        super().__init__(data, *args, original_language=languages.supported(asked, get_language()), **kwargs)
        self.fields["original_language"].initial = self.original_language

    def clean(self):
        given = super().clean()
        del given["removed"]
        return given


class EditDocumentForm(ShowsDifferences, DescribesDocument, OperationForm):
    """A document is changed, from the version that its editor saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
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

    def __init__(self, *args, document, **kwargs):
        super().__init__(*args, document=document, original_language=document.original_language, **kwargs)
        self.files_there = {row.language: row.file for row in document.files.all()}
        if document.status == Document.Status.DRAFT:
            for code in self.files_there:
                self.fields[f"remove_{code}"] = forms.BooleanField(
                    label=_("Take this file out"), required=False
                )
        else:
            # Its members were told, or were not, when it was published.
            del self.fields["is_outcome"]
        if not document.text_states.all():
            del self.fields["changes_meaning"]

    def differences(self, document):
        """Where what was typed and what somebody saved meanwhile part."""
        return self.compared_with(values_of(document), version=document.version)


def values_of(document):
    """What the form of a document shows at first."""
    values = {
        name: getattr(document, name)
        for name in ("kind", "process", "access", "begins_on", "begins_precision", "is_outcome", "version")
    }
    values["objectives"] = [objective.pk for objective in document.objectives.all()]
    states = {(row.group, row.language): row.state for row in document.text_states.all()}
    waiting = (TextState.State.MACHINE, TextState.State.DRAFT, TextState.State.STALE)
    bodies = {body.language: body.markdown for body in document.bodies.all()}
    for code in languages.CODES:
        values[f"title_{code}"] = getattr(document, f"title_{code}") or ""
        values[f"summary_{code}"] = getattr(document, f"summary_{code}") or ""
        values[f"twin_{code}"] = bodies.get(code, "")
        values[f"approved_{code}"] = states.get((texts.CARD, code)) not in waiting
        values[f"approved_twin_{code}"] = states.get((texts.BODY, code)) not in waiting
    return values
