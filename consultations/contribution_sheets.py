"""Contributions as lines of a sheet: to those who read for the call all of it, to others what each consent lets out."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models import Contribution
from portal.templatetags.portal import language_name, list_text

COLUMNS = (
    _("Question"),
    _("Objective"),
    _("Answer"),
    _("By whom"),
    _("Kind of organization"),
    _("Region"),
    _("Language"),
    _("Sent on"),
)
READERS_COLUMNS = (
    *COLUMNS,
    _("Entered by"),
    _("Led by migrants"),
    _("How it may be quoted"),
    pgettext_lazy("how something stands", "State"),
    _("Themes"),
    _("Used in"),
    _("Marked for follow-up"),
    _("Note"),
    _("Address"),
)


def line(row, language):
    """An input as anybody reads it to whom the call shows it."""
    given, objective = row.contribution, row.question.objective
    return [
        str(row.question.text("prompt", language)),
        objective.number if objective else "",
        row.said(language),
        str(given.text("name", language)) if given.consent == Contribution.Consent.NAMED else "",
        given.sort,
        list_text([region.text("title", language) for region in given.regions]),
        language_name(given.language),
        given.sent_at.date().isoformat(),
    ]


def readers_line(row, language, site):
    """An input as it is read by those who sort it: with its giver, whatever may be quoted, and with its fate."""
    given = row.contribution
    cells = line(row, language)
    cells[3] = str(given.text("name", language))
    titles = [str(use.document.text("title", language)) for use in row.uses.all() if use.is_seen]
    titles += [
        str(source.section.paper.text("title", language)) for source in row.sources.all() if source.is_shown
    ]
    return [
        *cells,
        str(given.through.text("name", language)) if given.through else "",
        now("yes") if given.is_migrant_led else "",
        str(given.get_consent_display()),
        str(row.fate_label),
        list_text([theme.text("title", language) for theme in row.themes.all()]),
        list_text(titles),
        now("yes") if row.needs_follow_up else "",
        row.note,
        f"{site}{row.get_absolute_url()}",
    ]
