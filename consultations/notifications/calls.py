"""What calls tell: that one is open, that a contribution has arrived, that one is still missing."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations import clocks
from consultations.models import Call, CallInvitation, Contribution, Registration
from portal import clock, dates
from portal.models import Organization
from portal.notifications import Kind, register


def asked(call):
    """The organizations that may answer a call and follow what it is about."""
    if call.answerers == Call.Answerers.PARTICIPANTS:
        held = Registration.objects.filter(
            consultation=call.consultation_id, status=Registration.Status.CONFIRMED
        )
        return Organization.objects.filter(registrations__in=held, status=Organization.Status.VERIFIED)
    if call.is_closed_room:
        return Organization.objects.none()
    everybody = Organization.objects.members()
    if call.answerers == Call.Answerers.VERIFIED and call.access == Call.Access.PUBLIC:
        everybody = Organization.objects.filter(status=Organization.Status.VERIFIED)
    return everybody


def followers(call):
    """Of those, the ones that work on its objectives; who named no objective is told of every call."""
    objectives = call.objectives.all()
    if call.answerers == Call.Answerers.PARTICIPANTS or not objectives:
        return asked(call)
    follow = Organization.objects.filter(Q(objectives__in=objectives) | Q(objectives__isnull=True))
    return asked(call).filter(pk__in=follow.values("pk"))


class OfCall(Kind):
    """About a call that is open: told while it is."""

    model = Call
    priority = 8
    action = _("Answer the call")
    why = _("your organization may answer this call")

    @classmethod
    def sees(cls, reader, call):
        seen = Call.objects.visible_to(reader).filter(pk=call.pk)
        return call.is_open(clock.now()) and seen.exists()

    @staticmethod
    def is_neutral(call):
        return call.is_closed_room

    @staticmethod
    def context(call, language, recipient=None):
        closes, zone = call.closes_at, dates.zone_of(call.time_zone)
        return {
            "title": call.text("title", language),
            "summary": call.text("summary", language),
            "closes_on": closes.astimezone(zone).date() if closes else None,
            "closes": "; ".join(clocks.said(closes, call.time_zone)) if closes else "",
        }


@register
class CallOpened(OfCall):
    name = "call-opened"
    label = _("A call on an objective you work on opens")

    @staticmethod
    def organizations(call):
        return followers(call)


@register
class CallMissing(OfCall):
    """To those who have not answered, while they still can."""

    name, model = "call-answer-missing", CallInvitation
    label = _("Your answer to a call is missing")
    action, why = OfCall.action, OfCall.why
    beside = ("call__consultation",)

    @staticmethod
    def organizations(invitation):
        sent = Contribution.objects.sent().filter(call=invitation.call_id, organization__isnull=False)
        return asked(invitation.call).filter(
            pk__in=invitation.organizations.exclude(pk__in=sent.values("organization")).values("pk")
        )

    @classmethod
    def sees(cls, reader, invitation):
        missing = cls.organizations(invitation).filter(pk__in=reader.organizations.keys())
        return CallOpened.sees(reader, invitation.call) and missing.exists()

    @staticmethod
    def is_neutral(invitation):
        return OfCall.is_neutral(invitation.call)

    @staticmethod
    def address(invitation):
        return invitation.call.get_absolute_url()

    @staticmethod
    def context(invitation, language, recipient=None):
        return OfCall.context(invitation.call, language)


@register
class UrgentAsked(OfCall):
    """To those who may answer, while they can mark what is urgent."""

    name = "urgent-asked"
    label = _("Your organization is asked what is urgent")
    action = _("Mark what is urgent")

    @staticmethod
    def organizations(call):
        return followers(call)

    @classmethod
    def sees(cls, reader, call):
        seen = Call.objects.visible_to(reader).filter(pk=call.pk)
        return call.asks_what_is_urgent(clock.now()) and seen.exists()

    @staticmethod
    def context(call, language, recipient=None):
        until, zone = call.urgent_until, dates.zone_of(call.time_zone)
        return {
            "title": call.text("title", language),
            "most": call.urgent_most,
            "closes_on": until.astimezone(zone).date() if until else None,
            "closes": "; ".join(clocks.said(until, call.time_zone)) if until else "",
        }


@register
class ContributionReceived(Kind):
    """To the people of whoever gave it, and of the network that entered it; of its words, nothing."""

    name, model = "contribution-received", Contribution
    label = _("Your contribution has arrived")
    priority = 2
    action = _("Open the contribution")
    why = _("your organization gave this contribution, or it was given in its name")
    can_be_left = False

    @staticmethod
    def organizations(contribution):
        return Organization.objects.filter(pk__in=[contribution.organization_id, contribution.through_id])

    @classmethod
    def sees(cls, reader, contribution):
        rows = Contribution.objects.sent().own(reader)
        return rows.filter(pk=contribution.pk).exists()

    @staticmethod
    def is_neutral(contribution):
        return contribution.call.is_closed_room

    @staticmethod
    def context(contribution, language, recipient=None):
        call, through = contribution.call, contribution.through
        return {
            "title": call.text("title", language),
            "organization": contribution.text("name", language),
            "through": through.text("name", language) if through else "",
            "consent": contribution.get_consent_display(),
            "closes": "; ".join(clocks.said(call.closes_at, call.time_zone)) if call.closes_at else "",
        }
