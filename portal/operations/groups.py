"""Working groups: somebody asks to join, is answered with a word, leaves again."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.errors import Refused
from portal.models import GroupMember, JoinRequest, Organization, WorkingGroup
from portal.notifications import GroupJoinAnswered, GroupJoinAsked, notify
from portal.operations import log, records


@transaction.atomic
def ask_to_join(group, *, organization, words="", by):
    """Ask to join a group for one's organization; those who run it are told."""
    group = records.lock(group)
    if not group.takes_requests or group.status != WorkingGroup.Status.PUBLISHED:
        raise Refused(_("One cannot ask to join this group."))
    if (
        organization.status != Organization.Status.VERIFIED
        or not organization.people.filter(pk=by.pk).exists()
    ):
        raise Refused(_("Only people of verified organizations can ask to join."), "organization")
    if GroupMember.objects.of(by).filter(group=group).exists():
        raise Refused(_("You are already in this group."))
    if group.requests.waiting().filter(user=by).exists():
        raise Refused(_("You have already asked; an answer is on its way."))
    asked = JoinRequest.objects.create(group=group, user=by, organization=organization, words=words)
    log.record("asked to join", group, by=by)
    notify(GroupJoinAsked, asked, by=by)
    return asked


@transaction.atomic
def answer(asked, *, accepts, answer="", by):
    """Accept or decline somebody who asks to join, with a word; the person is told."""
    records.lock(asked.group)
    asked = JoinRequest.objects.select_for_update(of=["self"]).get(pk=asked.pk)
    if not accepts and not answer:
        raise Refused(_("Say why: the person reads it."), "answer")
    asked.move_to(JoinRequest.Status.ACCEPTED if accepts else JoinRequest.Status.DECLINED)
    asked.answer, asked.answered_by, asked.answered_at = answer, by, clock.now()
    asked.save()
    if accepts:
        _admit(asked)
    log.record(f"request to join {asked.status}", asked.group, by=by)
    notify(GroupJoinAnswered, asked, by=by)
    return asked


@transaction.atomic
def take_back(asked, *, by):
    """Take back one's request to join, before it is answered."""
    asked = JoinRequest.objects.select_for_update(of=["self"]).get(pk=asked.pk)
    asked.move_to(JoinRequest.Status.TAKEN_BACK)
    asked.answered_at = clock.now()
    asked.save()
    log.record("request to join taken back", asked.group, by=by)
    return asked


@transaction.atomic
def leave(member, *, by):
    """Leave a group, or be taken out of it."""
    group = records.lock(member.group)
    gone, _kinds = GroupMember.objects.filter(pk=member.pk).delete()
    if not gone:
        raise Refused(_("The person is no longer in the group."))
    log.record("member left", group, by=by)
    return group


@transaction.atomic
def appoint(member, *, role, by):
    """Make a member convenor, or a convenor member again."""
    group = records.lock(member.group)
    rows = GroupMember.objects.filter(pk=member.pk)
    member = rows.select_for_update(of=["self"]).first()
    if member is None:
        raise Refused(_("The person is no longer in the group."))
    if member.role == role:
        raise Refused(_("This person has this role already."))
    if role == GroupMember.Role.CONVENOR and not rows.current().exists():
        raise Refused(_("This person no longer belongs to that organization."))
    member.role = role
    member.save(update_fields=["role"])
    log.record(f"member is now {role}", group, by=by)
    return member


def _admit(asked):
    """Let the person in; who had come in for an organization that no longer counts comes in anew."""
    if not asked.organization.people.filter(pk=asked.user_id).exists():
        raise Refused(_("This person no longer belongs to that organization."))
    GroupMember.objects.update_or_create(
        group=asked.group,
        user=asked.user,
        defaults={"organization": asked.organization, "role": GroupMember.Role.MEMBER},
    )
