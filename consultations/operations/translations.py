"""Translations of sections, and earlier edits taken back: what is approved is what the translator saw."""

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.models import Paragraph
from consultations.operations import drafting
from portal import paragraphs as blocks
from portal.errors import Refused


@transaction.atomic
def save(section, *, language, number, original, paragraphs, approved=frozenset(), note="", by):
    """Write paragraphs of a translation beside the original as it was shown, which is its edit of number `original`."""
    drafting.lock(section.paper)
    if original != drafting.last_number(section, section.paper.original_language):
        raise Refused(_("The original changed meanwhile. Look at its paragraphs again."))
    return drafting.translate(
        section,
        language=language,
        number=number,
        paragraphs=paragraphs,
        approved=approved,
        note=note,
        by=by,
    )


@transaction.atomic
def take_back(edit, *, number, by):
    """Let a section say again what an earlier edit said, as a new edit; `number` is the newest one that was shown."""
    section, paper = edit.section, edit.section.paper
    note = gettext("The text of edit %(number)s is restored") % {"number": edit.number}
    if edit.language == paper.original_language:
        return drafting.edit(
            section, language=edit.language, number=number, markdown=markdown_of(edit), note=note, by=by
        )
    standing = {str(key): key for key in section.paragraphs.standing().values_list("key", flat=True)}
    words = {standing[key]: said for key, said in edit.text if key in standing}
    return drafting.translate(
        section, language=edit.language, number=number, paragraphs=words, note=note, by=by
    )


def markdown_of(edit):
    """What an edit left of its section as Markdown, its heading marked as one."""
    keys = [key for key, _said in edit.text]
    headings = Paragraph.objects.filter(key__in=keys, is_heading=True).values_list("key", flat=True)
    headings = {str(key) for key in headings}
    return blocks.join(blocks.Block(said, key in headings) for key, said in edit.text)
