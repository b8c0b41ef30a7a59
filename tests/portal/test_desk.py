"""The desk shows coordinators what waits for them, and nobody else anything."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from consultations.models import Comment
from portal.models import Delivery, JoinRequest, Membership, Notice, Reader, Recipient, Role, TextState
from portal.pages import deadlines, waiting
from tests import factories

pytestmark = pytest.mark.django_db


def page_of(client, person, name="desk"):
    client.force_login(person)
    return client.get(reverse(name)).content.decode()


def scoped(thing):
    person = factories.with_second_factor(factories.user())
    kind = ContentType.objects.get_for_model(thing)
    Role.objects.create(user=person, kind="coordinator", content_type=kind, object_id=thing.pk)
    return person


@pytest.mark.parametrize("name", ["desk", "desk-organizations"])
def test_only_coordinators_and_administrators_see_the_desk(client, name):
    assert client.get(reverse(name)).status_code == 302
    for person, expected in (
        (factories.user(), 403),
        (factories.lead(), 403),
        (factories.translator(), 403),
        (factories.coordinator(), 200),
        (factories.administrator(), 200),
    ):
        client.force_login(person)
        assert client.get(reverse(name)).status_code == expected


def test_a_coordinator_whose_time_has_ended_sees_nothing(client):
    person = factories.with_second_factor(factories.user())
    Role.objects.create(user=person, kind="coordinator", until=timezone.now() - timedelta(minutes=1))
    client.force_login(person)
    assert client.get(reverse("desk")).status_code == 403


def test_the_desk_names_what_waits(client):
    factories.organization("Waiting Light", status="pending")
    consultation = factories.open_consultation("Room by hand", approval="by-hand")
    factories.registration(consultation, status="pending")
    factories.registration(consultation, status="pending")
    factories.document("Paper begun", status="draft")
    factories.open_consultation("Closing soon", days=5)
    factories.open_consultation("Closing late", days=60)
    page = page_of(client, factories.coordinator())
    assert "Verify 1 organization that waits" in page
    assert "Answer 2 registrations that wait" in page
    assert "Paper begun" in page
    assert "Closing soon" in page
    assert "Closing late" not in page


def test_the_desk_of_a_new_portal_begins_with_a_process_and_finds_every_draft_again(client):
    person, begin = factories.coordinator(), reverse("process-new")
    assert begin in page_of(client, person)
    begun = [
        factories.process("Review begun", status="draft"),
        factories.call("Call begun", status="draft"),
        factories.announcement("News begun", status="draft"),
        factories.resource_page("Toolkit begun", status="draft"),
        factories.campaign("Campaign begun", status="draft"),
    ]
    page = page_of(client, person)
    assert begin not in page
    assert [thing.title_en for thing in begun if thing.get_absolute_url() not in page] == []
    assert "Resource page" in page


def test_a_scoped_coordinator_sees_the_work_of_the_scope(client):
    mine, other = factories.open_consultation("My room"), factories.open_consultation("Another room")
    factories.organization("Waiting Light", status="pending")
    for consultation in (mine, other):
        factories.registration(consultation, status="pending")
    factories.document("Paper begun", status="draft")
    person = scoped(mine)
    page = page_of(client, person)
    assert "Answer 1 registration that waits" in page
    assert "Verify" not in page
    assert "Paper begun" not in page
    client.force_login(person)
    assert client.get(reverse("desk-organizations")).status_code == 403


def test_ones_own_request_elsewhere_is_no_work_of_the_desk(client):
    person = scoped(factories.process())
    organization = factories.organization("Asks elsewhere")
    Membership.objects.create(user=person, organization=organization, role="lead")
    asked = factories.registration(factories.open_consultation("Elsewhere"), organization, status="pending")
    page = page_of(client, person)
    assert "Answer 1 registration" not in page
    Role.objects.create(user=person, kind="coordinator")
    assert asked.consultation.title in page_of(client, person)


def test_the_list_shows_who_asks_and_offers_both_answers(client):
    person = factories.lead(status="pending")
    made = person.organization
    page = page_of(client, factories.coordinator(), "desk-organizations")
    assert made.name_en in page
    assert person.email in page
    assert reverse("organization-verify", args=[made.key]) in page
    assert reverse("organization-refuse", args=[made.key]) in page


def test_a_name_that_could_be_taken_for_another_stands_beside_it_with_what_is_alike(client):
    factories.organization("Harbour Modern", name_ar="مرفأ الأمل")
    factories.organization("HARBOUR MODEM", status="pending")
    factories.organization("مرفا الامل", original_language="ar", status="pending", name_ar="مرفا الامل")
    factories.organization("Cаritas", status="pending")
    page = page_of(client, factories.coordinator(), "desk-organizations")
    assert page.count("It could be taken for another organization:") == 2
    assert "Capital and small letters differ.<br>Signs of the same shape stand for each other" in page
    assert "Accents, vowel signs or forms of a letter differ." in page
    assert (
        "The word <bdi>Cаritas</bdi> mixes scripts: <bdi>а (Cyrillic) and C r i t a s (Latin)</bdi>" in page
    )


def test_verified_organizations_are_listed_apart(client):
    made = factories.lead().organization
    client.force_login(factories.coordinator())
    assert made.name_en not in client.get(reverse("desk-organizations")).content.decode()
    page = client.get(reverse("desk-organizations"), {"status": "verified"}).content.decode()
    assert made.name_en in page
    assert reverse("organization-verify", args=[made.key]) not in page


def unreached():
    """A notice of which one organization's people bounced, and another's were told."""
    notice = Notice.objects.create(
        kind="call-opened", thing=factories.open_call(), created_at=timezone.now(), expanded_at=timezone.now()
    )
    for person, state in ((factories.lead(), "bounced"), (factories.lead(), "sent")):
        Delivery.objects.create(
            notice=notice,
            recipient=Recipient.objects.get(user=person),
            key=(key := uuid4()),
            message_id=f"<{key}@portal.example>",
            state=state,
            not_before=timezone.now(),
            created_at=timezone.now(),
            finished_at=timezone.now(),
        )
    return notice


def test_the_desk_costs_the_same_for_one_and_for_seven(cost):
    person = factories.coordinator()

    def add():
        factories.lead(status="pending", country=factories.country())
        factories.claim(country=factories.country(), website="https://harbour.example/")
        factories.registration(factories.open_consultation(days=5), status="pending")
        factories.document(status="draft", process=factories.process())
        factories.consultation(status="draft")
        call, paper = factories.open_call(days=5), factories.paper(process=factories.process(), by=person)
        factories.contribution(call)
        factories.comment(factories.comment_round(paper))
        unreached()

    add()
    one = cost(reverse("desk"), user=person), cost(reverse("desk-organizations"), user=person)
    for _ in range(6):
        add()
    many = cost(reverse("desk"), user=person), cost(reverse("desk-organizations"), user=person)
    assert one == many
    assert max(many) <= 54


def test_the_longest_waiting_comes_first_and_each_leads_to_its_place(client):
    person, now = factories.coordinator(), timezone.now()
    call = factories.open_call("What do you see")
    read = factories.contribution(call)
    read.answers.update(read_at=now)
    factories.contribution(call, sent_at=now - timedelta(days=3))
    paper = factories.paper("Our position", by=person)
    comment = factories.comment(factories.comment_round(paper))
    Comment.objects.filter(pk=comment.pk).update(written_at=now - timedelta(days=4))
    lead, group = factories.lead(), factories.working_group("Safe return")
    JoinRequest.objects.create(group=group, user=lead, organization=lead.organization)
    commitment = factories.commitment("A pledge", organization=lead.organization)
    commitment.reports.create(organization=lead.organization, on=now.date(), what="A step")
    notice = unreached()
    works = waiting.of(Reader.of(person), now)
    assert [(work.title, work.address, str(work.about)) for work in works] == [
        (
            "Answer 1 comment that waits",
            reverse("consultations:paper-comments", args=[paper.key]),
            "Our position",
        ),
        (
            "Read 1 contribution that nobody has read",
            reverse("consultations:reading", args=[call.key]),
            "What do you see",
        ),
        ("Answer 1 person who asks to join", group.get_absolute_url(), "Safe return"),
        ("Look at 1 report on a commitment", commitment.get_absolute_url(), "A pledge"),
        (
            "Reach 1 organization that a message did not reach",
            reverse("notice", args=[notice.key]) + "?state=bounced",
            "A call on an objective you work on opens",
        ),
    ]
    assert {client_status(client, person, work.address) for work in works} == {200}


def client_status(client, person, address):
    client.force_login(person)
    return client.get(address).status_code


def test_moments_of_every_kind_are_announced_to_who_coordinates_them_and_to_nobody_else():
    now = timezone.now()
    mine, other = factories.process("My cycle"), factories.process("Their cycle")
    for process, name in ((mine, "My"), (other, "Their")):
        factories.phase(f"{name} phase", process=process, deadline_at=now + timedelta(days=6))
        factories.open_consultation(f"{name} room", process=process, days=1)
        factories.open_consultation(
            f"{name} later room",
            process=process,
            opens_at=now + timedelta(days=2),
            days=40,
        )
        factories.open_call(f"{name} call", process=process, days=3)
        factories.paper(f"{name} paper", process=process, publish_at=now + timedelta(days=5))
        factories.submission(f"{name} text", process=process, due_at=now + timedelta(days=4))
        factories.submission(
            f"{name} handed over", process=process, due_at=now + timedelta(days=4), handed_over_on=now.date()
        )
    found = deadlines.of(Reader.of(factories.coordinator_of(mine)), now)
    assert [str(row.title) for row in found] == [
        "My room",
        "My later room",
        "My call",
        "My text",
        "My paper",
        "My phase",
    ]
    everything = deadlines.of(Reader.of(factories.coordinator()), now)
    assert len(everything) == 2 * len(found)


def test_translations_that_are_missing_or_out_of_date_before_a_date_are_wanted(client):
    person = factories.coordinator()
    room = factories.open_consultation(title_en="Room", title_fr="Salle", title_ar="غرفة", days=2)
    TextState.objects.create(thing=room, language="fr", state="stale")
    factories.open_consultation(title_en="Whole", title_fr="Tout", title_ar="كل", title_es="Todo", days=2)
    (row,) = deadlines.translations(deadlines.of(Reader.of(person), timezone.now()))
    assert (row.deadline.thing, row.missing, row.stale) == (room, ["es"], ["fr"])
    page = page_of(client, person)
    assert "Not yet in Spanish" in page
    assert "Out of date in French" in page
    assert row.address in page


def test_an_empty_desk_says_so(client):
    assert "Nothing waits for you." in page_of(client, factories.coordinator())
