"""The coordinators' desk: what is due, who waits, what is about to close, who was not reached."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from consultations.models import Announcement, Call, Consultation, Paper
from portal.models import Alarm, Claim, ListedAddress, Membership, Organization, Process, Suspension
from portal.operations import delivery
from portal.pages import deadlines, history, likenesses, waiting
from portal.permissions import can_coordinate, require
from resources.models import Campaign, Document, ResourcePage

PER_PAGE = 50
MOST = 20
DRAFTED = (Document, Paper, Consultation, Call, Announcement, ResourcePage, Campaign, Process)
STATUSES = {
    "pending": Organization.Status.PENDING,
    "verified": Organization.Status.VERIFIED,
    "suspended": Organization.Status.SUSPENDED,
    "listed": Organization.Status.KNOWN,
}


@require_safe
def desk(request):
    """Everything that waits for a coordinator, the longest waiting first."""
    require(request.reader.coordinates_something)
    now = timezone.now()
    ahead = deadlines.of(request.reader, now)
    context = {
        "now": now,
        "waiting": waiting.of(request.reader, now),
        "ahead": ahead,
        "translations": deadlines.translations(ahead),
        "drafts": drafts(request.reader),
        "notices": delivery.recent(request.reader),
        "is_new": request.reader.coordinates_everything
        and not Process.objects.visible_to(request.reader).exists(),
        "alarms": Alarm.objects.active().order_by("since"),
    }
    return render(request, "portal/desk.html", context)


def drafts(reader):
    """What was begun and is not yet published or sent, by what was touched last; each says what `sort` it is of."""
    rows = []
    for model in DRAFTED:
        begun = model.objects.visible_to(reader).filter(
            model.coordinated_by(reader), status=model.Status.DRAFT
        )
        if hasattr(model, "process"):
            begun = begun.select_related("process")
        rows += begun.order_by("-changed_at", "pk")[:MOST]
    for row in rows:
        row.sort = row.get_kind_display() if hasattr(row, "kind") else capfirst(row._meta.verbose_name)
    return sorted(rows, key=lambda row: row.changed_at, reverse=True)


@require_safe
def organizations(request):
    """Organizations that wait, with what speaks against them; and the verified and suspended ones."""
    require(can_coordinate(request.user))
    status = request.GET.get("status")
    status = status if status in STATUSES else "pending"
    rows = Organization.objects.visible_to(request.reader)
    if status == "pending":
        rows = rows.waiting()
    else:
        rows = rows.filter(status=STATUSES[status], is_from_list=status == "listed")
    rows = judged(rows, request.reader).order_by("waits_since" if status == "pending" else "created_at", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    likenesses.mark(page.object_list, request.reader)
    context = {"page": page, "status": status}
    return render(request, "portal/desk_organizations.html", context)


@require_safe
def organization(request, key):
    """One organization as coordinators see it, with its part of the log."""
    found = get_object_or_404(
        judged(Organization.objects.visible_to(request.reader), request.reader), key=key
    )
    require(can_coordinate(request.user))
    likenesses.mark([found], request.reader)
    context = {"organization": found, "history": history.of(request, found)}
    return render(request, "portal/desk_organization.html", context)


def judged(organizations, reader):
    """With all that a coordinator looks at before answering: people, an open claim, why it is suspended."""
    people = Membership.objects.select_related("user", "organization").order_by("since", "pk")
    claims = Claim.objects.visible_to(reader).open().select_related("user", "organization")
    suspensions = Suspension.objects.visible_to(reader).standing()
    listed = ListedAddress.objects.visible_to(reader).order_by("pk")
    return organizations.as_rows().prefetch_related(
        Prefetch("membership_set", people, to_attr="memberships"),
        Prefetch("claims", claims, to_attr="claimed"),
        Prefetch("suspensions", suspensions, to_attr="suspended"),
        Prefetch("listed_addresses", listed, to_attr="listed"),
    )
