"""Loading an archive: real, sourced records in the form {"records": […]}, as often as one likes.

Loading twice changes nothing; a newer file updates what came from the archive and leaves what people changed.
Nobody is told: what an archive holds is past, or somebody else's.
"""

import json
from dataclasses import dataclass, field

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext_lazy as _

from consultations.operations import archive_form as form
from consultations.operations import archive_kinds as kinds
from consultations.operations import archive_references, archive_rows, archive_ties
from portal import clock
from portal.errors import Refused
from portal.operations import log, reference, sources

LOCK = 8_027_305_411  # any number that nothing else locks


@dataclass
class Report:
    """What a load did, record by record."""

    made: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    same: list = field(default_factory=list)
    refused: list = field(default_factory=list)  # (id, field, reason)
    remarks: list = field(default_factory=list)  # (id, field, words)


def load_files(content, texts=(), *, dry_run=False, by=None):
    """Load the bytes of an archive file with the bytes of files of texts; a dry run changes nothing."""
    return load(form.parse(content), [form.parse(one) for one in texts], dry_run=dry_run, by=by)


@transaction.atomic
def load(data, texts=(), *, dry_run=False, by=None):
    """Load the records of an archive and the translations of their texts, all in one transaction."""
    report = Report()
    raw = form.records(data)
    translations = _translations(texts, report)
    _alone()
    if not reference.is_loaded():
        reference.load(by=by)
    shelf = _shelf()
    entries = _entries(raw, shelf, report)
    models = {key: type(thing) for key, thing in shelf.items()}
    archive_references.resolve(entries, models | {entry.id: kinds.MODELS[entry.kind] for entry in entries})
    outcomes = _bring(entries, translations, shelf, report)
    _settle(entries, outcomes, shelf)
    _translate(translations, entries, outcomes, shelf, report)
    _record(outcomes, shelf, report, by=by)
    report.remarks += [(entry.id, *remark) for entry in entries for remark in entry.remarks]
    if dry_run:
        transaction.set_rollback(True)
    return report


def _alone():
    """One load at a time: two would make the same rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise Refused(_("Another archive is being loaded. Try again when that has ended."))


def _translations(files, report):
    """{language: {id: texts}} of all files of texts; of two in one language the later wins."""
    found = {}
    for data in files:
        code, texts, remarks = form.translations(data)
        found.setdefault(code, {}).update(texts)
        report.remarks += remarks
    return found


def _shelf():
    """{id: row} of everything that came from an archive, locked in order."""
    rows = {}
    for model in dict.fromkeys(kinds.MODELS.values()):
        related = [name for name in sources.SETS if hasattr(model, name)]
        standing = model.objects.filter(archive_id__isnull=False).select_for_update(of=["self"], no_key=True)
        rows |= {row.archive_id: row for row in standing.order_by("pk").prefetch_related(*related)}
    return rows


def _entries(raw, shelf, report):
    """Read the records, refuse what cannot be taken; of the same record twice, one."""
    found, seen = {}, {}
    for position, record in enumerate(raw, start=1):
        try:
            entry = kinds.read(record)
            _check_id(entry, record, found, seen, shelf)
        except form.Refusal as refusal:
            report.refused.append((_name(record, position), refusal.name, refusal.reason))
            continue
        found[entry.id], seen[entry.id] = entry, json.dumps(record, sort_keys=True)
    return list(found.values())


def _check_id(entry, record, found, seen, shelf):
    model = kinds.MODELS[entry.kind]
    if entry.id in found and json.dumps(record, sort_keys=True) != seen[entry.id]:
        raise form.Refusal("id", "another record of this file has the same id")
    if entry.id in shelf and not isinstance(shelf[entry.id], model):
        raise form.Refusal("id", f"this id already names a {shelf[entry.id]._meta.verbose_name}")


def _name(record, position):
    """How the report names a record: its id, else its place in the file."""
    key = form.short_id(record.get("id")) if isinstance(record, dict) else ""
    return key or f"record {position}"


def _bring(entries, translations, shelf, report):
    """Make or mend every row; what the database refuses is left out and reported, the others load."""
    compact, today, outcomes = archive_rows.Compact(), clock.now().date(), {}
    for entry in entries:
        model = kinds.MODELS[entry.kind]
        compact.place(entry)
        words, own = archive_rows.stated(entry, model, translations)
        try:
            with transaction.atomic():
                if entry.id in shelf:
                    is_changed = archive_rows.mend(entry, shelf[entry.id], words, own, today)
                    outcomes[entry.id] = "changed" if is_changed else "same"
                else:
                    shelf[entry.id] = archive_rows.make(entry, model, words, own, today)
                    outcomes[entry.id] = "made"
        except DatabaseError as error:
            report.refused.append(
                (entry.id, "record", f"the database refused it: {str(error).splitlines()[0]}")
            )
    return outcomes


def _settle(entries, outcomes, shelf):
    for entry in archive_references.wholes_first(entries):
        if entry.id in outcomes:
            entry.drop_references_to({key for key in entry.targets() if key not in shelf})
            if archive_ties.settle(entry, shelf[entry.id], shelf) and outcomes[entry.id] == "same":
                outcomes[entry.id] = "changed"


def _translate(translations, entries, outcomes, shelf, report):
    """Texts may also come for records of an earlier load."""
    here = {entry.id for entry in entries}
    for key in dict.fromkeys(key for records in translations.values() for key in records):
        if key in here:
            continue
        if key not in shelf:
            report.remarks.append((key, "texts", "no record has this id; left out"))
            continue
        words = {
            archive_rows.column(type(shelf[key]), name, code): text
            for code, records in translations.items()
            for name, text in records.get(key, {}).items()
        }
        is_changed, kept = archive_rows.translate(shelf[key], words)
        outcomes[key] = "changed" if is_changed else "same"
        report.remarks += [(key, name, "kept as people changed it") for name in kept]


def _record(outcomes, shelf, report, *, by):
    """Sort the outcomes into the report, and write the log."""
    by_act = {}
    for key, outcome in outcomes.items():
        getattr(report, outcome).append(key)
        by_act.setdefault((outcome, type(shelf[key])), []).append(shelf[key])
    for (outcome, _model), things in by_act.items():
        if outcome != "same":
            log.record_all(f"archive record {outcome}", things, by=by)
