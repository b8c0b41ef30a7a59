"""Working groups: their mandate, who works in them, who asks to."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.models.memberships import Membership
from portal.models.organizations import Organization
from portal.models.records import Belongs, Moves, Record, RecordQuerySet
from portal.models.roles import Role


class WorkingGroup(Record):
    """People and organizations who work on a matter between meetings: a mandate, members, documents, meetings."""

    search_kind = "working-group"

    organizations = models.ManyToManyField(Organization, blank=True, related_name="working_groups")
    takes_requests = models.BooleanField(_("one can ask to join"), default=False)
    lists_members = models.BooleanField(_("everybody sees its members"), default=False)

    objects = RecordQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name, verbose_name_plural = _("working group"), _("working groups")

    def get_absolute_url(self):
        return reverse("working-group", args=[self.address_key])

    @classmethod
    def seen_by(cls, reader):
        """Also, once published, to its members, whoever else may see it."""
        own = GroupMember.objects.of(reader.user).filter(group=OuterRef("pk"))
        return super().seen_by(reader) | (Q(status__in=cls.SHOWN) & Exists(own))


class GroupMemberQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """The members of groups that the reader sees and whose list is open, of one's own groups, of those one runs."""
        seen = WorkingGroup.objects.visible_to(reader)
        if reader.coordinates_everything:
            return self.filter(group__in=seen)
        mine = GroupMember.objects.of(reader.user).values("group")
        runs = reader.scope_ids(WorkingGroup)
        return self.filter(
            Q(group__in=seen, group__lists_members=True) | Q(group__in=mine) | Q(group__in=runs)
        )

    def current(self):
        """Those who still belong to the verified organization for which they came in."""
        belongs = Membership.objects.filter(user=OuterRef("user"), organization=OuterRef("organization"))
        verified = Q(organization__status=Organization.Status.VERIFIED)
        return self.filter(Q(organization__isnull=True) | (verified & Exists(belongs)))

    def of(self, user):
        """The current memberships of a person; of nobody, none."""
        return self.current().filter(user=user) if user is not None else self.none()


class GroupMember(models.Model):
    """A person in a working group, for an organization; a convenor answers those who ask to join."""

    class Role(models.TextChoices):
        CONVENOR = "convenor", _("Convenor")
        MEMBER = "member", _("Member")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MEMBER)
    since = models.DateTimeField(auto_now_add=True)

    objects = GroupMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="groupmember_is_one_per_person", fields=["group", "user"])
        ]

    def __str__(self):
        return f"{self.user} in {self.group}"

    @property
    def shown_name(self):
        """The person's name; an address is nobody else's business."""
        return self.user.name or _("A person without a name")


class JoinRequestQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """One's own, and those made to the groups that one runs."""
        if reader.coordinates_everything:
            return self
        if reader.user is None:
            return self.none()
        convened = GroupMember.objects.of(reader.user).filter(role=GroupMember.Role.CONVENOR)
        runs = Q(group__in=convened.values("group")) | Q(group__in=reader.scope_ids(WorkingGroup))
        return self.filter(Q(user=reader.user) | runs)

    def waiting(self):
        return self.filter(status=JoinRequest.Status.WAITING)


class JoinRequest(Moves, Belongs, models.Model):
    """Somebody asks to join a working group for an organization; accepted or declined with a word."""

    ABOVE = ("group",)

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waits for an answer")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        TAKEN_BACK = "taken-back", _("Taken back")

    MOVES = {
        Status.WAITING: {Status.ACCEPTED, Status.DECLINED, Status.TAKEN_BACK},
        Status.ACCEPTED: set(),
        Status.DECLINED: set(),
        Status.TAKEN_BACK: set(),
    }

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    words = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    version = models.PositiveIntegerField(default=1, editable=False)
    answer = models.TextField(blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="joinrequest_waits_once", fields=["group", "user"], condition=Q(status="waiting")
            ),
            models.CheckConstraint(
                name="joinrequest_answered_has_moment",
                condition=Q(status="waiting", answered_at__isnull=True)
                | Q(answered_at__isnull=False) & ~Q(status="waiting"),
            ),
        ]

    def __str__(self):
        return f"{self.user} asks to join {self.group}"

    shown_name = GroupMember.shown_name

    def get_absolute_url(self):
        return self.group.get_absolute_url()


def those_who_run(group):
    """The people who answer for a group: its convenors, and its coordinators. A condition on users."""
    convenors = GroupMember.objects.current().filter(group=group, role=GroupMember.Role.CONVENOR)
    kind = ContentType.objects.get_for_model(WorkingGroup)
    everything = Q(content_type__isnull=True, language="")
    roles = Role.objects.current().filter(
        everything | Q(content_type=kind, object_id=group.pk),
        kind__in=[Role.Kind.COORDINATOR, Role.Kind.ADMINISTRATOR],
    )
    return Q(pk__in=convenors.values("user")) | Q(pk__in=roles.values("user"))
