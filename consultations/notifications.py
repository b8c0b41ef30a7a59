"""What consultations tell: that one opens, that one's place is confirmed or waits, that a date has moved."""

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from consultations import calendars, clocks
from consultations.models import Consultation, Delegate, Guest, Meeting, Registration, Reminder
from consultations.models.meetings import invited_to
from portal import clock, dates
from portal.models import Organization, Reader, Recipient
from portal.notifications import Kind, people_of, register


def occasion(consultation, language):
    """What every message about a consultation says: its title, its day, its meetings with their zones."""
    meetings = [row for row in consultation.meetings.in_order() if row.cancelled_at is None]
    dated = [row for row in meetings if row.starts_at]
    first = next((row for row in dated if not row.is_over(clock.now())), dated[0] if dated else None)
    return {
        "title": consultation.text("title", language),
        "date": day_of(first) if first else None,
        "meetings": [(row.text("title", language), clocks.lines(row)) for row in dated],
    }


def day_of(meeting):
    """The day on which a meeting begins, on the clock of the event."""
    if meeting.starts_at is None:
        return None
    return meeting.starts_at.astimezone(dates.zone_of(meeting.time_zone)).date()


def with_delegates(people, delegates):
    """These people and mailboxes, and the delegates, each with the moment since which it may know."""
    belongs = people.filter(pk=OuterRef("pk")).values("entitled_at")[:1]
    named = delegates.filter(recipient=OuterRef("pk")).order_by("named_at").values("named_at")[:1]
    either = Q(pk__in=people.values("pk")) | Q(pk__in=delegates.values("recipient"))
    return Recipient.objects.filter(either).annotate(entitled_at=Least(Subquery(belongs), Subquery(named)))


def together(*audiences):
    """All of these audiences, each reader once, with the earliest moment since which it may know."""
    either = Q(*(Q(pk__in=audience.values("pk")) for audience in audiences), _connector=Q.OR)
    since = (audience.filter(pk=OuterRef("pk")).values("entitled_at")[:1] for audience in audiences)
    return Recipient.objects.filter(either).annotate(entitled_at=Least(*map(Subquery, since)))


def guests_among(guests):
    """The people and mailboxes of these guests, each since it is one or since it was invited."""
    invited = guests.filter(recipient=OuterRef("pk")).order_by("invited_at").values("invited_at")[:1]
    addresses = Recipient.objects.filter(pk__in=guests.values("recipient"))
    of_organizations = people_of(Organization.objects.filter(pk__in=guests.values("organization")))
    return together(of_organizations, addresses.annotate(entitled_at=Subquery(invited)))


def holders(consultation, *statuses):
    """The organizations whose registration stands so."""
    rows = Registration.objects.filter(consultation=consultation, status__in=statuses)
    return Organization.objects.filter(registrations__in=rows)


class OfRegistration(Kind):
    """About one registration: told to the organization's people, and to its delegates once they have a place."""

    model = Registration
    status = None  # a message that no longer tells the truth is not sent
    tells_delegates = True
    priority = 2
    action = _("Open the registration")
    why = _("you or your organization registered for this consultation")
    can_be_left = False

    @staticmethod
    def organizations(registration):
        return Organization.objects.filter(pk=registration.organization_id)

    @classmethod
    def recipients(cls, registration):
        people = people_of(cls.organizations(registration))
        told = cls.tells_delegates and registration.confirmed_at is not None
        return with_delegates(people, registration.delegate_set.all()) if told else people

    @classmethod
    def sees(cls, reader, registration):
        rows = Registration.objects.visible_to(reader).filter(pk=registration.pk, status=cls.status)
        return rows.exists()

    @staticmethod
    def is_neutral(registration):
        return registration.consultation.is_closed_room

    @staticmethod
    def context(registration, language, recipient=None):
        return occasion(registration.consultation, language) | {
            "organization": registration.organization.text("name", language),
            "delegates": [row.name for row in registration.delegate_set.order_by("pk")],
        }


