"""What is told of an invitation to register for a room by invitation: that there is one, behind a link."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.models import Admission
from portal.models import Organization, Recipient
from portal.notifications import Kind, people_of, register


@register
class AdmissionSent(Kind):
    name, model = "admission-sent", Admission
    label = _("Your organization is invited to register")
    priority, can_be_left = 2, False
    action = _("Open the invitation")
    why = _("you or your organization are invited")

    @staticmethod
    def organizations(admission):
        return Organization.objects.filter(pk=admission.organization_id)

    @classmethod
    def recipients(cls, admission):
        if admission.recipient_id:
            return Recipient.objects.filter(pk=admission.recipient_id)
        return people_of(cls.organizations(admission))

    @classmethod
    def sees(cls, reader, admission):
        own = Q(organization__in=reader.verified_ids) | Q(recipient=reader.recipient, recipient__isnull=False)
        return Admission.objects.open().filter(own, pk=admission.pk).exists()

    @staticmethod
    def is_neutral(_admission):
        """Into an open room nobody has to be invited (safety.md, D9)."""
        return True

    @staticmethod
    def address(admission):
        return reverse("consultations:admission-letter", args=[admission.token])
