"""Coordinators make consultations: drafted, changed, moved from state to state; their meetings set."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from consultations.forms.consultations import ConsultationForm
from consultations.models import Consultation
from consultations.operations import consultations
from consultations.permissions import can_draft, can_edit
from consultations.views import trials
from portal.permissions import require

MOVES = {
    "announce": (consultations.announce, _("The consultation is announced.")),
    "open": (consultations.open_registration, _("The consultation is open.")),
    "close": (consultations.close, _("The consultation is closed.")),
    "archive": (consultations.archive, _("The consultation is in the archive.")),
}


def new(request):
    """Draft a consultation."""
    require(can_draft(request.user))
    sent = request.POST if request.method == "POST" else None
    form = ConsultationForm(sent, request=request, original=request.GET.get("original"))
    if sent is None or not form.carry_out(consultations.create, by=request.user):
        status = 200 if sent is None else 422
        return render(request, "consultations/consultation_new.html", {"form": form}, status=status)
    messages.success(request, _("The draft is saved. Only coordinators see it."))
    return redirect(form.result)


def edit(request, key):
    """Change a consultation; what somebody saved meanwhile is not overwritten: both texts are shown."""
    found = get_object_or_404(Consultation.objects.visible_to(request.reader).as_page(), key=key)
    require(can_edit(request.user, found))
    if request.method != "POST":
        form = ConsultationForm(request=request, record=found)
        return render(request, "consultations/consultation_edit.html", {"consultation": found, "form": form})
    form = ConsultationForm(request.POST, request=request, record=found)
    if not trials.is_to_do(request):
        return render(request, "consultations/consultation_edit.html", {"consultation": found, "form": form})
    if not form.carry_out(consultations.edit, found, by=request.user):
        return trials.shown(request, form) if form.trial else refused(request, key, form)
    messages.success(request, _("The changes to the consultation are saved."))
    return redirect(form.result)


def refused(request, key, form):
    """Show what was typed; if the consultation is not the one that was edited, beside what is saved now."""
    found = get_object_or_404(Consultation.objects.visible_to(request.reader).as_page(), key=key)
    context = {"consultation": found, "form": form}
    if form.cleaned_data.get("version", found.version) == found.version:
        return render(request, "consultations/consultation_edit.html", context, status=422)
    context["differences"] = form.differences(found)
    return render(request, "consultations/consultation_edit.html", context, status=409)


@require_POST
def move(request, key, act):
    """Announce, open, close or archive a consultation."""
    found = get_object_or_404(Consultation.objects.visible_to(request.reader), key=key)
    require(can_edit(request.user, found))
    operation, said = MOVES[act]
    found = operation(found, by=request.user)
    messages.success(request, said)
    return redirect(found)
