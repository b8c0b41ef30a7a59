"""What a coordinator says of a section of a resource page: what it lists, its words in each language."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms.base import CreatingForm
from portal.forms.differences import ShowsDifferences
from portal.forms.moments import TitledField
from portal.forms.records import ProcessField, RecordForm
from portal.forms.words import WordsForm
from portal.models import Process
from resources.models import Campaign, Document, PageSection

Kind = PageSection.Kind


class SectionForm(ShowsDifferences, WordsForm, CreatingForm):
    """A section of one kind, written in the page's original language, its translations side by side."""

    has_summary = False
    card_approval = _("The heading is approved: readers see it")
    body_label = _("Text of the section in %(language)s")
    body_approval = _("The text is approved: readers see it")

    ASKED = ("objectives", "process", "document_kind", "campaign")
    # What each kind is asked besides its words.
    FACTS = {
        Kind.DOCUMENTS: ("objectives", "process", "document_kind"),
        Kind.OPEN: ("objectives", "process"),
        Kind.CAMPAIGN: ("campaign",),
    }

    kind = forms.ChoiceField(choices=Kind.choices, widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    objectives = RecordForm.declared_fields["objectives"]
    process = ProcessField()
    document_kind = forms.ChoiceField(
        label=_("Kind of documents"), choices=[("", _("Every kind")), *Document.Kind.choices], required=False
    )
    campaign = TitledField(label=_("Which campaign"), queryset=Campaign.objects.none())
    changes_meaning = RecordForm.declared_fields["changes_meaning"]

    def __init__(self, data=None, *args, request, page, kind, section=None, **kwargs):
        super().__init__(data, *args, request=request, **kwargs)
        self.original_language = page.original_language
        for name in {*self.ASKED} - {*self.FACTS.get(kind, ())}:
            del self.fields[name]
        for name, model in (("process", Process), ("campaign", Campaign)):
            if name in self.fields:
                rows = model.objects.visible_to(request.reader)
                self.fields[name].queryset = rows.newest_first()
        if section is None:
            self.initial = {"kind": kind} | self.initial
            del self.fields["version"], self.fields["changes_meaning"]
        else:
            del self.fields["kind"]
            if not section.text_states.all():
                del self.fields["changes_meaning"]
        self.add_languages()
        if section is not None:
            self.initial = self.values_of(section) | self.initial

    @property
    def facts(self):
        """The fields that say what the list shows; a text has none."""
        return [self[name] for name in self.ASKED if name in self.fields]

    def values_of(self, section):
        """What the form of a section shows at first."""
        return {
            "version": section.version,
            "objectives": [row.pk for row in section.objectives.all()],
            "process": section.process_id,
            "document_kind": section.document_kind,
            "campaign": section.campaign_id,
        } | self.words_of(section)

    def differences(self, section):
        """Where what was typed and what somebody saved meanwhile part."""
        return self.compared_with(self.values_of(section), version=section.version)
