"""The form with which two records of an organization become one."""

from django import forms

from portal.forms.base import CreatingForm


class MergerForm(CreatingForm):
    """Nothing is typed: the form knows what was looked at, and takes effect once."""

    before = forms.CharField(widget=forms.HiddenInput)
