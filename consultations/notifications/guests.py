"""What guests are told: that they are invited, how they join once they have accepted, that they no longer are."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations import calendars, clocks
from consultations.models import Guest
from consultations.notifications.audiences import guests_among
from consultations.notifications.occasions import day_of
from portal import clock, tokens
from portal.models import Organization, Reader
from portal.notifications import Kind, register


class OfGuest(Kind):
    """About one invitation: told to the organization's people and mailbox, or to the address."""

    model = Guest
    answers = ()  # a message that no longer tells the truth is not sent
    priority = 2
    action = _("Open the invitation")
    why = _("you or your organization are invited as a guest")
    can_be_left = False

    @staticmethod
    def organizations(guest):
        return Organization.objects.filter(pk=guest.organization_id)

    @classmethod
    def recipients(cls, guest):
        return guests_among(Guest.objects.filter(pk=guest.pk))

    @classmethod
    def sees(cls, reader, guest):
        return Guest.objects.of(reader).standing().filter(pk=guest.pk, status__in=cls.answers).exists()

    @staticmethod
    def is_neutral(guest):
        return guest.consultation.is_closed_room

    @staticmethod
    def address(guest):
        """The letter, which is answered without signing in; of a closed room the page behind the door (D9)."""
        if guest.consultation.is_closed_room:
            return guest.get_absolute_url()
        return reverse("consultations:guest-letter", args=[tokens.make(Guest.PURPOSE, guest.nonce)])

    @staticmethod
    def context(guest, language, recipient=None):
        meetings = [row for row in guest.invited_meetings().in_order() if row.cancelled_at is None]
        dated = [row for row in meetings if row.starts_at]
        ahead = [row for row in dated if not row.is_over(clock.now())]
        return {
            "title": guest.consultation.text("title", language),
            "date": day_of(ahead[0]) if ahead else None,
            "organization": guest.organization.text("name", language) if guest.organization else "",
            "meetings": [(row.text("title", language), clocks.lines(row)) for row in dated],
        }


@register
class GuestInvited(OfGuest):
    name, answers = "guest-invited", Guest.OPEN
    label = _("You are invited to a meeting as a guest")


@register
class GuestAccepted(OfGuest):
    """With a calendar file, which holds the join address."""

    name, answers = "guest-accepted", (Guest.Status.ACCEPTED,)
    label = _("You take part in a meeting as a guest")
    is_personal = True
    action = _("Open the consultation")

    @staticmethod
    def address(guest):
        return guest.consultation.get_absolute_url()

    @staticmethod
    def attachments(guest, recipient=None):
        file = calendars.of_consultation(guest.consultation, Reader.of_recipient(recipient))
        return [(calendars.NAME, file, calendars.MEDIA_TYPE)]


@register
class GuestWithdrawn(OfGuest):
    name = "guest-withdrawn"
    label = _("An invitation to a meeting is taken back")
    action = _("See what is open now")

    @classmethod
    def sees(cls, reader, guest):
        """Whoever was invited, as long as it is so: nothing but this stays of the invitation."""
        return Guest.objects.of(reader).filter(pk=guest.pk, status=Guest.Status.WITHDRAWN).exists()

    @staticmethod
    def address(_guest):
        return reverse("home")

    @staticmethod
    def attachments(guest, recipient=None):
        file = calendars.of_guest(guest)
        return [(calendars.NAME, file, calendars.MEDIA_TYPE)] if guest.accepted_at else []
