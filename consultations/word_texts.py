"""Papers as what a Word file is written from: a title and sections in one language."""

from dataclasses import dataclass

from consultations import working_texts
from portal import word_files
from portal.word_files import Section


@dataclass(frozen=True)
class WrittenPaper:
    """A text as it is written out."""

    title: str
    language: str
    sections: tuple


def of_draft(paper, sections, language):
    """The working text of a paper in a language; what is not translated yet stands in the original."""
    title = paper.text("title", language).text
    return WrittenPaper(title, language, tuple(_section(section, language) for section in sections))


def of_version(text):
    """A version in one language."""
    sections = []
    for section in text.sections:
        heading = next((row["markdown"] for row in section["paragraphs"] if row["is_heading"]), "")
        words = "\n\n".join(row["markdown"] for row in section["paragraphs"] if not row["is_heading"])
        sections.append(Section(heading, words))
    return WrittenPaper(text.title, text.language, tuple(sections))


def answer(written):
    """The text as a Word file to keep."""
    return word_files.answer(written.title or written.language, word_files.write(written))


def _section(section, language):
    blocks = working_texts.blocks(section, language)
    words = [block.shown.markdown for block in blocks if not block.paragraph.is_heading]
    return Section(working_texts.heading(blocks, language).text, "\n\n".join(words))
