"""Confirming that this database is at home here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms.base import OperationForm
from portal.operations import installations


class ConfirmForm(OperationForm):
    """What becomes of the messages that wait: nobody else can know whether another installation has sent them."""

    waiting = forms.ChoiceField(
        label=_("The messages that wait here"),
        widget=forms.RadioSelect,
        choices=[
            (
                installations.CANCEL,
                _("Cancel them: this came out of a backup, and they were most likely sent before"),
            ),
            (installations.SEND, _("Send them: the portal was moved here, and nothing else sends them")),
        ],
    )
