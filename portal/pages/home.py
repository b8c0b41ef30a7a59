"""The first page: what needs an organization now, where the process stands, what there is on each objective."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.models import Phase, Process
from portal.pages import agenda, compact, roads
from resources.models import Document

ROWS = 8
OUTCOMES = 4


@login_not_required
@require_safe
def home(request):
    """What is open, by when; the road of the current process; the 23 objectives; the latest outcomes."""
    now = timezone.now()
    process = Process.objects.visible_to(request.reader).published().filter(is_current=True).first()
    due = agenda.due(request.reader, now)
    context = {
        "now": now,
        "process": process,
        "road": road(request.reader, process, now),
        "due": due[:ROWS],
        "has_more": len(due) > ROWS,
        "mosaic": compact.mosaic(request.reader),
        "outcomes": outcomes(request.reader),
    }
    return render(request, "portal/home.html", context)


def road(reader, process, now):
    if process is None:
        return []
    phases = Phase.objects.visible_to(reader).published().filter(process=process)
    return roads.road(phases, now.date())


def outcomes(reader):
    """The newest outcome documents; before there are any, the newest documents."""
    rows = Document.objects.visible_to(reader).published().as_rows().newest_first()
    found = list(rows.filter(is_outcome=True)[:OUTCOMES])
    return found + list(rows.filter(is_outcome=False)[: OUTCOMES - len(found)])
