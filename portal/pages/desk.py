"""The coordinators' desk: what is due, who waits, what is about to close, who was not reached."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import Count, Min, Prefetch, Q
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations.models import Consultation, OutsideSigner, Paper, Registration
from portal.models import Alarm, Claim, Membership, Organization, Phase
from portal.operations import delivery
from portal.permissions import can_coordinate, require
from resources.models import Document, Proposal

PER_PAGE = 50
AHEAD = timedelta(days=30)
MOST = 20
STATUSES = {
    "pending": Organization.Status.PENDING,
    "verified": Organization.Status.VERIFIED,
    "suspended": Organization.Status.SUSPENDED,
}


@require_safe
def desk(request):
    """Everything that waits for a coordinator, the longest waiting first."""
    require(request.reader.coordinates_something)
    now = timezone.now()
    context = {
        "now": now,
        "organizations": waiting_organizations(request.reader),
        "registrations": waiting_registrations(request.reader),
        "drafts": drafts(request.reader),
        "signatures": waiting_signatures(request.reader),
        "proposals": waiting_proposals(request.reader),
        "closing": closing(request.reader, now),
        "signing": signing(request.reader, now),
        "phases": phases(request.reader, now),
        "notices": delivery.recent(request.reader),
        "alarms": Alarm.objects.active().order_by("since"),
    }
    return render(request, "portal/desk.html", context)


def waiting_organizations(reader):
    """How many organizations wait for verification, since when; only who coordinates everything verifies."""
    if not reader.coordinates_everything:
        return {"count": 0, "oldest": None}
    pending = Organization.objects.visible_to(reader).waiting()
    return pending.aggregate(count=Count("pk"), oldest=Min("waits_since"))


def waiting_registrations(reader):
    """Consultations with registrations that wait for a coordinator's word: how many, since when."""
    pending = Registration.objects.visible_to(reader).filter(status=Registration.Status.PENDING)
    counted = {
        row["consultation"]: row
        for row in pending.order_by()
        .values("consultation")
        .annotate(count=Count("pk"), oldest=Min("created_at"))
    }
    rows = Consultation.objects.visible_to(reader).filter(pk__in=counted)
    found = [counted[row.pk] | {"consultation": row} for row in rows if reader.coordinates(row)]
    return sorted(found, key=lambda row: row["oldest"])


def waiting_signatures(reader):
    """Papers with signatures from outside that wait for a coordinator's word: how many, since when."""
    rows = OutsideSigner.objects.visible_to(reader).coordinated_by(reader)
    rows = rows.filter(status=OutsideSigner.Status.WAITING).order_by().values("paper_version__paper")
    rows = rows.annotate(count=Count("pk"), oldest=Min("confirmed_at"))
    counted = {row["paper_version__paper"]: row for row in rows}
    papers = Paper.objects.visible_to(reader).filter(pk__in=counted)
    found = [counted[paper.pk] | {"paper": paper} for paper in papers]
    return sorted(found, key=lambda row: row["oldest"])


def waiting_proposals(reader):
    """How many organizations wait for who moderates, since when."""
    if not reader.coordinates_everything:
        return {"count": 0, "oldest": None}
    waiting = Proposal.objects.visible_to(reader).waiting()
    return waiting.aggregate(count=Count("organization", distinct=True), oldest=Min("sent_at"))


def signing(reader, now):
    """Papers whose endorsement closes within the month."""
    rows = Paper.objects.visible_to(reader).taking_signatures(now).filter(sign_on_closes_at__lte=now + AHEAD)
    rows = rows.select_related("process", "consultation__process").prefetch_related("moved_dates")
    rows = rows.order_by("sign_on_closes_at", "pk")[:MOST]
    return [row for row in rows if reader.coordinates(row)]


def drafts(reader):
    """Documents, papers and consultations begun and not yet published, by what was touched last."""
    rows = []
    for model in (Document, Paper, Consultation):
        begun = model.objects.visible_to(reader).filter(status=model.Status.DRAFT).select_related("process")
        rows += begun.order_by("-changed_at", "pk")[:MOST]
    mine = [row for row in rows if reader.coordinates(row)]
    return sorted(mine, key=lambda row: row.changed_at, reverse=True)


def closing(reader, now):
    """Consultations whose registration closes within the month."""
    rows = Consultation.objects.visible_to(reader).open(now).filter(closes_at__lte=now + AHEAD)
    waiting = Count("registrations", filter=Q(registrations__status=Registration.Status.WAITLISTED))
    counted = rows.annotate(waiting_count=waiting)
    return counted.prefetch_related("moved_dates").order_by("closes_at", "pk")[:MOST]


def phases(reader, now):
    """Deadlines of phases within the month."""
    rows = Phase.objects.visible_to(reader).published()
    rows = rows.filter(deadline_at__gt=now, deadline_at__lte=now + AHEAD).select_related("process")
    return rows.prefetch_related("moved_dates").order_by("deadline_at", "pk")[:MOST]


@require_safe
def organizations(request):
    """Organizations that wait, with what speaks against them; and the verified and suspended ones."""
    require(can_coordinate(request.user))
    status = request.GET.get("status")
    status = status if status in STATUSES else "pending"
    rows = Organization.objects.visible_to(request.reader)
    rows = rows.waiting() if status == "pending" else rows.filter(status=STATUSES[status])
    people = Membership.objects.select_related("user", "organization").order_by("since", "pk")
    claims = Claim.objects.visible_to(request.reader).open().select_related("user", "organization")
    rows = rows.as_rows().prefetch_related(
        Prefetch("membership_set", people, to_attr="memberships"),
        Prefetch("claims", claims, to_attr="claimed"),
    )
    rows = rows.order_by("waits_since" if status == "pending" else "created_at", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "status": status}
    return render(request, "portal/desk_organizations.html", context)
