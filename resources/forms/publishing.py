"""Forms by which a document comes into the library and leaves it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms.base import CreatingForm, OperationForm
from portal.forms.fields import LineField


class PublishForm(CreatingForm):
    """A document is published, from the version that its coordinator looked at; a second click changes nothing."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    tells = forms.BooleanField(
        label=_("Tell every member organization again"),
        required=False,
        help_text=_("They were told when it was first published. Leave this empty if nothing new is in it."),
    )

    def __init__(self, *args, document, **kwargs):
        super().__init__(*args, initial={"version": document.version}, **kwargs)
        if not (document.is_outcome and document.published_at):
            del self.fields["tells"]

    def show(self, document):
        """What is shown now is what the next click publishes."""
        self.data = self.data.copy()
        self.data["version"] = document.version


class TellForm(CreatingForm):
    """Members are told of a published document; a second click tells nobody again."""


class WithdrawForm(OperationForm):
    """Why a document is withdrawn; its readers are told so."""

    reason = LineField(
        label=_("Why is it withdrawn?"),
        max_length=300,
        help_text=_("Shown to everybody who follows an old link to it."),
    )
