"""Two records of one organization become one: all that the former has belongs to the other, and its address leads there."""

from django.db import transaction
from django.db.models import PROTECT, Exists, OuterRef, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.errors import Refused
from portal.models import Claim, Membership, Merger, Organization, Recipient
from portal.notifications import OrganizationMerged, notify
from portal.operations import lists, log, publication
from portal.signals import organization_merged

# What one says of itself: that of the organization that remains stands, and its gaps are filled.
FACTS = ("acronym", "website", "country", "relation", "source_url", "also", "source_notes")
ARCHIVE = ("archive_id", "archive_values")


def why_not(former, into):
    """Why these two cannot become one as they stand, in a sentence; None if they can, but for what both have."""
    Status = Organization.Status
    if former.pk == into.pk:
        return _("An organization cannot be merged into itself.")
    if Status.SUSPENDED in (former.status, into.status):
        return _("A suspended organization is not merged: its people would come back by it.")
    if Claim.objects.open().filter(organization__in=[former, into]).exists():
        return _("Somebody has claimed one of them. Please answer that first.")
    if former.status == Status.VERIFIED and into.status == Status.PENDING:
        return _("One of them is not verified. Please merge that one into the other.")
    if into.is_from_list and not former.is_from_list and into.status == former.status == Status.KNOWN:
        return _("One of them is known from a mailing list alone. Please merge that one into the other.")
    if into.status == Status.KNOWN and former.status != Status.KNOWN:
        return _("One of them is only known, and nobody speaks for it. Please merge that one into the other.")
    if former.archive_id and into.archive_id:
        return _("Both stand in the archive, which would bring the one that goes back again.")
    return None


def conflicts(former, into):
    """What both have though an organization can have it only once: the rows of the one that would go."""
    return [
        row
        for field in _relations()
        if not _is_idle_twice(field.model)
        for row in _twice(field, former, into)
    ]


def brought(former, reader):
    """What would go over to the other, as far as this reader sees it: [(name of the kind, amount)]."""
    seen = [field for field in _relations() if hasattr(field.model._default_manager, "visible_to")]
    amounts = [
        field.model._default_manager.visible_to(reader).filter(**{field.name: former}).count()
        for field in seen
    ]
    return [
        (field.model._meta.verbose_name_plural, amount)
        for field, amount in zip(seen, amounts, strict=True)
        if amount
    ]


@transaction.atomic
def merge(former, *, into, before, by):
    """Merge an organization into another one and tell its people: nothing undoes this, and no right is lost."""
    rows = Organization.objects.select_for_update(of=["self"]).filter(pk__in=[former.pk, into.pk])
    locked = {row.pk: row for row in rows.order_by("pk")}
    former, into = locked.get(former.pk), locked.get(into.pk)
    if former is None or into is None or before != standing(former, into):
        raise Refused(_("One of them has changed meanwhile. Please look at both again."))
    refusal = why_not(former, into)
    if refusal:
        raise Refused(refusal)
    if conflicts(former, into):
        raise Refused(
            _("Both have something that an organization can have only once. Please decide there first.")
        )
    _keep_roles(former, into)
    _keep_one_mailbox(former, into)
    for field in _relations():
        _hand_over(field, former, into)
    merger = Merger.objects.create(
        organization=into,
        name=str(former),
        former_id=former.pk,
        key=former.key,
        slug=former.slug,
        merged_at=clock.now(),
    )
    _fill(into, former)
    log.record("organization merged", into, by=by)
    organization_merged.send(Organization, organization=into, by=by)
    notify(OrganizationMerged, merger, by=by)
    return into


def standing(former, into):
    """How both stand, as one line: a form carries it to notice that one has changed meanwhile."""
    return f"{former.pk} {former.status} {former.version} {into.pk} {into.status} {into.version}"


def _relations():
    """Every field by which something belongs to an organization, whichever app it is of; but not its own facts."""
    own = {Organization.regions.through, Organization.objectives.through}
    links = Organization._meta.get_fields(include_hidden=True)
    fields = [
        link.field for link in links if link.auto_created and not link.concrete and not link.many_to_many
    ]
    return [field for field in fields if field.model not in own]


