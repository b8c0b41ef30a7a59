"""Briefing notes: drafted from the themes of a call, each section tied to the inputs behind it."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.models import Contribution, DocumentOrigin, Input
from consultations.operations import inputs
from portal.errors import Refused
from portal.operations import log, records
from resources.models import Document
from resources.operations import documents


@transaction.atomic
def draft(call, *, themes, language, by):
    """Draft a briefing note with a section for each theme; the words of the inputs stay with those who gave them."""
    call = records.lock(call)
    if not themes:
        raise Refused(_("Choose at least one theme."), "themes")
    document = documents.create(
        original_language=language,
        titles={language: {"title": _title(call, language), "summary": ""}},
        twins={language: "\n\n".join(_section(theme, language) for theme in themes)},
        kind=Document.Kind.BRIEFING_NOTE,
        process=call.process or (call.consultation.process if call.consultation else None),
        access=call.access,
        objectives=list(call.objectives.all()),
        by=by,
    )
    if call.consultation is not None:
        DocumentOrigin.objects.create(document=document, consultation=call.consultation)
    for theme in themes:
        _cite(theme, document, language, by=by)
    log.record("briefing note drafted", call, by=by)
    return document


def _title(call, language):
    with translation.override(language):
        said = gettext("Briefing note: %(title)s") % {"title": call.text("title", language)}
    return said[:300]


def _heading(theme, language):
    return str(theme.text("title", language))[:200]


def _section(theme, language):
    """A heading, and what the coordinators said of the theme: the place where the writing begins."""
    return f"## {_heading(theme, language)}\n\n{theme.text('summary', language) or '…'}"


def _cite(theme, document, language, *, by):
    sent = Contribution.Status.SENT
    rows = list(Input.objects.filter(themes=theme, contribution__call=theme.call, contribution__status=sent))
    if rows:
        inputs.use(rows, document=document, section=_heading(theme, language), by=by)
