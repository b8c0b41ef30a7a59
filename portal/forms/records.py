"""What a coordinator says of a record: the form that every kind of record shares."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal import languages
from portal.forms.base import CreatingForm
from portal.forms.differences import ShowsDifferences
from portal.forms.fields import OWN_NAMES, LineField, ObjectivesField
from portal.forms.moments import LocalMomentField, TitledField, on_clock, shown_on_clock
from portal.forms.words import WordsForm
from portal.models import Objective, Process, Record


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


class RecordForm(ShowsDifferences, DatesForm, WordsForm, CreatingForm):
    """A record is drafted in an original language chosen before, or changed from the version that was shown.

    A form of one kind of record adds its facts under the names of their columns, and says in SECTIONS how they
    stand together; the texts stand after the first section, or before it.
    """

    SECTIONS = ()
    WHEN = (_("When"), (*DatesForm.base_fields, "why_moved"))
    ABOUT = (_("Whom it concerns"), ("objectives", "access"))
    original_language = forms.ChoiceField(choices=OWN_NAMES, widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
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
        self.add_languages()
        if "time_zone" in self.fields:
            # What we hold ourselves is mostly held where its coordinator is; the field of a date of others says UTC.
            zone = record.time_zone if record else self.fields["time_zone"].initial or request.user.time_zone
            self.fields["time_zone"].offer(zone)
            self.fields["time_zone"].initial = zone
        if "process" in self.fields:
            self.fields["process"].offer(request.reader, record)
        if record is not None:
            self.initial = self.values_of(record) | self.initial

    def _keep_what_applies(self):
        """A draft moves no date; a first text makes nothing stale; an edit has a version instead of a language."""
        if self.record is None:
            for name in ("version", "why_moved", "changes_meaning"):
                self.fields.pop(name, None)
            self.fields["original_language"].initial = self.original_language
            return
        del self.fields["original_language"]
        if self.record.status not in self.record.SHOWN:
            self.fields.pop("why_moved", None)
        if not self.record.text_states.all():
            del self.fields["changes_meaning"]

    @property
    def sections(self):
        """[(heading, fields)]: what stands together, without what does not apply."""
        found = [
            (heading, [self[name] for name in names if name in self.fields])
            for heading, names in self.SECTIONS
        ]
        return [section for section in found if section[1]]

    def clean(self):
        """Put moments on the clock of their zone."""
        given = super().clean()
        for name, field in self.fields.items():
            if isinstance(field, LocalMomentField):
                try:
                    given[name] = on_clock(given.get(name), given.get("time_zone"), is_end=field.is_end)
                except ValidationError as error:
                    self.add_error(name, error)
        return given

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
        return values | self.words_of(record)

    def differences(self, record):
        """Where what was typed and what somebody saved meanwhile part."""
        return self.compared_with(self.values_of(record), version=record.version)


class ProcessField(TitledField):
    """The process that something belongs to; which ones are offered, the form's reader decides."""

    def __init__(self, **kwargs):
        super().__init__(label=_("Process"), queryset=Process.objects.none(), required=False, **kwargs)

    def offer(self, reader, record=None):
        """All that the reader sees; to whoever coordinates only some, those, and the one that the record is in."""
        processes = Process.objects.visible_to(reader)
        if not reader.coordinates_everything:
            now_in = record.process_id if record else None
            processes = processes.filter(pk__in={*reader.scope_ids(Process), now_in} - {None})
            self.required = record is None or now_in is not None
            if self.required:
                self.empty_label = None
        self.queryset = processes.order_by(F("begins_on").desc(nulls_last=True), "-pk")
