"""The text of a paper as it is being written: in blocks, with how far each translation has come."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Max

from consultations.models import Paragraph, ParagraphText, Section, SectionEdit
from consultations.operations import drafting
from portal import languages, markup
from portal.models import TextState

State = TextState.State
# Of the states that the paragraphs of a section are in, the one that says most of what is still to do comes first.
WORST_FIRST = (State.STALE, State.MISSING, State.MACHINE, State.DRAFT, State.APPROVED)


@dataclass(frozen=True)
class Block:
    """A paragraph in the original and in another language."""

    paragraph: Paragraph
    original: ParagraphText | None
    text: ParagraphText | None

    @property
    def key(self):
        return str(self.paragraph.key)

    @property
    def shown(self):
        """The words to show: in the language, else in the original."""
        return self.text or self.original

    @property
    def html(self):
        return markup.coordinators(self.shown.markdown)

    @property
    def state(self):
        """How far the translation has come."""
        return State(self.text.state) if self.text is not None and self.text.state else State.MISSING


@dataclass(frozen=True)
class Standing:
    """How far a section has come in a language: the state in which most is to do, and how much is approved."""

    language: str
    state: str
    approved: int
    of: int

    @property
    def label(self):
        return State(self.state).label

    @property
    def is_done(self):
        return self.state == State.APPROVED


@dataclass(frozen=True)
class Part:
    """A section on the page of the draft: its place, its heading, its translations, who wrote last."""

    number: int
    section: Section
    heading: languages.Text
    blocks: list
    standings: list
    last: SectionEdit | None


def blocks(section, language):
    """The standing paragraphs of a section, in order, each in the original and in the language."""
    original = section.paper.original_language
    found = []
    for paragraph in section.paragraphs.all():
        texts = {row.language: row for row in paragraph.texts.all()}
        if original in texts:
            found.append(Block(paragraph, texts[original], texts.get(language)))
    return found


def standing(section, language):
    """How far a section has come in a language that is not its original."""
    states = Counter(block.state for block in blocks(section, language))
    worst = next((state for state in WORST_FIRST if states[state]), State.MISSING)
    return Standing(language, worst, states[State.APPROVED], states.total())


def numbers(sections):
    """The newest edits of some sections: {(section, language): number}."""
    rows = SectionEdit.objects.filter(section__in=sections).values_list("section", "language")
    return {
        (section, language): number for section, language, number in rows.annotate(Max("number")).order_by()
    }


def heading(found, language):
    """The heading among some blocks as Text: in the language, else in the original; empty where there is none."""
    for block in found:
        if block.paragraph.is_heading:
            texts = {row.language: row.markdown for row in (block.original, block.text) if row is not None}
            return languages.best(texts, language, block.original.language)
    return languages.Text("", language, False)


def parts(paper, sections, language):
    """A Part for each of the sections of a paper, in order; one query more, however many there are."""
    others = [code for code in languages.CODES if code != paper.original_language]
    newest = SectionEdit.objects.filter(section__in=sections).defer("text").select_related("edited_by")
    lasts = {
        row.section_id: row for row in newest.order_by("section", "-edited_at", "-pk").distinct("section")
    }
    found = []
    for number, section in enumerate(sections, 1):
        section.paper = paper
        rows = blocks(section, language)
        found.append(
            Part(
                number=number,
                section=section,
                heading=heading(rows, language),
                blocks=[block for block in rows if not block.paragraph.is_heading],
                standings=[standing(section, code) for code in others],
                last=lasts.get(section.pk),
            )
        )
    return found


def approved_against(section, found):
    """{paragraph key: the original's Markdown that its translation was approved against}, of those that are stale."""
    wanted = {
        block.key: block.text.source_digest
        for block in found
        if block.state == State.STALE and block.text.source_digest
    }
    if not wanted:
        return {}
    earlier = {}
    edits = SectionEdit.objects.filter(section=section, language=section.paper.original_language)
    for text in edits.order_by("-number").values_list("text", flat=True):
        for key, markdown in text:
            if key in wanted and key not in earlier and drafting.digest(markdown) == wanted[key]:
                earlier[key] = markdown
        if len(earlier) == len(wanted):
            break
    return earlier
