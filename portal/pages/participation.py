"""Who took part in a process, in numbers: for its coordinators, with the tables beside the pictures, and as files."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consultations.models import Report
from consultations.operations import reports
from consultations.participation import Participation, earlier, outside
from portal import files, languages, progress, sheets, workbooks
from portal.forms.participation import ComparedForm
from portal.models import Notice, Process
from portal.permissions import can_coordinate, require


@require_safe
def page(request, key):
    """The figures, and who is missing."""
    counted, form = asked(request, key)
    context = {
        "process": counted.process,
        "form": form,
        "before": counted.before,
        "amounts": counted.amounts,
        "tables": counted.tables,
        "verified": len(counted.verified),
        "took_part": len(counted.here),
        "missing": missing(counted),
        "told": told(request.reader, counted.process),
        "reports": reported(request.reader, counted.process),
        "params": request.GET,
    }
    return render(request, "portal/participation.html", context)


@require_safe
def sheet(request, key):
    """The figures for a spreadsheet."""
    return sheets.answer("participation.csv", *lines(asked(request, key)[0]))


@require_safe
def workbook(request, key):
    """The same as a workbook."""
    return workbooks.answer("participation.xlsx", *lines(asked(request, key)[0]))


@require_POST
def ask(request, key):
    """Ask for the report in a language; the worker makes it."""
    counted, _form = asked(request, key)
    language = languages.supported(request.POST.get("language"), get_language())
    reports.ask(counted.process, before=counted.before, language=language, by=request.user)
    messages.success(request, _("The report is being made. Open this page again in a minute."))
    return redirect("participation", key=counted.process.key)


@require_safe
def report(request, key):
    """The file of a report; none while it is being made."""
    found = get_object_or_404(Report.objects.visible_to(request.reader).select_related("file"), key=key)
    if found.file is None:
        raise Http404
    return files.answer(request, found.file)


def reported(reader, process):
    """[(language, its report or None)] in the order of the languages."""
    rows = Report.objects.visible_to(reader).filter(process=process).select_related("file")
    found = {row.language: row for row in rows}
    return [(code, found.get(code)) for code in languages.CODES]


def asked(request, key):
    """(figures, form) of the process, beside an earlier one that the address names, or the last before it."""
    process = get_object_or_404(Process.objects.visible_to(request.reader), key=key)
    require(can_coordinate(request.user, process))
    form = ComparedForm(request.GET, cycles=earlier(process, request.reader))
    return Participation(process, request.reader, form.chosen), form


def missing(counted):
    """[(title, labels)] of what nobody who took part stands for, where organizations would be there for it."""
    return [(table.title, table.unheard) for table in counted.tables if table.unheard]


def told(reader, process):
    """[(label, tone, number)]: how many organizations the messages about the process reached, as far as one may say."""
    notices = Notice.objects.visible_to(reader).beneath(process).filter(kind__in=progress.listed())
    numbers = progress.reached(notices)
    if not any(numbers.values()):
        return []
    return [
        (label, tone, outside(number))
        for (label, tone), number in zip(progress.STATES.values(), numbers.values(), strict=True)
    ]


def lines(counted):
    """(columns, rows) of the tables; a small figure stays in the house."""
    columns = [_("Table"), _("Value"), _("Verified organizations"), _("Took part")]
    columns += [_("Took part in the earlier process")] if counted.before else []
    rows = []
    for table in counted.tables:
        for row, figure in table.guarded:
            line = [str(table.title), str(row.label), row.verified, _kept_back(figure)]
            rows.append([*line, _kept_back(outside(row.before))] if counted.before else line)
    return columns, rows


def _kept_back(figure):
    return _("kept back") if figure is None else figure
