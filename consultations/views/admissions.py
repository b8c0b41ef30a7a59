"""Rooms by invitation: coordinators invite organizations to register; the letter leads the right one in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consultations.forms.admissions import AdmissionForm, TakeUpForm
from consultations.models import Admission, Consultation
from consultations.operations import admissions as acts
from consultations.permissions import can_edit
from portal.models import Organization
from portal.operations import log
from portal.permissions import require

HELD = "admission"  # the session's key for a token that was taken out of the address
MOST = 500


def admissions(request, key):
    """Who is invited to register, and what became of it; invite more."""
    found = get_object_or_404(Consultation.objects.visible_to(request.reader), key=key)
    require(can_edit(request.user, found))
    members = Organization.objects.visible_to(request.reader).members().order_by("folded_name", "pk")
    form = AdmissionForm(request.POST or None, request=request, consultation=found, organizations=members)
    if request.method == "POST" and form.carry_out(acts.invite, found, by=request.user):
        messages.success(request, _("They are invited, and the letters are on their way."))
        return redirect("consultations:admissions", key=found.key)
    if found.is_closed_room:
        log.record("closed list seen", found, by=request.user)
    rows = Admission.objects.visible_to(request.reader).filter(consultation=found)
    rows = rows.select_related("organization", "recipient", "registration").order_by("-pk")[:MOST]
    context = {"consultation": found, "form": form, "admissions": rows, "now": timezone.now()}
    status = 422 if request.method == "POST" else 200
    return render(request, "consultations/admissions.html", context, status=status)


@require_POST
def withdraw(request, key):
    """Take an invitation back."""
    rows = Admission.objects.visible_to(request.reader).select_related("consultation")
    found = get_object_or_404(rows, key=key)
    require(can_edit(request.user, found.consultation))
    acts.withdraw(found, by=request.user)
    messages.success(request, _("The invitation is taken back."))
    return redirect("consultations:admissions", key=found.consultation.key)


@login_not_required
@require_safe
def letter(request, token):
    """Take the token out of the address, so that no later request or log carries it."""
    request.session[HELD] = token
    return redirect("consultations:admission")


def admission(request):
    """Say, signed in, for which organization the invitation is; then it registers as others do."""
    found = Admission.held_by(request.session.get(HELD, ""))
    if found is None or (found.organization_id and found.organization_id not in request.reader.verified_ids):
        raise Http404
    if found.organization_id:
        return redirect(found)
    led = [row for pk, row in request.reader.organizations.items() if pk in request.reader.led_ids]
    form = TakeUpForm(request.POST or None, organizations=[row for row in led if row.is_member])
    if request.method == "POST" and form.carry_out(acts.bind, found, by=request.user):
        return redirect(form.result)
    status = 422 if request.method == "POST" else 200
    return render(request, "consultations/admission.html", {"form": form}, status=status)
