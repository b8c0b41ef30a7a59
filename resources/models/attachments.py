"""Files that stand on a resource page, to take along."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.models import Belongs, StoredFile
from resources.models.pages import ResourcePage


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, reader, *, even_withdrawn=False):
        """Those of the pages that this reader may see; where asked, also of those withdrawn since."""
        pages = ResourcePage.objects.visible_to(reader, even_withdrawn=even_withdrawn)
        return self.filter(page__in=pages)

    def in_order(self):
        return self.order_by("pk")


class Attachment(Belongs, models.Model):
    """A file on a resource page: a form to fill, a leaflet to print; whoever sees the page may take it."""

    ABOVE = ("page",)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page = models.ForeignKey(ResourcePage, on_delete=models.CASCADE, related_name="attachments")
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(max_length=12, blank=True)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("attachment"), _("attachments")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("resources:attachment", args=[self.key])
