"""What the library tells."""

from django.utils.translation import gettext_lazy as _

from portal.models import Organization
from portal.notifications import Kind, register
from resources import editions
from resources.models import Document


@register
class DocumentPublished(Kind):
    name, model = "document-published", Document
    label = _("An outcome document is published")
    priority = 9
    action = _("Read the document")
    why = _("your organization is a member")

    @staticmethod
    def organizations(document):
        return Organization.objects.members()

    @staticmethod
    def context(document, language, recipient=None):
        """The title as this language has it, and in which languages the document can be read, how large."""
        found = [edition for edition in editions.of(document) if edition.exists]
        return {
            "title": document.text("title", language),
            "summary": document.text("summary", language),
            "editions": found,
            "codes": [edition.language for edition in found],
            "is_in_language": any(edition.language == language for edition in found),
        }


@register
class DocumentTranslated(DocumentPublished):
    """Told to the readers of one language, which the notice carries."""

    name = "document-translated"
    label = _("An outcome document can now be read in your language")
