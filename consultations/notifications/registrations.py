"""What the people and the delegates of an organization are told about its registration."""

from django.db.models import Count, F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations import calendars, clocks
from consultations.models import (
    Consultation,
    Delegate,
    FormerDelegate,
    Registration,
    RegistrationLink,
)
from consultations.notifications.audiences import with_delegates
from consultations.notifications.occasions import occasion
from consultations.notifications.reminders import OfReminder
from portal.models import Organization, Reader, Recipient
from portal.notifications import Kind, people_of, register


def is_hidden(registration):
    """Whether its reader no longer sees what it was for; a message is about the thing alone and does not ask."""
    return not getattr(registration, "shows_room", True)


class OfRegistration(Kind):
    """About one registration: told to the organization's people, and to its delegates once they have a place."""

    model = Registration
    status = None  # a message that no longer tells the truth is not sent
    tells_delegates = True
    priority = 2
    action = _("Open the registration")
    why = _("you or your organization registered for this consultation")
    can_be_left = False
    is_personal = True  # no delegate reads the names of the others
    beside = ("consultation__process",)

    @staticmethod
    def organizations(registration):
        return Organization.objects.filter(pk=registration.organization_id)

    @classmethod
    def recipients(cls, registration):
        people = people_of(cls.organizations(registration))
        told = cls.tells_delegates and registration.confirmed_at is not None
        return with_delegates(people, registration.delegate_set.all()) if told else people

    @classmethod
    def rows(cls, reader):
        return super().rows(reader).with_room_for(reader)

    @classmethod
    def sees(cls, reader, registration):
        rows = Registration.objects.visible_to(reader).filter(pk=registration.pk, status=cls.status)
        return rows.exists()

    @staticmethod
    def is_neutral(registration):
        return registration.consultation.is_closed_room or is_hidden(registration)

    @staticmethod
    def title(registration, language):
        return "" if is_hidden(registration) else registration.consultation.text("title", language)

    @staticmethod
    def context(registration, language, recipient=None):
        reader = Reader.of_recipient(recipient) if recipient is not None else Reader.nobody()
        return occasion(registration.consultation, language) | {
            "organization": registration.organization.text("name", language),
            "delegates": [row.name for row in registration.delegates_for(reader)],
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
        said = OfRegistration.context(registration, language, recipient)
        return said | {"line": registration.place_in_line()}


@register
class RegistrationPromoted(GivesCalendar, OfRegistration):
    name, status = "registration-promoted", Registration.Status.CONFIRMED
    label = _("A place became free, and your registration is confirmed")
    priority = 1


@register
class PlaceOffered(OfRegistration):
    """With a link by which the places are taken or given back without signing in."""

    name, status = "place-offered", Registration.Status.OFFERED
    label = _("A place became free and is offered to you")
    priority, tells_delegates = 1, False
    action = _("Take it or give it back")

    @staticmethod
    def address(registration):
        """Of a closed room the page behind the door (safety.md, D9)."""
        if registration.consultation.is_closed_room:
            return registration.get_absolute_url()
        link = registration.links.get(purpose=RegistrationLink.Purpose.OFFER)
        return reverse("consultations:offer", args=[link.token])

    @staticmethod
    def context(registration, language, recipient=None):
        zone = registration.consultation.time_zone
        ends = clocks.said(registration.offer_ends_at, zone) if registration.offer_ends_at else []
        return OfRegistration.context(registration, language) | {
            "places": registration.delegates_count,
            "ends": "; ".join(ends),
        }


@register
class OfferLapsed(OfRegistration):
    name, status = "offer-lapsed", Registration.Status.LAPSED
    label = _("A place was offered to you and not taken in time")
    tells_delegates = False


@register
class RegistrationDeclined(OfRegistration):
    name, status = "registration-declined", Registration.Status.DECLINED
    label = _("Your registration is declined")
    tells_delegates = False

    @staticmethod
    def context(registration, language, recipient=None):
        said = OfRegistration.context(registration, language, recipient)
        return said | {"reason": registration.reason}


@register
class RegistrationCancelled(GivesCalendar, OfRegistration):
    name, status = "registration-cancelled", Registration.Status.CANCELLED
    label = _("Your registration is cancelled")
    is_rationed = True


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
class DelegatesToName(OfReminder):
    """Told to those that hold places which have no name yet, while there is time."""

    name = "delegates-to-name"
    label = _("Places of your organization have no name yet")
    priority, can_be_left = 3, False
    action = _("Name your delegates")
    why = OfRegistration.why

    @staticmethod
    def unnamed(reminder):
        """The registrations with places that nobody is named for."""
        rows = reminder.consultation.registrations.seated().annotate(named=Count("delegate"))
        return rows.filter(named__lt=F("delegates_count"))

    @classmethod
    def organizations(cls, reminder):
        return Organization.objects.filter(pk__in=cls.unnamed(reminder).values("organization"))

    @classmethod
    def sees(cls, reader, reminder):
        return cls.unnamed(reminder).filter(organization__in=reader.organizations.keys()).exists()

    @staticmethod
    def context(reminder, language, recipient=None):
        return occasion(reminder.consultation, language)


@register
class DelegateRemoved(Kind):
    """Told to whoever had a place; of a room that not everybody sees it says nothing but that."""

    name, model = "delegate-removed", FormerDelegate
    label = _("You are no longer named as a delegate")
    priority, can_be_left = 2, False
    action = _("See what is open now")
    why = _("an organization had named you as its delegate")
    beside = ("registration__consultation", "registration__organization")

    @staticmethod
    def recipients(former):
        return Recipient.objects.filter(pk=former.recipient_id)

    @staticmethod
    def title(former, language):
        consultation = former.registration.consultation
        return consultation.text("title", language) if is_for_all(consultation) else ""

    @staticmethod
    def address(former):
        return reverse("home")

    @staticmethod
    def context(former, language, recipient=None):
        of = former.registration
        if not is_for_all(of.consultation):
            return {"title": "", "date": None, "organization": ""}
        return occasion(of.consultation, language) | {"organization": of.organization.text("name", language)}


def is_for_all(consultation):
    """Whether everybody sees it: the other rooms are closed again to a delegate who is named no longer."""
    return consultation.access == Consultation.Access.PUBLIC
