"""Comments as lines of a sheet, for those who write the paper."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.templatetags.portal import language_name, list_text

COLUMNS = (
    _("Round of comments"),
    _("Section"),
    _("Paragraph"),
    _("Kind"),
    _("Language"),
    _("Comment"),
    _("Proposed words"),
    _("By whom"),
    _("Kind of organization"),
    _("Region"),
    _("How it may be shown"),
    pgettext_lazy("how something stands", "State"),
    _("Answer"),
    _("Made on"),
    _("Address"),
)


def line(row, reader, language, site):
    """A comment with its maker, whatever may be shown to others, and with its answer."""
    named = row.is_named_to(reader, writes=True)
    return [
        row.round.number,
        row.paragraph.section.position + 1,
        row.paragraph.position + 1,
        str(row.get_kind_display()),
        language_name(row.language),
        row.text,
        row.proposed,
        str(row.organization.text("name", language)) if named else "",
        str(row.sort),
        list_text([region.text("title", language) for region in row.regions]),
        str(row.consent_words),
        str(row.get_status_display()),
        row.answer,
        row.written_at.date().isoformat(),
        f"{site}{row.get_absolute_url()}",
    ]
