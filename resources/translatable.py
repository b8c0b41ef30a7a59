"""What of the library is translated."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import translating
from portal.translatable import SHOWN_OR_BEGUN
from resources.models import Campaign, Document, PageSection, Practice, ResourcePage
from resources.operations import documents, sections


@dataclass(frozen=True, eq=False)
class PageSections(translating.Source):
    """Sections of resource pages, each translated on its own."""

    def place(self, thing, language):
        return thing.page.text("title", language)


for _source in (
    translating.Source("document", _("Document"), Document, where=SHOWN_OR_BEGUN, save=documents.translate),
    translating.Source("page", _("Resource page"), ResourcePage, due=("publish_at",), where=SHOWN_OR_BEGUN),
    PageSections(
        "page-section",
        _("Section of a page"),
        PageSection,
        due=("page__publish_at",),
        access="page__access",
        where=Q(removed_at__isnull=True) & ~Q(page__status="withdrawn"),
        related=("page",),
        save=sections.translate,
    ),
    translating.Source("campaign", _("Campaign"), Campaign, where=SHOWN_OR_BEGUN),
    translating.Source("practice", _("Practice or plan"), Practice, where=SHOWN_OR_BEGUN),
):
    translating.register(_source)
