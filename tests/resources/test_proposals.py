"""Organizations share practices and plans: drafted together, moderated in a conversation, changed, withdrawn."""

import pytest
from django.urls import reverse

from portal.errors import Refused
from portal.models import Membership, SearchEntry
from portal.operations import records
from resources.models import Practice, Proposal
from resources.operations import practices, proposals
from tests import factories, sessions

pytestmark = pytest.mark.django_db

FORM = {
    "kind": "plan",
    "original_language": "ar",
    "title_ar": "عيادة مفتوحة",
    "summary_ar": "عيادة بلا أوراق.",
    "partners_ar": "مع *البلدية*",
    "title_en": "Open clinic",
    "outcome_en": "- nurses\n- a room\n# not a heading",
    "begins_precision": "month",
    "ends_precision": "day",
    "begins_on": "2026-03-01",
    "access": "public",
    "website": "clinic.example",
}


@pytest.fixture
def lead():
    return factories.lead()


@pytest.fixture
def signed_in(client, lead):
    sessions.sign_in(client, lead)
    return client


def test_a_plan_goes_from_its_first_lines_to_its_readers(client, lead, mailoutbox):
    tunisia, seven = factories.country(regions=[factories.region()]), factories.objective(7)
    form = FORM | {"countries": [tunisia.pk], "objectives": [seven.pk], "organization": lead.organization.pk}
    sessions.sign_in(client, lead)
    client.post(reverse("resources:proposal-new"), form)
    proposal = Proposal.objects.get()
    assert (proposal.status, proposal.languages, proposal.practice) == ("draft", ["ar", "en"], None)
    client.post(reverse("resources:proposal-send", args=[proposal.key]), {"version": 1})

    moderator = factories.coordinator()
    sessions.sign_in(client, moderator)
    page = client.get(reverse("desk")).content.decode()
    assert "Answer 1 organization that wants to share something" in page
    answer = reverse("resources:proposal-answer", args=[proposal.key])
    refused = client.post(answer, {"version": 2, "step": "returned"})
    assert (refused.status_code, mailoutbox) == (422, [])
    client.post(answer, {"version": 2, "step": "returned", "words": "With which nurses?"})
    assert [(m.to, m.subject) for m in mailoutbox] == [
        ([lead.email], "Answer on what you want to share: Open clinic")
    ]

    sessions.sign_in(client, lead)
    client.post(
        reverse("resources:proposal-edit", args=[proposal.key]), form | {"version": 3, "title_en": "A clinic"}
    )
    client.post(reverse("resources:proposal-say", args=[proposal.key]), {"words": "With ours."})
    client.post(reverse("resources:proposal-send", args=[proposal.key]), {"version": 3})
    proposal.refresh_from_db()
    assert proposal.status == "returned"  # a page that was shown before the last words sends nothing
    client.post(reverse("resources:proposal-send", args=[proposal.key]), {"version": 4})
    assert [m.to for m in mailoutbox[1:]] == [[moderator.email]] * 2

    sessions.sign_in(client, moderator)
    stale = client.post(answer, {"version": 3, "step": "accepted"})
    assert stale.status_code == 422
    client.post(answer, {"version": 5, "step": "accepted"})
    shared = Practice.objects.get()
    assert (shared.status, shared.kind, shared.languages) == ("published", "plan", ["ar", "en"])
    client.logout()
    page = client.get(shared.get_absolute_url(), follow=True).content.decode()
    for shown in ("Partners sought</h2>", "<li", "# not a heading", "clinic.example"):
        assert shown in page
    arabic = client.get(f"/ar/library/practices/{shared.slug}/").content.decode()
    for shown in ("عيادة بلا أوراق.", "*البلدية*"):
        assert shown in arabic


def test_a_change_waits_while_readers_see_what_was_accepted_and_withdrawal_counts_at_once(client, lead):
    proposal = factories.proposal(lead.organization, "Open clinic", by=lead)
    moderator = factories.coordinator()
    proposals.answer(proposal, version=1, step="accepted", by=moderator)
    shared = Practice.objects.get()
    change = proposals.begin_change(shared, by=lead)
    assert proposals.begin_change(shared, by=lead) == change
    facts = {"texts": {"en": {"title": "Closed clinic", "summary": "It moved."}}}
    proposals.edit(change, version=1, by=lead, **facts)
    with pytest.raises(Refused):
        proposals.edit(change, version=1, by=lead, **facts)
    change.refresh_from_db()
    change = proposals.send(change, version=change.version, by=lead)
    listed = reverse("resources:practices")
    assert "Closed clinic" not in client.get(listed).content.decode()
    change = proposals.answer(change, version=change.version, step="accepted", by=moderator)
    assert change.practice == shared
    assert "Closed clinic" in client.get(listed).content.decode()

    again = proposals.send(proposals.begin_change(shared, by=lead), version=1, by=lead)
    sessions.sign_in(client, lead)
    client.post(reverse("resources:practice-withdraw", args=[shared.key]))
    again.refresh_from_db()
    assert again.status == "draft"
    client.logout()
    assert "clinic" not in client.get(listed).content.decode()
    assert client.get(change.practice.get_absolute_url(), follow=True).status_code == 404
    assert not SearchEntry.objects.filter(kind="practice").exists()


