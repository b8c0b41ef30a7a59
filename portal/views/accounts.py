"""A person's own settings, and another code for whoever waits for one."""

from allauth.account.internal.stagekit import clear_login
from allauth.account.views import login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

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


@login_not_required
@require_POST
def code_again(request):
    """Ask anew, as at the door: the answer is the same, and takes as long, whether or not there is such an account."""
    clear_login(request)
    answer = login(request)
    return redirect("account_login") if answer.status_code == 200 else answer
