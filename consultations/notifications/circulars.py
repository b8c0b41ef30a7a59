"""What a coordinator writes to some of those who registered."""

from django.utils.translation import gettext_lazy as _

from consultations.models import Circular, Registration
from portal.models import Organization
from portal.notifications import Kind, register


@register
class CircularSent(Kind):
    name, model = "circular-sent", Circular
    label = _("A coordinator writes to you about your registration")
    priority, can_be_left = 3, False
    action = _("Open the message")
    why = _("you or your organization registered for this consultation")

    @staticmethod
    def organizations(circular):
        held = circular.registrations.filter(status__in=Registration.HELD)
        return Organization.objects.filter(pk__in=held.values("organization"))

    @classmethod
    def sees(cls, reader, circular):
        """The people whom it was written to, as long as their registration counts."""
        return cls.organizations(circular).filter(pk__in=reader.organizations.keys()).exists()

    @staticmethod
    def is_neutral(circular):
        return circular.consultation.is_closed_room

    @staticmethod
    def title(circular, language):
        return circular.consultation.text("title", language)

    @staticmethod
    def context(circular, language, recipient=None):
        return {
            "title": circular.consultation.text("title", language),
            "headline": circular.subject,
            "words": circular.words,
        }
