"""Roles given and taken: the log tells it, the administration follows, sessions end."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.celery import app
from portal.errors import Refused
from portal.models import LogEntry, Reader, Role
from portal.operations import accounts, roles
from tests import factories

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
        app.tasks[app.conf.beat_schedule["end-roles"]["task"]].apply(throw=True)

    assert client.get(reverse("account"))["Location"].startswith(reverse("account_login"))
    assert stays.get(reverse("account")).status_code == HTTPStatus.OK
    assert [row.user for row in Role.objects.filter(kind=KIND.DRAFTER)] == [other]
    assert acts()[2:] == ["role ended: drafter"]


def test_the_last_administrator_keeps_the_role():
    administrator = factories.administrator()
    with pytest.raises(Refused, match="last administrator"):
        roles.take(administrator.role_set.get(), by=administrator)
    assert Reader.of(administrator).holds(KIND.ADMINISTRATOR)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "coordinator", "until": timezone.now() - timedelta(days=1)}, "until"),
        ({"kind": "administrator", "language": "fr"}, "kind"),
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
