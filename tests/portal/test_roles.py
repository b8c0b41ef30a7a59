"""Roles given and taken: the log tells it, the administration follows, sessions end."""

from datetime import timedelta
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal import tasks
from portal.celery import app
from portal.errors import Refused
from portal.models import LogEntry, Notice, Reader, Role
from portal.operations import accounts, delivery, roles
from tests import factories, sessions

pytestmark = pytest.mark.django_db
KIND = Role.Kind


def acts():
    return list(LogEntry.objects.order_by("pk").values_list("act", flat=True))


def test_a_role_is_given_for_one_thing_until_a_day_and_taken_back():
    administrator, person, process = factories.administrator(), factories.user(), factories.process()
    until = timezone.now() + timedelta(days=30)
    role = roles.give(person, kind=KIND.COORDINATOR, scope=process, until=until, by=administrator)
    reader = Reader.of(person)
    assert (role.given_by, role.until, role.scope) == (administrator, until, process)
    assert reader.coordinates(process)
    assert not reader.coordinates(factories.process())
    again = roles.give(person, kind=KIND.COORDINATOR, scope=process, until=None, by=administrator)
    assert (again.pk, again.until) == (role.pk, None)

    roles.take(again, by=administrator)
    assert not Reader.of(person).coordinates(process)
    assert acts() == ["role given: coordinator", "role given: coordinator", "role taken: coordinator"]


def test_the_keys_to_the_administration_follow_the_role():
    administrator, person = factories.administrator(), factories.user()
    role = roles.give(person, kind=KIND.ADMINISTRATOR, by=administrator)
    person.refresh_from_db()
    assert (person.is_staff, person.is_superuser) == (True, True)
    roles.take(role, by=administrator)
    person.refresh_from_db()
    assert (person.is_staff, person.is_superuser) == (False, False)


def test_a_role_that_has_ended_takes_the_keys_along():
    administrator, person = factories.administrator(), factories.user()
    role = roles.give(
        person, kind=KIND.ADMINISTRATOR, until=timezone.now() + timedelta(days=1), by=administrator
    )
    roles.end_due()
    person.refresh_from_db()
    assert person.is_staff
    Role.objects.filter(pk=role.pk).update(until=timezone.now() - timedelta(minutes=1))
    roles.end_due()
    for someone, stays in ((person, False), (administrator, True)):
        someone.refresh_from_db()
        assert (someone.is_staff, someone.is_superuser) == (stays, stays)


def test_any_role_ends_by_its_date_and_the_sessions_with_it():
    person, other = factories.user(), factories.user()
    values = {"kind": KIND.DRAFTER, "by": factories.administrator()}
    role = roles.give(person, until=timezone.now() + timedelta(days=1), **values)
    roles.give(other, until=timezone.now() + timedelta(days=1), **values)
    for someone in (person, other):
        someone.refresh_from_db()
    client, stays = signed_in(person), signed_in(other)
    Role.objects.filter(pk=role.pk).update(until=timezone.now() - timedelta(minutes=1))

    for _ in range(2):
        tasks.end_roles()

    assert client.get(reverse("account"))["Location"].startswith(reverse("account_login"))
    assert stays.get(reverse("account")).status_code == HTTPStatus.OK
    assert [row.user for row in Role.objects.filter(kind=KIND.DRAFTER)] == [other]
    assert acts()[2:] == ["role ended: drafter"]
    assert app.conf.beat_schedule["end-roles"]["task"] == tasks.end_roles.name


def test_the_last_administrator_keeps_the_role():
    administrator = factories.administrator()
    with pytest.raises(Refused, match="last administrator"):
        roles.take(administrator.role_set.get(), by=administrator)
    assert Reader.of(administrator).holds(KIND.ADMINISTRATOR)


def test_one_administrator_without_an_end_there_is_at_all_times():
    administrator = factories.administrator()
    role = administrator.role_set.get()
    soon = timezone.now() + timedelta(days=1)
    second = roles.give(factories.user(), kind=KIND.ADMINISTRATOR, until=soon, by=administrator)
    for act in (
        lambda: roles.set_end(role, version=1, until=soon, by=administrator),
        lambda: roles.give(administrator, kind=KIND.ADMINISTRATOR, until=soon, by=administrator),
        lambda: accounts.set_open(administrator, is_open=False, by=second.user),
    ):
        with pytest.raises(Refused, match="last administrator"):
            act()
    roles.set_end(second, version=1, until=None, by=administrator)
    roles.take(role, by=second.user)
    assert [kept.user for kept in Role.objects.filter(kind=KIND.ADMINISTRATOR)] == [second.user]


