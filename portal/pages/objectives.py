"""The 23 objectives: all of them, and everything on one."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import F, Prefetch, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi
from django.views.decorators.http import require_safe

from consultations.models import Call, Commitment, Consultation, Paper
from portal.models import Objective, Organization, Shown, WorkingGroup
from portal.pages import activity, agenda, compact
from resources.models import Campaign, Document, Practice

MOST = 20
NEWEST = (F("begins_on").desc(nulls_last=True), "-pk")
LATEST = (F("ends_on").desc(nulls_last=True), "-pk")


@login_not_required
@require_safe
def objectives(request):
    """The mosaic of all 23."""
    return render(request, "portal/objectives.html", {"mosaic": compact.mosaic(request.reader)})


@login_not_required
@require_safe
def objective(request, number):
    """Everything on one objective that this reader may see."""
    found = get_object_or_404(Objective, number=number)
    now = timezone.now()
    neighbours = Objective.objects.filter(number__in=[number - 1, number + 1])
    beside = {row.number: row for row in neighbours}
    due = agenda.due(request.reader, now, objective=found)
    title = found.text("title", get_language())
    drawn = activity.series(request.reader, found, runs_right_to_left=get_language_bidi())
    context = {
        "objective": found,
        "title": title,
        "is_verified": found.is_verified(title.language),
        "source_page": found.source_page(title.language),
        "now": now,
        "previous": beside.get(number - 1),
        "next": beside.get(number + 1),
        "due": due,
        "activity": drawn,
        "activity_table": activity.table(drawn),
    }
    return render(request, "portal/objective.html", context | things(request.reader, found, due))


def things(reader, objective, due):
    """The newest of each kind on an objective; what is due stands above and not here again."""

    def on(model):
        return model.objects.visible_to(reader).published().on_objective(objective)

    closed = on(Consultation).exclude(pk__in=agenda.keys(due, "consultation"))
    commitments = on(Commitment).select_related("process", "country").prefetch_related("updates")
    asks = Q(kind=Commitment.Kind.ASK)
    at_work = Organization.objects.visible_to(reader).matching({Shown.OBJECTIVES: objective.number})
    # An organization that is not in the directory is not named here either.
    sharing = Prefetch("organization", Organization.objects.visible_to(reader))
    return {
        "documents": on(Document).as_rows().newest_first()[:MOST],
        "consultations": closed.as_rows().newest_first()[:MOST],
        "asks": commitments.filter(asks).order_by(*NEWEST)[:MOST],
        "commitments": commitments.exclude(asks).order_by(*NEWEST)[:MOST],
        "calls": on(Call).exclude(pk__in=agenda.keys(due, "call")).order_by(*LATEST)[:MOST],
        # A published paper that stands in the library is among the documents already.
        "papers": on(Paper).filter(document=None).order_by("-published_at", "-pk")[:MOST],
        "working_groups": on(WorkingGroup).order_by(*NEWEST)[:MOST],
        "practices": on(Practice).prefetch_related(sharing).order_by(*NEWEST)[:MOST],
        "campaigns": on(Campaign).order_by(*NEWEST)[:MOST],
        "organizations": at_work.by_name(get_language())[:MOST],
    }
