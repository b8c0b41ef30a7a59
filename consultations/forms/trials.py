"""Forms that say first who would move, and then do it."""

from django import forms
from django.db import transaction

from consultations import trials
from consultations.operations import lines
from portal.operations.receipts import Replayed


class ShowsWhoMoves(forms.Form):
    """A change of places: done, looked at and taken back, until what would move has been seen.

    Put it before the form that carries out. `trial` holds what was looked at; the page sends its digest back as
    `seen`. Where something else would move by then, it is shown again.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    trial = None

    def changes_places(self):
        """Whether what was typed can move anybody."""
        return True

    def carry_out(self, operation, *things, **context):
        return super().carry_out(operation, *things, **context) and self.trial is None

    def run(self, operation, *things, seen="", **values):
        if not self.changes_places():
            return super().run(operation, *things, **values)
        with transaction.atomic():
            consultation = lines.lock(self.consultation)
            before = trials.standing(consultation)
            result = super().run(operation, *things, **values)
            trial = trials.compared(consultation, before)
            if not before or trial.digest == seen or isinstance(result, Replayed):
                return result
            transaction.set_rollback(True)
        self.trial = trial
        return None
