"""Delegations, not seats: places are asked for and held, names come later, by the lead or by the delegates themselves."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import Delegate, Registration, RegistrationLink
from consultations.operations import delegates, registrations
from portal.errors import Refused
from portal.models import LogEntry, Membership, Notice
from tests import factories
from tests.consultations.test_registration_pages import address, answers, row
from tests.consultations.test_registrations import delegate, states

pytestmark = pytest.mark.django_db


def ask(consultation, places, *, least=None, named=0, person=None):
    """Have an organization ask for so many places, with some names."""
    person = person or factories.lead()
    sent = [delegate(f"{person.pk}-{number}") for number in range(named)]
    return registrations.register(
        consultation, organization=person.organization, delegates=sent, places=places, least=least, by=person
    )


def test_places_without_names_are_held():
    thing = factories.open_consultation(places=4)
    made = ask(thing, 3, named=1)
    assert (made.status, made.delegates_count, made.delegate_set.count()) == ("confirmed", 3, 1)
    assert ask(thing, 2).status == "waitlisted"
    thing.refresh_from_db()
    assert thing.confirmed_count == 3


def test_who_comes_with_fewer_is_given_what_there_is():
    thing = factories.open_consultation(places=4)
    ask(thing, 2)
    made = ask(thing, 3, least=1)
    assert (made.status, made.delegates_count, made.asked_for) == ("confirmed", 2, 3)
    assert ask(thing, 1).status == "waitlisted"


def test_who_comes_with_all_or_none_waits():
    thing = factories.open_consultation(places=2)
    ask(thing, 1)
    assert ask(thing, 3, least=2).status == "waitlisted"
    assert ask(thing, 1).status == "waitlisted"


def test_whoever_is_named_is_among_the_least():
    thing = factories.open_consultation(places=2)
    ask(thing, 1)
    made = ask(thing, 3, least=1, named=2)
    assert (made.status, made.least, made.delegates_count) == ("waitlisted", 2, 3)
    assert ask(factories.open_consultation(), 2, least=1, named=2).least is None


def test_of_those_who_wait_one_that_comes_with_fewer_has_what_frees():
    thing = factories.open_consultation(places=2)
    one, _two = ask(thing, 1), ask(thing, 1)
    made = ask(thing, 3, least=1)
    registrations.cancel(one, by=None)
    made.refresh_from_db()
    assert (made.status, made.delegates_count, made.asked_for) == ("confirmed", 1, 3)


def test_an_organization_asks_for_no_more_than_it_may():
    thing = factories.open_consultation(places_per_organization=2)
    with pytest.raises(Refused, match="at most 2"):
        ask(thing, 3, least=1)
    with pytest.raises(Refused, match="at least one"):
        ask(thing, 0)


def test_people_are_named_later_and_swapped_without_losing_the_place():
    thing, person = factories.open_consultation(places=3), factories.lead()
    made = ask(thing, 2, person=person)
    waiting = ask(thing, 2)
    sent = [delegate(1), delegate(2)]
    made = registrations.change_delegates(made, version=made.version, delegates=sent, places=2, by=person)
    assert Notice.objects.filter(kind="delegate-named").count() == 2
    made = registrations.change_delegates(
        made, version=made.version, delegates=[delegate(3)], places=2, by=person
    )
    assert (made.status, made.delegates_count, made.delegate_set.get().name) == ("confirmed", 2, "Delegate 3")
    assert Registration.objects.get(pk=waiting.pk).status == "waitlisted"


def test_who_waits_may_come_with_fewer_and_is_let_in_by_that():
    thing = factories.open_consultation(places=2)
    ask(thing, 1)
    made = ask(thing, 2)
    registrations.change_delegates(made, version=made.version, delegates=[], places=2, least=1, by=None)
    assert states(thing) == [(1, "confirmed"), (1, "confirmed")]


# Through the form


def test_a_lead_asks_for_three_places_and_names_one(client):
    person, thing = factories.lead(), factories.open_consultation(places=10)
    client.force_login(person)
    nobody = row(2, name="", email="", needs=[], other_needs="")
    sent = answers(person, row(1), nobody, row(3, name="", email="", needs=[], other_needs=""), least="1")
    page = client.post(address(thing), sent, follow=True).content.decode()
    made = Registration.objects.get()
    assert (made.delegates_count, made.least, made.delegate_set.count()) == (3, 1, 1)
    assert "2 places have no name yet; they are held." in page


def test_who_is_named_by_half_is_asked_for_the_rest(client):
    person, thing = factories.lead(), factories.open_consultation()
    client.force_login(person)
    for half in (row(2, name=""), row(2, email=""), row(2, name="", email="")):
        response = client.post(address(thing), answers(person, row(1), half))
        assert response.status_code == 422
    assert not Registration.objects.exists()


def test_the_change_of_delegates_shows_places_without_names_and_keeps_them(client):
    person, thing = factories.lead(), factories.open_consultation()
    made = factories.registration(thing, person.organization, delegates=1)
    Registration.objects.filter(pk=made.pk).update(delegates_count=2)
    type(thing).objects.filter(pk=thing.pk).update(confirmed_count=2)
    client.force_login(person)
    there = reverse("consultations:delegates", args=[made.key])
    page = client.get(there).content.decode()
    assert 'name="name_2"' in page
    assert 'name="name_3"' not in page
    assert 'name="least"' not in page
    first = made.delegate_set.get()
    sent = {"once": str(uuid4()), "rows": 2, "version": made.version}
    sent |= row(1, key=str(first.key), email=first.email)
    sent |= row(2, name="", email="", needs=[], other_needs="")
    assert client.post(there, sent).status_code == 302
    made.refresh_from_db()
    assert (made.delegates_count, made.delegate_set.count()) == (2, 1)


# The link by which delegates name themselves


@pytest.fixture
def delegation():
    """A confirmed delegation of two without names, and its lead."""
    person = factories.lead()
    made = ask(factories.open_consultation("Services"), 2, person=person)
    made.registered_by = person
    return made


def follow(client, link):
    return client.get(reverse("consultations:delegation-letter", args=[link.token]), follow=True)


def oneself(number=1, **values):
    return {
        "once": str(uuid4()),
        "name": f"Delegate {number}",
        "email": f"delegate{number}@sent.example",
        "language": "fr",
        "interpretation": "ar",
        "needs": ["captions"],
    } | values


def test_the_lead_makes_a_link_and_a_delegate_names_himself_by_it(client, delegation, mailoutbox):
    client.force_login(delegation.registered_by)
    there = reverse("consultations:delegation-link", args=[delegation.key])
    page = client.post(there, follow=True).content.decode()
    link = delegation.links.get()
    assert reverse("consultations:delegation-letter", args=[link.token]) in page
    client.logout()
    page = follow(client, link)
    assert page.redirect_chain == [(reverse("consultations:delegation"), 302)]
    assert "Services" in page.content.decode()
    assert Delegate.objects.count() == 0
    sent = oneself()
    answers_ = [client.post(reverse("consultations:delegation"), sent) for _click in range(2)]
    assert [answer.status_code for answer in answers_] == [302, 302]
    made = delegation.delegate_set.get()
    assert (made.name, made.email, made.needs) == ("Delegate 1", "delegate1@sent.example", ["captions"])
    assert "delegate1@sent.example" in [to for message in mailoutbox for to in message.to]
    assert LogEntry.objects.filter(act="delegate named").count() == 1


def test_a_delegation_that_is_named_takes_nobody_more(client, delegation):
    follow(client, delegates.open_link(delegation, by=delegation.registered_by))
    there = reverse("consultations:delegation")
    assert client.post(there, oneself(1)).status_code == 302
    twice = client.post(there, oneself(1))
    assert (twice.status_code, "has this address already" in twice.content.decode()) == (422, True)
    assert client.post(there, oneself(2)).status_code == 302
    third = client.post(there, oneself(3))
    assert (third.status_code, "has its name" in third.content.decode()) == (422, True)
    assert 'value="Delegate 3"' in third.content.decode()
    assert 'name="email"' not in client.get(there).content.decode()


def test_a_link_that_was_replaced_or_closed_leads_nowhere(client, delegation):
    person = delegation.registered_by
    old = delegates.open_link(delegation, by=person)
    new = delegates.open_link(delegation, by=person)
    assert follow(client, old).status_code == 404
    assert follow(client, new).status_code == 200
    client.force_login(person)
    client.post(reverse("consultations:delegation-close", args=[delegation.key]))
    client.logout()
    assert follow(client, new).status_code == 404
    with pytest.raises(Refused, match="closed"):
        delegates.name_oneself(new, by=None, **delegate(1))


def test_the_link_ends_with_the_registration_and_with_who_made_it(client, delegation):
    person = delegation.registered_by
    link = delegates.open_link(delegation, by=person)
    membership = Membership.objects.filter(user=person)
    membership.update(role="colleague")
    assert follow(client, link).status_code == 404
    membership.update(role="lead")
    assert follow(client, link).status_code == 200
    registrations.cancel(delegation, by=person)
    assert follow(client, link).status_code == 404


def test_an_offer_link_and_made_up_tokens_name_nobody(client, delegation):
    offer = RegistrationLink.make(delegation, RegistrationLink.Purpose.OFFER, by=delegation.registered_by)
    for token in (offer.token, "x"):
        page = client.get(reverse("consultations:delegation-letter", args=[token]), follow=True)
        assert page.status_code == 404
        assert client.post(reverse("consultations:delegation"), oneself()).status_code == 404


def test_of_a_closed_room_the_page_says_nothing(client, delegation):
    link = delegates.open_link(delegation, by=delegation.registered_by)
    type(delegation.consultation).objects.update(access="invited")
    page = follow(client, link).content.decode()
    assert "Services" not in page
    assert delegation.organization.name_en not in page
    assert client.post(reverse("consultations:delegation"), oneself()).status_code == 302
    assert delegation.delegate_set.count() == 1


def test_whoever_names_himself_is_among_the_least_and_told_only_once_confirmed():
    thing, person = factories.open_consultation(places=1), factories.lead()
    ask(thing, 1)
    made = ask(thing, 3, least=1, person=person)
    link = delegates.open_link(made, by=person)
    for number in range(2):
        delegates.name_oneself(link, by=None, **delegate(number))
    made.refresh_from_db()
    assert (made.least, made.status) == (2, "waitlisted")
    assert not Notice.objects.filter(kind="delegate-named").exists()


def test_nobody_is_named_for_what_is_over(delegation):
    link = delegates.open_link(delegation, by=delegation.registered_by)
    past = timezone.now() - timedelta(hours=1)
    delegation.consultation.meetings.update(starts_at=past - timedelta(hours=1), ends_at=past)
    with pytest.raises(Refused, match="can no longer be changed"):
        delegates.name_oneself(link, by=None, **delegate(1))


def test_only_the_lead_makes_and_sees_the_link(client, delegation):
    colleague = factories.user()
    Membership.objects.create(organization=delegation.organization, user=colleague)
    link = delegates.open_link(delegation, by=delegation.registered_by)
    for person, expected in ((colleague, 403), (factories.coordinator(), 403), (factories.lead(), 404)):
        client.force_login(person)
        for name in ("delegation-link", "delegation-close"):
            there = reverse(f"consultations:{name}", args=[delegation.key])
            assert client.post(there).status_code == expected
        assert link.token not in client.get(delegation.get_absolute_url()).content.decode()
    assert delegation.links.get().token == link.token


def test_a_swap_while_somebody_names_himself_is_shown_and_not_lost(client, delegation):
    """The lead's form was opened before: what came meanwhile is beside what was typed."""
    person = delegation.registered_by
    delegates.name_oneself(
        delegates.open_link(delegation, by=person), by=None, **delegate(7, name="Came first")
    )
    client.force_login(person)
    sent = {"once": str(uuid4()), "rows": 2, "version": 1} | row(1) | row(2)
    response = client.post(reverse("consultations:delegates", args=[delegation.key]), sent)
    assert (response.status_code, "Came first" in response.content.decode()) == (422, True)
