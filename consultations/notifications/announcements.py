"""What coordinators write to many organizations at once, and how it looks to one of them before."""

from django.utils.translation import gettext_lazy as _

from consultations.models import Announcement, AnnouncementTrial
from portal.models import Organization, Recipient
from portal.notifications import Kind, register


@register
class AnnouncementSent(Kind):
    name, model = "announcement-sent", Announcement
    label = _("The coordinators announce something")
    priority = 8
    action = _("Read the announcement")
    why = _("the coordinators write to your organization, or to organizations like it")
    beside = ("of_consultation", "of_paper", "to_group")

    @staticmethod
    def organizations(announcement):
        """Those that it was sent to, as long as they are verified."""
        return Organization.objects.filter(
            pk__in=announcement.organizations.values("pk"), status=Organization.Status.VERIFIED
        )

    @staticmethod
    def is_neutral(announcement):
        return announcement.is_discreet

    @staticmethod
    def context(announcement, language, recipient=None):
        words = announcement.words(language)
        return {"words": words, "title": words.subject}


@register
class AnnouncementTried(Kind):
    name, model = "announcement-tried", AnnouncementTrial
    label = _("An announcement that you try on yourself")
    priority = 3
    action = _("Read the announcement")
    why = _("you asked to see how this announcement arrives")
    can_be_left = is_listed = is_kept = False

    @staticmethod
    def recipients(trial):
        return Recipient.objects.of_people([trial.asked_by_id])

    @staticmethod
    def is_neutral(trial):
        return AnnouncementSent.is_neutral(trial.announcement)

    @staticmethod
    def context(trial, language, recipient=None):
        return AnnouncementSent.context(trial.announcement, language)
