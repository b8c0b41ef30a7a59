"""A whole process as one file to keep: its lists for spreadsheets and for programs, its meetings, its documents.

Only what everybody may see, whoever asks: such a file goes from hand to hand, and stays when the portal is gone.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from consultations import calendars
from portal import clock, dates, packs, sheets
from portal.converters import by_address
from portal.models import Phase, Process, Reader
from portal.pages.machines import public, things
from portal.pages.machines.answers import too_many
from portal.pages.machines.downloads import AS_WRITTEN, lines, objects
from portal.pages.machines.tables import TABLES
from portal.taking import may_take
from resources.models import Document, DocumentFile

LISTS = ("consultations", "library", "papers", "campaigns", "commitments", "submissions")
MOST = 200 * 1024 * 1024  # bytes of documents in one file; the others are named with their addresses


@login_not_required
@require_safe
def of_process(request, key):
    """Everything public of one process, packed while it is sent."""
    process = get_object_or_404(public.rows(Process), **by_address(key))
    if not may_take(request):
        return too_many()
    request.reader = Reader.nobody()
    parts = [*_facts(process), *_lists(request, process)]
    packed, left_out = _files(process)
    readme = _readme(process, [name for name, _pieces in (*parts, *packed)], left_out)
    headers = {"Content-Disposition": f'attachment; filename="{process.address_key}.zip"'}
    content = packs.stream([("README.txt", [readme]), *parts, *packed])
    return StreamingHttpResponse(content, content_type="application/zip", headers=headers)


def _facts(process):
    """The process with its phases, and its meetings for a calendar."""
    phases = public.rows(Phase).filter(process=process).order_by("begins_on", "pk")
    told = {"process": things.process(process), "phases": [things.phase(row) for row in phases]}
    yield "process.json", [AS_WRITTEN.encode(told)]
    yield "meetings.ics", [calendars.of_everybody(consultation__process=process)]


def _lists(request, process):
    """Each list that has anything of the process, twice."""
    for table in (table for table in TABLES if table.name in LISTS):
        rows = table.rows(request).filter(process=process)
        if rows.exists():
            yield f"{table.name}.csv", sheets.pieces(table.labels, lines(table, rows, get_language()))
            yield f"{table.name}.json", objects(table, rows)


def _files(process):
    """The documents' files, the newest first, as many as there is room for; and the addresses of the others."""
    rows = DocumentFile.objects.filter(document__in=public.rows(Document).filter(process=process))
    packed, left_out, room = [], [], MOST
    for row in rows.select_related("document", "file").order_by(
        "-document__published_at", "document_id", "language"
    ):
        if row.file.size > room:
            left_out.append(row)
            continue
        room -= row.file.size
        packed.append(
            (
                f"library/{row.document.address_key}/{row.language}/{row.file.name}",
                packs.StoredPieces(row.file),
            )
        )
    return packed, left_out


def _readme(process, names, left_out):
    today = dates.day(clock.now().date())
    context = {
        "process": process,
        "names": names,
        "left_out": left_out,
        "day": today,
        "site": settings.SITE_URL,
    }
    return render_to_string("portal/process_file.txt", context)
