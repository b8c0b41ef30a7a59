"""What the next coordinator takes over: who does what until when, what is under way, which keys to change."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations.models import Announcement, Call, Consultation, Paper
from portal.models import Role, ended_before
from portal.pages import roles
from portal.permissions import can_administer, can_coordinate, require

SOON = timedelta(days=30)
MOST = 50  # of each sort, those that were touched last
PROTECTED = (Role.Kind.COORDINATOR, Role.Kind.ADMINISTRATOR)
UNDER_WAY = (
    (Consultation, _("Consultation"), ("draft", "announced", "open")),
    (Call, _("Call"), ("draft", "published", "open")),
    (Paper, _("Paper"), ("draft", "comments", "frozen", "sign-on")),
    (Announcement, _("Announcement"), ("draft", "waiting", "approved")),
)
# Keys and passwords that the portal was started with: none has an end of its own.
KEYS = (
    ("SECRET_KEY", _("Signs sessions and links")),
    ("EMAIL_HOST_PASSWORD", _("Opens the mail server")),
    ("ANYMAIL", _("Opens the mail service, and proves its reports")),
    ("METRICS_TOKEN", _("Opens the figures for whoever watches over the portal")),
)


@dataclass(frozen=True)
class Held:
    """A role that somebody has, and what there is to see to."""

    role: Role
    ends_soon: bool
    lacks_second_factor: bool


@dataclass(frozen=True)
class Begun:
    """Something under way, and who looks after it besides those who look after everything."""

    label: Promise
    thing: object
    people: list


@require_safe
def hand_over(request):
    """The page."""
    require(can_coordinate(request.user))
    now = timezone.now()
    held = list(roles.seen_by(request.reader).prefetch_related("user__authenticator_set"))
    context = {
        "now": now,
        "held": roles_held(held, now),
        "begun": under_way(request.reader, held),
        "keys": [(name, said) for name, said in KEYS if getattr(settings, name)],
        "earlier_keys": len(settings.SECRET_KEY_FALLBACKS),
        "may_give": can_administer(request.user),
    }
    return render(request, "portal/hand_over.html", context)


def roles_held(held, now):
    """All roles, by kind and person; with those that end soon, and those without the second factor that they need."""
    order = list(Role.Kind.values)[::-1]
    rows = [
        Held(
            role,
            role.until is not None and role.until < now + SOON,
            role.kind in PROTECTED and not role.user.authenticator_set.all(),
        )
        for role in held
    ]
    return sorted(rows, key=lambda row: (order.index(row.role.kind), str(row.role.user), row.role.pk))


def under_way(reader, held):
    """What is begun and not over, what was touched last first."""
    people = {}
    for role in held:
        if role.content_type_id:
            people.setdefault(role.scope, []).append(role.user)
    found = []
    for model, label, statuses in UNDER_WAY:
        rows = model.objects.visible_to(reader).filter(status__in=statuses)
        rows = rows.filter(Q(status="draft") | ~ended_before(timezone.localdate()))
        rows = rows.select_related("changed_by").order_by("-changed_at", "pk")
        found += [Begun(label, row, people.get(row, [])) for row in rows[:MOST]]
    return sorted(found, key=lambda row: row.thing.changed_at, reverse=True)
