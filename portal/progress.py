"""How far a telling has come: of each notice how many were told, and organization by organization who was reached."""

from dataclasses import dataclass, field

from django.db.models import Case, Count, Q, When
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from portal.models import Delivery, Notice, Organization, Region
from portal.notifications import registry

State = Delivery.State
STATES = {
    "reached": (pgettext_lazy("organization told of something", "Reached"), "on"),
    "on-its-way": (pgettext_lazy("organization told of something", "On its way"), "due"),
    "bounced": (pgettext_lazy("organization told of something", "Bounced"), "urgent"),
    "no-contact": (pgettext_lazy("organization told of something", "No contact"), "urgent"),
}


TROUBLE = Q(state__in=[State.BOUNCED, State.DEAD]) | Q(state__in=[State.QUEUED, State.LEASED], attempts__gt=0)
# Shelves of the outbox: what stands on each.
SHELVES = {
    "trouble": (pgettext_lazy("messages", "In trouble"), Q(channel=Delivery.Channel.MAIL) & TROUBLE),
    "waiting": (
        pgettext_lazy("messages", "Waiting"),
        Q(channel=Delivery.Channel.MAIL, state__in=[State.QUEUED, State.LEASED]),
    ),
    "summaries": (
        pgettext_lazy("messages", "In the next summary"),
        Q(state=State.QUEUED) & ~Q(channel="mail"),
    ),
    "cancelled": (pgettext_lazy("messages", "Cancelled"), Q(state=State.CANCELLED)),
    "sent": (pgettext_lazy("messages", "Sent"), Q(state=State.SENT)),
}


@dataclass
class Progress:
    """One notice, what it is about, and how many of its messages stand in which state."""

    notice: Notice
    title: object = ""
    counts: dict = field(default_factory=dict)

    @property
    def label(self):
        kind = registry.get(self.notice.kind)
        return kind.label if kind else self.notice.kind

    @property
    def told(self):
        return self.counts.get(State.SENT, 0)

    @property
    def on_the_way(self):
        return self.counts.get(State.QUEUED, 0) + self.counts.get(State.LEASED, 0)

    @property
    def bounced(self):
        return self.counts.get(State.BOUNCED, 0)

    @property
    def given_up(self):
        return self.counts.get(State.DEAD, 0)

    @property
    def not_written(self):
        return self.counts.get(State.CANCELLED, 0)

    @property
    def total(self):
        return sum(self.counts.values())

    @property
    def is_over(self):
        """Whether everybody has an answer: told, or why not."""
        return self.notice.expanded_at is not None and self.on_the_way == 0

    @property
    def is_under_way(self):
        return not self.is_over and not self.notice.is_stopped

    @property
    def is_stopped(self):
        return not self.is_over and self.notice.is_stopped


def of_notices(notices):
    """The progress of these notices, in a number of queries that does not grow with them."""
    notices = list(notices)
    counts, things = {}, _things(notices)
    grouped = Delivery.objects.filter(notice__in=notices).order_by().values("notice", "state")
    for row in grouped.annotate(count=Count("pk")):
        counts.setdefault(row["notice"], {})[row["state"]] = row["count"]
    return [Progress(one, _title(one, things), counts.get(one.pk, {})) for one in notices]


def listed():
    """The kinds that coordinators watch."""
    return [name for name, kind in registry.items() if kind.is_listed]


def recent(reader, most=5):
    """The newest notices that this reader coordinates."""
    return of_notices(Notice.objects.visible_to(reader).filter(kind__in=listed()).order_by("-pk")[:most])


def of_deliveries(deliveries):
    """Each delivery with what it tells: [(delivery, label, title)], a query for each kind among them."""
    deliveries = list(deliveries)
    things = _things([row.notice for row in deliveries if row.notice_id])
    return [(row, *_told(row.notice, things)) for row in deliveries]


def _told(notice, things):
    if notice is None:
        return _("A code, or news of the account"), ""
    kind = registry.get(notice.kind)
    return (kind.label if kind else notice.kind), _title(notice, things)


def _things(notices):
    """The things of these notices, one query for each kind: {(kind, id): thing}."""
    wanted = {}
    for notice in notices:
        wanted.setdefault(notice.kind, set()).add(notice.object_id)
    found = {}
    for name, ids in wanted.items():
        if kind := registry.get(name):
            rows = kind.model._base_manager.filter(pk__in=ids).select_related(*kind.beside)
            found |= {(name, row.pk): row for row in rows}
    return found


