"""Signing up, which takes as long for an address that has an account as for one that has none (safety.md, G13)."""

import secrets

from allauth.account.forms import SignupForm
from django.db import transaction


class SignUpForm(SignupForm):
    """allauth's form; of an address that is known it makes an account too, and takes it back at once."""

    def try_save(self, request):
        if self.account_already_exists:
            self._save_for_nobody(request)
        return super().try_save(request)

    def _save_for_nobody(self, request):
        """Do what signing up a stranger does to the database, without leaving anything."""
        given = self.cleaned_data["email"]
        with transaction.atomic():
            self.cleaned_data["email"] = f"{secrets.token_hex(8)}@nobody.invalid"
            self.account_already_exists = False
            self.save(request)
            transaction.set_rollback(True)
        self.cleaned_data["email"], self.account_already_exists = given, True
