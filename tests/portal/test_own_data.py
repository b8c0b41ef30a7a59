"""Everybody takes along what is held about herself, all of it, and nothing of others (safety.md, G28)."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from portal import own_data
from portal.data_map import OWN, SECRETS, kept
from portal.models import LogEntry, Reader, Recipient, User
from portal.operations import limits
from tests import factories, sessions
from tests.safety.walk import read

pytestmark = pytest.mark.django_db


def unpacked(content):
    with ZipFile(BytesIO(content)) as pack:
        return json.loads(pack.read("data.json")), pack.read("data.html").decode()


def test_the_file_is_given_after_a_proof_and_noted(client):
    person = factories.user(email="mine@people.example", name="Nadia Karim", language="fr")
    client.force_login(person)
    assert client.post(reverse("my-data-file")).status_code == 302
    sessions.prove(client)
    told, page = unpacked(read(client.post(reverse("my-data-file"))))
    users = next(table for table in told["held"] if table["table"] == "portal.User")
    assert users["rows"][0]["email"] == "mine@people.example"
    assert "mine@people.example" in page
    assert "Nadia Karim" in page
    assert "password" not in users["rows"][0]
    assert person.password not in page + json.dumps(told)
    assert LogEntry.objects.filter(act="own data taken along").count() == 1


def test_nobody_has_the_own_data_packed_time_and_again(client):
    client.force_login(factories.user())
    sessions.prove(client)
    amount = limits.OWN_DATA[0].amount
    kinds = []
    for _ in range(amount + 1):
        answer = client.post(reverse("my-data-file"))
        read(answer)
        kinds.append(answer.get("Content-Type"))
    assert [kind == "application/zip" for kind in kinds] == [True] * amount + [False]
    assert LogEntry.objects.filter(act="own data taken along").count() == amount


def test_of_what_a_row_belongs_to_the_key_is_told_and_no_running_number():
    person = factories.user()
    organization = factories.organization(lead=person)
    told = {one.model._meta.label: one.rows[0].values for one in own_data.held_about(Reader.of(person))}
    assert told["portal.Membership"]["organization"] == str(organization.key)


def test_what_is_held_of_somebody_else_stays_out():
    mine, other = factories.user(email="mine@people.example"), factories.user(email="other@people.example")
    factories.organization(lead=mine, colleague=other)
    text = json.dumps(
        [own_data.as_json(one) for one in own_data.held_about(Reader.of(mine))],
        cls=own_data.DjangoJSONEncoder,
    )
    assert "mine@people.example" in text
    assert "other@people.example" not in text


def test_whatever_the_map_calls_ones_own_is_given():
    """Links to other people left out: to whom else a row belongs is theirs."""
    person = factories.user()
    factories.organization(lead=person)
    given = own_data.held_about(Reader.of(person))
    assert {"portal.User", "portal.Membership", "portal.Recipient"} <= {
        one.model._meta.label for one in given
    }
    for one in given:
        own = kept()[one.model].fields(*OWN)
        others = {name for name in own if one.model._meta.get_field(name).related_model in {User, Recipient}}
        for row in one.rows:
            assert {*own} - others <= {*row.values}
            assert not {*kept()[one.model].fields(SECRETS)} & {*row.values}
