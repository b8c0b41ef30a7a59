"""What coordinators write to many organizations, and to whom."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models import Announcement, Consultation, Paper
from portal import languages
from portal.forms.base import CreatingForm, OperationForm
from portal.forms.differences import ShowsDifferences
from portal.forms.fields import LineField, ObjectivesField, PassageField, TitlesField
from portal.forms.moments import MomentForm, TitledField
from portal.forms.records import DatesForm, RecordForm
from portal.forms.words import LanguagePart
from portal.languages import direction
from portal.models import Objective, Organization, Record, Region, WorkingGroup
from portal.templatetags.portal import language_name

LONGEST = 20_000
PAIRS = (("of_consultation", "registered"), ("of_paper", "endorsed"))


class AnnouncementPart(LanguagePart):
    """Subject and text in one language, open beside the others."""

    is_always_open = True


class AnnouncementForm(RecordForm):
    """An announcement: subject and text in each language, and the filters that find whom it is for."""

    part = AnnouncementPart
    has_summary, is_side_by_side, begins_with_words = False, True, True
    title_label = _("Subject in %(language)s")
    card_approval = _("The subject is approved: it may be sent")
    body_label = _("Text in %(language)s")
    body_longest = LONGEST
    body_approval = _("The text is approved: it may be sent")

    to_constituencies = forms.MultipleChoiceField(
        label=_("Constituency of the organizations"),
        choices=Organization.Constituency.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Of verified organizations alone. What you leave empty narrows nothing."),
    )
    to_regions = TitlesField(
        label=_("Regions of the organizations"),
        queryset=Region.objects.order_by("pk"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    to_spoken = forms.MultipleChoiceField(
        label=_("Working languages of the organizations"), required=False, widget=forms.CheckboxSelectMultiple
    )
    to_objectives = ObjectivesField(
        label=_("Objectives that the organizations work on"),
        queryset=Objective.objects.order_by("number"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    to_group = TitledField(
        label=_("Working group that they are in"), queryset=WorkingGroup.objects.none(), required=False
    )
    of_consultation = TitledField(
        label=_("Consultation that they registered for or did not"),
        queryset=Consultation.objects.none(),
        required=False,
    )
    registered = forms.ChoiceField(label=_("Registered for it or not"), required=False)
    of_paper = TitledField(
        label=_("Paper that they endorsed or did not"), queryset=Paper.objects.none(), required=False
    )
    endorsed = forms.ChoiceField(
        label=_("Endorsed it or not"),
        required=False,
        help_text=_("An organization that keeps its name to itself counts as one that did not."),
    )

    FILTERS = ("to_constituencies", "to_regions", "to_spoken", "to_objectives", "to_group")
    SECTIONS = (
        (pgettext_lazy("announcement", "What it is about"), ("objectives", "access")),
        (_("Whom it is sent to"), (*FILTERS, "of_consultation", "registered", "of_paper", "endorsed")),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in (*DatesForm.base_fields, "why_moved", "changes_meaning"):
            self.fields.pop(name, None)  # it is no event, and only what is not sent is edited
        self.fields["access"].choices = [
            (Record.Access.INVITED, _("Only those whom it is sent to")),
            (Record.Access.MEMBERS, _("All members: verified organizations of civil society")),
            (Record.Access.PUBLIC, _("Everybody: it stands in the public archive")),
        ]
        self.fields["access"].initial = Record.Access.INVITED
        self.fields["access"].help_text = _(
            "Of what is only for those whom it is sent to, or about something by invitation, messages say only "
            "that there is something to read."
        )
        self.fields["to_spoken"].choices = [(code, language_name(code)) for code in languages.CODES]
        for name in ("registered", "endorsed"):
            self.fields[name].choices = Announcement.Side.choices
        self._offer_things()

    def _offer_things(self):
        reader = self.request.reader
        for name, model in (
            ("to_group", WorkingGroup),
            ("of_consultation", Consultation),
            ("of_paper", Paper),
        ):
            rows = model.objects.visible_to(reader).exclude(status="draft")
            self.fields[name].queryset = rows.order_by("-changed_at", "pk")

    def clean(self):
        """Of a thing one mostly means those that did; those that did not, of nothing, says nothing."""
        given = super().clean()
        for thing, side in PAIRS:
            if given.get(side) == Announcement.Side.WITHOUT and not given.get(thing):
                self.add_error(thing, _("Say for what."))
            given[side] = (given.get(side) or Announcement.Side.WITH) if given.get(thing) else ""
        return given


class TrialForm(CreatingForm):
    """Nothing but the button: one press is one message."""


class SendForm(OperationForm):
    """The announcement as it was shown, sent."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ScheduleForm(MomentForm, OperationForm):
    """The moment at which an announcement is sent, as it was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class CorrectForm(ShowsDifferences, OperationForm):
    """Other words in one language."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    subject = LineField(label=_("Subject"), max_length=300)
    text = PassageField(label=_("Text"), max_length=LONGEST, help_text=_("In Markdown."))

    def __init__(self, *args, announcement, language, **kwargs):
        self.announcement, self.language = announcement, language
        super().__init__(*args, initial=self.saved(announcement), **kwargs)
        way = {"lang": language, "dir": direction(language)}
        self.fields["subject"].widget = forms.TextInput(attrs=way)
        self.fields["text"].widget = forms.Textarea(attrs={"rows": 14, "spellcheck": "true"} | way)

    def saved(self, announcement):
        """What stands there now."""
        bodies = {body.language: body.markdown for body in announcement.bodies.all()}
        return {
            "version": announcement.version,
            "subject": getattr(announcement, f"title_{self.language}") or "",
            "text": bodies.get(self.language, ""),
        }

    def differences(self, announcement):
        """Where what was typed and what somebody saved meanwhile part."""
        return self.compared_with(self.saved(announcement), version=announcement.version)