def _title(notice, things):
    thing = things.get((notice.kind, notice.object_id))
    return registry[notice.kind].title(thing, get_language()) if thing is not None else ""


@dataclass
class Ledger:
    """Of one notice, which organizations were reached: {id: state}, and their regions: {id: [region]}."""

    states: dict
    regions: dict

    @property
    def counts(self):
        """[(state, label, tone, number)]"""
        held = list(self.states.values())
        return [(state, label, tone, held.count(state)) for state, (label, tone) in STATES.items()]

    @property
    def by_region(self):
        """[(region or None, [number per state])], the regions in their order, those without one last."""
        table = {}
        for pk, state in self.states.items():
            for region in self.regions.get(pk, [None]):
                numbers = table.setdefault(region, dict.fromkeys(STATES, 0))
                numbers[state] += 1
        order = {region.pk: region for region in Region.objects.order_by("pk")}
        rows = [(region, list(table[pk].values())) for pk, region in order.items() if pk in table]
        return rows + ([(None, list(table[None].values()))] if None in table else [])

    def ids(self, state="", region=""):
        """Organizations in this state and region; what is not given does not narrow."""
        return [
            pk
            for pk, held in self.states.items()
            if state in {"", held} and (not region or region in self.regions.get(pk, []))
        ]


def ledger(notice):
    """Which of the organizations that should learn of a notice were reached; None where it concerns people only."""
    kind, thing = registry.get(notice.kind), notice.thing
    if kind is None or thing is None:
        return None
    expected = kind.organizations(thing).exclude(verified_at__gt=notice.created_at).order_by()
    expected = list(expected.values_list("pk", flat=True))
    if not expected:
        return None
    through = Organization.regions.through.objects.filter(organization__in=expected)
    regions = {}
    for organization, region in through.values_list("organization", "region"):
        regions.setdefault(organization, []).append(region)
    found = _states([notice]).get(notice.pk, {})
    # Until all is expanded, who has no delivery yet may still get one.
    nothing = "no-contact" if notice.expanded_at else "on-its-way"
    return Ledger({pk: found.get(pk, nothing) for pk in expected}, regions)


def neediest_first(ledger):
    """How to order organizations so that those that need a hand come first."""
    order = ["bounced", "no-contact", "on-its-way"]
    cases = (
        [When(pk__in=ledger.ids(state), then=place) for place, state in enumerate(order)] if ledger else []
    )
    return [Case(*cases, default=len(order))] if cases else []


def reached(notices):
    """How many organizations these notices reached, all taken together: one that any reached was reached.

    Numbers alone, of organizations, and only as long as their messages are kept: nobody can be followed by them.
    """
    best = {}
    order = list(STATES)
    for states in _states(list(notices)).values():
        for pk, state in states.items():
            best[pk] = min(best.get(pk, state), state, key=order.index)
    held = list(best.values())
    return {state: held.count(state) for state in STATES}


def unreached(notices):
    """Those of these notices that bounced from organizations: [(notice, label, number of organizations)]."""
    found = _states(notices := list(notices))
    bounced = {pk: list(states.values()).count("bounced") for pk, states in found.items()}
    return [
        (row.notice, row.label, bounced[row.notice.pk])
        for row in map(Progress, notices)
        if bounced.get(row.notice.pk)
    ]


def _states(notices):
    """Of each notice, the state of the organizations some of whose people or mailbox has a delivery: {id: {id: state}}."""
    refused = Q(state__in=[State.BOUNCED, State.DEAD]) | Q(state=State.CANCELLED, last_code="suppressed")
    flags = {
        "reached": Count("pk", filter=Q(state=State.SENT)),
        "on-its-way": Count("pk", filter=Q(state__in=[State.QUEUED, State.LEASED])),
        "bounced": Count("pk", filter=refused),
    }
    counts = {name.replace("-", "_"): count for name, count in flags.items()}
    totals = {}
    deliveries = Delivery.objects.filter(notice__in=notices).order_by()
    for owner in ("recipient__user__membership__organization", "recipient__organization"):
        rows = deliveries.filter(**{f"{owner}__isnull": False}).values_list("notice", owner)
        for notice, organization, *numbers in rows.annotate(**counts):
            kept = totals.setdefault(notice, {}).setdefault(organization, dict.fromkeys(flags, 0))
            for name, number in zip(flags, numbers, strict=True):
                kept[name] += number
    return {
        notice: {
            pk: next((name for name in flags if kept[name]), "no-contact")
            for pk, kept in organizations.items()
        }
        for notice, organizations in totals.items()
    }
