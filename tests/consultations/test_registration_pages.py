"""Registering through the pages: nothing typed is lost, rows come and go without script, one click counts once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import Consultation, Delegate, Registration
from portal.models import Membership
from tests import factories

pytestmark = pytest.mark.django_db


def address(thing):
    return reverse("consultations:register", args=[thing.key])


def row(number=1, **facts):
    values = {
        "name": f"Delegate {number}",
        "email": f"delegate{number}@sent.example",
        "language": "ar",
        "interpretation": "ar",
        "needs": ["captions"],
        "other_needs": "A break",
    }
    return {f"{name}_{number}": value for name, value in (values | facts).items()}


def answers(person, *rows, **changes):
    rows = rows or (row(),)
    sent = {
        "once": str(uuid4()),
        "organization": str(person.organization.key),
        "consent": "on",
        "rows": len(rows),
    }
    for one in rows:
        sent |= one
    return sent | changes


def test_a_lead_registers_two_delegates_and_sees_how_it_stands(client):
    person, thing = factories.lead(language="en"), factories.open_consultation("Services", places=5)
    client.force_login(person)
    page = client.get(address(thing)).content.decode()
    assert f'value="{person.email}"' in page
    assert "5 of 5 places are left." in page
    response = client.post(
        address(thing), answers(person, row(1), row(2, needs=[], interpretation="")), follow=True
    )
    made = Registration.objects.get()
    assert response.redirect_chain == [(made.get_absolute_url(), 302)]
    page = response.content.decode()
    for text in (
        "Confirmed",
        "Delegate 1",
        "delegate2@sent.example",
        "Live captions",
        "A break",
        "secret-room",
    ):
        assert text in page
    first, second = made.delegate_set.order_by("pk")
    assert (first.needs, first.interpretation, second.interpretation) == (["captions"], "ar", "")
    assert (made.consent_version, made.consent_language) == (1, "en")


def test_everything_typed_is_kept_and_each_error_stands_by_its_field(client):
    person, thing = factories.lead(), factories.open_consultation()
    client.force_login(person)
    sent = answers(person, row(1), row(2, email="salma@", name="سلمى بن يوسف", other_needs="From a phone"))
    del sent["consent"]
    response = client.post(address(thing), sent)
    assert response.status_code == 422
    page = response.content.decode()
    for text in (
        "سلمى بن يوسف",
        'value="salma@"',
        "From a phone",
        "2 things to correct",
        "Delegate 2, E-mail address",
    ):
        assert text in page
    assert page.count('aria-invalid="true"') == 2
    assert not Registration.objects.exists()


def test_rows_are_added_and_taken_away_without_script_and_nothing_typed_is_lost(client):
    person, thing = factories.lead(), factories.open_consultation(places_per_organization=3)
    client.force_login(person)
    sent = answers(person, row(1, email="half@"), add="1")
    response = client.post(address(thing), sent)
    assert response.status_code == 200
    page = response.content.decode()
    assert "Delegate 2" in page
    for text in ('value="half@"', "A break", 'value="captions"', f'value="{sent["once"]}"'):
        assert text in page
    assert "aria-invalid" not in page
    three = answers(person, row(1), row(2), row(3))
    page = client.post(address(thing), three | {"add": "1"}).content.decode()
    assert "Delegate 4" not in page
    assert 'name="add"' not in page
    page = client.post(address(thing), three | {"remove": "2"}).content.decode()
    assert "delegate1@sent.example" in page
    assert "delegate2@sent.example" not in page
    assert "delegate3@sent.example" in page
    assert 'name="name_3"' not in page
    assert not Registration.objects.exists()


def test_the_first_button_is_the_one_that_enter_presses(client):
    person, thing = factories.lead(), factories.open_consultation()
    client.force_login(person)
    page = client.post(address(thing), answers(person, add="1")).content.decode()
    form = page[page.index('<form class="stack form"') :]
    assert form.index("<button") < form.index('name="remove"')
    assert "name=" not in form[form.index("<button") : form.index(">", form.index("<button"))]


def test_a_double_click_registers_once(client):
    person, thing = factories.lead(), factories.open_consultation()
    client.force_login(person)
    sent = answers(person)
    first, second = (client.post(address(thing), sent) for _click in range(2))
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert Registration.objects.count() == Delegate.objects.count() == 1
    other = client.post(address(thing), sent | row(1, name="Another"))
    assert other.status_code == 422
    again = client.post(address(thing), answers(person))
    assert again.status_code == 422
    assert "already registered" in again.content.decode()


def test_two_delegates_share_no_address(client):
    person, thing = factories.lead(), factories.open_consultation()
    client.force_login(person)
    response = client.post(address(thing), answers(person, row(1), row(2, email="DELEGATE1@sent.example")))
    assert response.status_code == 422
    assert "Another delegate has this address already." in response.content.decode()


@pytest.mark.parametrize("rows", ["0", "-3", "99", "x", ""])
def test_a_number_of_rows_made_up_by_hand_brings_no_more_than_is_allowed(client, rows):
    person, thing = factories.lead(), factories.open_consultation(places_per_organization=2)
    client.force_login(person)
    sent = answers(person, row(1), row(2), row(3), rows=rows)
    response = client.post(address(thing), sent)
    assert response.status_code in {302, 422}
    assert Delegate.objects.count() <= 2


def test_a_language_or_need_that_is_not_offered_is_refused(client):
    person, thing = factories.lead(), factories.open_consultation(interpretation=["ar"])
    client.force_login(person)
    for changes in ({"interpretation": "sw"}, {"needs": ["lunch"]}, {"language": "xx"}, {"name": "a\u202eb"}):
        assert client.post(address(thing), answers(person, row(1, **changes))).status_code == 422
    assert not Registration.objects.exists()


def test_who_leads_several_organizations_chooses_and_cannot_choose_anothers(client):
    person, thing = factories.lead(), factories.open_consultation()
    second = factories.organization("Second Light", lead=person)
    stranger = factories.lead()
    client.force_login(person)
    assert "Second Light" in client.get(address(thing)).content.decode()
    foreign = answers(person, organization=str(stranger.organization.key))
    assert client.post(address(thing), foreign).status_code == 422
    client.post(address(thing), answers(person, organization=str(second.key)))
    assert Registration.objects.get().organization == second


def test_who_cannot_register_learns_why_and_what_to_do(client):
    thing = factories.open_consultation()
    colleague = factories.user()
    Membership.objects.create(organization=factories.organization(), user=colleague)
    registered = factories.lead()
    made = factories.registration(thing, registered.organization)
    for person, words in (
        (factories.user(), reverse("organization-register")),
        (colleague, "The lead of your organization registers its delegates"),
        (factories.lead(status="pending"), "a coordinator has not verified it yet"),
        (registered, made.get_absolute_url()),
    ):
        client.force_login(person)
        response = client.get(address(thing))
        assert (response.status_code, words in response.content.decode()) == (200, True)
        assert 'name="email_1"' not in response.content.decode()
    for person in (factories.user(), colleague, factories.lead(status="pending")):
        client.force_login(person)
        assert client.post(address(thing), {"rows": 1}).status_code == 403
    assert Registration.objects.count() == 1


def test_each_reads_beside_the_door_what_she_can_do_herself(client):
    thing = factories.open_consultation("Services")
    colleague, pending = factories.user(), factories.lead(status="pending")
    factories.organization(lead=factories.user(), colleague=colleague)
    told = {
        "Sign in with your e-mail address": [None],
        "delegates, with the interpretation": [None, factories.lead()],
        "Register yours first, or ask a colleague": [factories.user()],
        "Ask her or him to do it": [colleague],
        "Your organization cannot register for this consultation.": [pending],
    }
    everybody = {person for people in told.values() for person in people}
    for person in everybody:
        client.logout()
        if person is not None:
            client.force_login(person)
        page = client.get(thing.get_absolute_url()).content.decode()
        assert [words for words, people in told.items() if person in people] == [
            words for words in told if words in page
        ]


def test_the_signed_out_sign_in_and_come_back(client):
    thing = factories.open_consultation()
    response = client.get(address(thing))
    assert response.headers["Location"] == f"{reverse('account_login')}?next={address(thing)}"


def test_when_the_window_closes_while_one_types_the_refusal_keeps_what_was_typed(client):
    person, thing = factories.lead(), factories.open_consultation()
    client.force_login(person)
    assert client.get(address(thing)).status_code == 200
    Consultation.objects.filter(pk=thing.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    response = client.post(address(thing), answers(person))
    assert response.status_code == 422
    page = response.content.decode()
    assert "Registration is closed." in page
    assert "delegate1@sent.example" in page
    assert 'name="email_1"' not in client.get(address(thing)).content.decode()


def test_a_hidden_consultation_takes_no_registration_and_does_not_show_itself(client):
    client.force_login(factories.lead())
    for fields in ({"access": "invited"}, {"status": "draft"}):
        thing = factories.open_consultation(**fields)
        assert client.get(address(thing)).status_code == 404
        assert client.post(address(thing), {}).status_code == 404


def test_each_sees_what_concerns_him_or_her_of_a_registration(client):
    thing, lead = factories.open_consultation(), factories.lead()
    made = factories.registration(thing, lead.organization, delegates=2)
    first, second = made.delegate_set.order_by("pk")
    Delegate.objects.filter(pk=second.pk).update(other_needs="Needs to sit")
    sent = factories.user(email=first.email)
    colleague = factories.user()
    Membership.objects.create(organization=lead.organization, user=colleague)

    def page(person):
        client.force_login(person)
        return client.get(made.get_absolute_url())

    assert second.email in page(lead).content.decode()
    assert reverse("consultations:delegates", args=[made.key]) in page(lead).content.decode()
    assert second.email in page(colleague).content.decode()
    assert reverse("consultations:delegates", args=[made.key]) not in page(colleague).content.decode()
    delegate = page(sent).content.decode()
    assert first.email in delegate
    assert second.email not in delegate
    assert "Needs to sit" not in delegate
    assert "Needs to sit" in page(factories.coordinator()).content.decode()
    for person in (factories.lead(), factories.user(), factories.translator()):
        assert page(person).status_code == 404
    client.logout()
    assert client.get(made.get_absolute_url()).status_code == 302


def test_only_the_lead_changes_delegates_and_lead_or_coordinator_cancel(client):
    thing, lead = factories.open_consultation(), factories.lead()
    made = factories.registration(thing, lead.organization)
    colleague = factories.user()
    Membership.objects.create(organization=lead.organization, user=colleague)
    delegate = factories.user(email=made.delegate_set.get().email)
    expected = {"delegates": (200, 403, 403, 403, 404), "registration-cancel": (200, 200, 403, 403, 404)}
    for name, answers_expected in expected.items():
        found = []
        for person in (lead, factories.coordinator(), colleague, delegate, factories.lead()):
            client.force_login(person)
            found.append(client.get(reverse(f"consultations:{name}", args=[made.key])).status_code)
        assert tuple(found) == answers_expected


def test_a_lead_swaps_a_delegate_through_the_form(client):
    lead, thing = factories.lead(), factories.open_consultation()
    made = factories.registration(thing, lead.organization, delegates=2)
    first, second = made.delegate_set.order_by("pk")
    client.force_login(lead)
    there = reverse("consultations:delegates", args=[made.key])
    page = client.get(there).content.decode()
    assert f'value="{second.email}"' in page
    assert f'value="{second.key}"' in page
    sent = {"once": str(uuid4()), "rows": 2, "version": made.version}
    sent |= row(1, key=str(first.key), email=first.email, name="Renamed")
    sent |= row(2, key=str(second.key), email="new@sent.example")
    one, two = client.post(there, sent), client.post(there, sent)
    assert one.headers["Location"] == two.headers["Location"] == made.get_absolute_url()
    assert sorted(made.delegate_set.values_list("email", flat=True)) == sorted(
        [first.email, "new@sent.example"]
    )
    assert Delegate.objects.get(pk=first.pk).name == "Renamed"
    fewer = {"once": str(uuid4()), "rows": 2, "version": made.version + 1, "remove": "1"} | row(1) | row(2)
    page = client.post(there, fewer).content.decode()
    assert 'name="name_2"' not in page


def test_who_changed_delegates_meanwhile_is_not_overwritten_and_a_second_sending_decides(client):
    lead, thing = factories.lead(), factories.open_consultation()
    made = factories.registration(thing, lead.organization)
    client.force_login(lead)
    there = reverse("consultations:delegates", args=[made.key])
    Registration.objects.filter(pk=made.pk).update(version=7)
    made.delegate_set.update(name="Saved by a colleague")
    sent = {"once": str(uuid4()), "rows": 1, "version": 1} | row(1)
    response = client.post(there, sent)
    assert response.status_code == 422
    page = response.content.decode()
    assert "Saved by a colleague" in page
    assert "delegate1@sent.example" in page
    assert 'name="version" value="7"' in page
    assert client.post(there, sent | {"version": 7}).status_code == 302
    assert made.delegate_set.get().email == "delegate1@sent.example"


def test_cancelling_asks_once_more_and_gives_the_place_to_the_next(client):
    lead, thing = factories.lead(), factories.open_consultation(places=1)
    made = factories.registration(thing, lead.organization)
    waiting = factories.registration(thing, status="waitlisted")
    client.force_login(lead)
    there = reverse("consultations:registration-cancel", args=[made.key])
    assert "goes to the next in line at once" in client.get(there).content.decode()
    assert Registration.objects.get(pk=made.pk).status == "confirmed"
    page = client.post(there, follow=True).content.decode()
    assert "The registration is cancelled." in page
    assert Registration.objects.get(pk=waiting.pk).status == "confirmed"
    assert client.get(there).status_code == 403
    assert client.get(reverse("consultations:register", args=[thing.key])).status_code == 200


def test_a_registration_page_costs_the_same_for_one_delegate_and_for_ten(cost):
    lead, thing = factories.lead(), factories.open_consultation()
    one = factories.registration(thing, lead.organization)
    other = factories.registration(factories.open_consultation(), lead.organization, delegates=10)
    assert cost(one.get_absolute_url(), user=lead) == cost(other.get_absolute_url(), user=lead) <= 22


@pytest.mark.one_a_day("language")
@pytest.mark.parametrize("language", ["ar", "en", "es", "fr"])
@pytest.mark.parametrize("status", Registration.Status.values)
def test_every_state_is_said_in_every_language(client, status, language):
    lead, thing = factories.lead(language=language), factories.open_consultation()
    made = factories.registration(
        thing, lead.organization, status=status, reason="Why" if status == "declined" else ""
    )
    client.force_login(lead)
    response = client.get(made.get_absolute_url().replace("/en/", f"/{language}/"))
    assert response.status_code == 200
    assert ("Why" in response.content.decode()) == (status == "declined")
