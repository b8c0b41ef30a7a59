"""Quotas of a consultation: coordinators make, change and remove them, and see first who would move."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from consultations.forms.quotas import QuotaForm, RemoveQuotaForm
from consultations.models import Consultation, Quota, Registration
from consultations.operations import quotas as acts
from consultations.permissions import can_edit
from consultations.views import trials
from portal.permissions import require


def quotas(request, key):
    """The quotas of a consultation, how full each is; make one more."""
    found = get_object_or_404(Consultation.objects.visible_to(request.reader), key=key)
    require(can_edit(request.user, found))
    form = QuotaForm(request.POST or None, request=request, consultation=found)
    if trials.is_to_do(request) and form.carry_out(acts.add, found, by=request.user):
        messages.success(request, _("The quota is made."))
        return redirect("consultations:quotas", key=found.key)
    waiting = Count("registrations", filter=Q(registrations__status=Registration.Status.WAITLISTED))
    rows = Quota.objects.visible_to(request.reader).filter(consultation=found).annotate(waiting=waiting)
    rows = rows.select_related("consultation").prefetch_related("regions").order_by("pk")
    context = {"consultation": found, "quotas": rows}
    return trials.answer(request, form, "consultations/quotas.html", context)


def edit(request, key):
    """Change a quota."""
    found = to_edit(request, key)
    asked = {"request": request, "consultation": found.consultation, "quota": found}
    form = QuotaForm(request.POST or None, **asked)
    if trials.is_to_do(request) and form.carry_out(acts.change, found, by=request.user):
        messages.success(request, _("The quota is changed."))
        return redirect("consultations:quotas", key=found.consultation.key)
    context = {"consultation": found.consultation, "quota": found}
    return trials.answer(request, form, "consultations/quota_edit.html", context)


@require_POST
def remove(request, key):
    """Do without a quota."""
    found = to_edit(request, key)
    form = RemoveQuotaForm(request.POST, consultation=found.consultation)
    if trials.is_to_do(request) and form.carry_out(acts.remove, found, by=request.user):
        messages.success(request, _("The quota is removed."))
    for error in form.non_field_errors():
        messages.error(request, error)
    if form.trial is None:
        return redirect("consultations:quotas", key=found.consultation.key)
    return trials.shown(request, form)


def to_edit(request, key):
    rows = Quota.objects.visible_to(request.reader).select_related("consultation").prefetch_related("regions")
    found = get_object_or_404(rows, key=key)
    require(can_edit(request.user, found.consultation))
    return found
