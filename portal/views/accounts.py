"""A person's own settings."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from portal.forms.accounts import AccountForm
from portal.operations import accounts


def account(request):
    """Own name, language and time zone; the page goes on in the language that was chosen."""
    if request.method != "POST":
        return render(request, "portal/account.html", {"form": AccountForm(person=request.user)})
    form = AccountForm(request.POST, person=request.user)
    if not form.carry_out(accounts.change_settings, request.user, by=request.user):
        return render(request, "portal/account.html", {"form": form}, status=422)
    with translation.override(form.result.language):
        messages.success(request, gettext("Your settings are saved."))
        return redirect(reverse("account"))
