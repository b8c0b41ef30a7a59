"""What the library tells."""

from django.utils.translation import gettext_lazy as _

from portal.models import Organization
from portal.notifications import Kind, people_of, register
from resources.models import Document


@register
class DocumentPublished(Kind):
    name, model = "document-published", Document
    label = _("An outcome document is published")
    priority = 9

    @staticmethod
    def recipients(document):
        return people_of(Organization.objects.members()).distinct()
