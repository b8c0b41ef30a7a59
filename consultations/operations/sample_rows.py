"""The rows of the samples: each known again by a key made from its name, moved along with the days."""

import hashlib
import json
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from consultations.models import DocumentOrigin
from portal import clock, languages
from portal.files import Clean, pages_of
from portal.models import Process
from portal.operations import files, log, publication, reference, sources, texts
from resources.models import Document, DocumentFile
from resources.operations import documents

FAMILY = uuid.UUID("8d0a3c52-6d6e-5d0c-9b0e-2f7b1f4f5a11")
DAYS = ("begins_on", "ends_on")
MOMENTS = ("opens_at", "closes_at", "deadline_at")
LINKS = ("process", "phase", "consultation", "parent", "organization", "country")
NOT_COLUMNS = ("meetings", "from", "is_current", "names", "summaries", "sections")


def folder() -> Path:
    """Where the samples ship."""
    return reference.FOLDER / "samples"


@cache
def story():
    """Everything of the samples but their texts, by sort and name; the papers have a file of their own."""
    files = ("samples.json", "papers.json")
    found = [json.loads((folder() / name).read_text(encoding="utf-8")) for name in files]
    return found[0] | found[1]


def key_of(name):
    """The key by which a sample is known again, however often it is loaded."""
    return uuid.uuid5(FAMILY, name)


@dataclass
class Shelf:
    """The samples of a load: the day it counts from, what stands already, what it changed."""

    today: date
    rows: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)
    new_people: list = field(default_factory=list)
    changed: list = field(default_factory=list)

    @property
    def story(self):
        return story()

    @cached_property
    def now(self):
        return clock.now()

    def day(self, offset):
        return self.today + timedelta(days=offset)

    def moment(self, offset, clock_time, zone):
        """A clock time of a day, on the clock of a zone."""
        at = datetime.combine(self.day(offset), time.fromisoformat(clock_time), ZoneInfo(zone))
        return at.astimezone(ZoneInfo("UTC"))


@dataclass(frozen=True)
class Wording:
    """A text of a sample in one language."""

    title: str
    summary: str
    body: str = ""


@cache
def wordings(name):
    """{language: Wording} of a sample, read from texts/<name>.<language>.md."""
    found = {}
    for code in languages.CODES:
        card, _line, body = (
            (folder() / "texts" / f"{name}.{code}.md").read_text(encoding="utf-8").partition("\n---\n")
        )
        title, _space, summary = card.removeprefix("# ").partition("\n\n")
        found[code] = Wording(title.strip(), summary.strip(), body.strip())
    return found


def bring(shelf, model, name, facts):
    """Make a sample, or move it along; its texts stand in four languages."""
    said = wordings(name)
    words = {f"title_{code}": text.title for code, text in said.items()}
    words |= {f"summary_{code}": text.summary for code, text in said.items()}
    thing = bring_row(shelf, model, name, columns(shelf, model, facts), words)
    _bring_bodies(shelf, thing, name, said)
    if isinstance(thing, Document):
        _bring_files(thing, name)
        for source in facts.get("from", ()):
            DocumentOrigin.objects.get_or_create(document=thing, consultation=shelf.rows[source])
    if facts.get("is_current") and not Process.objects.filter(is_current=True).exists():
        Process.objects.filter(pk=thing.pk).update(is_current=True)
        publication.changed(thing)
    return thing


def bring_row(shelf, model, name, facts, words, **fields):
    """Make the row of a sample, or mend it where nobody changed it."""
    thing = model.objects.filter(key=key_of(name)).first()
    if thing is None:
        thing = sources.make(model(key=key_of(name), **fields), facts, words)
        log.record("sample made", thing, by=None)
        shelf.changed.append(name)
    elif sources.mend(thing, facts, words)[0]:
        publication.changed(thing)
        log.record("sample moved along", thing, by=None)
        shelf.changed.append(name)
    shelf.rows[name] = thing
    return thing


def columns(shelf, model, facts):
    """The facts of a sample as columns: days and moments counted from the day of the load, links as keys."""
    found = {"status": model.Status.PUBLISHED.value} if hasattr(model.Status, "PUBLISHED") else {}
    for name, value in facts.items():
        if name in DAYS:
            found[name] = shelf.day(value)
        elif name in MOMENTS:
            found[name] = shelf.moment(*value, facts.get("time_zone", "UTC"))
        elif name in LINKS:
            found[f"{name}_id"] = shelf.rows[value].pk
        elif name not in NOT_COLUMNS:
            found[name] = value
    if model is Document:
        found["published_at"] = shelf.moment(facts["begins_on"], "08:00", "UTC")
    return {name: sources.plain(value) for name, value in found.items()}


def _bring_bodies(shelf, thing, name, said):
    """Save the long texts that nobody has changed since they were given."""
    given = thing.archive_values.get("bodies", {})
    wanted = {code: text.body for code, text in said.items() if text.body}
    if wanted == given:
        return
    standing = {body.language: body.markdown for body in thing.bodies.all()}
    due, _kept = sources.merge(given, {code: standing.get(code, "") for code in wanted}, wanted)
    for code in sorted(due, key=lambda code: code != thing.original_language):
        texts.save_body(thing, code, due[code], approve=True)
    remember(thing, bodies=wanted)
    if name not in shelf.changed:
        shelf.changed.append(name)


def _bring_files(document, name):
    """Keep the PDF of each language; a file that people put in its place stays."""
    given = document.archive_values.get("files", {})
    wanted = {path.suffixes[0][1:]: path for path in (folder() / "files").glob(f"{name}.*.pdf")}
    shipped = {code: path.read_bytes() for code, path in wanted.items()}
    due = {
        code: data for code, data in shipped.items() if _digest(data) != given.get(code, {}).get("shipped")
    }
    for code, data in due.items():
        stored = _put_file(document, code, wanted[code].name, data, given.get(code, {}).get("stored"))
        given = given | {code: {"shipped": _digest(data), "stored": stored}}
    if due:
        documents.refresh_languages(document)
        Document.objects.filter(pk=document.pk).update(told_languages=document.document_languages)
        remember(document, files=given)


def _put_file(document, code, name, data, before):
    """Put a shipped file where none stands, or in the place of an older one; the checksum of what then stands."""
    row = document.files.filter(language=code).select_related("file").first()
    if row is not None and row.file.checksum != before:
        return before
    # What is shipped was cleaned when it was printed: no stranger's file, so no process of its own.
    stored = files.keep(Clean(name, data, "application/pdf", pages_of(data)), by=None)
    DocumentFile.objects.update_or_create(document=document, language=code, defaults={"file": stored})
    if row is not None:
        files.discard(row.file)
    return stored.checksum


def _digest(data):
    return hashlib.sha256(data).hexdigest()


def remember(thing, **given):
    """Keep beside a row what a file gave of it that stands in no column."""
    thing.archive_values = thing.archive_values | given
    type(thing).objects.filter(pk=thing.pk).update(archive_values=thing.archive_values)
