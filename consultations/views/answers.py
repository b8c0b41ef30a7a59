"""Coordinators see who registered, in order, confirm or decline, and plan rooms and interpretation."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consultations import exports, planning
from consultations.forms.registrations import DeclineForm
from consultations.models import Consultation, Delegate, Question, Registration, RegistrationAnswer
from consultations.operations import registrations
from consultations.permissions import can_answer
from portal import proofs, sheets, workbooks
from portal.operations import log
from portal.permissions import require

PER_PAGE = 50


@require_safe
def listing(request, key):
    """The registrations of a consultation in order of arrival, with what is needed for planning."""
    found = get_object_or_404(Consultation.objects.visible_to(request.reader), key=key)
    require(can_answer(request.user, found))
    status = request.GET.get("status")
    rows = registrations_of(request, found)
    if status in Registration.Status.values:
        rows = rows.filter(status=status)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    if found.is_closed_room:
        log.record("closed list seen", found, by=request.user)
    context = {"consultation": found, "page": page, "status": status, "plan": planning.of(found)}
    context |= {"rounds": planning.rounds(found, request.reader), "unnamed": planning.unnamed(found)}
    context["quotas"] = list(found.quotas.order_by("pk"))
    return render(request, "consultations/registrations.html", context)


def registrations_of(request, consultation):
    rows = Registration.objects.visible_to(request.reader).filter(consultation=consultation)
    rows = rows.with_place_in_line().select_related("organization", "registered_by")
    # Under a name of its own: templates ask nothing of the database.
    delegates = Prefetch("delegate_set", queryset=Delegate.objects.order_by("pk"), to_attr="delegates")
    answers = RegistrationAnswer.objects.visible_to(request.reader).as_answered()
    answers = Prefetch("answers", queryset=answers, to_attr="answered")
    return rows.prefetch_related(delegates, answers).order_by("seq")


@require_POST
def confirm(request, key):
    """Approve a registration that waits for a coordinator."""
    found = answered(request, key)
    found = registrations.confirm(found, by=request.user)
    if found.status == Registration.Status.CONFIRMED:
        messages.success(request, _("The registration is confirmed. The organization is told."))
    else:
        messages.success(
            request, _("All places are taken: it now stands on the waiting list, and is told so.")
        )
    return redirect("consultations:registrations", key=found.consultation.key)


def decline(request, key):
    """Decline a registration, with the reason that the organization reads."""
    found = answered(request, key)
    form = DeclineForm(request.POST or None)
    if request.method != "POST" or not form.carry_out(registrations.decline, found, by=request.user):
        context = {"registration": found, "consultation": found.consultation, "form": form}
        status = 200 if request.method != "POST" else 422
        return render(request, "consultations/registration_decline.html", context, status=status)
    messages.success(request, _("The registration is declined. The organization is told why."))
    return redirect("consultations:registrations", key=found.consultation.key)


def answered(request, key):
    rows = Registration.objects.visible_to(request.reader).select_related("consultation", "organization")
    found = get_object_or_404(rows, key=key)
    require(can_answer(request.user, found.consultation))
    return found


@require_safe
def export(request, key):
    """The same list as a file for a spreadsheet, one line for each delegate; taking it is noted in the log."""
    return sheets.answer("registrations.csv", *sheet(request, key))


@require_safe
def workbook(request, key):
    """The same as a workbook, which opens right in every spreadsheet and runs from right to left in Arabic."""
    return workbooks.answer("registrations.xlsx", *sheet(request, key))


def sheet(request, key):
    """(columns, rows) of what is taken away."""
    found = get_object_or_404(Consultation.objects.visible_to(request.reader), key=key)
    require(can_answer(request.user, found))
    proofs.require(request, back_to=reverse("consultations:registrations", args=[found.key]))
    log.record("registrations exported", found, by=request.user)
    language, site = get_language(), settings.SITE_URL
    asked = list(Question.objects.visible_to(request.reader).of(found))
    rows = (
        line
        for registration in registrations_of(request, found).iterator(chunk_size=sheets.TOGETHER)
        for line in planning.lines(
            registration, language, exports.answer_cells(registration, asked, language, site)
        )
    )
    prompts = [question.text("prompt", language) for question in asked]
    return [*planning.COLUMNS, *prompts], rows
