"""A mailing list is looked at row by row and taken in by one press; nobody is written to, nobody else learns of it."""

import json
import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal import languages, workbooks
from portal.forms import lists
from portal.models import Delivery, ListedAddress, LogEntry, Notice, Organization
from portal.operations import organizations
from tests import factories

pytestmark = pytest.mark.django_db
LIST = """Organisation;Sigle;Courriel;Langue;Pays;Site web;Consentement;Remarque
Réseau des Ports;RDP;Ports@ports.example;Français;Tunisia;https://ports.example;oui;ami
جمعية المرفأ;;marfa@people.example;;;;نعم;
Harbour Light;;light@people.example;English;TN;;no;
Hаrbour Modern;;modern@people.example;;;;;
Harbour Modem;;;;;;;
CARITAS;;office@caritas.example;;;;yes;
Réseau des ports;;second@ports.example;fr;;;;
;;nobody@people.example;;;;;
Casa;;no address;;Atlantis;;;
Ha​rbour;;;;;;;
СОС;;sos@people.example;;;;;
"""


@pytest.fixture
def coordinator(client):
    factories.country()
    factories.organization("Caritas", status="known")
    factories.organization("COC")
    client.force_login(factories.coordinator())
    return client


def looked_at(client, content, name="list.csv"):
    content = content.encode() if isinstance(content, str) else content
    return client.post(reverse("list-new"), {"file": SimpleUploadedFile(name, content)})


def standings(page):
    return {row.number: row.standing for row in page.context["rows"]}


def press(client, page, **values):
    sent = {"once": str(uuid4()), "table": page.context["form"].initial["table"]} | values
    return client.post(reverse("list-take"), sent)


def test_each_row_says_what_it_would_do_and_nothing_is_kept_before_the_press(coordinator):
    before = Organization.objects.count()
    page = looked_at(coordinator, LIST)
    kinds = "new new new doubtful doubtful known known bad bad bad doubtful"
    assert standings(page) == dict(enumerate(kinds.split(), 2))
    rows = {row.number: row for row in page.context["rows"]}
    said = (rows[2].language, rows[2].is_guess, rows[2].consent, rows[2].address)
    assert said == ("fr", False, "given", "ports@ports.example")
    assert [(rows[number].language, rows[number].is_guess) for number in (3, 4)] == [
        ("ar", True),
        ("en", False),
    ]
    words = page.content.decode()
    assert "It could be taken for row 5." in words
    assert "mixes letters of several scripts" in words
    assert "The same organization as in row 2" in words
    assert "The country “Atlantis” is not known here." in words
    assert "invisible characters" in words
    assert Organization.objects.count() == before
    assert not ListedAddress.objects.exists()


def test_one_press_takes_in_what_is_new_and_what_was_chosen_and_writes_to_nobody(coordinator, mailoutbox):
    page = looked_at(coordinator, LIST)
    once = str(uuid4())
    answer = press(coordinator, page, take=["5"], once=once)
    assert answer.headers["Location"] == reverse("desk-organizations") + "?status=listed"
    made = Organization.objects.filter(is_from_list=True).order_by("pk")
    assert [str(row) for row in made] == [
        "Réseau des Ports",
        "جمعية المرفأ",
        "Harbour Light",
        "Hаrbour Modern",
    ]
    assert {row.status for row in made} == {"known"}
    assert (made[0].acronym, made[0].country.iso2, made[0].name_fr) == ("RDP", "TN", "Réseau des Ports")
    kept = ListedAddress.objects.order_by("organization", "pk").values_list(
        "organization__folded_name", "address"
    )
    assert set(kept) == {
        ("reseau des ports", "ports@ports.example"),
        ("reseau des ports", "second@ports.example"),
        (made[1].folded_name, "marfa@people.example"),
        ("harbour modern", "modern@people.example"),
        ("caritas", "office@caritas.example"),
    }
    assert LogEntry.objects.filter(act="organization taken from a list").count() == 4
    again = press(coordinator, page, take=["5"], once=once)
    assert again.headers["Location"] == answer.headers["Location"]
    press(coordinator, page, take=["5"])
    assert made.all().count() == 4
    assert mailoutbox == []
    assert not Notice.objects.exists()
    assert not Delivery.objects.exists()
    desk = coordinator.get(answer.headers["Location"]).content.decode()
    assert "ports@ports.example" in desk
    assert "Consent to messages: Given" in desk


def test_what_a_later_list_says_of_an_address_holds(coordinator):
    for consent, kept in (("", ["unknown"]), ("oui", ["given"]), ("non", [])):
        press(
            coordinator,
            looked_at(coordinator, f"Nom;Courriel;Accord\nPort Sud;sud@people.example;{consent}\n"),
        )
        assert list(ListedAddress.objects.values_list("consent", flat=True)) == kept
    assert Organization.objects.filter(is_from_list=True).count() == 1


