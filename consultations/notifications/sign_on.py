"""What leads are told of a paper that their organization can endorse: that it can, that time runs out, that its
meaning has changed since.

Coordinators watch organization by organization only the opening, of which all members learn: who is reminded or asked
again would tell who has endorsed, withheld names among them.
"""

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations import clocks
from consultations.models import Endorsement, Paper, PaperVersion, SignOnLink, SignOnReminder
from portal import clock, dates
from portal.models import Membership, Organization, Recipient
from portal.notifications import Kind, register


def leads_of(organizations):
    """The Recipients of the leads of these organizations, and of their shared mailboxes, each once."""
    leads = Membership.objects.filter(
        user=OuterRef("user"), role=Membership.Role.LEAD, organization__in=organizations
    )
    leads = leads.annotate(at=Greatest("since", "organization__verified_at")).order_by("at")
    since = Coalesce(Subquery(leads.values("at")[:1]), Greatest("created_at", "organization__verified_at"))
    recipients = Recipient.objects.filter(Q(Exists(leads)) | Q(organization__in=organizations))
    return recipients.annotate(entitled_at=since)


def unanswered(version):
    """The members that do not stand behind a version."""
    given = Endorsement.objects.behind(version).filter(organization=OuterRef("pk"))
    return Organization.objects.members().exclude(Exists(given))


def asked_again(version):
    """The members that stood behind an earlier meaning of the paper, and do not stand behind this one."""
    before = Endorsement.objects.before(version).filter(organization=OuterRef("pk"))
    return unanswered(version).filter(Exists(before))


def newest(paper):
    """The version that is endorsed now; None where none was shown yet."""
    return paper.versions.final().shown().select_related("paper").first()


class OfSignOn(Kind):
    """About a paper, while it can be endorsed; the link leads to the form in one step."""

    model = Paper
    priority = 8
    action = _("Endorse this paper")
    why = _("you lead an organization that is a member")

    @classmethod
    def recipients(cls, thing):
        return leads_of(cls.organizations(thing))

    @classmethod
    def sees(cls, reader, paper):
        seen = Paper.objects.visible_to(reader).filter(pk=paper.pk)
        return paper.takes_signatures(clock.now()) and seen.exists()

    @staticmethod
    def address(paper):
        return reverse("consultations:endorse-letter", args=[SignOnLink.of(newest(paper)).token])

    @staticmethod
    def context(paper, language, recipient=None):
        closes, zone = paper.sign_on_closes_at, dates.zone_of(paper.time_zone)
        return {
            "title": paper.text("title", language),
            "summary": paper.text("summary", language),
            "closes_on": closes.astimezone(zone).date(),
            "closes": "; ".join(clocks.said(closes, paper.time_zone)),
            "is_changed": paper.versions.final().shown().count() > 1,
        }


@register
class PaperSignOnOpened(OfSignOn):
    name = "paper-sign-on-opened"
    label = _("A paper can be endorsed")

    @staticmethod
    def organizations(paper):
        is_for_members = paper.access in {Paper.Access.PUBLIC, Paper.Access.MEMBERS}
        return Organization.objects.members() if is_for_members else Organization.objects.none()


@register
class PaperSignOnClosing(OfSignOn):
    """To those that have not endorsed, while they still can."""

    name, model = "paper-sign-on-closing", SignOnReminder
    label = _("Endorsement of a paper closes soon")
    beside = ("paper",)

    @staticmethod
    def recipients(reminder):
        return leads_of(unanswered(newest(reminder.paper)))

    @classmethod
    def sees(cls, reader, reminder):
        mine = unanswered(newest(reminder.paper)).filter(pk__in=reader.organizations.keys())
        return PaperSignOnOpened.sees(reader, reminder.paper) and mine.exists()

    @staticmethod
    def address(reminder):
        return OfSignOn.address(reminder.paper)

    @staticmethod
    def context(reminder, language, recipient=None):
        return OfSignOn.context(reminder.paper, language)


@register
class EndorsementAskedAgain(Kind):
    """To those that stood behind a version whose meaning was changed: until they answer, or the next one comes."""

    name, model = "endorsement-asked-again", PaperVersion
    label = _("A paper that your organization endorsed has changed")
    priority = 4
    action = _("Read what has changed, and answer")
    why = _("your organization endorsed an earlier version of this paper")
    can_be_left = is_listed = False
    beside = ("paper",)

    @staticmethod
    def recipients(version):
        return leads_of(asked_again(version))

    @classmethod
    def sees(cls, reader, version):
        mine = asked_again(version).filter(pk__in=reader.organizations.keys())
        seen = Paper.objects.visible_to(reader).filter(pk=version.paper_id)
        return newest(version.paper) == version and seen.exists() and mine.exists()

    @staticmethod
    def address(version):
        return reverse("consultations:endorse-letter", args=[SignOnLink.of(version).token])

    @staticmethod
    def context(version, language, recipient=None):
        note = version.change_note
        return {
            "title": version.paper.text("title", language),
            "note": note.get(language) or note.get(version.paper.original_language) or "",
        }
