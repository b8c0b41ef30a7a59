"""What a coordinator says of a resource page: where it stands, what it says."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.forms.base import OperationForm
from portal.forms.fields import LineField
from portal.forms.moments import MomentForm, TitledField
from portal.forms.records import DatesForm, ProcessField, RecordForm
from resources.models import ResourcePage


class ResourcePageForm(RecordForm):
    """A page of guidance: the page above it, its process, its texts."""

    parent = TitledField(
        label=_("Below which page"),
        queryset=ResourcePage.objects.none(),
        required=False,
        help_text=_("Empty: it stands at the top of the tree."),
    )
    process = ProcessField()

    body_label = _("Text of the page in %(language)s")
    SECTIONS = (
        (pgettext_lazy("of a page among others", "Where it stands"), ("parent", "process")),
        RecordForm.ABOUT,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in (*DatesForm.base_fields, "why_moved"):
            self.fields.pop(name, None)  # guidance stands until it is changed
        self.fields["parent"].queryset = self._places(self.request.reader)

    def _places(self, reader):
        """The pages that the reader coordinates, and the one that it stands below."""
        pages = ResourcePage.objects.visible_to(reader)
        if not reader.coordinates_everything:
            now_in = self.record.parent_id if self.record else None
            within = {row.pk for row in pages if reader.coordinates(row)} | {now_in}
            pages = pages.filter(pk__in=within - {None})
        if self.record:
            pages = pages.exclude(pk=self.record.pk)
        return pages.order_by("position", "pk")


class AddressForm(OperationForm):
    """The words in the address of a page."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    word = LineField(
        label=_("Words of the address"),
        max_length=80,
        help_text=_(
            "Short and lasting, in any script. Some signs are put after them, so that no two are the same."
        ),
    )

    def __init__(self, *args, page, **kwargs):
        words = (page.slug or "").rpartition("-")[0]
        super().__init__(*args, initial={"version": page.version, "word": words}, **kwargs)


class ScheduleForm(MomentForm, OperationForm):
    """The moment at which a page publishes itself."""
