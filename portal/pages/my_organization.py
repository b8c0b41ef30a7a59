"""My organization: what we can do now, what we did and what became of it, who we are."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from consultations.models import Registration
from portal.models import Invitation, Membership
from portal.pages import agenda
from portal.permissions import can_register, can_speak_for

MOST = 100


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
        "colleagues": Membership.objects.filter(organization=found).select_related("user").order_by("since", "pk"),
        "invitations": Invitation.objects.filter(organization=found, accepted_at=None, expires_at__gt=now),
        "is_lead": can_speak_for(request.user, found),
        "can_register": can_register(request.user, found),
    }
    return render(request, "portal/my_organization.html", context)


def registrations(reader, organization):
    """The organization's registrations, newest first, with their place in line."""
    rows = Registration.objects.visible_to(reader).filter(organization=organization).with_place_in_line()
    rows = rows.select_related("consultation").prefetch_related("consultation__meetings")
    return list(rows.order_by("-created_at", "-pk")[:MOST])


def to_do(reader, held, now):
    """What is open and not yet taken up by this organization."""
    taken = {row.consultation_id for row in held if row.status in Registration.HELD}
    return [row for row in agenda.due(reader, now) if row.kind != "consultation" or row.thing.pk not in taken]
