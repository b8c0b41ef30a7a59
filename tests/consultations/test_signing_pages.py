"""The pages of endorsing and signing: one step from a message, by link and button, named as each organization chose."""

import csv
import io
import re
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations import signing
from consultations.models import Endorsement, OutsideSigner, Paper, SignOnLink
from portal.models import Reader
from portal.operations import limits
from tests import factories, sessions

pytestmark = pytest.mark.django_db


def at(name, *keys):
    return reverse(f"consultations:{name}", args=keys)


def version_of(paper):
    return signing.current(paper)


def signed_in(client, person):
    sessions.sign_in(client, person)
    return client


def said(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.fixture
def paper():
    return factories.paper_to_endorse("Doors that open")


YES = {"answer": "yes", "shown": "public", "authority": "lead"}


def endorse(client, paper, person, **values):
    form = YES | {"once": str(uuid4()), "organization": person.organization.pk} | values
    return client.post(at("endorse", version_of(paper).key), form)


def test_the_link_of_the_message_leads_through_signing_in_to_the_form(client, paper, mailoutbox):
    person = factories.lead()
    token = SignOnLink.of(version_of(paper)).token
    answer = client.get(at("endorse-letter", token))
    assert answer.url == at("endorse-open")
    assert "login" in client.get(answer.url).url
    client.force_login(person)
    assert client.get(answer.url).url == at("endorse", version_of(paper).key)
    page = said(client, at("endorse", version_of(paper).key))
    assert not Endorsement.objects.exists()
    assert "Doors that open" in page
    assert "Keep families together" in page


def test_a_link_of_nothing_leads_nowhere(client):
    signed_in(client, factories.lead())
    client.get(at("endorse-letter", "nothing"))
    said(client, at("endorse-open"), 404)


def test_a_form_sent_twice_gives_one_endorsement_and_one_answer(client, paper):
    person = factories.lead()
    signed_in(client, person)
    once = str(uuid4())
    first, second = (endorse(client, paper, person, once=once) for _ in range(2))
    made = Endorsement.objects.get()
    assert first.url == second.url == made.get_absolute_url()
    assert "stands behind this version" in said(client, made.get_absolute_url())
    assert endorse(client, paper, person).status_code == 422


def test_what_was_typed_comes_back_with_what_is_missing(client, paper):
    person = factories.lead()
    signed_in(client, person)
    answer = endorse(client, paper, person, answer="reserved", reservation="Not without us.", shown="members")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Not without us." in page
    assert "Say on which section" in page
    section = paper.sections.first()
    endorse(client, paper, person, answer="reserved", reserved_on=section.pk, reservation="Not without us.")
    assert Endorsement.objects.get().reserved_on == section


def test_of_two_organizations_the_lead_chooses(client, paper):
    person = factories.lead()
    other = factories.organization("Second House", lead=person)
    signed_in(client, person)
    assert "Second House" in said(client, at("endorse", version_of(paper).key))
    endorse(client, paper, person, organization=other.pk)
    assert Endorsement.objects.get().organization == other
    foreign = factories.organization("Foreign House")
    assert endorse(client, paper, person, organization=foreign.pk).status_code == 422


def test_whoever_cannot_endorse_reads_why(client, paper):
    address = at("endorse", version_of(paper).key)
    assert "login" in client.get(address).url
    colleague = factories.user()
    factories.organization(lead=factories.user(), colleague=colleague)
    for person, words in ((factories.user(), "Register yours first"), (colleague, "You do not lead one")):
        signed_in(client, person)
        assert words in said(client, address)
        assert client.post(address, YES).status_code == 403
    person = factories.lead()
    factories.endorsement(paper, person.organization)
    signed_in(client, person)
    assert "stands behind this version" in said(client, address)
    rows = Paper.objects.filter(pk=paper.pk)
    rows.update(sign_on_opens_at=timezone.now() + timedelta(days=1))
    signed_in(client, factories.lead())
    assert "Endorsement opens on" in said(client, address)
    rows.update(sign_on_opens_at=timezone.now() - timedelta(days=9), sign_on_closes_at=timezone.now())
    assert "Endorsement is closed" in said(client, address)


def test_an_earlier_version_leads_to_the_newest(client, paper):
    earlier = version_of(paper)
    factories.shown_version(paper, text="Open every door.")
    signed_in(client, factories.lead())
    newest = at("endorse", version_of(paper).key)
    assert client.get(at("endorse", earlier.key)).url == newest
    assert client.get(at("paper-endorse", paper.key)).url == newest
    said(client, at("paper-endorse", factories.paper_to_endorse(access="members").key), 302)
    draft = factories.paper()
    signed_in(client, factories.coordinator())
    said(client, at("paper-endorse", draft.key), 404)


def test_it_is_changed_and_taken_back_by_its_lead_alone(client, paper):
    person = factories.lead()
    made = factories.endorsement(paper, person.organization)
    colleague = factories.user()
    factories.Membership.objects.create(organization=person.organization, user=colleague, role="colleague")
    signed_in(client, colleague)
    said(client, made.get_absolute_url())
    said(client, at("endorsement-edit", made.key), 403)
    assert client.post(at("endorsement-withdraw", made.key)).status_code == 403
    for stranger in (factories.lead(), factories.coordinator()):
        signed_in(client, stranger)
        said(client, made.get_absolute_url(), 404)
    signed_in(client, person)
    said(client, at("endorsement-edit", made.key))
    client.post(at("endorsement-edit", made.key), YES | {"shown": "withheld"})
    made.refresh_from_db()
    assert made.shown == "withheld"
    assert "Copies that others have already taken" in said(
        client, at("endorsement-withdraw", made.key)
    ).replace("copies", "Copies")
    client.post(at("endorsement-withdraw", made.key))
    made.refresh_from_db()
    assert not made.stands
    assert "Taken back" in said(client, made.get_absolute_url())


def test_once_it_is_closed_only_the_name_can_be_changed(client, paper):
    person = factories.lead()
    made = factories.endorsement(paper, person.organization)
    Paper.objects.filter(pk=paper.pk).update(status="frozen")
    signed_in(client, person)
    client.post(
        at("endorsement-edit", made.key), {"answer": "reserved", "shown": "members", "authority": "board"}
    )
    made.refresh_from_db()
    assert (made.answer, made.shown, made.authority) == ("yes", "members", "board")


def test_a_leads_page_says_what_is_asked_and_what_was_answered(client, paper):
    person = factories.lead()
    given = factories.paper_to_endorse("Endorsed before")
    factories.endorsement(given, person.organization)
    signed_in(client, person)
    page = said(client, at("endorsements"))
    asked, _heading, answered = page.partition("What we have endorsed")
    assert "Doors that open" in asked
    assert "Endorsed before" in answered
    assert "Endorsed before" not in asked
    page = said(client, reverse("my-organization"))
    assert "Doors that open" in page
    assert page.count("Endorsed before") == 1


def test_my_organization_shows_what_is_asked_again(client, paper):
    person = factories.lead()
    factories.endorsement(paper, person.organization)
    factories.published(paper)
    factories.shown_version(paper, purpose="correction", text="Open every door.")
    signed_in(client, person)
    for address in (reverse("my-organization"), at("endorsements")):
        page = said(client, address)
        assert "The text has changed" in page
        assert at("endorse", version_of(paper).key) in page
    said(client, at("endorse", version_of(paper).key))


# Who stands behind it


def named(paper, number, **fields):
    for _ in range(number):
        factories.endorsement(paper, factories.organization(country=factories.country()), **fields)


def test_the_page_of_the_paper_counts_and_names(client, paper):
    factories.endorsement(paper, factories.organization("Seen House"))
    factories.endorsement(paper, factories.organization("Inside House"), shown="members")
    factories.endorsement(paper, factories.organization("Quiet House"), shown="withheld")
    page = said(client, paper.get_absolute_url())
    assert "3 organizations signed. 2 of them are not named." in page
    assert ("Seen House" in page, "Inside House" in page, "Quiet House" in page) == (True, False, False)
    signed_in(client, factories.lead())
    page = said(client, paper.get_absolute_url())
    assert ("Inside House" in page, "Quiet House" in page) == (True, False)
    assert "Endorse this paper" in page


def test_the_page_costs_the_same_for_one_name_and_for_many(cost, paper):
    section = paper.sections.first()
    reserved = {
        "answer": "reserved",
        "reserved_on": section,
        "reservation": "No.",
        "reservation_language": "en",
    }
    named(paper, 1, **reserved)
    addresses = [paper.get_absolute_url(), at("signatures", version_of(paper).key)]
    addresses.append(at("signatures-file", version_of(paper).key))
    one = [cost(address) for address in addresses]
    named(paper, 9, **reserved)
    named(paper, 70)
    assert [cost(address) for address in addresses] == one
    assert one[1] <= 12


def test_pages_of_ones_own_cost_the_same_for_one_and_for_ten(cost):
    person = factories.lead()
    for _ in range(1):
        factories.endorsement(factories.paper_to_endorse(), person.organization)
        factories.paper_to_endorse()
    addresses = [at("endorsements"), reverse("my-organization")]
    one = [cost(address, person) for address in addresses]
    for _ in range(9):
        factories.endorsement(factories.paper_to_endorse(), person.organization)
        factories.paper_to_endorse()
    assert [cost(address, person) for address in addresses] == one


def test_names_stand_by_country_or_by_name_in_the_order_of_the_language(client, paper):
    tunisia, egypt = factories.country("TN", "Tunisia"), factories.country("EG", "Égypte")
    for name, country in (("Zeta", egypt), ("Étoile", tunisia), ("Alpha", tunisia)):
        factories.endorsement(paper, factories.organization(name, country=country))
    address = at("signatures", version_of(paper).key)

    def order(page):
        return re.findall("Zeta|Étoile|Alpha", page)

    assert order(said(client, address)) == ["Zeta", "Alpha", "Étoile"]
    assert order(said(client, f"{address}?order=name")) == ["Alpha", "Étoile", "Zeta"]


def test_the_files_hold_what_their_reader_may_see_and_nothing_that_runs(client, paper):
    section = paper.sections.first()
    reserved = {"answer": "reserved", "reserved_on": section, "reservation_language": "en"}
    factories.endorsement(paper, factories.organization("=cmd"), reservation="@sum", **reserved)
    factories.endorsement(paper, factories.organization("Inside House"), shown="members")
    factories.endorsement(paper, factories.organization("Quiet House"), shown="withheld")
    key = version_of(paper).key
    text = client.get(at("signatures-file", key)).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1:] == [["'=cmd", "", "Yes, with a reservation", "What we ask", "'@sum"]]
    with zipfile.ZipFile(io.BytesIO(client.get(at("signatures-workbook", key)).content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        words = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert ("=cmd" in words, "Inside House" in words, "Quiet House" in words) == (True, False, False)
    signed_in(client, factories.lead())
    assert "Inside House" in client.get(at("signatures-file", key)).content.decode()
    signed_in(client, factories.coordinator())
    assert "Quiet House" not in client.get(at("signatures-file", key)).content.decode()


@pytest.mark.parametrize("name", ["signatures-file", "signatures-workbook"])
def test_nobody_takes_the_names_without_end(client, paper, monkeypatch, name):
    monkeypatch.setattr(limits, "FILES", (limits.Rate(2, limits.HOUR),))
    address = at(name, version_of(paper).key)
    assert [client.get(address).status_code for _ in range(3)] == [200, 200, 429]
    assert "Too many attempts" in client.get(address).content.decode()
    signed_in(client, factories.lead())
    assert client.get(address).status_code == 200


def test_a_version_for_comments_and_one_not_shown_have_no_list(client):
    person = factories.coordinator()
    signed_in(client, person)
    paper = factories.frozen_paper()
    said(client, at("signatures", paper.versions.get().key), 404)
    said(client, at("endorse", paper.versions.get().key), 404)


# Run by coordinators


def test_a_coordinator_opens_moves_and_closes_it(client):
    paper, person = factories.frozen_paper(), factories.coordinator()
    signed_in(client, person)
    address = at("sign-on", paper.key)
    assert "Open it, and tell the organizations" in said(client, address)
    form = {"closes_at": "2031-03-30T02:30", "time_zone": "Europe/Paris", "once": str(uuid4())}
    answer = client.post(address, form)
    assert answer.status_code == 422
    assert "does not exist there" in answer.content.decode()
    assert client.post(address, form | {"closes_at": "2031-05-03T18:00"}).url == address
    paper.refresh_from_db()
    assert paper.sign_on_closes_at.isoformat() == "2031-05-03T16:00:00+00:00"
    answer = client.post(at("sign-on-extend", paper.key), {"closes_at": "2001-05-03T18:00", "reason": "Late"})
    assert (answer.status_code, "Late" in answer.content.decode()) == (422, True)
    client.post(at("sign-on-extend", paper.key), {"closes_at": "2031-06-03T18:00", "reason": "Late"})
    page = said(client, address)
    assert "Late" in page
    client.post(at("sign-on-close", paper.key))
    assert "Open it for endorsement again" in said(client, address)
    signed_in(client, factories.lead())
    said(client, address, 403)


def test_what_stands_against_opening_is_said(client):
    signed_in(client, factories.coordinator())
    assert "once it is frozen" in said(client, at("sign-on", factories.paper().key))
    invited = factories.frozen_paper(access="invited")
    assert "cannot be endorsed" in said(client, at("sign-on", invited.key))


# Signed from outside


@pytest.fixture
def letter():
    return factories.paper_to_endorse("Open the doors", kind="open-letter", takes_outsiders=True)


def sign(client, letter, **values):
    form = {
        "name": "Sea Rescue",
        "country": factories.country().pk,
        "email": "office@searescue.example",
        "language": "en",
        "shown": "public",
        "once": str(uuid4()),
    }
    return client.post(at("signature-new", version_of(letter).key), form | values)


def test_an_organization_without_account_signs_by_the_link_of_its_message(client, letter, mailoutbox):
    version = version_of(letter)
    assert "Sign without an account" in said(client, letter.get_absolute_url())
    said(client, at("signature-new", version.key))
    answer = sign(client, letter)
    assert answer.url == at("signature-sent", version.key)
    assert "We have written to you" in said(client, answer.url)
    link = re.search(r"http\S+/signatures/\S+", mailoutbox[-1].body)[0]
    path = "/" + link.split("/", 3)[3]

    scanner = Client()
    scanner.get(path, follow=True)
    assert OutsideSigner.objects.get().status == "unconfirmed"
    assert client.get(path).url == at("signature")
    assert "Sea Rescue" in said(client, at("signature"))
    client.post(at("signature-answer"), {"answer": "confirm"})
    assert OutsideSigner.objects.get().status == "waiting"

    coordinator = Client()
    signed_in(coordinator, factories.coordinator())
    assert "Look at 1 signature that waits" in said(coordinator, reverse("desk"))
    assert "Sea Rescue" in said(coordinator, at("sign-on", letter.key))
    coordinator.post(at("signature-accept", OutsideSigner.objects.get().key))
    assert "Sea Rescue" in said(Client(), letter.get_absolute_url())
    client.post(at("signature-answer"), {"answer": "withdraw"})
    assert "Sea Rescue" not in said(Client(), letter.get_absolute_url())
    assert "Withdrawn" in said(client, at("signature"))


def test_a_coordinator_declines_with_a_word(client, letter, mailoutbox):
    signer = factories.signature(letter, status="waiting", held_because="here")
    signed_in(client, factories.coordinator())
    assert "has an account here" in said(client, at("signature-decline", signer.key))
    client.post(at("signature-decline", signer.key), {"answer": "Please sign in."})
    assert "Please sign in." in mailoutbox[-1].body
    assert "Not accepted" in said(client, at("sign-on", letter.key))
    signed_in(client, factories.lead())
    said(client, at("signature-decline", signer.key), 404)


def test_without_a_link_there_is_no_signature(client, letter):
    said(client, at("signature"), 404)
    assert client.post(at("signature-answer"), {"answer": "confirm"}).status_code == 404
    closed = factories.paper_to_endorse()
    said(client, at("signature-new", version_of(closed).key), 404)


def test_from_one_place_come_twenty_signatures_an_hour(client, letter):
    for number in range(20):
        assert sign(client, letter, name=f"House {number}", email=f"{number}@x.example").status_code == 302
    answer = sign(client, letter, name="House 20", email="20@x.example")
    assert (answer.status_code, "go on tomorrow" in answer.content.decode()) == (422, True)


def test_the_address_that_was_given_is_shown_to_no_reader(client, letter):
    factories.signature(letter, "Sea Rescue", email="hidden@searescue.example")
    for person in (None, factories.lead()):
        if person:
            signed_in(client, person)
        for address in (letter.get_absolute_url(), at("signatures", version_of(letter).key)):
            page = said(client, address)
            assert "Sea Rescue" in page
            assert "hidden@" not in page


def test_a_reader_who_may_not_see_the_paper_finds_nothing_of_it(client):
    paper = factories.paper_to_endorse(access="members")
    key = version_of(paper).key
    for name in ("signatures", "signatures-file", "signatures-workbook", "signature-new"):
        said(client, at(name, key), 404)
    assert signing.names(version_of(paper), Reader.nobody(), "en") == []
