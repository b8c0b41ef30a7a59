"""What a coordinator says of a record, language by language: the form that every kind of record shares."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal import languages
from portal.forms.base import CreatingForm
from portal.forms.differences import ShowsDifferences
from portal.forms.fields import OWN_NAMES, LineField, ObjectivesField, PassageField
from portal.forms.moments import LocalMomentField, TitledField, on_clock, shown_on_clock
from portal.models import Objective, Process, Record, TextState
from portal.operations import texts
from portal.templatetags.portal import language_name

LARGEST_TEXT = 100_000
WAITING = (TextState.State.MACHINE, TextState.State.DRAFT, TextState.State.STALE)
TEXTS = ("title", "summary", "approved", "body", "approved_body")


@dataclass
class LanguagePart:
    """The fields of a record in one language."""

    form: forms.Form
    language: str

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
        names = (f"{name}_{self.language}" for name in TEXTS)
        return [self.form[name] for name in names if name in self.form.fields]

    @property
    def is_open(self):
        """Shown unfolded: the original, what has errors, what holds something."""
        if self.is_original or any(field.errors for field in self.fields):
            return True
        return any(field.value() for field in self.fields if not field.name.startswith("approved"))


class DatesForm(forms.Form):
    """The days of a record, no more exact than they are known."""

    begins_on = forms.DateField(
        label=_("Begins on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    begins_precision = forms.ChoiceField(
        label=_("How exact the first date is"), choices=Record.Precision.choices, initial="day"
    )
    ends_on = forms.DateField(
        label=_("Ends on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    ends_precision = forms.ChoiceField(
        label=_("How exact the last date is"), choices=Record.Precision.choices, initial="day"
    )


class RecordForm(ShowsDifferences, DatesForm, CreatingForm):
    """A record is drafted in an original language chosen before, or changed from the version that was shown.

    A form of one kind of record adds its facts under the names of their columns, and says in SECTIONS how they
    stand together; the texts stand after the first section.
    """

    SECTIONS = ()
    WHEN = (_("When"), (*DatesForm.base_fields, "why_moved"))
    ABOUT = (_("Whom it concerns"), ("objectives", "access"))
    body_label = None  # "Mandate in %(language)s": the label of the long text; None: this kind has none

    original_language = forms.ChoiceField(choices=OWN_NAMES, widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    objectives = ObjectivesField(
        label=_("Objectives"),
        queryset=Objective.objects.order_by("number"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    access = forms.ChoiceField(
        label=_("Who sees it"),
        choices=[
            (Record.Access.PUBLIC, _("Everybody")),
            (Record.Access.MEMBERS, _("Members only: verified organizations of civil society")),
            (Record.Access.INVITED, _("Its coordinators only")),
        ],
        initial=Record.Access.PUBLIC,
    )
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

    def __init__(self, data=None, *args, request, record=None, original=None, **kwargs):
        self.record = record
        if record is not None:
            kwargs.setdefault("initial", {})
        super().__init__(data, *args, request=request, **kwargs)
        asked = data.get("original_language") if data else original
        self.original_language = (
            record.original_language if record else languages.supported(asked, get_language())
        )
        self._keep_what_applies()
        for code in languages.CODES:
            self._add_language(code)
        if "time_zone" in self.fields:
            self.fields["time_zone"].offer(record.time_zone if record else "")
        if "process" in self.fields:
            self._offer_processes(request.reader)
        if record is not None:
            self.initial = self.values_of(record) | self.initial

    def _keep_what_applies(self):
        """A draft moves no date; a first text makes nothing stale; an edit has a version instead of a language."""
        if self.record is None:
            for name in ("version", "why_moved", "changes_meaning"):
                del self.fields[name]
            self.fields["original_language"].initial = self.original_language
            return
        del self.fields["original_language"]
        if self.record.status not in self.record.SHOWN:
            del self.fields["why_moved"]
        if not self.record.text_states.all():
            del self.fields["changes_meaning"]

    def _offer_processes(self, reader):
        """All that the reader sees; to whoever coordinates only some, those, and the one that it is in."""
        field, processes = self.fields["process"], Process.objects.visible_to(reader)
        if not reader.coordinates_everything:
            now_in = self.record.process_id if self.record else None
            processes = processes.filter(pk__in={*reader.scope_ids(Process), now_in} - {None})
            field.required = self.record is None or now_in is not None
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
        if self.body_label:
            self.fields[f"body_{code}"] = PassageField(
                label=self.body_label % here,
                max_length=LARGEST_TEXT,
                required=False,
                widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "true"} | way),
                help_text=_("In Markdown."),
            )
        if not is_original:
            self.fields[f"approved_{code}"] = _approval(_("Title and summary are approved: readers see them"))
            if self.body_label:
                self.fields[f"approved_body_{code}"] = _approval(
                    _("The long text is approved: readers see it")
                )

    @property
    def by_language(self):
        """The fields of each language, the original first."""
        order = sorted(languages.CODES, key=lambda code: code != self.original_language)
        return [LanguagePart(self, code) for code in order]

    @property
    def sections(self):
        """[(heading, fields)]: what stands together, without what does not apply."""
        found = [
            (heading, [self[name] for name in names if name in self.fields])
            for heading, names in self.SECTIONS
        ]
        return [section for section in found if section[1]]

    def clean(self):
        """Put moments on their clock, and gather the texts as the operation takes them."""
        given = super().clean()
        for name in [name for name, field in self.fields.items() if isinstance(field, LocalMomentField)]:
            try:
                given[name] = on_clock(given.get(name), given.get("time_zone"), is_end=True)
            except ValidationError as error:
                self.add_error(name, error)
        values = {name: given[name] for name in given if name.rpartition("_")[2] not in languages.CODES}

        def gathered(field):
            return {code: given[f"{field}_{code}"] for code in languages.CODES if f"{field}_{code}" in given}

        summaries = gathered("summary")
        values |= {
            "titles": {
                code: {"title": title, "summary": summaries.get(code, "")}
                for code, title in gathered("title").items()
            },
            "approved": {code for code, ticked in gathered("approved").items() if ticked},
        }
        if self.body_label:
            values["bodies"] = gathered("body")
            values["approved_bodies"] = {code for code, ticked in gathered("approved_body").items() if ticked}
        return values

    def clean_original_language(self):
        return self.original_language

    def values_of(self, record):
        """What the form of a record shows at first."""
        values = {}
        for name, field in self.fields.items():
            if isinstance(field, LocalMomentField):
                values[name] = shown_on_clock(getattr(record, name), record.time_zone)
            elif isinstance(field, forms.ModelMultipleChoiceField):
                values[name] = [row.pk for row in getattr(record, name).all()]
            elif hasattr(record, name) and not name.startswith("body_"):
                values[name] = getattr(record, name)
        states = {(row.group, row.language): row.state for row in record.text_states.all()}
        bodies = {body.language: body.markdown for body in record.bodies.all()} if self.body_label else {}
        for code in languages.CODES:
            values[f"title_{code}"] = getattr(record, f"title_{code}") or ""
            values[f"summary_{code}"] = getattr(record, f"summary_{code}") or ""
            values[f"body_{code}"] = bodies.get(code, "")
            values[f"approved_{code}"] = states.get((texts.CARD, code)) not in WAITING
            values[f"approved_body_{code}"] = states.get((texts.BODY, code)) not in WAITING
        return values

    def differences(self, record):
        """Where what was typed and what somebody saved meanwhile part."""
        return self.compared_with(self.values_of(record), version=record.version)


class ProcessField(TitledField):
    """The process that something belongs to; which ones are offered, the form's reader decides."""

    def __init__(self, **kwargs):
        super().__init__(label=_("Process"), queryset=Process.objects.none(), required=False, **kwargs)


def _approval(label):
    return forms.BooleanField(label=label, required=False, initial=True)
