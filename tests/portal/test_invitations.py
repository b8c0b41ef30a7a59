"""A lead invites a colleague by a letter that works once, for a time, for this purpose only."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from portal import tokens
from portal.models import Invitation, Membership, Notice
from tests import factories

pytestmark = pytest.mark.django_db


def invite(client, person, email="colleague@people.example", language="fr"):
    client.force_login(person)
    address = reverse("invite", args=[person.organization.key])
    client.post(address, {"once": str(uuid4()), "email": email, "language": language})
    client.logout()
    letter = Invitation.objects.get(email=email)
    return letter, tokens.make(Invitation.PURPOSE, letter.nonce)


def test_only_the_lead_invites(client):
    person, colleague = factories.lead(), factories.user()
    Membership.objects.create(organization=person.organization, user=colleague)
    address = reverse("invite", args=[person.organization.key])
    for other, expected in ((colleague, 403), (factories.lead(), 404), (factories.user(), 404)):
        client.force_login(other)
        assert client.get(address).status_code == expected
        assert client.post(address, {"email": "x@people.example", "language": "en"}).status_code == expected
    assert not Invitation.objects.exists()


def test_an_invitation_writes_one_notice_and_keeps_no_token(client):
    letter, token = invite(client, factories.lead())
    assert Notice.objects.count() == 1
    assert token not in (letter.nonce, letter.token_hash)
    assert letter.token_hash == tokens.digest(token)


def test_the_colleague_opens_the_letter_at_a_clean_address_and_joins_by_a_button(client):
    person = factories.lead()
    _letter, token = invite(client, person)
    colleague = factories.user()
    client.force_login(colleague)

    opened = client.get(reverse("invitation", args=[token]))
    assert opened.headers["Location"] == reverse("invitation-open")
    page = client.get(reverse("invitation-open"))
    assert page.status_code == 200
    assert token not in page.content.decode()
    assert not Membership.objects.filter(user=colleague).exists()

    joined = client.post(reverse("invitation-accept"))
    assert joined.headers["Location"] == reverse("my-organization", args=[person.organization.key])
    assert Membership.objects.get(user=colleague).role == Membership.Role.COLLEAGUE


def test_who_is_signed_out_is_asked_to_sign_in_and_comes_back(client):
    person = factories.lead()
    _letter, token = invite(client, person)
    client.get(reverse("invitation", args=[token]))
    page = client.get(reverse("invitation-open")).content.decode()
    assert f"{reverse('account_login')}?next={reverse('invitation-open')}" in page
    assert client.post(reverse("invitation-accept")).headers["Location"].startswith(reverse("account_login"))
    assert Membership.objects.count() == 1

    colleague = factories.user()
    client.force_login(colleague)
    client.post(reverse("invitation-accept"))
    assert Membership.objects.filter(user=colleague, organization=person.organization).exists()


def test_a_letter_works_once(client):
    _letter, token = invite(client, factories.lead())
    for is_first in (True, False):
        person = factories.user()
        client.force_login(person)
        client.get(reverse("invitation", args=[token]))
        if is_first:
            assert client.post(reverse("invitation-accept")).status_code == 302
            assert Membership.objects.filter(user=person).exists()
        else:
            assert client.get(reverse("invitation-open")).status_code == 410
            client.post(reverse("invitation-accept"))
            assert not Membership.objects.filter(user=person).exists()


def test_a_letter_ends(client):
    letter, token = invite(client, factories.lead())
    Invitation.objects.filter(pk=letter.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    person = factories.user()
    client.force_login(person)
    client.get(reverse("invitation", args=[token]))
    assert client.get(reverse("invitation-open")).status_code == 410
    client.post(reverse("invitation-accept"))
    assert not Membership.objects.filter(user=person).exists()


def test_a_token_of_another_purpose_or_of_nothing_is_not_found(client):
    letter, _token = invite(client, factories.lead())
    client.force_login(factories.user())
    for token in (tokens.make("unsubscribe", letter.nonce), letter.nonce, letter.token_hash, "x"):
        client.get(reverse("invitation", args=[token]))
        assert client.get(reverse("invitation-open")).status_code == 404
        assert client.post(reverse("invitation-accept")).status_code == 404


def test_a_second_invitation_replaces_the_first(client):
    person = factories.lead()
    _first, old = invite(client, person)
    _second, new = invite(client, person)
    client.force_login(factories.user())
    client.get(reverse("invitation", args=[old]))
    assert client.get(reverse("invitation-open")).status_code == 404
    client.get(reverse("invitation", args=[new]))
    assert client.get(reverse("invitation-open")).status_code == 200


def test_who_belongs_already_is_not_invited_and_the_form_says_so(client):
    person = factories.lead()
    client.force_login(person)
    response = client.post(
        reverse("invite", args=[person.organization.key]),
        {"once": str(uuid4()), "email": person.email.upper(), "language": "en"},
    )
    assert response.status_code == 422
    assert "already belongs" in response.content.decode()
