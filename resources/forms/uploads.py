"""Many PDFs sent at once, and the titles and languages that were guessed of them."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal import files
from portal.errors import Refused
from portal.forms.base import CreatingForm, OperationForm
from portal.forms.fields import OWN_NAMES, LineField
from portal.forms.records import ProcessField
from resources.models import Document

MOST = 20  # files of one sending; a script sends them one by one, as many as there are


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class UploadForm(CreatingForm):
    """One PDF of those that were chosen, and what is said of them all."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Document.Kind.choices, initial=Document.Kind.OTHER)
    process = ProcessField()
    access = forms.ChoiceField(
        label=_("Who may read them once they are published"),
        choices=[(Document.Access.PUBLIC, _("Everybody")), (Document.Access.MEMBERS, _("Members only"))],
        initial=Document.Access.PUBLIC,
    )
    file = forms.FileField(
        label=_("PDF files"),
        widget=SeveralFiles(attrs={"accept": ".pdf,application/pdf", "multiple": True}),
        help_text=_(
            "At most 20 at once, each at most 10 MB. Author, scripts and attachments are taken out of them."
        ),
    )

    def __init__(self, *args, request, number=0, **kwargs):
        super().__init__(*args, request=request, **kwargs)
        self.number = number
        self.fields["process"].offer(request.reader)

    @classmethod
    def of_each(cls, request):
        """A form for each file that was sent; where there is none, one that says so."""
        sent = request.FILES.getlist("file")
        forms = [
            cls(request.POST, {"file": upload}, request=request, number=number)
            for number, upload in enumerate(sent)
        ]
        return forms or [cls(request.POST, request=request)]

    @classmethod
    def for_more(cls, request):
        """An empty form that keeps what was said of the files before."""
        said = {name: request.POST[name] for name in ("kind", "process", "access") if name in request.POST}
        return cls(request=request, initial=said)

    def clean_file(self):
        if self.number >= MOST:
            raise ValidationError(_("Only 20 files are taken at once. Please send this one again."))
        try:
            files.clean(self.cleaned_data["file"])
        except Refused as refusal:
            raise ValidationError(refusal.message) from refusal
        return self.cleaned_data["file"]

    def run(self, operation, *things, once=None, **values):
        """Each file of a sending has a receipt of its own."""
        once = once and uuid.uuid5(once, str(self.number))
        return super().run(operation, *things, once=once, **values)

    @property
    def name(self):
        return self.files["file"].name

    @cached_property
    def known(self):
        """The document that has the file already, as far as its sender may see it; or None."""
        content = getattr(self.files["file"], "is_clean_as", None)
        rows = Document.objects.visible_to(self.request.reader)
        return rows.with_file(content.checksum).first() if content else None


class TitleForm(OperationForm):
    """The title and the language of a draft, one of many on the page."""

    title = LineField(label=_("Title"), max_length=300)
    language = forms.ChoiceField(label=_("Language"), choices=OWN_NAMES)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, record):
        self.record = record
        language = record.original_language
        initial = {
            "title": getattr(record, f"title_{language}"),
            "language": language,
            "version": record.version,
        }
        super().__init__(data, prefix=str(record.key), initial=initial)

    @property
    def is_sent(self):
        return self.add_prefix("version") in self.data

    @property
    def is_changed(self):
        return bool({"title", "language"} & {*self.changed_data})

    def catch_up(self):
        """Whether the draft was saved meanwhile; if it was, what is sent next counts as decided."""
        if self.cleaned_data.get("version") == self.record.version:
            return False
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = self.record.version
        return True
