"""Who asks. Every guard of rows takes a Reader: a signed-in person, nobody, or a mailbox we write to."""

from functools import cached_property

from django.contrib.contenttypes.models import ContentType

from portal import instances
from portal.models.memberships import Membership
from portal.models.notices import InboxEntry
from portal.models.organizations import Claim, Organization
from portal.models.roles import Role

# Asked with nearly every page of somebody who has signed in.
OF_PERSON = """
SELECT organization.*, membership.role
FROM portal_membership AS membership JOIN portal_organization AS organization ON organization.id = organization_id
WHERE user_id = %(user)s AND status <> 'suspended' ORDER BY organization.id
"""


class Reader:
    """The one who wants to see something, with what that person is entitled to, looked up once.

    A reader is a user, nobody, or a Recipient: a shared mailbox sees what its organization may, a delegate
    without account what the registration gives, a signer what is public.
    """

    def __init__(self, user=None, recipient=None):
        self.user = user if user is not None and user.is_authenticated and user.is_active else None
        self.recipient = recipient

    @classmethod
    def of(cls, user):
        """The reader that a request's user is; an anonymous user is nobody."""
        return cls(user=user)

    @classmethod
    def nobody(cls):
        """A visitor who has not signed in."""
        return cls()

    @classmethod
    def of_recipient(cls, recipient):
        """The reader behind an address that we write to."""
        return cls(user=recipient.user, recipient=recipient)

    @classmethod
    def of_recipients(cls, recipients):
        """The readers behind many addresses, what they are entitled to looked up for all at once."""
        readers = [cls.of_recipient(recipient) for recipient in recipients]
        people = {reader.user.pk for reader in readers if reader.user}
        roles, organizations = _by_person(people)
        for reader in readers:
            if reader.user:
                reader.__dict__["roles"] = roles.get(reader.user.pk, [])
                reader.__dict__["organizations"] = organizations.get(reader.user.pk, {})
        return readers

    @property
    def is_anonymous(self):
        return self.user is None

    @cached_property
    def roles(self):
        return list(Role.objects.filter(user=self.user).current()) if self.user else []

    @cached_property
    def unread(self):
        """How many of the messages in the own inbox this reader has not read."""
        return InboxEntry.objects.visible_to(self).unread().count()

    @cached_property
    def organizations(self):
        """Organizations this reader belongs to, each with the `role` there, suspended ones left out: {id: Organization}."""
        if self.user:
            rows = instances.of(Organization, OF_PERSON, {"user": self.user.pk})
        elif self.recipient is not None and self.recipient.organization_id:
            rows = Organization.objects.filter(pk=self.recipient.organization_id)
            rows = rows.exclude(status=Organization.Status.SUSPENDED)
        else:
            return {}
        return {organization.pk: organization for organization in rows}

    @cached_property
    def led_ids(self):
        """Ids of the organizations that this person leads."""
        if not self.user:
            return frozenset()
        return frozenset(pk for pk, row in self.organizations.items() if row.role == Membership.Role.LEAD)

    @cached_property
    def claims(self):
        """Claims of this person that no coordinator has answered yet; they give no right."""
        return list(Claim.objects.open().filter(user=self.user).select_related("organization"))

    @property
    def verified_ids(self):
        verified = Organization.Status.VERIFIED
        return frozenset(pk for pk, row in self.organizations.items() if row.status == verified)

    @property
    def is_member(self):
        """Members are people of verified civil society organizations."""
        return any(organization.is_member for organization in self.organizations.values())

    def holds(self, kind):
        return any(role.kind == kind for role in self.roles)

    @property
    def coordinates_everything(self):
        kinds = {Role.Kind.COORDINATOR, Role.Kind.ADMINISTRATOR}
        return any(
            role.kind in kinds and not role.content_type_id and not role.language for role in self.roles
        )

    @property
    def coordinates_something(self):
        return any(role.kind in {Role.Kind.COORDINATOR, Role.Kind.ADMINISTRATOR} for role in self.roles)

    @property
    def translates(self):
        return self.holds(Role.Kind.TRANSLATOR)

    @property
    def reports_everything(self):
        """Whoever reads what organizations gave to any call: coordinators of everything, rapporteurs without scope."""
        return self.coordinates_everything or any(
            role.kind == Role.Kind.RAPPORTEUR and not role.content_type_id and not role.language
            for role in self.roles
        )

    def reported_ids(self, model):
        """Ids of things of this model on which this reader reports: as rapporteur, or as their coordinator."""
        return self.scope_ids(model) | self.scope_ids(model, kind=Role.Kind.RAPPORTEUR)

    def reports_on(self, thing):
        """Whether this reader reads what was given to the thing, or to what it belongs to."""
        if self.reports_everything:
            return True
        return any(above.pk in self.reported_ids(type(above)) for above in (thing, *thing.belongs_to()))

    def scope_ids(self, model, *, kind=Role.Kind.COORDINATOR):
        """Ids of things of this model that this reader coordinates by a role scoped to one thing."""
        scoped = [role for role in self.roles if role.kind == kind and role.content_type_id]
        if not scoped:
            return frozenset()
        wanted = ContentType.objects.get_for_model(model, for_concrete_model=True).pk
        return frozenset(role.object_id for role in scoped if role.content_type_id == wanted)

    def coordinates(self, thing=None):
        """Whether this reader coordinates the thing: it, what it belongs to, or everything."""
        if self.coordinates_everything:
            return True
        if thing is None:
            return False
        return any(above.pk in self.scope_ids(type(above)) for above in (thing, *thing.belongs_to()))


def _by_person(people):
    """Current roles and organizations of many people: ({id: [Role]}, {id: {id: Organization}})."""
    roles, organizations = {}, {}
    for role in Role.objects.filter(user__in=people).current():
        roles.setdefault(role.user_id, []).append(role)
    memberships = Membership.objects.filter(user__in=people).select_related("organization")
    shown = memberships.exclude(organization__status=Organization.Status.SUSPENDED)
    for membership in shown.order_by("organization_id"):
        rows = organizations.setdefault(membership.user_id, {})
        rows[membership.organization_id] = membership.organization
        membership.organization.role = membership.role
    return roles, organizations
