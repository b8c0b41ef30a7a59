"""A suspension takes effect everywhere at once, its people are told why, and it can be lifted."""

import pytest
from django.test import Client
from django.urls import reverse

from consultations.operations import feeds
from portal import clock
from portal.errors import Refused
from portal.models import GroupMember, Invitation, Membership, Organization, Reader, Suspension
from portal.notifications import notify
from portal.operations import delivery, organizations
from resources.notifications import DocumentPublished
from tests import factories
from tests.portal.test_invitations import invite

pytestmark = pytest.mark.django_db


def signed_in(person):
    browser = Client()
    browser.force_login(person)
    return browser


def suspended(client, organization, reason="unclear", words=""):
    client.force_login(factories.coordinator())
    address = reverse("organization-suspend", args=[organization.key])
    return client.post(address, {"reason": reason, "words": words})


def names(browser, name, addresses):
    """Whether each of these lists names it."""
    return [name in b"".join(browser.get(address)).decode() for address in addresses]


def answers(browser, addresses):
    return [browser.get(address).status_code for address in addresses]


def test_a_suspension_takes_effect_everywhere_at_once(client, mailoutbox):
    person = factories.lead(in_directory=True, mailbox="office@harbour.example")
    organization = person.organization
    organization.refresh_from_db()
    browser, everybody = signed_in(person), Client()
    letter, token = invite(client, person)
    registration = factories.registration(factories.open_consultation(access="members"), organization)
    document, group = factories.document(access="members"), factories.working_group()
    member = GroupMember.objects.create(group=group, user=person, organization=organization)
    feed = reverse("calendar-feed", args=[feeds.make(by=person).token])
    own = [
        reverse("my-organization", args=[organization.key]),
        document.get_absolute_url(),
        registration.consultation.get_absolute_url(),
        reverse("consultations:registration", args=[registration.key]),
        organization.get_absolute_url(),
    ]
    lists = [
        reverse("organizations"),
        reverse("organizations-file", args=["csv"]),
        reverse("api:organizations"),
    ]
    name = organization.name_en
    assert answers(browser, own) == [200] * 5
    assert names(everybody, name, lists) == [True] * 3
    assert everybody.get(feed).status_code == 200
    notify(DocumentPublished, document, by=None)
    del mailoutbox[:]

    answer = suspended(client, organization, words="Please write to us.")
    delivery.drain()

    assert answer.headers["Location"] == reverse("desk-organization", args=[organization.key])
    assert answers(browser, own) == [404] * 5
    assert names(everybody, name, lists) == [False] * 3
    assert everybody.get(feed).status_code == 404
    registration.refresh_from_db()
    assert registration.status == "cancelled"
    assert not Reader.of(person).is_member
    assert not GroupMember.objects.current().filter(pk=member.pk).exists()
    about = "Suspended: your organization on this portal"
    assert [message.to for message in mailoutbox if message.subject == about] == [[person.email]]
    assert not [message for message in mailoutbox if document.title in message.subject]
    held = Invitation.objects.get(pk=letter.pk)
    with pytest.raises(Refused, match="nobody can join"):
        organizations.accept(held, by=factories.user())
    browser.get(reverse("invitation", args=[token]))
    assert browser.get(reverse("invitation-open")).status_code == 410


def test_its_people_read_why_and_until_it_is_lifted(client, mailoutbox):
    person, colleague = factories.lead(language="fr"), factories.user()
    Membership.objects.create(organization=person.organization, user=colleague)
    suspended(client, person.organization, reason="ended", words="We heard it from you.")
    assert {message.to[0] for message in mailoutbox} == {person.email, colleague.email}
    page = signed_in(colleague).get(reverse("my-organization")).content.decode()
    assert "As far as we know, your organization has ended its work." in page
    assert "We heard it from you." in page
    assert "We heard it" not in signed_in(factories.lead()).get(reverse("my-organization")).content.decode()

    desk = client.get(reverse("desk-organization", args=[person.organization.key])).content.decode()
    assert "We heard it from you." in desk
    assert "Verify again" in desk
    del mailoutbox[:]
    client.post(reverse("organization-verify", args=[person.organization.key]))
    assert Suspension.objects.get().lifted_at <= clock.now()
    assert {message.to[0] for message in mailoutbox} == {person.email, colleague.email}
    page = signed_in(colleague).get(reverse("my-organization"))
    assert "We heard it from you." not in page.content.decode()
    assert Reader.of(person).is_member


def test_a_suspension_without_a_reason_is_refused_and_keeps_what_was_typed(client):
    made = factories.lead().organization
    answer = suspended(client, made, reason="", words="Half a sentence")
    assert answer.status_code == 422
    assert "Half a sentence" in answer.content.decode()
    assert Organization.objects.get(pk=made.pk).status == "verified"
    assert not Suspension.objects.exists()
