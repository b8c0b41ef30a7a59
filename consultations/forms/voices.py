"""What an organization writes down of a person's account, what the person agreed to, and where it is used."""

from datetime import timedelta

from django import forms
from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations.forms.commitments import CountryField
from consultations.models import VoiceConsent
from portal.forms.base import CreatingForm, OperationForm
from portal.forms.fields import OWN_NAMES, LineField, ObjectivesField, PassageField
from portal.forms.groups import OrganizationField
from portal.forms.moments import TitledField
from portal.models import Objective, Organization, Process
from resources.models import Campaign, Document

LONGEST = 20_000
# Raise it whenever the sentences of the consent change: voices keep which one was agreed to.
CONSENT = 1
YEAR = timedelta(days=365)
NEWEST = (F("begins_on").desc(nulls_last=True), "-pk")


class WordsForm(forms.Form):
    """The account itself, and how the person is named."""

    language = forms.ChoiceField(label=_("Language of the account"), choices=OWN_NAMES)
    text = PassageField(
        label=_("What the person tells"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
        help_text=_(
            "In her or his own words. Leave out names, dates and places by which others could tell who it is."
        ),
    )
    alias = LineField(
        label=_("Alias"),
        max_length=80,
        help_text=_("The name under which it is shown: never the real one."),
    )
    country = CountryField(help_text=_("Shown with the alias. Leave it empty where even that says too much."))
    wants_place = forms.BooleanField(
        label=_("The person wants a place to be named that is finer than a country"), required=False
    )
    place = LineField(label=_("Place"), max_length=120, required=False)
    objectives = ObjectivesField(
        label=_("Objectives"),
        queryset=Objective.objects.order_by("number"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class AgreementForm(forms.Form):
    """What the person agreed to: for which purposes, in which language, when and until when."""

    purposes = forms.MultipleChoiceField(
        label=_("What the person agrees to"),
        choices=VoiceConsent.Purpose.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    consent_language = forms.ChoiceField(
        label=_("In which language the person read or heard this"), choices=OWN_NAMES
    )
    agreed_on = forms.DateField(
        label=_("On which day the person agreed"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    ends_on = forms.DateField(
        label=_("Until when"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("After that day it is shown nowhere, unless the person agrees again."),
    )
    agreed = forms.BooleanField(
        label=_("The person heard all of this in a language that she or he understands, and agrees.")
    )

    def begin(self):
        """A year from today, in the language of the page."""
        self.fields["consent_language"].initial = get_language()
        self.fields["agreed_on"].initial = timezone.localdate()
        self.fields["ends_on"].initial = timezone.localdate() + YEAR

    def clean(self):
        given = super().clean()
        given.pop("agreed", None)
        return given | {"text_version": CONSENT}


class VoiceForm(WordsForm, AgreementForm, CreatingForm):
    """A voice with the consent to its uses."""

    organization = OrganizationField(label=_("Organization"), queryset=Organization.objects.none())
    process = TitledField(
        label=_("Process"),
        queryset=Process.objects.none(),
        required=False,
        help_text=_(
            "Its coordinators may then use the voice, for what the person agrees to, and nobody else."
        ),
    )

    field_order = ("organization", "process")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.begin()
        reader = self.request.reader
        mine = Organization.objects.filter(pk__in=reader.verified_ids).order_by("pk")
        self.fields["organization"].queryset = mine
        if len(mine) == 1:
            self.fields["organization"].initial = mine[0]
        processes = Process.objects.visible_to(reader).published().order_by(*NEWEST)
        self.fields["process"].queryset = processes
        self.fields["process"].initial = next((row for row in processes if row.is_current), None)
        self.fields["language"].initial = get_language()

    @property
    def sections(self):
        """[(heading, fields)]: the account, then the consent."""
        about = [self[name] for name in ("organization", "process", *WordsForm.base_fields)]
        return [(_("The account"), about), (_("Consent"), [self[name] for name in AgreementForm.base_fields])]


class VoiceEditForm(WordsForm, OperationForm):
    """The account, changed from the version that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, voice, **kwargs):
        values = {name: getattr(voice, name) for name in (*WordsForm.base_fields, "version")}
        values["objectives"] = list(voice.objectives.values_list("pk", flat=True))
        super().__init__(*args, initial=values, **kwargs)


class VoiceConsentForm(AgreementForm, OperationForm):
    """A consent that is renewed, or given to further purposes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.begin()


class VoiceWithdrawForm(OperationForm):
    """What the person takes back: some purposes, or everything."""

    purposes = forms.MultipleChoiceField(
        label=_("What the person withdraws"), required=False, widget=forms.CheckboxSelectMultiple
    )
    everything = forms.BooleanField(
        label=_("Everything: take the account away altogether"),
        required=False,
        help_text=_("Its words are then gone from this portal too, and cannot be brought back."),
    )

    def __init__(self, *args, purposes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["purposes"].choices = [
            (value, label) for value, label in VoiceConsent.Purpose.choices if value in purposes
        ]
        if not purposes:
            del self.fields["purposes"]


class VoiceUseForm(CreatingForm):
    """Where a voice is shown, for which of the purposes that the person agreed to."""

    purpose = forms.ChoiceField(label=_("For what"), widget=forms.RadioSelect)
    document = TitledField(label=_("Document"), queryset=Document.objects.none(), required=False)
    campaign = TitledField(label=_("Campaign"), queryset=Campaign.objects.none(), required=False)
    passage = PassageField(
        label=_("Passage"),
        required=False,
        help_text=_("Copied from the account as it stands. Empty: the whole account."),
    )

    def __init__(self, *args, purposes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [
            (value, label) for value, label in VoiceConsent.Purpose.choices if value in purposes
        ]
        reader = self.request.reader
        for name, model in (("document", Document), ("campaign", Campaign)):
            rows = [row.pk for row in model.objects.visible_to(reader) if reader.coordinates(row)]
            self.fields[name].queryset = (
                model.objects.visible_to(reader).filter(pk__in=rows).order_by(*NEWEST)
            )
