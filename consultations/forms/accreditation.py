"""What is asked of somebody who looks for a door, what an organization notes for itself, what a door is."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations.doors import Answers
from consultations.models import AccreditationTrack, DoorNote
from portal.forms.base import CreatingForm
from portal.forms.fields import LinesField, PassageField, WebAddressField
from portal.forms.groups import OrganizationField
from portal.forms.moments import LocalMomentField, ZoneField
from portal.forms.records import ProcessField, RecordForm
from portal.models import Organization

OPEN = ("", _("I do not know"))
YES_OR_NO = [*AccreditationTrack.Answer.choices, OPEN]


class GuideForm(forms.Form):
    """Some plain questions; all may stay open. Asked by GET, so that the answers can be kept and passed on."""

    process = forms.ChoiceField(label=_("Which process?"), required=False)
    constituency = forms.ChoiceField(
        label=_("Who are you?"),
        required=False,
        choices=[("", _("I do not say")), *Organization.Constituency.choices],
    )
    has_status = forms.ChoiceField(
        label=_("Has your organization consultative status with ECOSOC?"),
        required=False,
        choices=YES_OR_NO,
        widget=forms.RadioSelect,
    )
    was_earlier = forms.ChoiceField(
        label=_("Was it accredited to an earlier meeting of this process?"),
        required=False,
        choices=YES_OR_NO,
        widget=forms.RadioSelect,
    )
    wants = forms.MultipleChoiceField(
        label=_("What do you want to do there?"),
        required=False,
        choices=AccreditationTrack.Purpose.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data, *, processes):
        super().__init__(data or None, initial={"has_status": "", "was_earlier": ""})
        here = get_language()
        titles = [
            (row.address_key, row.text("title", here).text or _("Title not known")) for row in processes
        ]
        self.fields["process"].choices = [("", _("All processes")), *titles]
        self.processes = {row.address_key: row for row in processes}
        self.full_clean()

    @property
    def given(self):
        return getattr(self, "cleaned_data", {})

    @property
    def process_chosen(self):
        return self.processes.get(self.given.get("process", ""))

    @property
    def answers(self):
        """What is not on our lists answers nothing."""
        names = ("constituency", "has_status", "was_earlier")
        said = {name: self.given.get(name, "") for name in names}
        return Answers(**said, wants=tuple(self.given.get("wants", ())))


class DoorNoteForm(CreatingForm):
    """Where an organization stands with a door, on a day."""

    organization = OrganizationField(label=_("Organization"), queryset=Organization.objects.none())
    stage = forms.ChoiceField(label=_("Where we stand"), choices=DoorNote.Stage.choices)
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    words = PassageField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
        help_text=_("Only people of your organization read it."),
    )

    def __init__(self, *args, today=None, **kwargs):
        super().__init__(*args, **kwargs)
        mine = self.request.reader.organizations
        self.fields["organization"].queryset = Organization.objects.filter(pk__in=mine.keys())
        self.fields["on"].initial = today
        if len(mine) == 1:
            self.fields["organization"].initial = next(iter(mine))
            self.fields["organization"].widget = self.fields["organization"].hidden_widget()


class TrackForm(RecordForm):
    """A door into a process; what is not known of it is left open."""

    process = ProcessField()
    requires = LinesField(
        label=_("What to have ready"),
        required=False,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 4}),
        help_text=_("One on each line."),
    )
    constituencies = forms.MultipleChoiceField(
        label=_("For whom it is"),
        choices=Organization.Constituency.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Left empty: not known. The guide then shows this door as one that may apply."),
    )
    needs_status = forms.ChoiceField(
        label=_("Consultative status with ECOSOC"),
        required=False,
        choices=[
            ("", _("Not known, or it does not matter")),
            ("yes", _("Only with it")),
            ("no", _("Only without it")),
        ],
    )
    needs_earlier = forms.ChoiceField(
        label=_("Accredited to an earlier meeting of this process"),
        required=False,
        choices=[
            ("", _("Not known, or it does not matter")),
            ("yes", _("Only who was")),
            ("no", _("Only who was not")),
        ],
    )
    leads_to = forms.MultipleChoiceField(
        label=_("What it leads to"),
        choices=AccreditationTrack.Purpose.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    exposure = forms.ChoiceField(
        label=_("Who sees what is handed in"),
        required=False,
        choices=[("", _("Not known")), *AccreditationTrack.Exposure.choices],
    )
    door_url = WebAddressField(label=_("Address where one applies"), required=False, max_length=2000)
    source_url = WebAddressField(label=_("Source"), required=False, max_length=2000)
    deadline_at = LocalMomentField(label=_("Deadline"), required=False)
    deadline_is_day = forms.BooleanField(label=_("The deadline is a day without an hour"), required=False)
    time_zone = ZoneField(label=_("Time zone of the event"), initial="UTC")

    SECTIONS = (
        (_("What it is"), ("process", "requires", "door_url", "source_url")),
        (
            _("Whom it concerns"),
            (
                "constituencies",
                "needs_status",
                "needs_earlier",
                "leads_to",
                "exposure",
                "objectives",
                "access",
            ),
        ),
        (
            _("When"),
            ("deadline_at", "deadline_is_day", "time_zone", *RecordForm.WHEN[1]),
        ),
    )
