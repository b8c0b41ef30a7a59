"""Signing up, which takes as long for an address that has an account as for one that has none (safety.md, G13)."""

import secrets

from allauth.account.forms import SignupForm
from allauth.account.models import EmailAddress
from allauth.account.utils import has_verified_email
from django.db import transaction


class SignUpForm(SignupForm):
    """allauth's form; of an address that is known it makes an account too, and takes it back at once."""

    def try_save(self, request):
        if self.account_already_exists:
            self._save_for_nobody(request)
        return super().try_save(request)

    def save(self, request, *, is_for_nobody=False):
        """Make the account; for nobody it is taken back, in a transaction that waits for the disk like any other."""
        with transaction.atomic(), transaction.atomic():
            user = super().save(request)
            if is_for_nobody:
                _look_up_like_a_stranger(user)
                transaction.set_rollback(True)  # of the inner one alone
        return user

    def _save_for_nobody(self, request):
        """Do what signing up a stranger does, without leaving anything."""
        given = self.cleaned_data["email"]
        self.cleaned_data["email"] = f"{secrets.token_hex(8)}@nobody.invalid"
        self.account_already_exists = False
        self.save(request, is_for_nobody=True)
        self.cleaned_data["email"], self.account_already_exists = given, True


def _look_up_like_a_stranger(user):
    """Ask for what allauth asks for of a new account before it sends the code."""
    has_verified_email(user)
    user.emailaddress_set.first()
    again = type(user).objects.get(pk=user.pk)
    EmailAddress.objects.get_for_user(again, again.email)
