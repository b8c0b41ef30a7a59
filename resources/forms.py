"""Forms of the library: what a reader looks for, what a coordinator writes and publishes."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal import languages
from portal.forms.base import CreatingForm, OperationForm
from portal.forms.fields import LineField, PassageField
from portal.models import Objective, Process, TextState
from portal.operations import texts
from resources.models import Document

OWN_NAMES = [(code, languages.name(code)) for code, _name in settings.LANGUAGES]
LARGEST_TEXT = 200_000
KEEP_EVERY_LINE = {"dir": "auto", "rows": 12, "spellcheck": "true"}


class LibraryFilters(forms.Form):
    """What narrows the library, all of it in the address; what is not on these lists narrows nothing."""

    objective = forms.TypedChoiceField(label=_("Objective"), coerce=int, empty_value=None, required=False)
    process = forms.ChoiceField(label=_("Process"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, empty_value=None, required=False)

    def __init__(self, data, *, objectives, processes, codes, years):
        super().__init__(data)
        here = get_language()
        self.objectives = {row.number: row for row in objectives}
        self.processes = {row.address_key: row for row in processes}
        titles = [(key, row.text("title", here).text) for key, row in self.processes.items()]
        labels = [(number, f"{number} {row.text('label', here)}") for number, row in self.objectives.items()]
        self.fields["objective"].choices = [("", _("All objectives")), *labels]
        self.fields["process"].choices = [("", _("All processes")), *titles]
        self.fields["kind"].choices = [("", _("All kinds")), *Document.Kind.choices]
        self.fields["language"].choices = [
            ("", _("All languages")), *((code, languages.name(code)) for code in codes)
        ]
        self.fields["year"].choices = [("", _("All years")), *((year, str(year)) for year in years)]
        self.full_clean()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    def wanted(self):
        """What the queryset takes: rows instead of numbers and addresses."""
        wanted = dict(self.chosen)
        if "objective" in wanted:
            wanted["objective"] = self.objectives[wanted["objective"]]
        if "process" in wanted:
            wanted["process"] = self.processes[wanted["process"]]
        return wanted


class ObjectivesField(forms.ModelMultipleChoiceField):
    """Any of the 23, each by its number and name."""

    def label_from_instance(self, objective):
        return f"{objective.number} {objective.text('label', get_language())}"


class ProcessField(forms.ModelChoiceField):
    """A process by its title."""

    def label_from_instance(self, process):
        return process.text("title", get_language()).text


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
        processes = Process.objects.visible_to(reader)
        if not reader.coordinates_everything:
            processes = processes.filter(pk__in=reader.scope_ids(Process))
            self.fields["process"].required = True
            self.fields["process"].empty_label = None
        self.fields["process"].queryset = processes.order_by("-begins_on", "-pk")
        self.fields["objectives"].queryset = Objective.objects.order_by("number")
        for code in languages.CODES:
            self._add_language(code)

    def _add_language(self, code):
        """The five fields of a language; the original needs no approval and no less than a title."""
        way = {"lang": code, "dir": languages.direction(code)}
        is_original = code == self.original_language
        self.fields[f"title_{code}"] = LineField(
            label=_("Title"), max_length=300, required=is_original, widget=forms.TextInput(attrs=way)
        )
        self.fields[f"summary_{code}"] = PassageField(
            label=_("Summary"),
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3} | way),
        )
        self.fields[f"twin_{code}"] = PassageField(
            label=_("Light text"),
            max_length=LARGEST_TEXT,
            required=False,
            widget=forms.Textarea(attrs=KEEP_EVERY_LINE | way),
            help_text=_("The same text as the PDF, in Markdown, for weak connections."),
        )
        self.fields[f"file_{code}"] = forms.FileField(
            label=_("PDF file"),
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
        """One group of bound fields per language, the original first: [(code, own name, fields)]."""
        order = sorted(languages.CODES, key=lambda code: code != self.original_language)
        names = ("title", "summary", "approved", "twin", "approved_twin", "file")
        return [
            {
                "language": code,
                "name": languages.name(code),
                "is_original": code == self.original_language,
                "fields": [self[f"{name}_{code}"] for name in names if f"{name}_{code}" in self.fields],
            }
            for code in order
        ]

    @property
    def facts(self):
        """The bound fields that no language owns."""
        return [self[name] for name in DescribesDocument.base_fields]

    def clean(self):
        """Gather the fields of the languages as the operation takes them."""
        given = super().clean()
        values = {name: given[name] for name in given if name.rpartition("_")[2] not in languages.CODES}

        def gathered(field):
            return {
                code: given[f"{field}_{code}"] for code in languages.CODES if f"{field}_{code}" in given
            }

        summaries = gathered("summary")
        return values | {
            "titles": {
                code: {"title": title, "summary": summaries.get(code, "")}
                for code, title in gathered("title").items()
            },
            "twins": gathered("twin"),
            "uploads": {code: upload for code, upload in gathered("file").items() if upload},
            "approved": {code for code, ticked in gathered("approved").items() if ticked},
            "approved_twins": {code for code, ticked in gathered("approved_twin").items() if ticked},
        }

    def clean_begins_precision(self):
        return self.cleaned_data["begins_precision"] or Document.Precision.DAY


class NewDocumentForm(DescribesDocument, CreatingForm):
    """A document is drafted."""

    original_language = forms.ChoiceField(label=_("Original language"), choices=OWN_NAMES)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, original_language=self.asked_language(args), **kwargs)
        self.fields["original_language"].initial = self.original_language

    @staticmethod
    def asked_language(args):
        """The original is the language chosen in what was sent, else that of the page."""
        sent = args[0].get("original_language") if args and args[0] else None
        return languages.supported(sent, get_language())


class EditDocumentForm(DescribesDocument, OperationForm):
    """A document is changed, from the version that its editor saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    changes_meaning = forms.TypedChoiceField(
        label=_("What changed in the original?"),
        choices=[("yes", _("The meaning: translations must be looked at again")), ("no", _("Only the wording"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )

    def __init__(self, *args, document, **kwargs):
        super().__init__(*args, document=document, original_language=document.original_language, **kwargs)


class WithdrawForm(OperationForm):
    """Why a document is withdrawn; its readers are told so."""

    reason = LineField(
        label=_("Why is it withdrawn?"),
        max_length=300,
        help_text=_("Shown to everybody who follows an old link to it."),
    )


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
