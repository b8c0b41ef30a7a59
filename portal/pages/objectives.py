"""The 23 objectives: all of them, and everything on one."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language

from consultations.models import Call, Commitment, Consultation
from portal.models import Objective, WorkingGroup
from portal.pages import agenda, compact
from resources.models import Campaign, Document, Practice

MOST = 20


@login_not_required
def objectives(request):
    """The mosaic of all 23."""
    return render(request, "portal/objectives.html", {"mosaic": compact.mosaic(request.reader)})


@login_not_required
def objective(request, number):
    """Everything on one objective that this reader may see."""
    found = get_object_or_404(Objective, number=number)
    now = timezone.now()
    neighbours = Objective.objects.filter(number__in=[number - 1, number + 1])
    beside = {row.number: row for row in neighbours}
    title = found.text("title", get_language())
    context = {
        "objective": found,
        "title": title,
        "is_verified": found.is_verified(title.language),
        "source_page": found.source_page(title.language),
        "now": now,
        "previous": beside.get(number - 1),
        "next": beside.get(number + 1),
        "due": agenda.due(request.reader, now, objective=found),
    }
    return render(request, "portal/objective.html", context | things(request.reader, found))


def things(reader, objective):
    """The newest of each kind on an objective, one more than is shown, so that the page knows of more."""

    def on(model):
        return model.objects.visible_to(reader).published().on_objective(objective)

    closed = on(Consultation).exclude(status__in=[Consultation.Status.OPEN, Consultation.Status.ANNOUNCED])
    commitments = on(Commitment).select_related("process").prefetch_related("updates")
    return {
        "documents": on(Document).as_rows().newest_first()[:MOST],
        "consultations": closed.as_rows().newest_first()[:MOST],
        "commitments": commitments.order_by(F("begins_on").desc(nulls_last=True), "-pk")[:MOST],
        "calls": on(Call).order_by(F("ends_on").desc(nulls_last=True), "-pk")[:MOST],
        "working_groups": on(WorkingGroup).order_by(F("begins_on").desc(nulls_last=True), "pk")[:MOST],
        "practices": on(Practice)
        .select_related("organization")
        .order_by(F("begins_on").desc(nulls_last=True), "-pk")[:MOST],
        "campaigns": on(Campaign).order_by(F("begins_on").desc(nulls_last=True), "-pk")[:MOST],
    }