def test_a_workbook_is_read_like_a_table_of_text_in_any_encoding(coordinator):
    rows = [["Nombre", "Correo"], ["Fundación Puerta", "puerta@people.example"]]
    book = workbooks.made(rows[0], rows[1:])
    text = "\n".join("\t".join(row) for row in rows)
    for name, content in (
        ("list.xlsx", book),
        ("list.csv", text.encode("cp1252")),
        ("list.csv", text.encode("utf-16")),
        ("list.csv", text.encode("utf-8-sig")),
    ):
        (row,) = looked_at(coordinator, content, name).context["rows"]
        assert (row.name, row.address, row.language) == ("Fundación Puerta", "puerta@people.example", "es")
    (row,) = looked_at(coordinator, "Name,Mail\nجمعية,x@people.example".encode("cp1256")).context["rows"]
    assert (row.name, row.language) == ("جمعية", "ar")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 nothing", "cannot be read as a table"),
        (b"Name\n", "There is no row under the headings"),
        (b"Town,Mail\nTunis,x@people.example\n", "No column of this table is headed"),
        (b"Name\n" + b"x\n" * 2_001, "more than 2,000 rows"),
        (b"\x00\x01\x02\nx", "cannot be read as a table"),
    ],
)
def test_what_is_no_list_is_refused_in_words(coordinator, content, said):
    page = looked_at(coordinator, content)
    assert page.status_code == 422
    assert said in page.content.decode()


def test_a_press_with_nothing_or_nonsense_makes_nothing(coordinator):
    for table in ("", "{}", "[]", "[[1]]", "[" * 100_000, json.dumps([["Name"], [None]])):
        answer = coordinator.post(reverse("list-take"), {"once": str(uuid4()), "table": table})
        assert answer.status_code == 422, table
    assert not Organization.objects.filter(is_from_list=True).exists()


def test_nobody_but_coordinators_learns_who_is_on_a_list(coordinator, client):
    press(coordinator, looked_at(coordinator, "Name\nQuiet Harbour\n"))
    made = Organization.objects.get(is_from_list=True)
    person = factories.lead()
    for reader in (None, person):
        browser = Client()
        if reader:
            browser.force_login(reader)
        assert browser.get(made.get_absolute_url()).status_code == 404
        for name in ("organizations", "organizations-known"):
            assert "Quiet Harbour" not in browser.get(reverse(name)).content.decode()
        search = browser.get(reverse("search"), {"q": "Quiet Harbour"}).content.decode()
        assert not re.search("<bdi[^>]*>Quiet Harbour", search)
    client.force_login(person)
    claim = reverse("organization-claim", args=[made.key])
    assert client.get(claim).status_code == 404
    # Whoever registers it comes in as everybody does, and the coordinator sees that it is on the list.
    assert organizations.register(name="Quiet Harbour", by=person).held_because


def test_an_address_that_agreed_is_written_to_once_its_organization_is_verified():
    claim = factories.claim(name="Harbour")
    for number, consent in enumerate(("unknown", "given")):
        claim.organization.listed_addresses.create(
            address=f"box{number}@harbour.example", language="fr", consent=consent
        )
    made = organizations.verify(claim.organization, by=factories.coordinator())
    made.refresh_from_db()
    assert (made.mailbox, made.mailbox_language) == ("box1@harbour.example", "fr")
    assert not ListedAddress.objects.exists()


def test_the_database_keeps_no_address_that_refused_and_lists_only_known_organizations():
    made = factories.organization(status="known")
    with pytest.raises(IntegrityError, match="listedaddress_was_not_refused"), transaction.atomic():
        made.listed_addresses.create(address="x@people.example", language="en", consent="refused")
    with pytest.raises(IntegrityError, match="organization_from_list_is_known"), transaction.atomic():
        factories.organization(is_from_list=True)


@pytest.mark.parametrize("language", languages.CODES)
def test_every_heading_that_the_page_names_is_read(client, language):
    client.force_login(factories.coordinator())
    with translation.override(language):
        page = client.get(reverse("list-new")).content.decode()
    said = next(
        line
        for line in re.findall(r"<p>(.+?)</p>", page)
        if "(" in line and line.count("،") + line.count(",") > 4
    )
    name = re.search(r"[“«]\W*(.+?)\W*[”»]", said)[1]
    others = re.split("[,،]", re.search(r":\s*(.+?)\s*\(", said)[1])
    headings = [name, *(word.strip().removeprefix("و") for word in others)]
    assert lists.columns(headings).keys() == lists.HEADINGS.keys()
