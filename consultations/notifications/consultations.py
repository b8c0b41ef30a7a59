"""What members are told about a consultation: that it opens, that its registration closes soon."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from consultations import clocks
from consultations.models import Consultation, Registration
from consultations.notifications.occasions import occasion
from consultations.notifications.reminders import OfReminder
from portal import dates
from portal.models import Organization
from portal.notifications import Kind, register


@register
class ConsultationOpened(Kind):
    name, model = "consultation-opened", Consultation
    label = _("Registration for a consultation opens")
    priority = 8
    action = _("Register your organization")
    why = _("your organization is a member")

    @staticmethod
    def organizations(consultation):
        return Organization.objects.none() if consultation.is_closed_room else Organization.objects.members()

    @staticmethod
    def context(consultation, language, recipient=None):
        closes, zone = consultation.closes_at, dates.zone_of(consultation.time_zone)
        return occasion(consultation, language) | {
            "summary": consultation.text("summary", language),
            "closes_on": closes.astimezone(zone).date() if closes else None,
            "closes": " · ".join(clocks.said(closes, consultation.time_zone)) if closes else "",
        }


@register
class DeadlineNear(OfReminder):
    """Told to members that have not registered, while they still can; of a closed room to the invited ones."""

    name = "deadline-near"
    label = _("Registration for a consultation closes soon")
    priority = 8
    action, why = ConsultationOpened.action, ConsultationOpened.why

    @classmethod
    def organizations(cls, reminder):
        held = Registration.objects.held().filter(
            consultation=reminder.consultation_id, organization=OuterRef("pk")
        )
        may = ConsultationOpened.organizations(reminder.consultation)
        if reminder.consultation.is_closed_room:
            invited = reminder.consultation.admissions.open().values("organization")
            may = Organization.objects.members().filter(pk__in=invited)
        return may.exclude(Exists(held))

    @staticmethod
    def context(reminder, language, recipient=None):
        return ConsultationOpened.context(reminder.consultation, language)
