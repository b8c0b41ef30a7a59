"""Working groups: who may ask to join, how one is answered, what a member becomes, how one leaves."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from portal.errors import Refused
from portal.models import GroupMember, JoinRequest, LogEntry, Notice, Organization
from portal.operations import groups
from tests import factories

pytestmark = pytest.mark.django_db
Role, Status = GroupMember.Role, JoinRequest.Status


def group(**fields):
    return factories.working_group(**{"takes_requests": True} | fields)


def asked(person=None, *, of=None, **fields):
    """A request of somebody who leads a verified organization."""
    person = person or factories.lead()
    return groups.ask_to_join(of or group(), organization=person.organization, by=person, **fields)


def acts():
    return list(LogEntry.objects.order_by("pk").values_list("act", flat=True))


def told():
    return list(Notice.objects.order_by("pk").values_list("kind", flat=True))


def test_one_asks_for_ones_organization_and_those_who_run_the_group_are_told():
    person, of = factories.lead(), group()
    made = asked(person, of=of, words="We run a shelter.")
    assert (made.group, made.user, made.organization, made.words, made.status) == (
        of,
        person,
        person.organization,
        "We run a shelter.",
        Status.WAITING,
    )
    assert (acts(), told()) == (["asked to join"], ["group-join-asked"])


@pytest.mark.parametrize("facts", [{"takes_requests": False}, {"status": "draft"}, {"status": "withdrawn"}])
def test_one_asks_to_join_only_a_published_group_that_takes_requests(facts):
    with pytest.raises(Refused, match="One cannot ask to join this group"):
        asked(of=group(**facts))
    assert (JoinRequest.objects.count(), acts(), told()) == (0, [], [])


@pytest.mark.parametrize("status", sorted({*Organization.Status.values} - {"verified"}))
def test_only_for_a_verified_organization_does_one_ask_to_join(status):
    with pytest.raises(Refused, match="Only people of verified organizations") as refused:
        asked(factories.lead(status=status))
    assert refused.value.field == "organization"


def test_nobody_asks_to_join_for_an_organization_of_others():
    with pytest.raises(Refused, match="Only people of verified organizations"):
        groups.ask_to_join(group(), organization=factories.lead().organization, by=factories.lead())


def test_one_asks_once_and_not_where_one_is_already():
    person, of = factories.lead(), group()
    asked(person, of=of)
    with pytest.raises(Refused, match="You have already asked"):
        asked(person, of=of)
    with pytest.raises(IntegrityError, match="joinrequest_waits_once"), transaction.atomic():
        JoinRequest.objects.create(group=of, user=person, organization=person.organization)
    factories.group_member(of, person)
    with pytest.raises(Refused, match="You are already in this group"):
        asked(person, of=of)


def test_who_is_accepted_is_a_member_and_told():
    convenor, request = factories.user(), asked()
    answered = groups.answer(request, accepts=True, answer="Welcome.", by=convenor)
    assert (answered.status, answered.answer, answered.answered_by) == (Status.ACCEPTED, "Welcome.", convenor)
    (member,) = GroupMember.objects.all()
    assert (member.group, member.user, member.organization, member.role) == (
        request.group,
        request.user,
        request.organization,
        Role.MEMBER,
    )
    assert acts() == ["asked to join", "request to join accepted"]
    assert told() == ["group-join-asked", "group-join-answered"]


def test_who_is_declined_reads_why_and_may_ask_again():
    request = asked()
    with pytest.raises(Refused, match="Say why") as refused:
        groups.answer(request, accepts=False, by=factories.user())
    assert refused.value.field == "answer"
    answered = groups.answer(request, accepts=False, answer="We are full.", by=factories.user())
    assert (answered.status, GroupMember.objects.count()) == (Status.DECLINED, 0)
    again = groups.ask_to_join(request.group, organization=request.organization, by=request.user)
    assert (again.status, again.pk == request.pk) == (Status.WAITING, False)


@pytest.mark.parametrize(
    "answer",
    [
        lambda request: groups.answer(request, accepts=True, by=factories.user()),
        lambda request: groups.answer(request, accepts=False, answer="No.", by=factories.user()),
        lambda request: groups.take_back(request, by=request.user),
    ],
)
def test_a_request_is_answered_or_taken_back_once(answer):
    request = asked()
    groups.take_back(request, by=request.user)
    with pytest.raises(Refused, match="This is “Taken back” and cannot become"):
        answer(request)
    assert (GroupMember.objects.count(), acts()) == (0, ["asked to join", "request to join taken back"])


def test_who_left_the_organization_meanwhile_is_not_let_in_for_it():
    request = asked()
    request.organization.membership_set.all().delete()
    with pytest.raises(Refused, match="This person no longer belongs to that organization"):
        groups.answer(request, accepts=True, by=factories.user())
    assert GroupMember.objects.count() == 0


def test_who_came_in_for_an_organization_that_no_longer_counts_comes_in_anew_as_a_member():
    person, of = factories.lead(), group()
    earlier = factories.group_member(of, person, organization_=factories.organization(), role=Role.CONVENOR)
    groups.answer(asked(person, of=of), accepts=True, by=factories.user())
    (member,) = GroupMember.objects.all()
    assert (member.pk, member.organization, member.role) == (earlier.pk, person.organization, Role.MEMBER)


def test_one_leaves_a_group_once():
    member = factories.group_member(group(), factories.lead())
    assert groups.leave(member, by=member.user) == member.group
    with pytest.raises(Refused, match="The person is no longer in the group"):
        groups.leave(member, by=factories.coordinator())
    assert (GroupMember.objects.count(), acts()) == (0, ["member left"])


def test_a_member_becomes_convenor_and_member_again():
    member, coordinator = factories.group_member(group(), factories.lead()), factories.coordinator()
    for role in (Role.CONVENOR, Role.MEMBER):
        assert groups.appoint(member, role=role, by=coordinator).role == role
        member.refresh_from_db()
        assert member.role == role
    assert acts() == ["member is now convenor", "member is now member"]


def test_who_has_the_role_is_not_appointed_again():
    member = factories.group_member(group(), factories.lead(), role=Role.CONVENOR)
    with pytest.raises(Refused, match="This person has this role already"):
        groups.appoint(member, role=Role.CONVENOR, by=factories.coordinator())
    assert acts() == []


def test_nobody_convenes_a_group_for_an_organization_that_one_has_left():
    member = factories.group_member(group(), factories.lead())
    member.organization.membership_set.all().delete()
    with pytest.raises(Refused, match="This person no longer belongs to that organization"):
        groups.appoint(member, role=Role.CONVENOR, by=factories.coordinator())
    member.refresh_from_db()
    assert (member.role, acts()) == (Role.MEMBER, [])


def test_a_convenor_who_no_longer_counts_can_be_made_member_again():
    member = factories.group_member(group(), factories.lead(), role=Role.CONVENOR)
    member.organization.membership_set.all().delete()
    assert groups.appoint(member, role=Role.MEMBER, by=factories.coordinator()).role == Role.MEMBER


def test_who_has_left_meanwhile_is_not_appointed():
    member = factories.group_member(group(), factories.lead())
    groups.leave(member, by=member.user)
    with pytest.raises(Refused, match="The person is no longer in the group"):
        groups.appoint(member, role=Role.CONVENOR, by=factories.coordinator())


def test_the_button_pressed_twice_makes_somebody_convenor_all_the_same(client):
    member = factories.group_member(group(), factories.lead())
    client.force_login(factories.coordinator())
    page = client.get(member.group.get_absolute_url()).content.decode()
    assert 'name="role" value="convenor"' in page
    for role in ("convenor", "convenor", "queen", ""):
        client.post(reverse("group-appoint", args=[member.key]), {"role": role})
        member.refresh_from_db()
        assert member.role == Role.CONVENOR
    assert acts() == ["member is now convenor"]