def _is_idle_twice(model):
    """Whether a second row of this says nothing more, so that it can go: a link, or what the model says of itself."""
    return bool(model._meta.auto_created) or getattr(model, "IS_IDLE_TWICE", False)


def _twice(field, former, into):
    """The rows of the former that would break a rule of uniqueness beside those of the other."""
    rows, twice = field.model._base_manager.all(), Q(pk__in=[])
    for names, condition in _unique(field):
        others = {name: OuterRef(name) for name in names if name != field.name}
        same = rows.filter(condition, **{field.name: into}, **others)
        twice |= condition & Exists(same)
    return rows.filter(twice, **{field.name: former})


def _unique(field):
    """The rules of uniqueness that a field has part in: [(names of fields, condition)]."""
    meta = field.model._meta
    rules = [
        (rule.fields, rule.condition or Q())
        for rule in meta.constraints
        if isinstance(rule, UniqueConstraint)
    ]
    rules += [(names, Q()) for names in meta.unique_together]
    if field.unique:
        rules.append(((field.name,), Q()))
    return [(names, condition) for names, condition in rules if field.name in names]


def _keep_roles(former, into):
    """Who leads both leads the one; who led one that nobody verified comes as a colleague."""
    Role = Membership.Role
    leads = Membership.objects.filter(organization=former, role=Role.LEAD)
    if former.status == Organization.Status.VERIFIED:
        Membership.objects.filter(organization=into, user__in=leads.values("user")).update(role=Role.LEAD)
    elif into.status == Organization.Status.VERIFIED:
        leads.update(role=Role.COLLEAGUE)


def _keep_one_mailbox(former, into):
    """Where both have one, the address that goes is nobody's in particular: its choices and what waits for it stay."""
    rows = {row.organization_id: row for row in Recipient.objects.filter(organization__in=[former, into])}
    if rows.keys() != {former.pk, into.pk}:
        return
    goes, stays = (former, into) if into.mailbox else (into, former)
    goes, stays = rows[goes.pk], rows[stays.pk]
    heir = (
        Recipient.objects.at(goes.address).filter(user=None, organization=None).first()
        if goes.address
        else stays
    )
    if heir is None:
        Recipient.objects.filter(pk=goes.pk).update(organization=None)
        return
    for link in Recipient._meta.get_fields(include_hidden=True):
        if link.auto_created and not link.concrete and link.on_delete is PROTECT:
            rows = link.related_model._base_manager.filter(**{link.field.name: goes})
            rows.update(**{link.field.name: heir})
    goes.delete()


def _hand_over(field, former, into):
    if _is_idle_twice(field.model):
        _twice(field, former, into).delete()
    field.model._base_manager.filter(**{field.name: former}).update(**{field.name: into})


def _fill(into, former):
    """Let the former go, and keep of what it said that of which the other says nothing."""
    values = {name: getattr(former, name) for name in (*FACTS, *ARCHIVE)}
    objectives, regions = list(former.objectives.all()), list(former.regions.all())
    if former.is_from_list and not into.is_from_list and into.status == Organization.Status.KNOWN:
        values, objectives, regions = {}, [], []  # what a list says of it is for coordinators alone
    publication.removed(former)
    former.delete()
    for name, value in values.items():
        if not getattr(into, name):
            setattr(into, name, value)
    if former.mailbox and not into.mailbox and into.status != Organization.Status.KNOWN:
        into.mailbox, into.mailbox_language = former.mailbox, former.mailbox_language
    into.is_from_list = into.is_from_list and former.is_from_list
    into.version += 1
    into.save()
    if not into.objectives.exists():
        into.objectives.set(objectives)
    if not into.regions.exists():
        into.regions.set(regions)
    publication.changed(into)
    Recipient.objects.keep_for_mailbox(into)
    if into.status == Organization.Status.VERIFIED:
        lists.hand_over(into)
