"""Asks, shared commitments, steps on participation and pledges, with what moved since."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import F, Max
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from consultations.forms.filters import CommitmentFilters
from consultations.models import Commitment, Consultation
from consultations.permissions import can_edit
from portal import panels
from portal.converters import by_address
from portal.models import Objective, Process
from resources.models import Document

PER_PAGE = 50


@login_not_required
@require_safe
def commitments(request):
    """Every commitment, the one with the newest report first, narrowed by what the address asks."""
    rows = Commitment.objects.visible_to(request.reader).published()
    filters = filters_of(request, rows)
    found = rows.matching(**filters.wanted()).annotate(moved_on=Max("updates__on")).as_rows()
    order = (F("moved_on").desc(nulls_last=True), F("begins_on").desc(nulls_last=True), "kind", "pk")
    page = Paginator(found.order_by(*order), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "consultations/commitments.html", {"filters": filters, "page": page})


def filters_of(request, rows):
    processes = Process.objects.visible_to(request.reader).filter(commitments__in=rows).distinct()
    return CommitmentFilters(
        request.GET,
        objectives=Objective.objects.filter(commitment__in=rows).distinct().order_by("number"),
        processes=processes.order_by(F("begins_on").desc(nulls_last=True), "-pk"),
        kinds=rows.order_by().values_list("kind", flat=True).distinct(),
    )


@login_not_required
@require_safe
def commitment(request, key):
    """One commitment: by whom, where made, on what, and each dated report with its evidence."""
    rows = Commitment.objects.visible_to(request.reader).as_rows()
    rows = rows.prefetch_related("moved_dates", "principles")
    found = get_object_or_404(rows, **by_address(key))
    if key != found.address_key:
        return redirect(found, permanent=True)
    reader = request.reader
    context = {
        "commitment": found,
        "process": Process.objects.visible_to(reader).filter(pk=found.process_id).first(),
        "consultation": Consultation.objects.visible_to(reader).filter(pk=found.consultation_id).first(),
        "document": Document.objects.visible_to(reader).published().filter(pk=found.document_id).first(),
        "can_edit": can_edit(request.user, found),
        "panels": panels.of(found, request.reader, get_language()),
    }
    return render(request, "consultations/commitment.html", context)
