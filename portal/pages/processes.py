"""Processes with their phases, and the working groups beside them."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from consultations.models import AccreditationTrack, Call, Commitment, Consultation
from portal import panels
from portal.converters import by_address
from portal.models import Organization, Phase, Process, WorkingGroup
from portal.pages import agenda, roads
from resources.models import Campaign, Document

MOST = 100
FEW, BESIDE = 4, 8
NEWEST = (F("begins_on").desc(nulls_last=True), "-pk")
LATEST = (F("ends_on").desc(nulls_last=True), "-pk")


@login_not_required
@require_safe
def processes(request):
    """Those under way, those ahead, those behind us."""
    today = timezone.now().date()
    rows = Process.objects.visible_to(request.reader).published()
    groups = {"current": [], "upcoming": [], "past": []}
    for row in rows.order_by(*NEWEST):
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
    now = timezone.now()
    due = [row for row in agenda.due(request.reader, now) if row.thing.process_id == found.pk]
    context = {
        "process": found,
        "now": now,
        "due": due,
        "road": road(request.reader, found, now),
        "panels": panels.of(found, request.reader, get_language()),
    }
    return render(request, "portal/process.html", context | parts(request.reader, found, due))


def road(reader, process, now):
    phases = Phase.objects.visible_to(reader).published().filter(process=process)
    return roads.road(phases.select_related("region").prefetch_related("moved_dates"), now.date())


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
        "commitments": of(Commitment).prefetch_related("updates").order_by("begins_on", "pk")[:MOST],
        "tracks": of(AccreditationTrack).order_by("deadline_at", "pk")[:MOST],
        "campaigns": of(Campaign).order_by(*NEWEST)[:MOST],
    }


@login_not_required
@require_safe
def working_groups(request):
    """The groups that work between meetings."""
    rows = WorkingGroup.objects.visible_to(request.reader).published().as_rows()
    rows = rows.order_by(*NEWEST)
    return render(request, "portal/working_groups.html", {"working_groups": rows})


@login_not_required
@require_safe
def working_group(request, key):
    """One working group: its mandate, its organizations, its objectives, its sources."""
    rows = WorkingGroup.objects.visible_to(request.reader).as_rows().prefetch_related("moved_dates")
    found = get_object_or_404(rows, **by_address(key))
    language = get_language()
    bodies = {
        body.language: body for body in found.bodies.exclude(html="") if body.language in found.languages
    }
    context = {
        "working_group": found,
        "body": bodies.get(language) or bodies.get(found.original_language),
        "organizations": Organization.objects.visible_to(request.reader)
        .filter(working_groups=found)
        .order_by("folded_name", "pk")[:MOST],
        "panels": panels.of(found, request.reader, language),
    }
    return render(request, "portal/working_group.html", context | beside(request.reader, found))


def beside(reader, group):
    """What else there is on the objectives that a group works on; nothing where it works on very many."""
    objectives = list(group.objectives.all())
    if not 0 < len(objectives) <= FEW:
        return {"consultations": [], "documents": []}

    def on(model):
        rows = model.objects.visible_to(reader).published().filter(objectives__in=objectives)
        return model.objects.visible_to(reader).filter(pk__in=rows.values("pk")).as_rows().newest_first()

    return {"consultations": on(Consultation)[:BESIDE], "documents": on(Document)[:BESIDE]}
