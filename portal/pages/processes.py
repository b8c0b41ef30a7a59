"""Processes: all of them, and the road of one, with what is open on it, what was decided and what comes next."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import F, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from consultations.models import AccreditationTrack, Call, Commitment, Consultation, Paper, Submission
from portal import panels
from portal.converters import by_address
from portal.models import Phase, Process
from portal.pages import agenda, roads
from portal.permissions import can_coordinate
from resources.models import Campaign, Document, ResourcePage

MOST = 100
DECIDED = 5
NEWEST = (F("begins_on").desc(nulls_last=True), "-pk")
OUTCOMES = (Document.Kind.OUTCOME, Document.Kind.POSITION_PAPER)
AGREED = (Commitment.Kind.SHARED, Commitment.Kind.PARTICIPATION)
LATEST = (F("ends_on").desc(nulls_last=True), "-pk")


@login_not_required
@require_safe
def processes(request):
    """Those under way, those ahead, those behind us."""
    today = timezone.now().date()
    rows = Process.objects.visible_to(request.reader)
    groups = {"current": [], "upcoming": [], "past": [], "drafts": rows.filter(status=Process.Status.DRAFT)}
    for row in rows.published().order_by(*NEWEST):
        groups[_when(row, today)].append(row)
    groups["upcoming"].reverse()
    return render(request, "portal/processes.html", groups)


def _when(process, today):
    if process.is_current:
        return "current"
    last = roads.last_day(process)
    if last is None or last < today:
        return "past"
    return "current" if process.begins_on and process.begins_on <= today else "upcoming"


@login_not_required
@require_safe
def process(request, key):
    """One process: its road, and everything that belongs to it."""
    rows = Process.objects.visible_to(request.reader).as_rows().prefetch_related("moved_dates")
    found = get_object_or_404(rows, **by_address(key))
    if key != found.address_key:
        return redirect(found, permanent=True)
    now = timezone.now()
    due = [row for row in agenda.due(request.reader, now) if row.thing.process_id == found.pk]
    stations = road(request.reader, found, now)
    context = {
        "process": found,
        "now": now,
        "due": due,
        "road": stations,
        "standing": standing(request.reader, found, stations),
        "can_edit": can_coordinate(request.user, found),
        "can_copy": can_coordinate(request.user),
        "panels": panels.of(found, request.reader, get_language()),
    }
    return render(request, "portal/process.html", context | parts(request.reader, found, due))


def road(reader, process, now):
    """The stations of a process; whoever coordinates it also sees those that are not yet shown."""
    phases = Phase.objects.visible_to(reader).filter(process=process).exclude(status=Phase.Status.WITHDRAWN)
    return roads.road(phases.select_related("region").prefetch_related("moved_dates"), now.date())


def standing(reader, process, stations):
    """Where a process stands: the phases we are in, what was decided so far, the phase that comes next."""

    def of(model):
        return model.objects.visible_to(reader).published().filter(process=process)

    outcomes = of(Document).filter(Q(is_outcome=True) | Q(kind__in=OUTCOMES)).newest_first()
    agreed = of(Commitment).filter(kind__in=AGREED).order_by(*NEWEST)
    handed = of(Submission).filter(handed_over_on__isnull=False).order_by("-handed_over_on", "-pk")
    return {
        "now": [station.phase for station in stations if station.when == "now"],
        "next": next((station.phase for station in stations if station.when == "next"), None),
        "decided": [*outcomes[:DECIDED], *agreed[:DECIDED], *handed[:DECIDED]],
    }


def parts(reader, process, due):
    """What belongs to a process, each kind by its own order; what is due stands above and not here again."""

    def of(model):
        return model.objects.visible_to(reader).published().filter(process=process)

    rows = of(Consultation).exclude(pk__in=agenda.keys(due, "consultation"))
    rows = rows.as_rows().prefetch_related("moved_dates")
    roundtable = Consultation.Kind.ROUNDTABLE
    return {
        "consultations": rows.exclude(kind=roundtable).newest_first()[:MOST],
        "roundtables": rows.filter(kind=roundtable).order_by("begins_on", "round_number", "pk")[:MOST],
        "documents": of(Document).as_rows().newest_first()[:MOST],
        "calls": of(Call).exclude(pk__in=agenda.keys(due, "call")).order_by(*LATEST)[:MOST],
        "papers": of(Paper).filter(document=None).order_by("-published_at", "-pk")[:MOST],
        "commitments": of(Commitment)
        .select_related("country")
        .prefetch_related("updates")
        .order_by("begins_on", "pk")[:MOST],
        "submissions": of(Submission).order_by(*Submission.NEWEST)[:MOST],
        "pages": of(ResourcePage).order_by("position", "pk")[:MOST],
        "tracks": of(AccreditationTrack).order_by("deadline_at", "pk")[:MOST],
        "campaigns": of(Campaign).order_by(*NEWEST)[:MOST],
    }
