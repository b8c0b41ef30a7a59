"""Whoever asks to be erased is gone from everywhere; what organizations said stays, and no restore brings her back."""

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.urls import reverse

from consultations.models import Admission, Attendance, Contribution, OutsideSigner, Registration
from portal.errors import Refused
from portal.models import Actor, Claim, Erasure, LogEntry, Membership, Recipient, User
from portal.operations import accounts, erasure
from tests import factories, people, sessions

pytestmark = pytest.mark.django_db


def test_nothing_that_the_map_calls_hers_is_left(django_capture_on_commit_callbacks):
    person = people.everywhere()
    assert len(person.words) >= 60
    assert len(people.traces(person)) >= 25
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(person.user, by=person.user)
    assert people.traces(person) == []
    assert not any(blob.storage.exists(blob.name) for blob in person.blobs)
    assert Actor.objects.filter(user=None).count() == 1


def test_control_an_account_that_is_only_closed_is_found_everywhere():
    person = people.everywhere()
    accounts.set_open(person.user, is_open=False, by=factories.administrator())
    assert len(people.traces(person)) >= 25


def test_what_organizations_did_stays_without_her():
    person = people.everywhere()
    organization = person.user.organization_set.get()
    sent = factories.contribution(organization_=organization, written_by=person.user)
    signed = OutsideSigner.objects.first()
    erasure.erase(person.user, by=person.user)
    for registration in Registration.objects.filter(organization=organization):
        stands = (registration.delegates_count, registration.delegate_set.count(), registration.version)
        assert stands == (1, 0, 2)
        assert Attendance.objects.get(registration=registration).delegate is None
    assert [row.organization for row in Admission.objects.all()] == [organization] * 2
    assert OutsideSigner.objects.get(pk=signed.pk).name == signed.name
    assert OutsideSigner.held_by(signed.token) is None
    sent.refresh_from_db()
    assert (sent.organization, sent.written_by) == (organization, None)
    assert [row.pk for row in Contribution.objects.all()] == [sent.pk]
    assert Claim.objects.get(user=None).words == ""
    entries = LogEntry.objects.filter(actor_key=Actor.objects.get(user=None).key)
    assert sorted(entries.values_list("act", flat=True)) == ["account erased", "settings changed"]


def test_answers_stay_with_an_organization_that_has_other_people():
    lead = factories.lead()
    Membership.objects.create(organization=lead.organization, user=factories.user())
    registration = factories.registration(organization_=lead.organization)
    asked = factories.question(registration.consultation)
    registration.answers.create(question=asked, language="en", text="What we do")
    erasure.erase(lead, by=lead)
    assert registration.answers.get().text == "What we do"


def test_what_was_sent_to_an_address_that_is_not_proven_is_somebody_elses():
    person = factories.user()
    EmailAddress.objects.create(user=person, email="other@people.example", verified=False)
    other = Recipient.objects.create(address="other@people.example")
    erasure.erase(person, by=person)
    assert Recipient.objects.filter(pk=other.pk).exists()


def test_the_last_administrator_gives_the_role_to_somebody_first():
    last = factories.administrator()
    with pytest.raises(Refused, match="last administrator"):
        erasure.erase(last, by=last)
    factories.administrator()
    erasure.erase(last, by=last)
    assert not User.objects.filter(pk=last.pk).exists()


def test_she_asks_proves_and_presses(client):
    person = factories.lead()
    client.force_login(person)
    there = reverse("my-data-erase")
    assert str(person.organization) in client.get(there).content.decode()
    assert client.post(there, {}).status_code == 422
    assert "proof" in client.post(there, {"agreed": "on"})["Location"]
    sessions.prove(client)
    answer = client.post(there, {"agreed": "on"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))
    assert answer["Clear-Site-Data"]
    assert not User.objects.filter(pk=person.pk).exists()
    assert client.get(reverse("account")).status_code == 302


def test_an_organization_says_that_its_lead_left_until_a_coordinator_names_another(client):
    lead, colleague, coordinator = factories.lead(), factories.user(), factories.coordinator()
    organization = lead.organization
    Membership.objects.create(organization=organization, user=colleague, role="colleague")
    own, desk, naming = (
        reverse("my-organization"),
        reverse("desk"),
        reverse("organization-lead", args=[organization.key]),
    )
    client.force_login(colleague)
    assert "Nobody leads us" not in client.get(own).content.decode()
    erasure.erase(lead, by=lead)
    assert "Nobody leads us" in client.get(own).content.decode()

    sessions.sign_in(client, coordinator)
    assert naming in client.get(desk).content.decode()
    assert colleague.name in client.get(naming).content.decode()
    assert client.post(naming, {"person": coordinator.key}).status_code == 422
    assert client.post(naming, {"person": colleague.key}).status_code == 302
    assert Membership.objects.get(user=colleague).role == "lead"
    assert naming not in client.get(desk).content.decode()
    assert client.post(naming, {"person": colleague.key}).status_code == 422


def test_whoever_comes_back_with_a_restored_copy_is_erased_again(tmp_path, capsys):
    person, stays = factories.user(), factories.user()
    ledger = tmp_path / "ledger"
    digest = Erasure.digest_of(person)
    ledger.write_text(f"{digest} 2031-01-31T12:00:00+00:00\n")
    call_command("replay_erasures", str(ledger))
    call_command("replay_erasures")
    assert capsys.readouterr().out.splitlines() == ["1 erased again", "0 erased again"]
    assert list(User.objects.all()) == [stays]
    call_command("erasure_ledger")
    assert capsys.readouterr().out == ledger.read_text()