def accepted(lead, moderator, texts):
    proposal = factories.proposal(lead.organization, by=lead, texts=texts)
    return proposals.answer(proposal, version=1, step="accepted", by=moderator).practice


def written(practice):
    """What readers find in each language: its title and its long text."""
    practice.refresh_from_db()
    found = dict(practice.bodies.values_list("language", "markdown"))
    return {code: (getattr(practice, f"title_{code}"), found.get(code, "")) for code in practice.languages}


def test_what_coordinators_changed_is_neither_brought_back_nor_lost_by_a_change(lead):
    moderator = factories.coordinator()
    told = {"title": "Open clinic", "summary": "A clinic.", "people": "Ask for Amal."}
    shared = accepted(lead, moderator, {"en": told})
    facts = {"objectives": [], "countries": [], "regions": [], "approved": ["fr"], "approved_bodies": ["fr"]}
    titles = {"en": {"title": "Open clinic", "summary": "A clinic."}, "fr": {"title": "La clinique"}}
    titles["fr"]["summary"] = "Une clinique."
    bodies = {"en": "Ask at the door.", "fr": "Demandez à la porte."}
    records.edit(shared, version=shared.version, titles=titles, bodies=bodies, by=moderator, **facts)

    change = proposals.begin_change(shared, by=lead)
    texts = change.texts | {"en": change.texts["en"] | {"title": "Our clinic"}}
    change = proposals.edit(change, version=1, texts=texts, by=lead)
    change = proposals.send(change, version=change.version, by=lead)
    proposals.answer(change, version=change.version, step="accepted", by=moderator)
    assert written(shared) == {"en": ("Our clinic", bodies["en"]), "fr": ("La clinique", bodies["fr"])}

    late = proposals.begin_change(shared, by=lead)
    titles["en"]["title"] = "The clinic"
    records.edit(shared, version=shared.version, titles=titles, bodies=bodies, by=moderator, **facts)
    late = proposals.send(late, version=1, by=lead)
    with pytest.raises(Refused, match="has been changed since"):
        proposals.answer(late, version=late.version, step="accepted", by=moderator)


def test_what_an_organization_takes_out_goes_from_its_readers(lead):
    moderator = factories.coordinator()
    english = {"title": "Open clinic", "summary": "A clinic.", "people": "Everybody."}
    french = {"title": "La clinique", "summary": "Une clinique.", "people": "Pour Amal."}
    shared = accepted(lead, moderator, {"en": english, "fr": french})
    assert "Pour Amal" in written(shared)["fr"][1]
    change = proposals.begin_change(shared, by=lead)
    change = proposals.edit(change, version=1, texts={"en": english | {"people": ""}}, by=lead)
    change = proposals.send(change, version=change.version, by=lead)
    proposals.answer(change, version=change.version, step="accepted", by=moderator)
    assert written(shared) == {"en": ("Open clinic", "")}
    assert shared.bodies.filter(html__contains="Amal").count() == 0
    assert list(SearchEntry.objects.filter(kind="practice").values_list("language", flat=True)) == ["en"]

    proposals.withdraw(shared, by=lead)
    with pytest.raises(Refused, match="propose it anew"):
        practices.publish(shared, by=moderator)


def test_only_its_people_write_and_only_who_coordinates_everything_answers(client):
    lead, colleague, other = factories.lead(), factories.user(), factories.lead()
    Membership.objects.create(organization=lead.organization, user=colleague, role="colleague")
    here = factories.coordinator_of(factories.process())
    draft = factories.proposal(lead.organization, status="draft")
    sent = factories.proposal(lead.organization)
    expected = {
        lead: (200, 200, 200, 403),
        colleague: (200, 200, 200, 403),
        other: (404, 404, 404, 404),
        here: (404, 404, 404, 404),
        factories.coordinator(): (404, 404, 403, 422),
        factories.lead(status="pending"): (404, 404, 404, 404),
    }
    got = {}
    for person in expected:
        sessions.sign_in(client, person)
        got[person] = (
            client.get(draft.get_absolute_url()).status_code,
            client.get(reverse("resources:proposal-edit", args=[draft.key])).status_code,
            client.get(reverse("resources:proposal-edit", args=[sent.key])).status_code,
            client.post(
                reverse("resources:proposal-answer", args=[sent.key]), {"step": "nothing"}
            ).status_code,
        )
    assert got == expected


