"""A known organization is claimed by somebody of it; a coordinator verifies or refuses, and she is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from portal.errors import Refused
from portal.models import Claim, LogEntry, Membership, Organization, Reader
from portal.operations import claims, organizations
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = "I coordinate its shelters; its page names me."


def known(name="Sourced Light", **fields):
    return factories.organization(name, status="known", source_url="https://source.example/page", **fields)


def claimed(by=None, **fields):
    made = known(**fields)
    claims.make(made, words=WORDS, by=by or factories.user())
    made.refresh_from_db()
    return made


def sent(**changes):
    return {"once": str(uuid4()), "words": WORDS} | changes


def acts_on(organization):
    rows = LogEntry.objects.filter(content_type__model="organization", object_id=organization.pk)
    return list(rows.order_by("pk").values_list("act", flat=True))


def test_whoever_belongs_to_a_known_organization_claims_it_and_sees_that_it_waits(client):
    person, made = factories.user(), known()
    client.force_login(person)
    assert (
        reverse("organization-claim", args=[made.key]) in client.get(made.get_absolute_url()).content.decode()
    )

    response = client.post(reverse("organization-claim", args=[made.key]), sent(), follow=True)

    made.refresh_from_db()
    claim = made.claims.get()
    assert (made.status, claim.user, claim.words, claim.status) == ("pending", person, WORDS, "open")
    assert response.request["PATH_INFO"] == reverse("my-organization")
    assert "waits for verification" in response.content.decode()
    assert "waits for verification" in client.get(reverse("home")).content.decode()
    assert acts_on(made) == ["organization claimed"]


def test_a_claim_gives_no_right_and_changes_nothing_that_others_see(client):
    person = factories.user()
    made = known()
    before = client.get(made.get_absolute_url()).content, client.get(reverse("organizations-known")).content
    claims.make(made, words=WORDS, by=person)
    after = client.get(made.get_absolute_url()).content, client.get(reverse("organizations-known")).content
    assert before == after

    reader = Reader.of(person)
    assert (dict(reader.organizations), reader.is_member, reader.led_ids) == ({}, False, frozenset())
    client.force_login(person)
    for name, status in (("organization-edit", 403), ("invite", 403), ("my-organization", 404)):
        assert client.get(reverse(name, args=[made.key])).status_code == status
    assert not Membership.objects.exists()


def test_a_coordinator_verifies_and_the_claimer_leads_and_is_told(client, mailoutbox):
    person = factories.user(language="en")
    made = claimed(by=person, website="https://www.sourced.example/about")
    client.force_login(factories.coordinator())
    page = client.get(reverse("desk-organizations")).content.decode()
    assert (person.email in page, WORDS in page, "https://source.example/page" in page) == (True, True, True)

    client.post(reverse("organization-verify", args=[made.key]))

    made.refresh_from_db()
    assert (made.status, made.is_member, made.in_directory) == ("verified", True, False)
    assert [(row.user, row.role) for row in made.membership_set.all()] == [(person, Membership.Role.LEAD)]
    claim = made.claims.get()
    assert (claim.status, claim.words) == ("accepted", "")
    assert [(letter.to, letter.subject) for letter in mailoutbox] == [
        ([person.email], "Verified: your organization can now take part")
    ]
    assert acts_on(made) == ["organization claimed", "organization verified"]
    client.force_login(person)
    assert client.get(reverse("organization-edit", args=[made.key])).status_code == 200


def test_a_coordinator_refuses_and_the_organization_is_known_as_before(client, mailoutbox):
    person = factories.user()
    made = claimed(by=person)
    client.force_login(factories.coordinator())
    address = reverse("organization-refuse", args=[made.key])
    assert client.get(address).status_code == 200
    assert client.post(address, {"answer": "Who are you?"}).status_code == 422

    answer = "Please write from <b>its</b> domain."
    response = client.post(address, {"reason": "not-confirmed", "answer": answer})

    assert response.headers["Location"] == reverse("desk-organizations")
    made.refresh_from_db()
    assert (made.status, made.claims.get().status) == ("known", "refused")
    (letter,) = mailoutbox
    assert (letter.to, letter.subject) == (
        [person.email],
        "Not verified: what you asked for your organization",
    )
    assert "We could not confirm that you speak for this organization." in letter.body
    assert answer in letter.body
    assert "&lt;b&gt;its&lt;/b&gt;" in letter.alternatives[0][0]
    client.force_login(person)
    page = client.get(reverse("my-organization")).content.decode()
    assert "was not verified" in page
    assert "We could not confirm that you speak for this organization." in page
    assert client.post(reverse("organization-claim", args=[made.key]), sent()).status_code == 302


def test_a_fresh_registration_is_refused_with_words_too(client, mailoutbox):
    person = factories.lead(status="pending")
    client.force_login(factories.coordinator())
    client.post(reverse("organization-refuse", args=[person.organization.key]), {"reason": "too-little"})
    person.organization.refresh_from_db()
    assert person.organization.status == "suspended"
    assert [letter.to for letter in mailoutbox] == [[person.email]]
    assert "We were told too little to decide." in mailoutbox[0].body
    client.force_login(person)
    assert "was not verified" in client.get(reverse("my-organization")).content.decode()
    assert acts_on(person.organization) == ["organization refused"]


def test_nobody_is_told_of_a_refusal_but_whoever_asked(mailoutbox):
    person, colleague = factories.user(), factories.user()
    made = factories.organization(status="pending", lead=person, colleague=colleague, mailbox="all@h.example")
    organizations.refuse(made, reason="not-meant", by=factories.coordinator())
    claim = Claim.objects.get()
    assert (claim.user, list(Claim.objects.visible_to(Reader.of(colleague)))) == (person, [])


def test_only_coordinators_answer(client):
    made, waiting = claimed(), factories.lead(status="pending")
    coordinator_elsewhere = factories.coordinator_of(factories.process())
    for key in (made.key, waiting.organization.key):
        address = reverse("organization-refuse", args=[key])
        assert client.get(address).headers["Location"].startswith(reverse("account_login"))
        for other in (coordinator_elsewhere, factories.user(), factories.lead()):
            client.force_login(other)
            expected = 403 if other is coordinator_elsewhere or key == made.key else 404
            assert client.get(address).status_code == expected
            assert client.post(address, {"reason": "not-meant"}).status_code == expected
        client.logout()
    assert set(Organization.objects.values_list("pk", "status")) >= {
        (made.pk, "pending"),
        (waiting.organization.pk, "pending"),
    }


def test_an_organization_that_does_not_wait_is_not_refused(client):
    made = factories.lead().organization
    client.force_login(factories.coordinator())
    assert client.post(reverse("organization-refuse", args=[made.key])).status_code == 404
    with pytest.raises(Refused):
        organizations.refuse(made, reason="not-meant", by=factories.coordinator())


def test_one_that_waits_is_refused_with_a_reason_not_suspended_in_silence():
    made = claimed()
    with pytest.raises(Refused, match="verify or refuse"):
        organizations.suspend(made, reason="ended", by=factories.coordinator())


def test_who_comes_second_is_told_in_a_sentence_and_loses_nothing(client):
    made = known()
    client.force_login(factories.user())
    address = reverse("organization-claim", args=[made.key])
    claims.make(made, words=WORDS, by=factories.user())
    assert "Somebody has claimed this organization" in client.get(address).content.decode()
    response = client.post(address, sent(words="What I typed"))
    assert response.status_code == 422
    page = response.content.decode()
    assert "Somebody has just claimed this organization." in page
    assert "What I typed" in page


@pytest.mark.parametrize("status", ["verified", "suspended"])
def test_only_what_is_known_is_claimed(client, status):
    made = factories.organization(status=status, in_directory=status == "verified")
    client.force_login(factories.user())
    assert client.post(reverse("organization-claim", args=[made.key]), sent()).status_code == 404
    with pytest.raises(Refused, match="already here"):
        claims.make(made, words=WORDS, by=factories.user())


def test_a_double_click_claims_once(client):
    made, values = known(), sent()
    client.force_login(factories.user())
    answers = [client.post(reverse("organization-claim", args=[made.key]), values) for _ in range(2)]
    assert {answer.headers["Location"] for answer in answers} == {reverse("my-organization")}
    assert Claim.objects.count() == 1


def test_whoever_claims_everything_is_stopped():
    person = factories.user()
    for number in range(claims.MOST_OPEN):
        claimed(by=person, name=f"Light {number}")
    with pytest.raises(Refused, match="still wait"):
        claimed(by=person)
    coordinator = factories.coordinator()
    for made in Organization.objects.waiting():
        organizations.refuse(made, reason="not-meant", by=coordinator)
    made = claimed(by=person)
    organizations.refuse(made, reason="not-meant", by=coordinator)
    claims.make(made, words=WORDS, by=person)
    organizations.refuse(made, reason="not-meant", by=coordinator)
    with pytest.raises(Refused, match="go on tomorrow"):
        claims.make(made, words=WORDS, by=person)


def test_registering_and_claiming_count_together():
    person = factories.user()
    for number in range(4):
        organizations.register(name=f"House {number}", by=person)
    claimed(by=person)
    with pytest.raises(Refused, match="go on tomorrow"):
        organizations.register(name="House 5", by=person)


def test_an_account_that_is_gone_leaves_a_claim_that_can_only_be_refused():
    person = factories.user()
    made = claimed(by=person)
    person.delete()
    with pytest.raises(Refused, match="no longer exists"):
        organizations.verify(made, by=factories.coordinator())
    organizations.refuse(made, reason="not-confirmed", by=factories.coordinator())
    made.refresh_from_db()
    assert made.status == "known"


def test_an_address_at_the_domain_of_the_website_speaks_for_it():
    made = factories.organization(website="https://www.harbour.example/en/")
    for email, expected in (
        ("amal@harbour.example", True),
        ("amal@mail.harbour.example", True),
        ("amal@notharbour.example", False),
        ("amal@harbour.example.evil.example", False),
        ("amal@example", False),
    ):
        assert made.is_home_of(email) is expected
    assert not factories.organization().is_home_of("amal@harbour.example")


# While registering


def test_the_form_of_registering_finds_what_is_known(client):
    made, other = known("Casa de la Luz", acronym="CDL"), known("Another House")
    client.force_login(factories.user())
    for words in ("casa de lá", "cdl"):
        page = client.get(reverse("organization-register"), {"words": words}).content.decode()
        assert reverse("organization-claim", args=[made.key]) in page
        assert reverse("organization-claim", args=[other.key]) not in page
    assert (
        "None of this name"
        in client.get(reverse("organization-register"), {"words": "Nowhere"}).content.decode()
    )


def test_who_registers_what_is_known_is_led_to_claim_it_or_says_that_it_is_another(client):
    made = known("Casa de la Luz")
    client.force_login(factories.user())
    values = {
        "once": str(uuid4()),
        "name": "CASA de la Luz",
        "language": "es",
        "constituency": "civil-society",
        "sort": "ngo",
    }
    response = client.post(reverse("organization-register"), values)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Please claim it, or say that yours is another." in page
    assert reverse("organization-claim", args=[made.key]) in page
    assert "CASA de la Luz" in page

    response = client.post(
        reverse("organization-register"), values | {"is_another": "on", "once": str(uuid4())}
    )
    assert response.status_code == 302
    assert Organization.objects.get(status="pending").held_because == "looks like another organization"


# What the database keeps


def test_the_database_keeps_one_open_claim_for_each_organization():
    made = claimed()
    with pytest.raises(IntegrityError, match="claim_is_open_once"), transaction.atomic():
        Claim.objects.create(organization=made, user=factories.user())


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"status": "refused", "answered_at": "2031-01-01T00:00Z"}, "claim_refused_says_why"),
        ({"reason": "not-meant"}, "claim_refused_says_why"),
        ({"status": "accepted"}, "claim_is_open_until_answered"),
        ({"answered_at": "2031-01-01T00:00Z"}, "claim_is_open_until_answered"),
    ],
)
def test_the_database_keeps_when_and_why_a_claim_was_answered(values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Claim.objects.create(organization=known(), user=factories.user(), **values)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("times", [2, 12])
def test_of_many_who_claim_at_once_one_wins_and_the_others_are_told(times):
    made, people = known(), [factories.user() for _ in range(times)]
    barrier = Barrier(times)

    def ask(person):
        try:
            barrier.wait()
            claims.make(made, words=WORDS, by=person)
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "claimed"

    with ThreadPoolExecutor(times) as pool:
        answers = list(pool.map(ask, people))
    told = "Somebody has just claimed this organization. A coordinator is looking at it."
    assert sorted(answers) == sorted(["claimed", *[told] * (times - 1)])
    assert Claim.objects.count() == LogEntry.objects.filter(act="organization claimed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_coordinators_who_answer_at_once_one_is_heard():
    made, coordinators = claimed(), [factories.coordinator(), factories.coordinator()]
    barrier = Barrier(2)

    def answer(number):
        try:
            barrier.wait()
            if number:
                organizations.verify(made, by=coordinators[1])
            else:
                organizations.refuse(made, reason="not-meant", by=coordinators[0])
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(answer, range(2))) == ["done", "refused"]
    made.refresh_from_db()
    assert (made.status, made.claims.get().status) in {("verified", "accepted"), ("known", "refused")}
