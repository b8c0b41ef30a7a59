"""A file to put beside something: on a resource page, in a campaign."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms.base import CreatingForm
from portal.forms.fields import OWN_NAMES, LineField


class AttachmentForm(CreatingForm):
    """A file, what it is, and the language that it is in."""

    upload = forms.FileField(
        label=_("File"),
        help_text=_("A PDF or a picture, at most 10 MB. What tells of its makers is taken out."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )
    title = LineField(
        label=_("What it is"), max_length=200, required=False, help_text=_("Left empty: the file's name.")
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("Several, or none")), *OWN_NAMES], required=False
    )
