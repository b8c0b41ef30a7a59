"""Coordinators make processes and their phases, and copy a process as the template of the next."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from consultations.operations import cycles
from portal.errors import Refused
from portal.forms.processes import CopyForm, PhaseForm, ProcessForm
from portal.models import Phase, Process
from portal.operations import processes
from portal.permissions import can_coordinate, require
from portal.views.records import TEMPLATE, Editor

editor = Editor(
    name="process",
    model=Process,
    form=ProcessForm,
    heads=(_("Draft a process"), _("Edit the process")),
    listing="processes",
    may_begin=can_coordinate,
    operations=processes,
)
phase_editor = Editor(
    name="phase",
    model=Phase,
    form=PhaseForm,
    heads=(_("Add a phase"), _("Edit the phase")),
    listing="processes",
    may_begin=can_coordinate,
)


def phase_new(request, key):
    """Add a phase to a process."""
    found = get_object_or_404(Process.objects.visible_to(request.reader), key=key)
    require(can_coordinate(request.user, found))
    sent = request.POST or None
    form = PhaseForm(sent, request=request, original=request.GET.get("original", found.original_language))
    if sent is None or not form.carry_out(add_phase, found, by=request.user):
        context = {"form": form, "record": None, "head": phase_editor.heads[0], "above": found}
        return render(request, TEMPLATE, context, status=422 if sent else 200)
    messages.success(request, _("The phase is added."))
    return redirect(form.result)


def add_phase(process, **values):
    """Add the phase; the form leads back to its process."""
    return processes.add_phase(process, **values).process


@require_POST
def phase_remove(request, key):
    """Take a phase off the road."""
    found = get_object_or_404(Phase.objects.visible_to(request.reader).select_related("process"), key=key)
    require(can_coordinate(request.user, found))
    process = processes.remove_phase(found, by=request.user)
    messages.success(request, _("The phase is taken off the road."))
    return redirect(process)


def copy(request, key):
    """Show what the next cycle would hold and on which dates; then make it, all at once."""
    found = get_object_or_404(Process.objects.visible_to(request.reader), key=key)
    require(can_coordinate(request.user))
    form = CopyForm(request.POST or None, request=request, process=found)
    is_final = "make" in request.POST
    if is_final and form.carry_out(cycles.copy, found, by=request.user):
        messages.success(request, _("The next cycle is made, all of it as drafts."))
        return redirect(form.result)
    plan = preview(form, found)
    context = {"process": found, "form": form, "plan": plan, "kinds": kinds(plan)}
    return render(request, "portal/process_copy.html", context, status=422 if form.errors else 200)


def preview(form, process):
    """What would be made; None while the form does not say enough."""
    if not form.is_bound or not form.is_valid():
        return None
    asked = {name: form.cleaned_data[name] for name in ("begins_on", "keeps_weekdays")}
    try:
        return cycles.plan(process, **asked)
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
        return None


def kinds(plan):
    """What would be made, by kind, in the order of making: [(kind, steps)]."""
    found = {}
    for step in plan.steps if plan else ():
        found.setdefault(step.kinds, []).append(step)
    return list(found.items())
