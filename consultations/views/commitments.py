"""Asks, shared commitments, steps on participation and pledges, with what moved since."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import F, Max
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations import comparison
from consultations.forms.commitments import CommitmentForm
from consultations.forms.filters import CommitmentFilters
from consultations.models import Commitment, CommitmentReport, Consultation
from consultations.permissions import can_draft, can_edit, can_report
from portal import panels
from portal.converters import by_address
from portal.models import Objective, Process
from portal.views.records import Editor
from resources.models import Document

PER_PAGE = 50
MOST = 1000
NEWEST = (F("moved_on").desc(nulls_last=True), F("begins_on").desc(nulls_last=True), "kind", "pk")

editor = Editor(
    name="commitment",
    model=Commitment,
    form=CommitmentForm,
    heads=(_("Draft a commitment"), _("Edit the commitment")),
    listing="consultations:commitments",
    may_begin=can_draft,
)


@login_not_required
@require_safe
def commitments(request):
    """Every commitment, the one with the newest report first, narrowed by what the address asks."""
    filters, rows = narrowed(request)
    reader = request.reader
    waiting = (
        CommitmentReport.objects.visible_to(reader)
        .waiting()
        .exclude(organization__in=reader.organizations.keys())
    )
    context = {
        "filters": filters,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "can_draft": can_draft(request.user),
        "waiting": waiting.select_related("commitment").order_by("given_at")[:PER_PAGE],
    }
    return render(request, "consultations/commitments.html", context)


def narrowed(request):
    """The filters, and what they let through."""
    rows = Commitment.objects.visible_to(request.reader).published()
    filters = filters_of(request, rows)
    found = rows.matching(**filters.wanted()).annotate(moved_on=Max("updates__on")).as_rows()
    return filters, found.order_by(*NEWEST)


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
def compare(request):
    """Asks beside commitments, objective by objective, or State by State and maker by maker."""
    filters, rows = narrowed(request)
    del filters.fields["kind"]
    by_whom = request.GET.get("by") == "whom"
    arrange = comparison.by_maker if by_whom else comparison.by_objective
    found = list(rows[: MOST + 1])
    context = {
        "filters": filters,
        "by_whom": by_whom,
        "matters": arrange(found[:MOST], get_language()),
        "is_cut": len(found) > MOST,
    }
    return render(request, "consultations/commitments_compared.html", context)


@login_not_required
@require_safe
def commitment(request, key):
    """One commitment: by whom, where made, on what, and each dated report with its evidence."""
    rows = Commitment.objects.visible_to(request.reader).as_rows()
    rows = rows.prefetch_related("moved_dates", "principles")
    found = get_object_or_404(rows, **by_address(key))
    if key != found.address_key:
        return redirect(found, permanent=True)
    reader, reports = request.reader, CommitmentReport.objects.visible_to(request.reader)
    context = {
        "commitment": found,
        "process": Process.objects.visible_to(reader).filter(pk=found.process_id).first(),
        "consultation": Consultation.objects.visible_to(reader).filter(pk=found.consultation_id).first(),
        "document": Document.objects.visible_to(reader).published().filter(pk=found.document_id).first(),
        "can_edit": can_edit(request.user, found),
        "can_report": can_report(request.user, found),
        "reports": reports.filter(commitment=found).exclude(status=CommitmentReport.Status.ACCEPTED),
        "panels": panels.of(found, request.reader, get_language()),
    }
    return render(request, "consultations/commitment.html", context)
