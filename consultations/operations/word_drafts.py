"""What was begun in Word goes on here: a paper, or some of its sections, from a Word file."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Paper
from consultations.operations import drafting, papers
from portal.errors import Refused

edit = papers.edit


@transaction.atomic
def create(model=Paper, *, word_file=None, by, **facts):
    """Begin a paper from its facts, and from a Word file if there is one: each of its headings begins a section."""
    paper = papers.create(model, **facts, by=by)
    if word_file is not None:
        add(paper, word_file=word_file, by=by)
    return paper


@transaction.atomic
def add(paper, *, markdown="", word_file=None, by):
    """Add a section that was written, or those of a Word file, at the end; return the first of them."""
    texts = [markdown] if markdown else []
    if word_file is not None:
        texts += [_markdown(section) for section in word_file.sections]
    language = paper.original_language
    made = [drafting.add_section(paper, language=language, markdown=text, by=by) for text in texts if text]
    if not made:
        raise Refused(_("There is no text in this Word file."), "word_file")
    return made[0]


def _markdown(section):
    heading = f"## {section.heading}\n\n" if section.heading else ""
    return f"{heading}{section.text}".strip()
