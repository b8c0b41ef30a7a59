"""Several registrations at once: first who is concerned, then all of it or nothing; and the list as a workbook."""

import zipfile
from io import BytesIO
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import translation

from consultations.models import Circular, Registration
from consultations.operations import circulars
from portal import workbooks
from portal.errors import Refused
from portal.models import LogEntry
from tests import factories, sessions
from tests.consultations.test_registrations import told

pytestmark = pytest.mark.django_db


def many(thing, act, rows, **values):
    return {"once": str(uuid4()), "act": act, "row": [str(row.key) for row in rows]} | values


@pytest.fixture
def thing():
    return factories.open_consultation("Services", places=3, approval="by-hand")


@pytest.fixture
def there(thing):
    return reverse("consultations:registrations-many", args=[thing.key])


def statuses(thing):
    return list(thing.registrations.order_by("seq").values_list("status", flat=True))


def test_before_anything_happens_it_is_shown_who_is_concerned(client, thing, there):
    rows = [factories.registration(thing, status="pending") for _ in range(2)]
    done = factories.registration(thing)
    client.force_login(factories.coordinator())
    page = client.get(reverse("consultations:registrations", args=[thing.key])).content.decode()
    assert page.count('name="row"') == 3
    response = client.post(there, many(thing, "confirm", [*rows, done]))
    page = response.content.decode()
    assert response.status_code == 200
    assert "2 registrations are confirmed in order of arrival" in page
    assert "Not concerned, for they stand otherwise" in page
    assert page.index(rows[1].organization.name_en) < page.index(done.organization.name_en)
    assert "aria-invalid" not in page
    assert statuses(thing) == ["pending", "pending", "confirmed"]


def test_all_that_wait_are_shown_by_one_press(client, thing, there, monkeypatch):
    rows = [factories.registration(thing, status="pending") for _ in range(2)]
    done = factories.registration(thing)
    client.force_login(factories.coordinator())
    listing = client.get(reverse("consultations:registrations", args=[thing.key])).content.decode()
    assert "Confirm all that wait" in listing
    page = client.post(there, {"act": "confirm", "everybody": "1"}).content.decode()
    assert [page.count(f'value="{row.key}"') for row in (*rows, done)] == [1, 1, 0]
    monkeypatch.setattr("consultations.views.circulars.MOST", 1)
    page = client.post(there, {"act": "confirm", "everybody": "1"}).content.decode()
    assert (page.count('name="row"'), "1 more is left" in page) == (1, True)
    client.post(there, many(thing, "confirm", rows, sure="1"))
    listing = reverse("consultations:registrations", args=[thing.key])
    assert "Confirm all that wait" not in client.get(listing).content.decode()
    client.post(there, {"act": "confirm", "everybody": "1"})
    assert "No registration waits for an answer any more." in client.get(listing).content.decode()


def test_nobody_is_declined_or_written_to_without_a_tick_and_who_sees_a_closed_list_is_noted(
    client, thing, there
):
    row = factories.registration(thing, status="pending")
    client.force_login(factories.coordinator())
    for act in ("decline", "message", "x", ""):
        assert client.post(there, {"act": act, "everybody": "1"}).status_code == 302
    seen = LogEntry.objects.filter(act="closed list seen")
    client.post(there, many(thing, "message", [row]))
    assert not seen.exists()
    type(thing).objects.update(access="invited")
    page = client.post(there, many(thing, "confirm", [row])).content.decode()
    assert row.organization.name_en in page
    assert seen.count() == 1


def test_many_are_confirmed_in_order_of_arrival_as_far_as_there_are_places(client, thing, there):
    factories.registration(thing)
    rows = [factories.registration(thing, status="pending") for _ in range(3)]
    client.force_login(factories.coordinator())
    sent = many(thing, "confirm", rows[::-1], sure="1")
    assert [client.post(there, sent).status_code for _click in range(2)] == [302, 302]
    assert statuses(thing) == ["confirmed"] * 3 + ["waitlisted"]
    assert [told(row) for row in rows] == [
        ["registration-confirmed"],
        ["registration-confirmed"],
        ["registration-waitlisted"],
    ]


def test_many_are_declined_with_one_reason_and_nobody_of_them_is_promoted_meanwhile(client, thing, there):
    factories.registration(thing, delegates=2)
    large = factories.registration(thing, status="waitlisted", delegates=2)
    small, last = (factories.registration(thing, status="waitlisted") for _ in range(2))
    client.force_login(factories.coordinator())
    refused = client.post(there, many(thing, "decline", [large, small], sure="1"))
    assert (refused.status_code, "Why are they declined?" in refused.content.decode()) == (422, True)
    client.post(there, many(thing, "decline", [large, small], sure="1", reason="Another round"))
    assert statuses(thing) == ["confirmed", "declined", "declined", "confirmed"]
    assert told(small) == ["registration-declined"]
    assert Registration.objects.get(pk=small.pk).reason == "Another round"
    assert Registration.objects.get(pk=last.pk).status == "confirmed"


