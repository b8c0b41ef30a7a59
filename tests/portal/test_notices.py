"""Coordinators watch the telling: how far each notice has come, and which organization was not reached."""

import pytest
from django.urls import reverse

from consultations.notifications import ConsultationMoved, ConsultationOpened, RegistrationConfirmed
from portal.models import Delivery, Recipient
from portal.notifications import OrganizationVerified, notify
from portal.operations import delivery, expansion, organizations, suppression
from resources.notifications import DocumentPublished
from tests import factories

pytestmark = pytest.mark.django_db


def told(document=None):
    notice = notify(DocumentPublished, document or factories.document(), by=None)
    delivery.drain()
    return notice


def page_of(client, person, address):
    client.force_login(person)
    return client.get(address).content.decode()


def address_of(notice, query=""):
    return reverse("notice", args=[notice.key]) + query


def test_only_coordinators_see_what_was_told(client):
    notice = told()
    for address in (reverse("notices"), address_of(notice)):
        assert client.get(address).status_code == 302
    for person, expected in (
        (factories.user(), [403, 404]),
        (factories.lead(), [403, 404]),
        (factories.translator(), [403, 404]),
        (factories.coordinator(), [200, 200]),
        (factories.administrator(), [200, 200]),
    ):
        client.force_login(person)
        asked = [client.get(address).status_code for address in (reverse("notices"), address_of(notice))]
        assert asked == expected


def test_a_scoped_coordinator_sees_the_telling_of_the_scope(client):
    process = factories.process()
    mine, inside, other = (
        factories.document("Mine"),
        factories.document("Inside", process=process),
        factories.document("Other"),
    )
    notices = {document: told(document) for document in (mine, inside, other)}
    for scope, expected in ((mine, [mine]), (process, [inside])):
        person = factories.coordinator_of(scope)
        page = page_of(client, person, reverse("notices"))
        assert [document for document in notices if document.title_en in page] == expected
        for document, notice in notices.items():
            assert client.get(address_of(notice)).status_code == (200 if document in expected else 404)


def test_a_scoped_coordinator_sees_what_was_told_however_far_below_the_scope_and_nothing_beside_it(client):
    process = factories.process()
    inside = factories.open_consultation("Inside", process=process)
    beside = factories.open_consultation("Beside", part_of=inside)
    notices = {
        name: notify(kind, thing, by=None)
        for name, kind, thing in (
            ("opened", ConsultationOpened, inside),
            ("moved", ConsultationMoved, inside.meetings.get()),
            ("confirmed", RegistrationConfirmed, factories.registration(inside)),
            ("opened beside", ConsultationOpened, beside),
            ("confirmed beside", RegistrationConfirmed, factories.registration(beside)),
        )
    }
    for scope in (process, inside):
        client.force_login(factories.coordinator_of(scope))
        seen = {name for name, notice in notices.items() if client.get(address_of(notice)).status_code == 200}
        assert seen == {"opened", "moved", "confirmed"}


def test_each_organization_is_reached_on_its_way_bounced_or_without_contact(client):
    reached, waiting, bounced, silent, left = (factories.lead() for _ in range(5))
    silent.organization.membership_set.all().delete()
    suppression.suppress(bounced.email, because="550")
    notice = told()
    Delivery.objects.filter(recipient=waiting.recipient).update(state="queued", finished_at=None)
    factories.organization("Came later", verified_at=Delivery.objects.latest("pk").created_at)

    page = page_of(client, factories.coordinator(), address_of(notice))
    rows = page.split("<tbody>")[2]
    order = [rows.index(person.organization.name_en) for person in (bounced, silent, waiting, reached)]
    assert order == sorted(order)
    assert "Came later" not in page
    for state, person in (
        ("reached", reached),
        ("on-its-way", waiting),
        ("bounced", bounced),
        ("no-contact", silent),
    ):
        narrowed = page_of(client, factories.coordinator(), address_of(notice, f"?state={state}"))
        names = [
            p.organization.name_en
            for p in (reached, waiting, bounced, silent)
            if p.organization.name_en in narrowed
        ]
        assert names == [person.organization.name_en]
    assert left.organization.name_en in page


def test_a_mailbox_alone_reaches_its_organization(client):
    made = factories.organization("Only a mailbox", mailbox="office@harbour.example")
    Recipient.objects.keep_for_mailbox(made)
    page = page_of(client, factories.coordinator(), address_of(told(), "?state=reached"))
    assert "Only a mailbox" in page


def test_organizations_are_counted_by_region_and_those_without_one_apart(client):
    africa, arab = factories.region("africa"), factories.region("arab-states")
    in_two, nowhere = factories.lead(), factories.lead()
    in_two.organization.regions.set([africa, arab])
    notice = told()
    page = page_of(client, factories.coordinator(), address_of(notice))
    table = page.split("<tbody>")[1].split("</tbody>")[0]
    assert [row.split("<")[0] for row in table.split('<th scope="row">')[1:]] == [
        "africa",
        "arab-states",
        "Region not known",
    ]
    assert table.count('<td class="number">1</td>') == 3
    narrowed = page_of(client, factories.coordinator(), address_of(notice, "?region=arab-states"))
    assert in_two.organization.name_en in narrowed
    assert nowhere.organization.name_en not in narrowed


def test_until_all_is_expanded_nobody_is_called_without_contact(client):
    person = factories.lead()
    notice = notify(DocumentPublished, factories.document(), by=None)
    page = page_of(client, factories.coordinator(), address_of(notice, "?state=on-its-way"))
    assert person.organization.name_en in page


def test_what_concerns_one_person_has_no_ledger(client):
    notice = notify(OrganizationVerified, factories.lead(status="verified").organization, by=None)
    delivery.drain()
    assert "By region" in page_of(client, factories.coordinator(), address_of(notice))
    letter = organizations.invite(
        factories.lead().organization, email="x@people.example", language="en", by=factories.lead()
    )
    invited = type(notice).objects.get(kind="colleague-invited", object_id=letter.pk)
    page = page_of(client, factories.coordinator(), address_of(invited))
    assert "This concerns single people, not organizations." in page


def test_the_piece_that_changes_is_asked_for_alone_and_only_while_it_changes(client):
    factories.lead()
    notice = notify(DocumentPublished, factories.document(), by=None)
    client.force_login(factories.coordinator())
    piece = client.get(address_of(notice), headers={"HX-Request": "true"})
    assert "<html" not in piece.content.decode()
    assert 'hx-trigger="every 3s"' in piece.content.decode()
    assert "HX-Request" in piece.headers["Vary"]
    delivery.drain()
    assert "hx-trigger" not in client.get(address_of(notice), headers={"HX-Request": "true"}).content.decode()


def test_the_desk_knows_the_newest_notices():
    class Everything:
        coordinates_everything = True

    factories.lead()
    notice = told()
    (row,) = delivery.recent(Everything())
    assert (row.notice, row.told, row.total, row.is_under_way) == (notice, 1, 1, False)


def test_the_pages_cost_the_same_for_one_and_for_ten(cost):
    person = factories.coordinator()

    def add():
        lead = factories.lead()
        lead.organization.regions.set([factories.region()])
        notify(DocumentPublished, factories.document(), by=None)

    add()
    notice = told()
    one = cost(reverse("notices"), user=person), cost(address_of(notice), user=person)
    for _ in range(9):
        add()
    while expansion.step():
        pass
    notice = told()
    assert one == (cost(reverse("notices"), user=person), cost(address_of(notice), user=person))
    assert max(one) <= 24
