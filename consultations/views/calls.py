"""Calls for input, feedback, practices or endorsement: what is asked, of whom, until when."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import F, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from consultations.models import Call, Consultation
from consultations.permissions import can_edit
from portal import panels
from portal.converters import by_address
from portal.models import Process
from resources.models import Document

PER_PAGE = 50


@login_not_required
@require_safe
def calls(request):
    """Open ones by what closes first, then those behind us, newest first."""
    now = timezone.now()
    rows = Call.objects.visible_to(request.reader).published().select_related("process")
    is_open = Q(closes_at__gt=now) | Q(closes_at__isnull=True, ends_on__gte=now.date())
    page = Paginator(
        rows.exclude(is_open).order_by(
            F("ends_on").desc(nulls_last=True), F("begins_on").desc(nulls_last=True), "-pk"
        ),
        PER_PAGE,
    ).get_page(request.GET.get("page"))
    context = {"open": rows.filter(is_open).order_by("ends_on", "pk"), "page": page, "now": now}
    return render(request, "consultations/calls.html", context)


@login_not_required
@require_safe
def call(request, key):
    """One call, with what it belongs to."""
    rows = Call.objects.visible_to(request.reader).as_rows().prefetch_related("moved_dates", "bodies")
    found = get_object_or_404(rows, **by_address(key))
    if key != found.address_key:
        return redirect(found, permanent=True)
    reader, now = request.reader, timezone.now()
    context = {
        "call": found,
        "now": now,
        "is_open": is_open(found, now),
        "process": Process.objects.visible_to(reader).filter(pk=found.process_id).first(),
        "consultation": Consultation.objects.visible_to(reader).filter(pk=found.consultation_id).first(),
        "document": Document.objects.visible_to(reader).published().filter(pk=found.document_id).first(),
        "can_edit": can_edit(request.user, found),
        "panels": panels.of(found, request.reader, get_language()),
    }
    return render(request, "consultations/call.html", context)


def is_open(call, at):
    """Whether its last moment, or its last day, has not passed; one without either is not known to be open."""
    if call.closes_at is not None:
        return call.closes_at > at
    return call.ends_on is not None and call.ends_on >= at.date()
