"""Versions: a paper copied as it stands, in every language that is ready, so that people can rely on its words."""

import hashlib
import json

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Paper, PaperVersion, ParagraphText, VersionText
from portal import clock, languages, markup, paragraphs
from portal.errors import Refused
from portal.models import TextState
from portal.operations import log, texts

State = TextState.State
# How far a translation must have come: readers of a draft may read what is stale, readers of a final text may not.
READY = {
    PaperVersion.Purpose.COMMENTS: {State.APPROVED, State.STALE},
    PaperVersion.Purpose.FINAL: {State.APPROVED},
    PaperVersion.Purpose.CORRECTION: {State.APPROVED},
}


@transaction.atomic
def make(paper, *, purpose, changes_meaning=True, change_note=None, by):
    """Copy the working text as the next version, in its own language and in each whose translation is ready."""
    paper = Paper.objects.select_for_update(of=["self"], no_key=True).get(pk=paper.pk)
    missing = why_not_ready(paper)
    if missing:
        raise Refused(missing)
    last = paper.versions.order_by("-number").first()
    version = PaperVersion.objects.create(
        paper=paper,
        number=last.number + 1 if last else 1,
        purpose=purpose,
        changes_meaning=changes_meaning,
        change_note=change_note or {},
        made_by=by,
        made_at=clock.now(),
    )
    for language in ready_languages(paper, purpose):
        _copy(version, language)
    log.record("version made", paper, by=by)
    return version


@transaction.atomic
def add_language(version, language, *, by):
    """Add a translation that became ready only now to a version whose original still stands as it was copied."""
    paper = Paper.objects.select_for_update(of=["self"], no_key=True).get(pk=version.paper_id)
    version.paper = paper
    if version.texts.filter(language=language).exists():
        raise Refused(_("This version has that language already."))
    if language not in ready_languages(paper, version.purpose):
        raise Refused(_("Not every paragraph of this translation is approved yet."))
    original = version.texts.get(language=paper.original_language)
    if _said(paper, paper.original_language)["checksum"] != original.checksum:
        raise Refused(_("The text was changed since this version was made: correct the paper instead."))
    text = _copy(version, language)
    log.record(f"version completed in {language}", paper, by=by)
    return text


@transaction.atomic
def show(version, *, by):
    """Show a version to those for whom it was made."""
    version = (
        PaperVersion.objects.select_for_update(of=["self"], no_key=True)
        .select_related("paper")
        .get(pk=version.pk)
    )
    if version.shown_at is None:
        version.shown_at = clock.now()
        version.save(update_fields=["shown_at"])
        log.record("version shown", version.paper, by=by)
    return version


def why_not_ready(paper):
    """What a paper lacks before a version can be made of it, in words; nothing if it lacks nothing."""
    if not getattr(paper, f"title_{paper.original_language}", ""):
        return _("Give the paper a title in its original language first.")
    if not paper.sections.standing().exists():
        return _("Write at least one section first.")
    return ""


def ready_languages(paper, purpose):
    """The languages in which the whole working text may be read: the original first, then those of ours that are ready."""
    states = dict(paper.text_states.filter(group=texts.CARD).values_list("language", "state"))
    wanted = {row.pk for section in paper.sections.standing() for row in section.paragraphs.standing()}
    rows = ParagraphText.objects.filter(paragraph__in=wanted, state__in=READY[purpose])
    there = {}
    for language, paragraph in rows.values_list("language", "paragraph"):
        there.setdefault(language, set()).add(paragraph)
    ready = [
        code
        for code in languages.CODES
        if code != paper.original_language
        and getattr(paper, f"title_{code}", "")
        and states.get(code) in READY[purpose]
        and there.get(code) == wanted
    ]
    return [paper.original_language, *ready]


def checksum(title, summary, sections):
    """SHA-256 of the words of a text: title, summary, paragraphs in order; nothing else counts."""
    words = [title, summary, *(block["markdown"] for section in sections for block in section["paragraphs"])]
    return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()


def _copy(version, language):
    return VersionText.objects.create(
        version=version, language=language, made_at=clock.now(), **_said(version.paper, language)
    )


def _said(paper, language):
    """A paper as it is said in one language now: title, summary, sections, their HTML, the checksum of it all."""
    title = getattr(paper, f"title_{language}", "") or ""
    summary = getattr(paper, f"summary_{language}", "") or ""
    sections, html = [], []
    for section in paper.sections.standing().as_written():
        rows = list(section.paragraphs.all())
        words = {
            row.pk: text.markdown for row in rows for text in row.texts.all() if text.language == language
        }
        blocks = [
            {"key": str(row.key), "is_heading": row.is_heading, "markdown": words[row.pk]}
            for row in rows
            if row.pk in words
        ]
        sections.append(
            {
                "key": str(section.key),
                "objectives": [objective.number for objective in section.objectives.all()],
                "paragraphs": blocks,
            }
        )
        html.append(str(markup.coordinators(_markdown(blocks))))
    found = {"title": title, "summary": summary, "sections": sections, "html": html}
    return found | {"checksum": checksum(title, summary, sections)}


def _markdown(blocks):
    return paragraphs.join(paragraphs.Block(block["markdown"], block["is_heading"]) for block in blocks)
