"""The working text of papers: sections written as a whole or by the paragraph, translated, moved, taken out.

Every edit is numbered within its section and language: whoever wrote from an older one is refused. The paper's row is
locked first, so that nothing is written into a text that is being frozen.
"""

import hashlib

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models import Paper, Paragraph, ParagraphText, Section, SectionEdit
from portal import clock, paragraphs
from portal.errors import Refused
from portal.models import TextState
from portal.operations import log

State = TextState.State


@transaction.atomic
def add_section(paper, *, language, markdown, position=None, objectives=(), themes=(), by):
    """Add a section in the paper's own language, at a place or at the end."""
    paper = lock(paper)
    _refuse_other_language(paper, language)
    standing = list(paper.sections.standing().order_by("position", "pk"))
    section = Section.objects.create(paper=paper, position=len(standing))
    if position is not None:
        standing.insert(position, section)
        _number(standing)
    section.objectives.set(objectives)
    section.themes.set(themes)
    _write(section, language, _blocks(markdown), number=0, changes_meaning=True, note="", by=by)
    log.record("section added", paper, by=by)
    return section


@transaction.atomic
def edit(section, *, language, number, markdown, changes_meaning=True, note="", by):
    """Write a section anew in the paper's own language, from the edit that was shown.

    `number` is that of the newest edit the writer saw; a new meaning makes the translations of the paragraphs that
    changed stale, a new wording carries their approval on.
    """
    paper, section = _locked(section)
    _refuse_other_language(paper, language)
    _refuse_older(section, language, number)
    blocks = _blocks(markdown)
    made = _write(section, language, blocks, number=number, changes_meaning=changes_meaning, note=note, by=by)
    log.record("section changed", paper, by=by)
    return made


@transaction.atomic
def replace(paragraph, *, language, number, markdown, changes_meaning=True, note="", by):
    """Give one paragraph new words: in the paper's own language, or as a translation that waits for approval."""
    paper, section = _locked(paragraph.section)
    paragraph = Paragraph.objects.get(pk=paragraph.pk)
    if paragraph.removed_at is not None:
        raise Refused(_("This paragraph does not stand in the text any more."))
    if language != paper.original_language:
        return translate(
            section, language=language, number=number, paragraphs={paragraph.key: markdown}, note=note, by=by
        )
    _refuse_older(section, language, number)
    blocks, known = [], []
    for row, words in _rows(section, language):
        if row.pk != paragraph.pk:
            blocks.append(paragraphs.Block(words, row.is_heading))
            known.append(row)
            continue
        new = _blocks(markdown)
        if row.is_heading:
            new = [paragraphs.Block(" ".join(block.markdown for block in new), is_heading=True)]
        blocks += [paragraphs.Block(block.markdown, row.is_heading) for block in new]
        known += [row, *[None] * (len(new) - 1)]
    made = _write(
        section,
        language,
        blocks,
        number=number,
        changes_meaning=changes_meaning,
        note=note,
        known=known,
        by=by,
    )
    log.record("section changed", paper, by=by)
    return made


@transaction.atomic
def translate(section, *, language, number, paragraphs, approved=frozenset(), note="", by):
    """Write paragraphs of a translation, {key: Markdown}; those whose keys are `approved` may be read, others wait."""
    paper, section = _locked(section)
    if language == paper.original_language:
        raise Refused(_("This is the language in which the paper is written."))
    _refuse_older(section, language, number)
    originals = {row.key: (row, words) for row, words in _rows(section, paper.original_language)}
    if paragraphs.keys() - originals.keys():
        raise Refused(_("The original changed meanwhile. Look at its paragraphs again."))
    texts = ParagraphText.objects.filter(paragraph__section=section, language=language)
    saved = {text.paragraph_id: text for text in texts}
    for key, words in paragraphs.items():
        row, original = originals[key]
        _translate(
            row, original, saved.get(row.pk), language, words.strip(), is_approved=key in approved, by=by
        )
    made = _keep(section, language, number=number, changes_meaning=False, note=note, by=by)
    log.record(f"section translated into {language}", paper, by=by)
    return made


@transaction.atomic
def move(section, *, position, by):
    """Put a section at another place, counted from 0."""
    paper, section = _locked(section)
    standing = [row for row in paper.sections.standing().order_by("position", "pk") if row.pk != section.pk]
    standing.insert(max(0, min(position, len(standing))), section)
    _number(standing)
    log.record("section moved", paper, by=by)
    return section


@transaction.atomic
def remove(section, *, by):
    """Take a section out of the text; its history stays, and so does what was said of it."""
    paper, section = _locked(section)
    section.removed_at = clock.now()
    section.save(update_fields=["removed_at"])
    section.paragraphs.standing().update(removed_at=section.removed_at)
    _number(list(paper.sections.standing().order_by("position", "pk")))
    log.record("section removed", paper, by=by)
    return paper


@transaction.atomic
def put_back(section, *, by):
    """Let a section that was taken out stand at the end of the text again, with what it said then."""
    paper = lock(section.paper)
    section = Section.objects.get(pk=section.pk)
    if section.removed_at is not None:
        # Paragraphs that an edit took out before that stay out.
        section.paragraphs.filter(removed_at=section.removed_at).update(removed_at=None)
        section.removed_at = None
        section.save(update_fields=["removed_at"])
        others = paper.sections.standing().exclude(pk=section.pk).order_by("position", "pk")
        _number([*others, section])
        log.record("section put back", paper, by=by)
    section.paper = paper
    return section


@transaction.atomic
def describe(section, *, objectives, themes, by):
    """Say which objectives and themes a section is about."""
    paper, section = _locked(section)
    section.objectives.set(objectives)
    section.themes.set(themes)
    log.record("section described", paper, by=by)
    return section


