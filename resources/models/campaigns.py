"""Campaigns: public work for one message over some time."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.models import Process, Record


class Campaign(Record):
    """Public work for one message over some time, with a hashtag."""

    search_kind = "campaign"

    process = models.ForeignKey(
        Process, on_delete=models.SET_NULL, null=True, blank=True, related_name="campaigns"
    )
    hashtag = models.CharField(_("hashtag"), max_length=60, blank=True)

    class Meta(Record.Meta):
        verbose_name, verbose_name_plural = _("campaign"), _("campaigns")

    def get_absolute_url(self):
        return reverse("resources:campaign", args=[self.address_key])
