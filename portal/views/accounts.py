"""A person's own settings, and another code for whoever waits for one."""

from allauth.account.internal.stagekit import clear_login
from allauth.account.views import login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from portal import data_map, own_data, proofs
from portal.forms.accounts import AccountForm, ErasureForm
from portal.models import Organization
from portal.operations import accounts, erasure


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


@require_safe
def my_data(request):
    """What is held about oneself, and how to take it along."""
    return render(request, "portal/my_data.html", {"rooms": data_map.rooms()})


@require_POST
def my_data_file(request):
    """All that is held about oneself, as one file; whoever asks proves first to be that person."""
    proofs.require(request, back_to=reverse("my-data"))
    accounts.note_own_data(request.user, by=request.user)
    headers = {"Content-Disposition": 'attachment; filename="my-data.zip"'}
    content = own_data.archive(request.reader)
    return StreamingHttpResponse(content, content_type="application/zip", headers=headers)


def my_data_erase(request):
    """What it brings to be erased, and the button; whoever presses it proves first to be that person."""
    form = ErasureForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        proofs.require(request, back_to=reverse("my-data-erase"))
        if form.carry_out(erasure.erase, request.user, by=request.user):
            logout(request)
            messages.success(request, gettext("Your account and what was held about you are erased."))
            return redirect("home")
    left = Organization.objects.visible_to(request.reader).led_by_nobody_but(request.user)
    days = settings.KEEP_BACKUPS_DAYS
    context = {"form": form, "left": left.by_name(get_language()), "days": days}
    return render(request, "portal/my_data_erase.html", context, status=422 if form.is_bound else 200)


@login_not_required
@require_POST
def code_again(request):
    """Ask anew, as at the door: the answer is the same, and takes as long, whether or not there is such an account."""
    clear_login(request)
    answer = login(request)
    return redirect("account_login") if answer.status_code == 200 else answer
