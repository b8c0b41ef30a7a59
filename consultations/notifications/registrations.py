"""What the people and the delegates of an organization are told about its registration."""

from django.utils.translation import gettext_lazy as _

from consultations import calendars
from consultations.models import Delegate, Registration
from consultations.notifications.audiences import with_delegates
from consultations.notifications.occasions import occasion
from portal.models import Organization
from portal.notifications import Kind, people_of, register


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