def test_a_message_goes_to_the_people_of_those_that_were_ticked_and_is_text(client, thing, there, mailoutbox):
    people = [factories.lead() for _ in range(3)]
    rows = [factories.registration(thing, person.organization) for person in people]
    client.force_login(factories.coordinator())
    words = {"subject": "Another <b>room</b>", "words": "Come to room 5.\n<script>alert(1)</script>"}
    response = client.post(there, many(thing, "message", rows[:2], sure="1", **words))
    assert response.status_code == 302
    assert sorted(message.to[0] for message in mailoutbox) == sorted(person.email for person in people[:2])
    message = mailoutbox[0]
    assert message.subject == "A message about your registration: Services"
    assert "Come to room 5." in message.body
    html = message.alternatives[0][0]
    assert "<script>" not in html
    assert "&lt;b&gt;room" in html
    assert LogEntry.objects.filter(act="message sent to registered organizations").count() == 1
    made = Circular.objects.get()
    found = []
    for person in people:
        client.force_login(person)
        found.append(client.get(made.get_absolute_url()).status_code)
    assert found == [200, 200, 404]


def test_of_a_closed_room_the_message_says_nothing(client, thing, there, mailoutbox):
    person = factories.lead()
    row = factories.registration(thing, person.organization)
    type(thing).objects.update(access="invited")
    client.force_login(factories.coordinator())
    client.post(there, many(thing, "message", [row], sure="1", subject="The room", words="Number 5"))
    (message,) = mailoutbox
    for word in ("Services", "The room", "Number 5"):
        assert word not in str(message.message())


def test_nothing_happens_to_what_belongs_elsewhere_or_can_no_longer_be(client, thing, there):
    other = factories.registration(factories.open_consultation(approval="by-hand"), status="pending")
    client.force_login(factories.coordinator())
    for sent in (many(thing, "confirm", [other], sure="1"), many(thing, "x", [other]), {"row": "x"}, {}):
        assert client.post(there, sent).status_code == 302
    assert Registration.objects.get(pk=other.pk).status == "pending"
    with pytest.raises(Refused, match="None of the registrations"):
        circulars.confirm_all(thing, keys=[other.key], by=None)


def test_only_who_coordinates_does_so(client, thing, there):
    lead = factories.lead()
    row = factories.registration(thing, lead.organization, status="pending")
    client.force_login(lead)
    assert client.post(there, many(thing, "confirm", [row], sure="1")).status_code == 403
    assert client.get(reverse("consultations:registrations-workbook", args=[thing.key])).status_code == 403
    assert statuses(thing) == ["pending"]


# As a workbook

NAMESPACE = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def opened(content):
    """(cells of each row, whether it runs from right to left, formulas and links) of a workbook."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        is_short = "xl/sharedStrings.xml" in book.namelist()  # a long list has its texts in its cells
        texts = ElementTree.fromstring(book.read("xl/sharedStrings.xml")) if is_short else []
    shared = ["".join(one.itertext()) for one in texts]
    rows = [
        [
            shared[int(cell.findtext("x:v", namespaces=NAMESPACE))]
            if cell.get("t") == "s"
            else "".join(cell.itertext())
            for cell in row.findall("x:c", NAMESPACE)
        ]
        for row in sheet.iter(f"{{{NAMESPACE['x']}}}row")
    ]
    is_rtl = sheet.find(".//x:sheetView", NAMESPACE).get("rightToLeft") == "1"
    live = sheet.findall(".//x:f", NAMESPACE) + sheet.findall(".//x:hyperlink", NAMESPACE)
    return rows, is_rtl, live


LIVE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "https://evil.example/", "007", '=HYPERLINK("x")']


def test_a_workbook_holds_texts_and_numbers_and_nothing_that_runs():
    rows, is_rtl, live = opened(workbooks.made(["A", "B"], [[7, text] for text in LIVE]))
    assert rows == [["A", "B"], *(["7", text] for text in LIVE)]
    assert (is_rtl, live) == (False, [])
    with translation.override("ar"):
        assert opened(workbooks.made(["أ"], []))[1]


def test_the_registrations_as_a_workbook_are_those_of_the_list(client, thing):
    row = factories.registration(thing)
    row.delegate_set.update(name="=cmd()", other_needs="A break")
    sessions.sign_in(client, factories.coordinator())
    response = client.get(reverse("consultations:registrations-workbook", args=[thing.key]))
    assert response["Content-Type"] == workbooks.MEDIA_TYPE
    rows, _is_rtl, live = opened(response.content)
    assert rows[1][1] == row.organization.name_en
    assert "=cmd()" in rows[1]
    assert live == []
    assert LogEntry.objects.filter(act="registrations exported").count() == 1
