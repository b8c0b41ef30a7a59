"""Reports of a process: coordinators ask for one, the worker makes it."""

from django.db import transaction

from consultations import reported
from consultations.models import Report
from portal import clock
from portal.operations import files, log, owed

MOST = 20  # reports that are made in one turn


@transaction.atomic
def ask(process, *, before=None, language, by):
    """Ask for the report of a process in a language, beside an earlier one; a file that there is goes now."""
    values = {"before": before, "asked_by": by, "asked_at": clock.now(), "not_before": clock.now()}
    report, is_new = Report.objects.select_for_update(of=["self"]).get_or_create(
        process=process, language=language, defaults=values
    )
    if not is_new:
        made = report.file
        for name, value in (values | {"file": None, "made_at": None, "attempts": 0}).items():
            setattr(report, name, value)
        report.save()
        if made is not None:
            files.discard(made)
    log.record("report asked for", process, by=by)
    return report


def make_due():
    """Make the reports that were asked for."""
    return owed.take_turn(Report.objects, reported.content, _keep, most=MOST)


@transaction.atomic
def _keep(report, content):
    """Keep what was made, unless it was asked for anew meanwhile."""
    found = Report.objects.select_for_update(of=["self"]).filter(
        pk=report.pk, asked_at=report.asked_at, made_at=None
    )
    for row in found:
        row.file, row.made_at = files.keep(content, by=None), clock.now()
        row.save(update_fields=["file", "made_at"])