def lock(paper):
    """The paper's row, locked, as long as its text may be written."""
    paper = Paper.objects.select_for_update(of=["self"], no_key=True).get(pk=paper.pk)
    if not paper.is_writable:
        raise Refused(_("The text of this paper stands still now. Take it back to drafting first."))
    return paper


def last_number(section, language):
    """The number of the newest edit of a section in a language; 0 before the first."""
    return (
        section.edits.filter(language=language).order_by("-number").values_list("number", flat=True).first()
        or 0
    )


def working_text(section, language):
    """A section as Markdown in one language, without the paragraphs that lack it."""
    return paragraphs.join(
        paragraphs.Block(words, row.is_heading) for row, words in _rows(section, language) if words
    )


def digest(markdown):
    """SHA-256 of a paragraph of the original: what its translation was approved against."""
    return hashlib.sha256(markdown.encode()).hexdigest()


def _locked(section):
    paper = lock(section.paper)
    section = Section.objects.get(pk=section.pk)
    if section.removed_at is not None:
        raise Refused(_("This section was taken out of the text meanwhile."))
    section.paper = paper
    return paper, section


def _refuse_other_language(paper, language):
    if language != paper.original_language:
        raise Refused(_("A section is written in the paper’s own language, then translated."))


def _refuse_older(section, language, number):
    if number != last_number(section, language):
        raise Refused(_("Somebody else saved this section while you were writing. Compare both texts below."))


def _blocks(markdown):
    blocks = paragraphs.split(markdown)
    if not blocks:
        raise Refused(_("A section needs some words."), "markdown")
    return blocks


def _rows(section, language):
    """The standing paragraphs of a section in order, each with its words in a language: [(row, Markdown or "")]."""
    rows = section.paragraphs.standing().order_by("position", "pk")
    texts = dict(
        ParagraphText.objects.filter(paragraph__in=rows, language=language).values_list(
            "paragraph", "markdown"
        )
    )
    return [(row, texts.get(row.pk, "")) for row in rows]


def _write(section, language, blocks, *, number, changes_meaning, note, known=None, by):
    """Make these blocks the section's original; each keeps the paragraph that it is, or becomes a new one."""
    before = _rows(section, language)
    olds = [paragraphs.Block(words, row.is_heading) for row, words in before]
    if known is None:
        known = [None if index is None else before[index][0] for index in paragraphs.align(olds, blocks)]
    gone = _take_out(before, olds, blocks, known)
    words_before = {row.pk: words for row, words in before}
    rows = [row or Paragraph(section=section) for row in known]
    for position, (block, row) in enumerate(zip(blocks, rows, strict=True)):
        row.position, row.is_heading = position, block.is_heading
        row.save()
    touched = [
        (row, block.markdown)
        for row, block in zip(rows, blocks, strict=True)
        if words_before.get(row.pk, block.markdown) != block.markdown
    ]
    for row, index in gone:
        section.paragraphs.filter(Q(pk=row.pk) | Q(became=row)).update(became=rows[index])
    _say(rows, blocks, language)
    _grow_stale(touched, changes_meaning)
    return _keep(section, language, number=number, changes_meaning=changes_meaning, note=note, by=by)


def _take_out(before, olds, blocks, known):
    """Mark the paragraphs that are gone; of each, which of the blocks stands in its place: [(row, index)]."""
    places = {row.pk: index for index, row in enumerate(known) if row is not None}
    gone, at = [], 0
    for (row, _words), old in zip(before, olds, strict=True):
        if row.pk in places:
            at = places[row.pk] + 1
        else:
            gone.append((row, paragraphs.successor(old, blocks, at)))
    section_rows = Paragraph.objects.filter(pk__in=[row.pk for row, _index in gone])
    section_rows.update(removed_at=clock.now())
    return gone


def _say(rows, blocks, language):
    ParagraphText.objects.bulk_create(
        [
            ParagraphText(paragraph=row, language=language, markdown=block.markdown)
            for row, block in zip(rows, blocks, strict=True)
        ],
        update_conflicts=True,
        unique_fields=["paragraph", "language"],
        update_fields=["markdown"],
    )


def _grow_stale(touched, changes_meaning):
    """A new meaning makes the approved translations of these paragraphs stale; a new wording carries them on."""
    for row, words in touched:
        approved = row.texts.filter(state=State.APPROVED)
        if changes_meaning:
            approved.update(state=State.STALE)
        else:
            approved.update(source_digest=digest(words))


def _translate(row, original, saved, language, words, *, is_approved, by):
    """Save a paragraph of a translation if its words, or whether it may be read, differ from what is saved."""
    if not words:
        if saved is not None:
            saved.delete()
        return
    is_changed = saved is None or saved.markdown != words
    was_approved = saved is not None and saved.state == State.APPROVED
    if not is_changed and is_approved == was_approved:
        return
    approval = (
        {"source_digest": digest(original), "approved_by": by, "approved_at": clock.now()}
        if is_approved
        else {}
    )
    ParagraphText.objects.update_or_create(
        paragraph=row,
        language=language,
        defaults={"markdown": words, "state": State.APPROVED if is_approved else State.DRAFT, **approval},
    )


def _keep(section, language, *, number, changes_meaning, note, by):
    """Keep what the section says now as its newest edit."""
    return SectionEdit.objects.create(
        section=section,
        language=language,
        number=number + 1,
        text=[[str(row.key), words] for row, words in _rows(section, language) if words],
        changes_meaning=changes_meaning,
        note=note,
        edited_by=by,
        edited_at=clock.now(),
    )


def _number(sections):
    for position, section in enumerate(sections):
        section.position = position
    Section.objects.bulk_update(sections, ["position"])
