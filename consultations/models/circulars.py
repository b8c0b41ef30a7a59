"""Circulars: what a coordinator writes to some of the organizations that registered."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from consultations.models.registrations import Registration
from portal import clock
from portal.models import Belongs, Process


class CircularQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Those to one's own organizations while they are registered, and those about what one coordinates."""
        if reader.coordinates_everything:
            return self
        to = Circular.registrations.through.objects.filter(
            registration__organization_id__in=reader.organizations.keys(),
            registration__status__in=Registration.HELD,
        )
        of_process = models.Q(consultation__process_id__in=reader.scope_ids(Process))
        of_it = models.Q(consultation_id__in=reader.scope_ids(Consultation))
        return self.filter(of_process | of_it | models.Q(pk__in=to.values("circular")))


class Circular(Belongs, models.Model):
    """A message to the people of some registered organizations, in the words of a coordinator."""

    ABOVE = ("consultation",)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="circulars")
    registrations = models.ManyToManyField(Registration, related_name="circulars")
    subject = models.CharField(_("subject"), max_length=150)
    words = models.TextField(_("message"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(default=clock.now, editable=False)

    objects = CircularQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("message"), _("messages")

    def __str__(self):
        return self.subject

    def get_absolute_url(self):
        return reverse("consultations:circular", args=[self.key])
