"""Rounds feed rounds: a briefing note is drafted from what was given to a call."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from consultations.forms.briefings import BriefingForm
from consultations.models import Call, Theme
from consultations.operations import briefings
from consultations.permissions import can_edit
from portal.permissions import can_coordinate, require


def draft(request, key):
    """Draft a briefing note, a section for each theme; it is written on as any other paper."""
    rows = Call.objects.visible_to(request.reader).select_related("consultation__process", "process")
    found = get_object_or_404(rows, key=key)
    process = found.process or (found.consultation and found.consultation.process)
    require(
        can_edit(request.user, found) and can_coordinate(request.user, process)
    )  # it is a paper of that process
    themes = Theme.objects.visible_to(request.reader).filter(call=found).order_by("number", "pk")
    form = BriefingForm(request.POST or None, request=request, themes=themes)
    if request.method == "POST" and form.carry_out(briefings.draft, found, by=request.user):
        messages.success(request, _("The draft has a section for each theme, with the inputs behind it."))
        return redirect(form.result)
    context = {"call": found, "form": form, "has_themes": themes.exists()}
    return render(request, "consultations/briefing_new.html", context, status=422 if form.is_bound else 200)