class GivesCalendar:
    """With a calendar file, which holds the join address while the registration is confirmed."""

    @staticmethod
    def attachments(registration, recipient=None):
        file = calendars.of_registration(registration, gives_join=True)
        return [(calendars.NAME, file, calendars.MEDIA_TYPE)]


@register
class RegistrationReceived(OfRegistration):
    name, status = "registration-received", Registration.Status.PENDING
    label = _("Your registration waits for a coordinator")
    tells_delegates = False


@register
class RegistrationConfirmed(GivesCalendar, OfRegistration):
    name, status = "registration-confirmed", Registration.Status.CONFIRMED
    label = _("Your registration is confirmed")


@register
class RegistrationWaitlisted(OfRegistration):
    name, status = "registration-waitlisted", Registration.Status.WAITLISTED
    label = _("Your registration is on the waiting list")
    tells_delegates = False

    @staticmethod
    def context(registration, language, recipient=None):
        return OfRegistration.context(registration, language) | {"line": registration.place_in_line()}


@register
class RegistrationPromoted(GivesCalendar, OfRegistration):
    name, status = "registration-promoted", Registration.Status.CONFIRMED
    label = _("A place became free, and your registration is confirmed")
    priority = 1


@register
class RegistrationDeclined(OfRegistration):
    name, status = "registration-declined", Registration.Status.DECLINED
    label = _("Your registration is declined")
    tells_delegates = False

    @staticmethod
    def context(registration, language, recipient=None):
        return OfRegistration.context(registration, language) | {"reason": registration.reason}


@register
class RegistrationCancelled(GivesCalendar, OfRegistration):
    name, status = "registration-cancelled", Registration.Status.CANCELLED
    label = _("Your registration is cancelled")


@register
class DelegateNamed(Kind):
    """Told to a delegate named after the registration was confirmed: the others know already."""

    name, model = "delegate-named", Delegate
    label = _("Your organization sends you to a consultation")
    priority, action, can_be_left = 2, OfRegistration.action, False
    why = OfRegistration.why

    @staticmethod
    def recipients(delegate):
        return with_delegates(people_of(Organization.objects.none()), Delegate.objects.filter(pk=delegate.pk))

    @classmethod
    def sees(cls, reader, delegate):
        return RegistrationConfirmed.sees(reader, delegate.registration)

    @staticmethod
    def is_neutral(delegate):
        return delegate.registration.consultation.is_closed_room

    @staticmethod
    def address(delegate):
        return delegate.registration.get_absolute_url()

    @staticmethod
    def context(delegate, language, recipient=None):
        return OfRegistration.context(delegate.registration, language)

    @staticmethod
    def attachments(delegate, recipient=None):
        return RegistrationConfirmed.attachments(delegate.registration)


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
            "closes": "; ".join(clocks.said(closes, consultation.time_zone)) if closes else "",
        }


@register
class DeadlineNear(Kind):
    """Told to members that have not registered, while they still can."""

    name, model = "deadline-near", Reminder
    label = _("Registration for a consultation closes soon")
    priority = 8
    action, why = ConsultationOpened.action, ConsultationOpened.why

    @classmethod
    def organizations(cls, reminder):
        held = Registration.objects.held().filter(
            consultation=reminder.consultation_id, organization=OuterRef("pk")
        )
        return ConsultationOpened.organizations(reminder.consultation).exclude(Exists(held))

    @staticmethod
    def address(reminder):
        return reminder.consultation.get_absolute_url()

    @staticmethod
    def context(reminder, language, recipient=None):
        return ConsultationOpened.context(reminder.consultation, language)


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
        return OfMeeting.context(reminder.meeting, language, recipient)

    @staticmethod
    def attachments(reminder, recipient=None):
        return OfMeeting.attachments(reminder.meeting, recipient)


# Kinds are found by this module's name at start; those of guests stand in a module of their own.
from consultations import guest_notices  # noqa: E402, F401
