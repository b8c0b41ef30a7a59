"""The inbox keeps what one was told, marks what was read, and shows nothing that one may not see."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.models import Choice, InboxEntry, JoinRequest, Membership
from portal.notifications import GroupJoinAnswered, notify
from portal.operations import delivery
from resources.notifications import DocumentPublished
from tests import factories

pytestmark = pytest.mark.django_db


def told(title="Return", **fields):
    document = factories.document(title, **fields)
    notify(DocumentPublished, document, by=None)
    delivery.drain()
    return document


def page_of(client, person):
    client.force_login(person)
    return client.get(reverse("inbox")).content.decode()


def test_what_one_is_told_stands_in_the_inbox_whatever_became_of_the_message(client):
    person, left = factories.lead(), factories.lead()
    Choice.objects.create(recipient=left.recipient, kind="document-published", how="never")
    told("Return with dignity")
    for reader in (person, left):
        assert "Return with dignity" in page_of(client, reader)
    assert "Return with dignity" not in page_of(client, factories.lead())


def test_what_one_may_no_longer_see_is_left_out(client):
    person = factories.lead()
    told("For members", access="members")
    assert "For members" in page_of(client, person)
    Membership.objects.filter(user=person).delete()
    assert "For members" not in page_of(client, person)


def test_a_group_that_closed_its_door_is_named_to_nobody_whose_request_it_declined(client):
    person, group = factories.lead(), factories.working_group("Race and migration")
    asked = JoinRequest.objects.create(
        group=group,
        user=person,
        organization=person.organization,
        status="declined",
        answered_at=timezone.now(),
    )
    notify(GroupJoinAnswered, asked, by=None)
    delivery.drain()
    assert "Race and migration" in page_of(client, person)
    group.access = "invited"
    group.save()
    assert "Race and migration" not in page_of(client, person)


def test_opening_marks_as_read_and_looking_does_not(client):
    person = factories.lead()
    document = told()
    page_of(client, person)
    entry = InboxEntry.objects.get()
    assert entry.read_at is None
    opened = client.post(reverse("inbox-read", args=[entry.key]))
    assert opened.headers["Location"] == document.get_absolute_url()
    entry.refresh_from_db()
    assert entry.read_at is not None
    assert "Open, and mark as read" not in page_of(client, person)


def test_all_are_marked_at_once_and_only_ones_own(client):
    person, other = factories.lead(), factories.lead()
    told("One")
    told("Two")
    client.force_login(person)
    client.post(reverse("inbox-read-all"))
    assert InboxEntry.objects.filter(recipient__user=person).unread().count() == 0
    assert InboxEntry.objects.filter(recipient__user=other).unread().count() == 2


def unread_on(client, name):
    """The unread messages that the head of a page counts, as it is read out; None where it counts none."""
    page = client.get(reverse(name)).content.decode()
    found = re.search(r'<span class="unseen">\((\d+) unread\)</span>', page)
    return int(found[1]) if found else None


def test_the_head_of_every_page_counts_what_is_unread(client):
    person, other = factories.lead(), factories.lead()
    client.force_login(person)
    assert unread_on(client, "objectives") is None
    told("One")
    told("Two")
    assert unread_on(client, "objectives") == 2
    client.post(reverse("inbox-read", args=[InboxEntry.objects.filter(recipient__user=person)[0].key]))
    assert unread_on(client, "objectives") == 1
    client.post(reverse("inbox-read-all"))
    assert unread_on(client, "objectives") is None
    client.force_login(other)
    assert unread_on(client, "objectives") == 2
    client.logout()
    assert unread_on(client, "objectives") is None


def test_what_is_unread_and_hidden_by_now_is_marked_with_the_rest(client):
    person = factories.lead()
    told("For members", access="members")
    Membership.objects.filter(user=person).delete()
    assert "Mark all as read" in page_of(client, person)
    client.post(reverse("inbox-read-all"))
    assert unread_on(client, "inbox") is None


def test_the_count_is_one_question_of_the_signed_in_alone(client):
    person = factories.lead()
    told()
    client.get(reverse("objectives"))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("objectives"))
    assert not [query for query in queries if "inboxentry" in query["sql"]]
    client.force_login(person)
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("objectives"))
    assert len([query for query in queries if "inboxentry" in query["sql"]]) == 1


def test_nobody_opens_the_entry_of_another(client):
    factories.lead()
    told()
    client.force_login(factories.lead())
    assert client.post(reverse("inbox-read", args=[InboxEntry.objects.get().key])).status_code == 404
    assert InboxEntry.objects.get().read_at is None


def test_the_signed_out_are_asked_to_sign_in(client):
    assert client.get(reverse("inbox")).headers["Location"].startswith(reverse("account_login"))


def test_the_inbox_costs_the_same_for_one_and_for_ten(cost):
    person = factories.lead()
    told()
    one = cost(reverse("inbox"), user=person)
    for _ in range(9):
        told()
    assert one == cost(reverse("inbox"), user=person) <= 16
