"""What waits for a coordinator: how many of each sort, since when, and where it is done; the longest waiting first."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from consultations.models import (
    Announcement,
    AnnouncementCorrection,
    Call,
    Comment,
    Commitment,
    CommitmentReport,
    Consultation,
    Contribution,
    OutsideSigner,
    Paper,
    Registration,
)
from portal import progress
from portal.models import Delivery, JoinRequest, Notice, Organization, WorkingGroup
from portal.models.notices import FOR_GOOD
from resources.models import Proposal, ResourcePage

UNREACHED_FOR = timedelta(days=30)  # then nobody looks for an organization any more because of a message
MOST_NOTICES = 20


@dataclass(frozen=True)
class Work:
    """So much of one sort that waits, since when, about what; where it is done."""

    title: str
    since: datetime
    address: str
    action: Promise
    about: object = ""


@dataclass(frozen=True)
class Sort:
    """What waits on the things of one model: found by the path from the thing to it."""

    model: type
    path: str
    title: Promise
    action: Promise
    place: str  # the name of the address where it is done; "" for the thing's own
    since: str
    waits: dict = field(default_factory=dict)

    def of(self, reader):
        """One piece of work for each thing that this reader coordinates."""
        rows = self.model.objects.visible_to(reader).filter(self.model.coordinated_by(reader))
        rows = rows.filter(**{f"{self.path}__{name}": value for name, value in self.waits.items()})
        rows = rows.order_by().annotate(
            amount=Count(self.path, distinct=True), oldest=Min(f"{self.path}__{self.since}")
        )
        return [
            Work(
                self.title % {"number": row.amount},
                row.oldest,
                reverse(self.place, args=[row.key]) if self.place else row.get_absolute_url(),
                self.action,
                row.text("title", get_language()),
            )
            for row in rows
        ]


SORTS = (
    Sort(
        Consultation,
        "registrations",
        ngettext_lazy(
            "Answer %(number)s registration that waits",
            "Answer %(number)s registrations that wait",
            "number",
        ),
        _("Confirm or decline"),
        "consultations:registrations",
        "created_at",
        {"status": Registration.Status.PENDING},
    ),
    Sort(
        Paper,
        "versions__outside_signers",
        ngettext_lazy(
            "Look at %(number)s signature that waits", "Look at %(number)s signatures that wait", "number"
        ),
        _("Accept or decline"),
        "consultations:sign-on",
        "confirmed_at",
        {"status": OutsideSigner.Status.WAITING},
    ),
    Sort(
        Call,
        "contributions",
        ngettext_lazy(
            "Read %(number)s contribution that nobody has read",
            "Read %(number)s contributions that nobody has read",
            "number",
        ),
        _("Go to the reading room"),
        "consultations:reading",
        "sent_at",
        {"status": Contribution.Status.SENT, "answers__chosen": [], "answers__read_at": None},
    ),
    Sort(
        Paper,
        "comment_rounds__comments",
        ngettext_lazy(
            "Answer %(number)s comment that waits", "Answer %(number)s comments that wait", "number"
        ),
        _("Accept, adapt or decline"),
        "consultations:paper-comments",
        "written_at",
        {"status": Comment.Status.OPEN},
    ),
    Sort(
        WorkingGroup,
        "requests",
        ngettext_lazy(
            "Answer %(number)s person who asks to join",
            "Answer %(number)s people who ask to join",
            "number",
        ),
        _("Look at who asks"),
        "",
        "asked_at",
        {"status": JoinRequest.Status.WAITING},
    ),
    Sort(
        Commitment,
        "reports",
        ngettext_lazy(
            "Look at %(number)s report on a commitment",
            "Look at %(number)s reports on a commitment",
            "number",
        ),
        _("Accept or decline"),
        "",
        "given_at",
        {"status": CommitmentReport.Status.WAITING},
    ),
)


def of(reader, now):
    """All that waits for this reader, the longest waiting first."""
    found = [*_organizations(reader), *_without_lead(reader), *_proposals(reader), *_unreached(reader, now)]
    found += [*_announcements(reader), *_corrections(reader), *_stopped(reader), *_missed(reader)]
    for sort in SORTS:
        found += sort.of(reader)
    return sorted(found, key=lambda work: work.since)


def _organizations(reader):
    """Organizations that ask to be verified, or that somebody claims; only who coordinates everything answers."""
    if not reader.coordinates_everything:
        return []
    title = ngettext_lazy(
        "Verify %(number)s organization that waits", "Verify %(number)s organizations that wait", "number"
    )
    waiting = Organization.objects.visible_to(reader).waiting()
    found = waiting.aggregate(amount=Count("pk"), oldest=Min("waits_since"))
    return _in_all(found, title, reverse("desk-organizations"), _("Look at them"))


def _without_lead(reader):
    """Organizations whose lead has left, so that nobody speaks for them; only who coordinates everything names one."""
    if not reader.coordinates_everything:
        return []
    return [
        Work(
            _("Name who leads an organization whose lead has left"),
            row.changed_at,
            reverse("organization-lead", args=[row.key]),
            _("Choose one of its people"),
            row.text("name", get_language()),
        )
        for row in Organization.objects.visible_to(reader).led_by_nobody().order_by("changed_at", "pk")
    ]


def _proposals(reader):
    """Organizations that want to share a practice or a plan; only who coordinates everything moderates."""
    if not reader.coordinates_everything:
        return []
    title = ngettext_lazy(
        "Answer %(number)s organization that wants to share something",
        "Answer %(number)s organizations that want to share something",
        "number",
    )
    waiting = Proposal.objects.visible_to(reader).waiting()
    found = waiting.aggregate(amount=Count("organization", distinct=True), oldest=Min("sent_at"))
    return _in_all(found, title, reverse("resources:proposals"), _("Read them"))


def _announcements(reader):
    """Announcements that a second person must approve before they are sent."""
    rows = Announcement.objects.visible_to(reader).filter(Announcement.coordinated_by(reader))
    return [
        Work(
            _("Look at an announcement before it is sent"),
            row.asked_at,
            row.get_absolute_url(),
            _("Approve it or hand it back"),
            row.text("title", get_language()),
        )
        for row in rows.filter(status=Announcement.Status.WAITING)
    ]


def _corrections(reader):
    """Corrections of announcements that a second person must approve before anybody reads them."""
    rows = AnnouncementCorrection.objects.visible_to(reader).waiting()
    rows = rows.filter(announcement__status=Announcement.Status.PUBLISHED)
    return [
        Work(
            _("Look at the correction of an announcement"),
            row.corrected_at,
            row.get_absolute_url(),
            _("Approve it or drop it"),
            row.announcement.text("title", get_language()),
        )
        for row in rows.select_related("announcement")
    ]


def _stopped(reader):
    """Announcements that somebody stopped, of which not everybody has an answer yet."""
    left = Delivery.objects.visible_to(reader).filter(notice=OuterRef("pk"), state=Delivery.State.QUEUED)
    stopped = Notice.objects.visible_to(reader).filter(kind="announcement-sent", held_until=FOR_GOOD)
    stopped = stopped.filter(Q(expanded_at__isnull=True) | Exists(left))
    rows = Announcement.objects.visible_to(reader).filter(
        Announcement.coordinated_by(reader),
        status=Announcement.Status.PUBLISHED,
        pk__in=stopped.values("object_id"),
    )
    return [
        Work(
            _("Resume an announcement that is stopped half-way, or withdraw it"),
            row.sent_at,
            reverse("consultations:announcement-progress", args=[row.key]),
            _("See how far it has come"),
            row.text("title", get_language()),
        )
        for row in rows
    ]


def _missed(reader):
    """What did not publish itself at its moment, and why."""
    return [
        Work(
            _("This did not go out by itself at its moment. %(why)s") % {"why": row.why_missed},
            row.missed_at,
            row.get_absolute_url(),
            _("Choose what becomes of it"),
            row.text("title", get_language()),
        )
        for model in (Announcement, Paper, ResourcePage)
        for row in model.objects.visible_to(reader).filter(
            model.coordinated_by(reader), missed_at__isnull=False
        )
    ]


def _in_all(found, title, address, action):
    if not found["amount"]:
        return []
    return [Work(title % {"number": found["amount"]}, found["oldest"], address, action)]


def _unreached(reader, now):
    """Organizations that a message of the last weeks did not reach, notice by notice."""
    rows = Notice.objects.visible_to(reader).filter(kind__in=progress.listed())
    rows = rows.filter(created_at__gt=now - UNREACHED_FOR).order_by("-pk")[:MOST_NOTICES]
    title = ngettext_lazy(
        "Reach %(number)s organization that a message did not reach",
        "Reach %(number)s organizations that a message did not reach",
        "number",
    )
    return [
        Work(
            title % {"number": number},
            notice.created_at,
            f"{reverse('notice', args=[notice.key])}?state=bounced",
            _("See which"),
            label,
        )
        for notice, label, number in progress.unreached(rows)
    ]
