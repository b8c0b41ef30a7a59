"""My organization: what we can do now, what we did and what became of it, who we are."""

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations.models import Meeting, Registration
from portal.models import Invitation, Membership
from portal.pages import agenda
from portal.permissions import can_register, can_speak_for
from resources.models import Document

MOST = 100
MOST_OUTCOMES = 20


@require_safe
def my_organization(request, key=None):
    """One's own organization; who belongs to several chooses, who belongs to none may register one."""
    mine = list(request.reader.organizations.values())
    if key is None and len(mine) != 1:
        return render(request, "portal/my_organizations.html", {"organizations": mine})
    found = next((row for row in mine if key is None or row.key == key), None)
    if found is None:
        raise Http404
    now = timezone.now()
    held = registrations(request.reader, found)
    context = {
        "organization": found,
        "has_others": len(mine) > 1,
        "now": now,
        "registrations": held,
        "due": to_do(request.reader, held, now),
        "outcomes": outcomes(request.reader, held),
        "colleagues": Membership.objects.filter(organization=found)
        .select_related("user")
        .order_by("since", "pk"),
        "invitations": Invitation.objects.filter(organization=found, accepted_at=None, expires_at__gt=now),
        "is_lead": can_speak_for(request.user, found),
        "can_register": can_register(request.user, found),
    }
    return render(request, "portal/my_organization.html", context)


def registrations(reader, organization):
    """The organization's registrations, newest first, with their place in line."""
    rows = Registration.objects.visible_to(reader).filter(organization=organization).with_place_in_line()
    meetings = Prefetch("consultation__meetings", Meeting.objects.visible_to(reader).in_order())
    rows = rows.select_related("consultation").prefetch_related(meetings)
    return list(rows.order_by("-created_at", "-pk")[:MOST])


def outcomes(reader, held):
    """What was published from the consultations that this organization took part in."""
    taken = [row.consultation_id for row in held if row.status == Registration.Status.CONFIRMED]
    rows = Document.objects.visible_to(reader).published().filter(origins__consultation__in=taken).distinct()
    return rows.as_rows().newest_first()[:MOST_OUTCOMES]


def to_do(reader, held, now):
    """What is open and not yet taken up by this organization."""
    taken = {row.consultation_id for row in held if row.status in Registration.HELD}
    return [row for row in agenda.due(reader, now) if row.kind != "consultation" or row.thing.pk not in taken]