def test_two_colleagues_who_write_at_once_get_both_texts(signed_in, lead):
    draft = factories.proposal(lead.organization, status="draft")
    proposals.edit(draft, version=1, texts={"en": {"title": "Hers", "summary": ""}}, by=lead)
    form = {name: value for name, value in FORM.items() if not name.endswith("_ar")}
    answer = signed_in.post(
        reverse("resources:proposal-edit", args=[draft.key]), form | {"version": 1, "title_en": "Mine"}
    )
    page = answer.content.decode()
    assert (answer.status_code, "Hers" in page, "Mine" in page) == (409, True, True)


def test_they_are_found_by_what_the_address_asks_and_the_list_costs_the_same(client, cost):
    africa, asia = factories.region(), factories.region("asia")
    tunisia, seven = factories.country(regions=[africa]), factories.objective(7)

    def shared(title, **sets):
        made = factories.practice(title, kind=sets.pop("kind", "practice"))
        for name, rows in sets.items():
            getattr(made, name).set(rows)
        return made

    shared("Of a country", countries=[tunisia], objectives=[seven])
    address = reverse("resources:practices")
    one = cost(address)
    shared("Of a region", regions=[africa], kind="plan")
    for number in range(9):
        shared(
            f"Elsewhere {number}",
            regions=[asia],
            countries=[factories.country("JP", "Japan", regions=[asia])],
        )
    assert one == cost(address) <= 14
    found = {
        "region=africa": {"Of a country", "Of a region"},
        "country=TN": {"Of a country"},
        "objective=7": {"Of a country"},
        "kind=plan": {"Of a region"},
        "region=africa&kind=practice": {"Of a country"},
        "language=fr": set(),
    }
    for asked, titles in found.items():
        page = client.get(f"{address}?{asked}").content.decode()
        assert {title for title in ("Of a country", "Of a region") if title in page} == titles, asked
    assert "Elsewhere" in client.get(f"{address}?region=nowhere").content.decode()


def test_a_plan_is_answered_without_showing_an_address_and_not_too_often(client, mailoutbox):
    lead, member, guest = factories.lead(), factories.lead(), factories.lead(constituency="state")
    plan = factories.practice(kind="plan", organization=lead.organization)
    practice = factories.practice(organization=lead.organization)
    address = reverse("resources:plan-answer-new", args=[plan.key])
    got = []
    for person in (lead, guest, factories.coordinator(), member):
        sessions.sign_in(client, person)
        got.append(client.get(address).status_code)
    assert got == [403, 403, 403, 200]
    assert client.get(reverse("resources:plan-answer-new", args=[practice.key])).status_code == 403
    form = {"organization": member.organization.pk, "words": "We have nurses."}
    statuses = [client.post(address, form).status_code for _ in range(6)]
    assert statuses == [302] * 5 + [422]
    assert ([m.to for m in mailoutbox], "We have nurses." in mailoutbox[0].body) == ([[lead.email]] * 5, True)
    assert member.email not in mailoutbox[0].body
    answer = plan.answers.first()
    sessions.sign_in(client, lead)
    pages = [
        client.get(at, follow=True).content.decode()
        for at in (answer.get_absolute_url(), plan.get_absolute_url())
    ]
    assert [("We have nurses." in page, member.email in page) for page in pages] == [(True, False)] * 2
    sessions.sign_in(client, factories.lead())
    assert client.get(answer.get_absolute_url()).status_code == 404
    assert "We have nurses." not in client.get(plan.get_absolute_url()).content.decode()


def test_coordinators_approve_a_further_language(client):
    practice = factories.practice("Open clinic", organization=factories.organization())
    sessions.sign_in(client, factories.coordinator())
    form = {"version": 1, "kind": "practice", "title_en": "Open clinic", "title_fr": "Clinique ouverte"}
    form |= {"access": "public", "begins_precision": "day", "ends_precision": "day"}
    address = reverse("resources:practice-edit", args=[practice.key])
    client.post(address, form)
    french = reverse("resources:practice", args=[practice.slug]).replace("/en/", "/fr/")
    assert "Clinique ouverte" not in client.get(french).content.decode()
    client.post(address, form | {"version": 2, "approved_fr": "on", "changes_meaning": "no"})
    client.logout()
    assert "Clinique ouverte" in client.get(french).content.decode()