def test_a_role_is_reminded_of_once_two_weeks_before_each_end(client, mailoutbox):
    administrator, person = factories.administrator(), factories.user()
    today = timezone.now()
    role = roles.give(person, kind=KIND.DRAFTER, until=today + timedelta(days=10), by=administrator)
    roles.remind()
    assert not Notice.objects.exists()  # who gives it for ten days knows when it ends
    Role.objects.filter(pk=role.pk).update(given_at=today - timedelta(days=30))
    for _ in range(2):
        tasks.end_roles()
    delivery.drain()
    assert sorted(to for letter in mailoutbox for to in letter.to) == sorted(
        [administrator.email, person.email]
    )
    assert reverse("role", args=[role.key]) in mailoutbox[0].body

    role = roles.set_end(role, version=1, until=today + timedelta(days=12), by=administrator)
    Role.objects.filter(pk=role.pk).update(given_at=today - timedelta(days=30))
    roles.remind()
    assert Notice.objects.count() == 2
    with pytest.raises(Refused, match="just changed"):
        roles.set_end(role, version=1, until=None, by=administrator)


def test_an_administrator_gives_prolongs_and_takes_a_role_from_the_page_of_handing_over(client):
    administrator = factories.administrator()
    person, process = factories.user(name="Nour", language="ar"), factories.process(title_en="Review")
    client.force_login(administrator)
    assert "reauthenticate" in client.get(reverse("role-new"))["Location"]
    sessions.prove(client)
    typed = {"email": "nobody@people.example", "kind": "coordinator", "where": f"process-{process.key}"}
    typed |= {"until": "2031-03-04", "once": uuid4()}
    refused = client.post(reverse("role-new"), typed)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Ask the person to sign up first." in refused.text
    assert 'value="2031-03-04"' in refused.text
    for _ in range(2):  # sent twice, given once
        answer = client.post(reverse("role-new"), typed | {"email": person.email.upper()})
    role = person.role_set.get()
    assert answer["Location"] == reverse("role", args=[role.key])
    assert (role.scope, role.given_by, timezone.localdate(role.until).isoformat()) == (
        process,
        administrator,
        "2031-03-04",
    )
    page = client.get(reverse("hand-over")).text
    assert "No second factor" in page
    assert page.count("<bdi>Nour</bdi>") == 1

    client.post(answer["Location"], {"until": "", "version": 1})
    role.refresh_from_db()
    assert (role.until, role.version) == (None, 2)
    stale = client.post(answer["Location"], {"until": "2031-05-06", "version": 1})
    assert (stale.status_code, 'value="2031-05-06"' in stale.text) == (HTTPStatus.UNPROCESSABLE_ENTITY, True)
    assert client.post(reverse("role-take", args=[role.key]))["Location"] == reverse("hand-over")
    assert not person.role_set.exists()


def test_everybody_looks_at_the_own_roles_and_at_no_others(client):
    drafter = factories.user(role=KIND.DRAFTER)
    other = factories.user(role=KIND.DRAFTER)
    client.force_login(drafter)
    own, foreign = (reverse("role", args=[someone.role_set.get().key]) for someone in (drafter, other))
    assert client.get(own).status_code == HTTPStatus.OK
    assert client.get(foreign).status_code == HTTPStatus.NOT_FOUND
    assert client.post(own, {"until": "2031-05-06", "version": 1}).status_code == HTTPStatus.FORBIDDEN


def test_handing_over_costs_the_same_for_few_and_many(cost):
    factories.role("drafter", factories.process())
    factories.consultation(status="draft")
    one = cost(reverse("hand-over"), user=factories.administrator())
    for _ in range(5):
        factories.role("drafter", factories.process())
        factories.consultation(status="draft")
    assert one == cost(reverse("hand-over"), user=factories.administrator()) <= 20


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "coordinator", "until": timezone.now() - timedelta(days=1)}, "until"),
        ({"kind": "administrator", "language": "fr"}, "kind"),
        ({"kind": "coordinator", "language": "fr"}, "where"),
    ],
)
def test_a_role_that_makes_no_sense_is_refused(values, field):
    with pytest.raises(Refused) as refusal:
        roles.give(factories.user(), by=factories.administrator(), **values)
    assert refusal.value.field == field
    assert acts() == []


def test_a_role_is_for_a_language_or_for_a_thing():
    with pytest.raises(Refused) as refusal:
        roles.give(
            factories.user(),
            kind=KIND.TRANSLATOR,
            scope=factories.process(),
            language="fr",
            by=factories.administrator(),
        )
    assert refusal.value.field == "language"


def signed_in(person):
    client = Client()
    client.force_login(person)
    assert client.get(reverse("account")).status_code == HTTPStatus.OK
    return client


def test_sessions_end_with_a_change_of_role_and_with_the_account():
    administrator, person = factories.administrator(), factories.user()
    for change in (
        lambda: roles.give(person, kind=KIND.TRANSLATOR, by=administrator),
        lambda: roles.take(person.role_set.get(), by=administrator),
        lambda: accounts.set_open(person, is_open=False, by=administrator),
    ):
        client = signed_in(person)
        change()
        response = client.get(reverse("account"))
        assert response["Location"].startswith(reverse("account_login"))
        person.refresh_from_db()
    accounts.set_open(person, is_open=True, by=administrator)
    assert acts()[-2:] == ["account closed", "account opened again"]


def test_nobody_closes_the_own_account_here():
    administrator = factories.administrator()
    with pytest.raises(Refused):
        accounts.set_open(administrator, is_open=False, by=administrator)
