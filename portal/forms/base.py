"""Forms that hand their data to an operation, keep what was typed, and take effect once."""

import hashlib
import json
import uuid
from inspect import unwrap

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext_lazy as _

from portal.errors import Refused
from portal.operations import receipts


class OperationForm(forms.Form):
    """A form whose data an operation carries out; a refusal becomes an error of the form.

    It runs in the form's transaction, unwrapped: its own would be a savepoint, two ways to the database for nothing.
    """

    result = None

    def carry_out(self, operation, *things, **context):
        """Run the operation with the cleaned data; say False, with errors set, if it was refused."""
        if not self.is_valid():
            return False
        try:
            self.result = self.run(operation, *things, **self.cleaned_data, **context)
        except Refused as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)
            return False
        except OperationalError:
            self.add_error(None, _("Many people are doing this at the same moment. Please try again."))
            return False
        except IntegrityError:
            self.add_error(None, _("Somebody has just changed this. Please look at it again and retry."))
            return False
        return True

    def run(self, operation, *things, **values):
        with transaction.atomic():
            return unwrap(operation)(*things, **values)


class CreatingForm(OperationForm):
    """A form that makes something new, at most once however often it is sent (safety.md, D4).

    Hand the request to the constructor: its sender and route, with the hidden key, name the receipt.
    """

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["once"].initial = uuid.uuid4

    def run(self, operation, *things, once=None, **values):
        with transaction.atomic():
            receipt = receipts.take(self.request, once or uuid.uuid4(), self.fingerprint())
            if receipt.result:
                return receipts.Replayed(receipt.result)
            result = unwrap(operation)(*things, **values)
            receipts.keep(receipt, result)
            return result

    def fingerprint(self):
        """SHA-256 of all that was sent: the same key with another body is another request."""
        sent = {name: self.data.getlist(name) for name in sorted(self.data) if name != "csrfmiddlewaretoken"}
        files = {
            name: [upload.name, upload.size]
            for name, upload in self.files.items()
            if isinstance(upload, UploadedFile)
        }
        return hashlib.sha256(json.dumps([sent, files], sort_keys=True).encode()).hexdigest()
