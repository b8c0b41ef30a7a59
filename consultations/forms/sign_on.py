"""When a paper can be endorsed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.fields import LocalMomentField, ZoneField, on_clock, shown_on_clock
from portal.forms.base import CreatingForm, OperationForm
from portal.forms.fields import LineField


class OpenSignOnForm(CreatingForm):
    """From when and until when organizations can endorse, on which clock."""

    closes_at = LocalMomentField(label=_("Endorse by"))
    opens_at = LocalMomentField(
        label=_("Opens"), required=False, is_end=False, help_text=_("Left open: at once.")
    )
    time_zone = ZoneField(label=_("Time zone"))

    def __init__(self, *args, paper, zone, **kwargs):
        kwargs.setdefault("initial", {"time_zone": zone})
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].offer(zone)

    def clean(self):
        given = super().clean()
        for name, is_end in (("closes_at", True), ("opens_at", False)):
            if given.get(name) and given.get("time_zone"):
                try:
                    given[name] = on_clock(given[name], given["time_zone"], is_end=is_end)
                except forms.ValidationError as error:
                    self.add_error(name, error)
        return given


class ExtendForm(OperationForm):
    """Until when instead, and why."""

    closes_at = LocalMomentField(label=_("Endorse by"), help_text=_("On the clock of the event's zone."))
    reason = LineField(
        label=_("Why the deadline moves"),
        max_length=300,
        required=False,
        help_text=_("Everybody reads it beside the earlier deadline."),
    )

    def __init__(self, *args, paper, **kwargs):
        closes = shown_on_clock(paper.sign_on_closes_at, paper.time_zone)
        super().__init__(*args, initial={"closes_at": closes}, **kwargs)
        self.paper = paper

    def clean_closes_at(self):
        return on_clock(self.cleaned_data["closes_at"], self.paper.time_zone, is_end=True)
