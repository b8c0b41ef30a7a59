"""Briefing notes: drafted as papers from the themes of a call, each section drawing on the inputs behind it."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.models import Contribution, Input, Paper
from consultations.operations import drafting, papers, sources
from portal.errors import Refused
from portal.operations import log, records


@transaction.atomic
def draft(call, *, themes, language, by):
    """Begin a briefing note with a section for each theme; the words of the inputs stay with those who gave them."""
    call = records.lock(call)
    if not themes:
        raise Refused(_("Choose at least one theme."), "themes")
    paper = papers.create(
        original_language=language,
        titles={language: {"title": _title(call, language), "summary": ""}},
        kind=Paper.Kind.BRIEFING_NOTE,
        process=call.process or (call.consultation.process if call.consultation else None),
        consultation=call.consultation,
        access=call.access,
        objectives=list(call.objectives.all()),
        by=by,
    )
    for theme in themes:
        section = drafting.add_section(
            paper,
            language=language,
            markdown=_section(theme, language),
            objectives=list(theme.objectives.all()),
            themes=[theme],
            by=by,
        )
        _draw_on(theme, section, by=by)
    log.record("briefing note drafted", call, by=by)
    return paper


def _title(call, language):
    with translation.override(language):
        said = gettext("Briefing note: %(title)s") % {"title": call.text("title", language)}
    return said[:300]


def _section(theme, language):
    """A heading, and what the coordinators said of the theme: the place where the writing begins."""
    return f"## {theme.text('title', language)}\n\n{theme.text('summary', language) or '…'}"


def _draw_on(theme, section, *, by):
    rows = Input.objects.filter(themes=theme, contribution__call=theme.call)
    rows = list(rows.filter(contribution__status=Contribution.Status.SENT))
    if rows:
        sources.add_inputs(section, inputs=rows, by=by)
