"""Who may do what, as truth tables: one row for each person, one column for each act."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from consultations import permissions
from consultations.models import Registration
from portal.models import Membership, Reader, Role
from tests import factories

pytestmark = pytest.mark.django_db


def scoped(thing, **fields):
    person = factories.user()
    kind = ContentType.objects.get_for_model(thing)
    Role.objects.create(user=person, kind="coordinator", content_type=kind, object_id=thing.pk, **fields)
    return person


@pytest.fixture
def scene():
    """A consultation of a process, a registered organization with its lead, colleague and delegate, and others."""
    process = factories.process()
    consultation = factories.open_consultation(process=process)
    lead, colleague = factories.lead(), factories.user()
    Membership.objects.create(organization=lead.organization, user=colleague)
    registration = factories.registration(consultation, lead.organization)
    delegate = factories.user(email=registration.delegate_set.get().email)
    people = {
        "nobody": AnonymousUser(),
        "person": factories.user(),
        "lead": lead,
        "colleague": colleague,
        "delegate": delegate,
        "lead of another": factories.lead(),
        "lead of a pending one": factories.lead(status="pending"),
        "lead of a suspended one": factories.lead(status="suspended"),
        "coordinator": factories.coordinator(),
        "administrator": factories.administrator(),
        "coordinator of the process": scoped(process),
        "coordinator of the consultation": scoped(consultation),
        "coordinator of another": scoped(factories.open_consultation()),
        "coordinator whose time has ended": scoped(consultation, until=timezone.now() - timedelta(minutes=1)),
        "translator": factories.translator(),
    }
    return people, consultation, registration


COORDINATE = {
    "coordinator",
    "administrator",
    "coordinator of the process",
    "coordinator of the consultation",
}
ALLOWED = {
    "can_draft": {"coordinator", "administrator", "coordinator of the process"},
    "can_edit": COORDINATE,
    "can_answer": COORDINATE,
    "can_change": {"lead"},
    "can_cancel": {"lead"} | COORDINATE,
    "can_join": {"lead", "colleague", "delegate"},
}


@pytest.mark.parametrize("act", ALLOWED)
def test_who_may(act, scene):
    people, consultation, registration = scene
    things = {"can_draft": (), "can_change": (registration,), "can_cancel": (registration,)}
    ask = getattr(permissions, act)
    allowed = {name for name, person in people.items() if ask(person, *things.get(act, (consultation,)))}
    assert allowed == ALLOWED[act]


@pytest.mark.parametrize("status", Registration.Status.values)
def test_changes_and_joining_end_with_the_registration(status, scene):
    people, consultation, registration = scene
    ends_at = timezone.now() if status == "offered" else None
    Registration.objects.filter(pk=registration.pk).update(status=status, offer_ends_at=ends_at)
    registration.refresh_from_db()
    held = status in Registration.HELD
    assert permissions.can_change(people["lead"], registration) == held
    assert permissions.can_cancel(people["coordinator"], registration) == held
    assert permissions.can_take_offer(people["lead"], registration) == (status == "offered")
    assert not permissions.can_take_offer(people["coordinator"], registration)
    for name in ("lead", "colleague", "delegate"):
        assert permissions.can_join(people[name], consultation) == (status == "confirmed")


@pytest.mark.parametrize(
    ("access", "constituency", "status", "expected"),
    [
        ("public", "civil-society", "verified", True),
        ("public", "state", "verified", True),
        ("public", "civil-society", "pending", False),
        ("public", "civil-society", "suspended", False),
        ("public", "civil-society", "known", False),
        ("members", "civil-society", "verified", True),
        ("members", "state", "verified", False),
        ("members", "youth", "verified", False),
        ("members", "civil-society", "pending", False),
        ("invited", "civil-society", "verified", False),
        ("invited", "state", "verified", False),
    ],
)
def test_which_organization_its_lead_may_register(access, constituency, status, expected):
    person = factories.lead(status=status, constituency=constituency)
    consultation = factories.open_consultation(access=access)
    assert permissions.can_register_for(Reader.of(person), consultation, person.organization) == expected
    colleague = factories.user()
    Membership.objects.create(organization=person.organization, user=colleague)
    assert not permissions.can_register_for(Reader.of(colleague), consultation, person.organization)
    assert not permissions.can_register_for(
        Reader.of(factories.coordinator()), consultation, person.organization
    )


def test_a_delegate_is_known_by_an_address_that_was_proven_and_by_no_other(scene):
    _people, consultation, registration = scene
    address = registration.delegate_set.get().email
    pretender = factories.user()
    pretender.emailaddress_set.create(email=f"x{address}", verified=True)
    assert not permissions.can_join(pretender, consultation)
    unproven = factories.user()
    registration.delegate_set.update(email=unproven.email)
    unproven.emailaddress_set.update(verified=False)
    assert not permissions.can_join(unproven, consultation)
    unproven.emailaddress_set.update(verified=True)
    assert permissions.can_join(unproven, consultation)
