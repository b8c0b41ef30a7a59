"""Admissions: the one way into a room by invitation for an organization that takes part as all others do."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from consultations.models.registrations import Registration
from portal import clock, tokens
from portal.models import Belongs, Moves, Organization, Process, Recipient


class AdmissionQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Those that let the reader's organizations in, and those to what the reader coordinates."""
        if reader.coordinates_everything:
            return self
        own = Q(pk__in=self.model.objects.open().filter(organization__in=reader.verified_ids).values("pk"))
        of_process = Q(consultation__process_id__in=reader.scope_ids(Process))
        return self.filter(own | of_process | Q(consultation_id__in=reader.scope_ids(Consultation)))

    def open(self):
        """Neither used nor taken back nor over, to what is shown; the database's clock decides."""
        return self.filter(
            status=Admission.Status.OPEN, ends_at__gt=Now(), consultation__status__in=Consultation.SHOWN
        )


class Admission(Moves, Belongs, models.Model):
    """An organization may register for a room by invitation: once, until a moment, this organization alone.

    It is invited as such, or through an address whose owner says for which organization of hers the invitation is.
    """

    PURPOSE = "admission"
    ABOVE = ("consultation",)

    class Status(models.TextChoices):
        OPEN = "open", _("Not yet used")
        USED = "used", _("Registered")
        WITHDRAWN = "withdrawn", _("Taken back")

    MOVES = {Status.OPEN: {Status.USED, Status.WITHDRAWN}, Status.USED: set(), Status.WITHDRAWN: set()}

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="admissions")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    version = models.PositiveIntegerField(default=1, editable=False)
    nonce = models.CharField(max_length=64, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    ends_at = models.DateTimeField(_("valid until"))
    registration = models.OneToOneField(
        Registration, on_delete=models.PROTECT, null=True, editable=False, related_name="admission"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    invited_at = models.DateTimeField(default=clock.now, editable=False)
    status_at = models.DateTimeField(default=clock.now, editable=False)

    objects = AdmissionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("admission"), _("admissions")
        constraints = [
            models.CheckConstraint(
                name="admission_is_of_an_organization_or_an_address",
                condition=Q(organization__isnull=False) | Q(recipient__isnull=False),
            ),
            models.CheckConstraint(
                name="admission_used_is_a_registration",
                condition=Q(status="used", registration__isnull=False)
                | (~Q(status="used") & Q(registration__isnull=True)),
            ),
            models.UniqueConstraint(
                name="admission_of_an_organization_is_open_once",
                fields=["consultation", "organization"],
                condition=Q(status="open"),
            ),
            models.UniqueConstraint(
                name="admission_of_an_address_is_open_once",
                fields=["consultation", "recipient"],
                condition=Q(status="open"),
            ),
        ]

    def __str__(self):
        return f"{self.organization or self.recipient}: {self.consultation}"

    def get_absolute_url(self):
        return reverse("consultations:register", args=[self.consultation.key])

    @classmethod
    def held_by(cls, token):
        """The admission whose letter brought this token, while it is open; or None."""
        rows = cls.objects.open().filter(token_hash=tokens.digest(token))
        return rows.select_related("consultation", "organization").first()

    @property
    def token(self):
        return tokens.make(self.PURPOSE, self.nonce)
