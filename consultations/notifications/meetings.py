"""What those who hold a place at a meeting are told: that it moves, how to join, that it is near or called off."""

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations import arrivals, calendars, clocks
from consultations.models import Delegate, Guest, Meeting, Registration, Reminder
from consultations.models.meetings import invited_to
from consultations.notifications.audiences import guests_among, holders, together, with_delegates
from consultations.notifications.occasions import day_of
from portal import clock
from portal.models import Organization, Reader
from portal.notifications import Kind, people_of, register


class OfMeeting(Kind):
    """About one meeting: told to all who hold a place at it and to its guests, each with the own calendar."""

    model = Meeting
    priority = 3
    action = _("Open the consultation")
    why = _("you or your organization take part in this meeting, or asked to")
    can_be_left = False
    is_personal = True
    statuses = (Registration.Status.CONFIRMED,)
    answers = (Guest.Status.ACCEPTED,)

    @classmethod
    def organizations(cls, meeting):
        guests = Guest.objects.of_meeting(meeting).filter(status__in=cls.answers).values("organization")
        of_holders = holders(meeting.consultation, *cls.statuses).values("pk")
        return Organization.objects.filter(Q(pk__in=of_holders) | Q(pk__in=guests))

    @classmethod
    def recipients(cls, meeting):
        sent = Delegate.objects.filter(
            registration__consultation=meeting.consultation_id,
            registration__status=Registration.Status.CONFIRMED,
        )
        guests = Guest.objects.of_meeting(meeting).filter(status__in=cls.answers)
        people = people_of(holders(meeting.consultation, *cls.statuses))
        return together(with_delegates(people, sent), guests_among(guests))

    @classmethod
    def sees(cls, reader, meeting):
        rows = Registration.objects.visible_to(reader).filter(consultation=meeting.consultation_id)
        if rows.filter(status__in=cls.statuses).exists():
            return True
        return Meeting.objects.filter(invited_to(reader, *cls.answers), pk=meeting.pk).exists()

    @staticmethod
    def is_neutral(meeting):
        return meeting.consultation.is_closed_room

    @staticmethod
    def address(meeting):
        return meeting.consultation.get_absolute_url()

    @staticmethod
    def context(meeting, language, recipient=None):
        reader = Reader.of_recipient(recipient) if recipient is not None else None
        return {
            "title": meeting.consultation.text("title", language),
            "date": day_of(meeting),
            "meeting_title": meeting.text("title", language),
            "when": clocks.lines(meeting, reader),
        }

    @staticmethod
    def attachments(meeting, recipient=None):
        """The entries anew: a moved one replaces what stands in people's calendars, join address and all."""
        reader = Reader.of_recipient(recipient)
        file = calendars.of_consultation(meeting.consultation, reader)
        return [(calendars.NAME, file, calendars.MEDIA_TYPE)]


@register
class ConsultationMoved(OfMeeting):
    """Also told to those who wait: the new date may suit them less."""

    name = "consultation-moved"
    label = _("A meeting that you registered for is moved")
    statuses, answers = Registration.HELD, Guest.OPEN

    @staticmethod
    def context(meeting, language, recipient=None):
        moves = meeting.moved_dates.filter(field="starts_at", moved_at__isnull=False)
        return OfMeeting.context(meeting, language, recipient) | {"move": moves.order_by("moved_at").last()}


@register
class JoinAddressGiven(OfMeeting):
    """To the confirmed alone: the place to join is there at last, or is another one."""

    name = "join-address-given"
    label = _("The join address of a meeting is there, or has changed")


@register
class MeetingCancelled(OfMeeting):
    name = "meeting-cancelled"
    label = _("A meeting that you registered for is called off")
    statuses, answers = Registration.HELD, Guest.OPEN


@register
class MeetingNear(OfMeeting):
    """A day before, to those who are confirmed; the join address stands behind the button and in the calendar."""

    name, model = "meeting-near", Reminder
    label = _("A meeting that you registered for is near")

    @classmethod
    def organizations(cls, reminder):
        return OfMeeting.organizations(reminder.meeting)

    @classmethod
    def recipients(cls, reminder):
        return OfMeeting.recipients(reminder.meeting)

    @classmethod
    def sees(cls, reader, reminder):
        return OfMeeting.sees(reader, reminder.meeting) and not reminder.meeting.is_over(clock.now())

    @staticmethod
    def is_neutral(reminder):
        return OfMeeting.is_neutral(reminder.meeting)

    @staticmethod
    def address(reminder):
        return OfMeeting.address(reminder.meeting)

    @staticmethod
    def context(reminder, language, recipient=None):
        meeting = reminder.meeting
        is_sent = recipient is not None and arrivals.is_sent(recipient, meeting)
        at_the_door = settings.SITE_URL + arrivals.address(meeting, recipient) if is_sent else ""
        return OfMeeting.context(meeting, language, recipient) | {"at_the_door": at_the_door}

    @staticmethod
    def attachments(reminder, recipient=None):
        return OfMeeting.attachments(reminder.meeting, recipient)
