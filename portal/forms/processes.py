"""What a coordinator says of a process and of its phases."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal import languages
from portal.forms.base import CreatingForm
from portal.forms.fields import LineField
from portal.forms.moments import LocalMomentField, TitledField, ZoneField
from portal.forms.records import RecordForm
from portal.models import Region
from portal.templatetags.portal import language_name


class ProcessForm(RecordForm):
    """A review cycle: what it is, when, for whom."""

    place = LineField(label=_("Place"), max_length=200, required=False)
    mode = LineField(label=_("How it is held"), max_length=100, required=False)
    is_current = forms.BooleanField(
        label=_("The current one: its road stands on the first page"), required=False
    )

    SECTIONS = (
        (_("What it is"), ("place", "mode", "is_current")),
        RecordForm.WHEN,
        RecordForm.ABOUT,
    )

    def __init__(self, *args, record=None, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        if record is None or record.status != record.Status.PUBLISHED:
            del self.fields["is_current"]


class PhaseForm(RecordForm):
    """A stretch of a process: what is done between two dates, and by when."""

    place = LineField(label=_("Place"), max_length=200, required=False)
    region = TitledField(label=_("Region"), queryset=Region.objects.order_by("code"), required=False)
    deadline_at = LocalMomentField(label=_("Deadline"), required=False)
    deadline_is_day = forms.BooleanField(label=_("The deadline is a day without an hour"), required=False)
    time_zone = ZoneField(label=_("Time zone of the event"), initial="UTC")
    date_note = LineField(label=_("Note on the date"), max_length=400, required=False)

    SECTIONS = (
        (_("What it is"), ("place", "region")),
        (
            _("When"),
            (
                *RecordForm.WHEN[1][:-1],
                "deadline_at",
                "deadline_is_day",
                "time_zone",
                "why_moved",
                "date_note",
            ),
        ),
        (_("Whom it concerns"), ("objectives", "access")),
    )


class CopyForm(CreatingForm):
    """The next cycle: what it is called and when it begins; two buttons, one only shows what would be made."""

    begins_on = forms.DateField(
        label=_("The next one begins on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("All dates move by as many days. You change them one by one afterwards."),
    )
    keeps_weekdays = forms.BooleanField(
        label=_("Move by whole weeks"),
        required=False,
        help_text=_("A Tuesday stays a Tuesday; the beginning may then differ by up to three days."),
    )

    def __init__(self, *args, process, **kwargs):
        super().__init__(*args, **kwargs)
        self.original_language = process.original_language
        for code in self.order:
            self.fields[f"title_{code}"] = LineField(
                label=_("Title in %(language)s") % {"language": language_name(code)},
                max_length=300,
                required=code == self.original_language,
                widget=forms.TextInput(attrs={"lang": code, "dir": languages.direction(code)}),
                initial=getattr(process, f"title_{code}") or "",
            )

    @property
    def order(self):
        return sorted(languages.CODES, key=lambda code: code != self.original_language)

    @property
    def titles(self):
        return [self[f"title_{code}"] for code in self.order]

    def clean(self):
        """Gather the titles as the operation takes them."""
        given = super().clean()
        titles = {code: {"title": given.pop(f"title_{code}", "")} for code in languages.CODES}
        return given | {"titles": titles}
