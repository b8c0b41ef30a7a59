"""How a version of a paper is cited, and its short address."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from portal import branding, dates


def address(document):
    """The short address of a document, the same for good and in every language."""
    return settings.SITE_URL + document.get_short_url()


def citation(paper, text, language):
    """How to cite a version in one language: its title, what it is, the day, the portal, the address that stays."""
    with translation.override(language):
        said = {
            "title": text.title,
            "kind": paper.get_kind_display(),
            "portal": branding.name(),
            "date": dates.day(paper.published_at or text.made_at),
            "number": text.version.number,
            # Without its last stroke, which from right to left would stand before it.
            "address": address(paper.document).rstrip("/") if paper.document else "",
        }
        if text.version.purpose == text.version.Purpose.CORRECTION:
            return _("%(title)s. %(kind)s, version %(number)s. %(portal)s, %(date)s. %(address)s") % said
        return _("%(title)s. %(kind)s. %(portal)s, %(date)s. %(address)s") % said
