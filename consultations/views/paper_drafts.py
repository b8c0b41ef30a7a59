"""The text of a paper as it is being written: all of its sections, and what they do not take up yet."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from consultations import commenting, provenance, word_texts, working_texts
from consultations.coverage import Coverage
from consultations.models import Paper, Section
from consultations.permissions import can_edit, can_translate_into, can_write_paper
from consultations.views import papers
from portal import languages
from portal.permissions import require

PER_PAGE = 25
# What others put on the page of the working text: (template, function), as papers.PARTS.
PARTS = [("consultations/_draft_comments.html", commenting.in_draft)]


@require_safe
def draft(request, key):
    """The working text by sections: how far its translations have come, who wrote last, where it comes from."""
    found = get_object_or_404(written(request), key=key)
    language = languages.supported(request.GET.get("language"), found.original_language)
    rows = Section.objects.visible_to(request.reader, translating=True).filter(paper=found)
    rows = list(rows.standing().as_written())
    writes = can_write_paper(request.user, found)
    drawn = provenance.of(rows, request.reader) if writes else {}
    parts = working_texts.parts(found, rows, language)
    context = {
        "paper": found,
        "language": language,
        "parts": [(part, drawn.get(part.section.pk)) for part in parts],
        "others": papers.parts(PARTS, found, request.reader, get_language()),
        "removed": Section.objects.visible_to(request.reader).filter(paper=found).removed(),
        "can_write": writes and found.is_writable,
        "writes": writes,
        "reads": writes or Paper.objects.visible_to(request.reader).filter(pk=found.pk).exists(),
        "translates": [
            code for code in languages.CODES if writes or can_translate_into(request.user, found, code)
        ],
        "can_edit": can_edit(request.user, found),
    }
    return render(request, "consultations/paper_draft.html", context)


@require_safe
def word_file(request, key):
    """The working text as a Word file."""
    found = get_object_or_404(written(request), key=key)
    language = languages.supported(request.GET.get("language"), found.original_language)
    rows = Section.objects.visible_to(request.reader, translating=True).filter(paper=found)
    rows = list(rows.standing().as_written())
    for row in rows:
        row.paper = found
    return word_texts.answer(word_texts.of_draft(found, rows, language))


def written(request):
    """The papers that this person writes or translates."""
    rows = Paper.objects.visible_to(request.reader, translating=True).translated_by(request.reader)
    return rows.select_related("process", "group")


@require_safe
def coverage(request, key):
    """The themes and objectives that no section is about, and the inputs that none draws on."""
    found = get_object_or_404(written(request), key=key)
    require(can_write_paper(request.user, found))
    covered = Coverage(found, request.reader)
    page = Paginator(covered.unused, PER_PAGE).get_page(request.GET.get("page"))
    context = {"paper": found, "coverage": covered, "page": page}
    return render(request, "consultations/paper_coverage.html", context)
