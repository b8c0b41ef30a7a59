"""The portal's main job, walked in a browser against real processes: from the front door to the outcome.

Web server, worker, beat and mail sink are those of `make run`; nothing here reads or writes behind their backs once
somebody has opened a page. In Arabic the walk is done on a telephone that runs no script.
"""

from collections import Counter
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import call_command
from django.utils import translation
from django.utils.translation import gettext
from icalendar import Calendar
from playwright.sync_api import expect, sync_playwright

from consultations.models import Meeting
from portal import dates, languages
from portal.models import Recipient
from portal.operations import reference
from portal.templatetags.portal import language_name, languages_list
from tests import factories
from tests.browser.processes import running
from tests.browser.test_accessibility import CHROMIUM, QUIET
from tests.browser.visitors import TELEPHONE, Visitor
from tests.drainers import until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: the main job was not walked"),
]

CONSULTATION = {"ar": "بدائل الاحتجاز", "en": "Alternatives to detention"}
OUTCOME = {"ar": "ما سمعناه عن الاحتجاز", "en": "What we heard about detention"}
ORGANIZATION = {"ar": "شبكة ضوء المرفأ", "en": "Harbour Light Network"}
TWIN = {"ar": "## ما طلبناه\n\n- بدائل قبل الاحتجاز", "en": "## What we asked for\n\n- Alternatives first"}
NOT_YET = "It is not yet in %(language)s. You can read it in %(languages)s, and we write again once it is in %(language)s."
DELEGATES = {
    "ar": [
        {"name": "ليلى بن سالم", "email": "layla@delegates.example", "language": "ar"}
        | {"interpretation": "ar", "need": "Sign language interpretation"},
        {"name": "Yves Ndiaye", "email": "yves@delegates.example", "language": "fr"}
        | {"interpretation": "en", "need": "Step-free access"},
    ],
    "en": [
        {"name": "Mary Okoro", "email": "mary@delegates.example", "language": "en"}
        | {"interpretation": "en", "need": "Live captions"},
        {"name": "هدى حداد", "email": "huda@delegates.example", "language": "ar"}
        | {"interpretation": "ar", "need": "Join by telephone"},
    ],
}
DEVICE = {
    "ar": TELEPHONE | {"java_script_enabled": False},
    "en": {"viewport": {"width": 1280, "height": 900}},
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The running portal, with what stood in it before: an open consultation, members of four languages, coordinators."""
    with django_db_blocker.unblock():
        try:
            reference.load(by=None)
            made = fill()
            with running() as site:
                yield site, made
        finally:
            call_command("flush", verbosity=0, interactive=False)


@dataclass
class Members:
    """Whom an outcome reaches: {address: language}, and the names of their organizations."""

    readers: dict = field(default_factory=dict)
    organizations: set = field(default_factory=set)

    def add(self, address, language, organization):
        self.readers[address] = language
        self.organizations.add(organization)


def fill():
    """Rows of a portal that has been at work for a while: members of four languages, and some who are none."""
    members = Members()
    for language in languages.CODES:
        person = factories.lead(language=language)
        members.add(person.email, language, person.organization.name_en)
    shared = factories.organization(mailbox="office@quay.example", mailbox_language="es")
    Recipient.objects.keep_for_mailbox(shared)
    members.add(shared.mailbox, "es", shared.name_en)
    for others in ({"status": "pending"}, {"status": "suspended"}, {"constituency": "state"}):
        factories.lead(language="fr", **others)
    return {"members": members} | {code: cast(code) for code in CONSULTATION}


def cast(language):
    """Who and what one language's walk needs."""
    title = {f"title_{code}": f"{words} {language}" for code, words in CONSULTATION.items()}
    consultation = factories.open_consultation(**title, approval="by-hand", places_per_organization=3)
    secret = generate_totp_secret()
    coordinator = factories.coordinator(language=language, second_factor=False)
    TOTP.activate(coordinator, secret)
    meeting = Meeting.objects.get(consultation=consultation)
    return {
        "title": title[f"title_{language}"],
        "titles": {code: title[f"title_{code}"] for code in CONSULTATION},
        "original": language,
        "outcome": {code: f"{words} {language}" for code, words in OUTCOME.items()},
        "meeting": (
            *(at.replace(microsecond=0) for at in (meeting.starts_at, meeting.ends_at)),
            meeting.join_url,
        ),
        "coordinator": coordinator.email,
        "secret": secret,
    }


@pytest.mark.parametrize("language", ["en", "ar"])
def test_from_the_front_door_to_the_outcome(world, language):
    site, made = world
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        walk(browser, site, made[language], language, made["members"])
        browser.close()


def walk(browser, site, own, language, members, tag=""):
    lead = Visitor(browser, site, f"lead{tag}.{language}@walk.example", language, **DEVICE[language])
    lands(lead)
    finds_the_consultation_and_signs_up(lead, own)
    registers_an_organization(lead)
    coordinator = Visitor(browser, site, own["coordinator"], language, **DEVICE[language])
    coordinator.sign_in(own["secret"])
    verifies(coordinator)
    registers_delegates(lead, own)
    confirms(coordinator, own)
    reads_the_confirmation(lead, own)
    publishes_the_outcome(coordinator, own)
    members.add(lead.address, language, ORGANIZATION[language])
    everybody_is_told_once(coordinator, own, members)
    reads_the_outcome(lead, own)


def lands(visitor):
    """The front door leads to the visitor's own language."""
    assert visitor.page.url == f"{visitor.site.address}/{visitor.language}/"
    page = visitor.page.locator("html")
    expect(page).to_have_attribute("lang", visitor.language)
    expect(page).to_have_attribute("dir", languages.direction(visitor.language))


def finds_the_consultation_and_signs_up(visitor, own):
    visitor.page.get_by_role("link", name=own["title"], exact=True).click()
    visitor.follow("Register your organization")
    visitor.follow("Sign up with your e-mail address")
    letter = visitor.give_address()
    assert letter.head.language == visitor.language


def registers_an_organization(visitor):
    visitor.follow("Register your organization")
    visitor.field("Name of the organization").fill(ORGANIZATION[visitor.language])
    visitor.field("Constituency").select_option("civil-society")
    visitor.field("Country").select_option(index=5)
    visitor.press("Register the organization")
    visitor.is_told("Your organization is registered. A coordinator will look at it.")
    expect(visitor.sees("heading", "Waiting for verification")).to_be_visible()


def verifies(coordinator):
    """One of those that wait on the desk."""
    coordinator.follow("Desk")
    coordinator.follow("Look at them")
    coordinator.press("Verify", within=coordinator.row(ORGANIZATION[coordinator.language]))
    coordinator.is_told("The organization is verified, and its people are told.")


def registers_delegates(visitor, own):
    """The way leads through the message that says that the organization is verified."""
    letter = visitor.letter(visitor.words("Verified: your organization can now take part"))
    assert ORGANIZATION[visitor.language] in letter.text
    visitor.page.goto(visitor.site.link_in(letter))
    visitor.follow("Register", within=visitor.row(own["title"]))
    visitor.press("Add a delegate")
    for number, delegate in enumerate(DELEGATES[visitor.language], 1):
        names = visitor.part("Delegate %(number)s", number=number)
        visitor.field("Full name", names).fill(delegate["name"])
        visitor.field("E-mail address", names).fill(delegate["email"])
        visitor.field("Language of messages", names).select_option(delegate["language"])
        spoken = visitor.in_words(language_name, delegate["interpretation"])
        names.get_by_role("radio", name=spoken, exact=True).check()
        names.get_by_role("checkbox", name=visitor.words(delegate["need"]), exact=True).check()
    visitor.field("Every delegate named here knows this and agrees.").check()
    visitor.press("Send the registration")
    expect(visitor.page.get_by_text(visitor.words("Waiting for a coordinator"))).to_be_visible()


def confirms(coordinator, own):
    """The coordinator sees what the delegates need, and confirms."""
    coordinator.follow("Desk")
    coordinator.follow("Confirm or decline", within=coordinator.row(own["title"]))
    coordinator.press("Confirm", within=coordinator.row(ORGANIZATION[coordinator.language]))
    planned = coordinator.page.locator("main")
    for delegate in DELEGATES[coordinator.language]:
        expect(planned).to_contain_text(coordinator.words(delegate["need"]))
        expect(planned).to_contain_text(coordinator.in_words(language_name, delegate["interpretation"]))


def reads_the_confirmation(visitor, own):
    """It comes to the lead and to each delegate, each in the language chosen, with a file for the calendar."""
    told = {row["email"]: row["language"] for row in DELEGATES[visitor.language]}
    for address, language in ({visitor.address: visitor.language} | told).items():
        subject = confirmed(own, language)
        letter = visitor.site.letter_to(address, lambda head, subject=subject: head.subject == subject)
        is_written_in(language, letter)
        assert all(row["name"] in letter.text for row in DELEGATES[visitor.language])
        (file,) = letter.attachments
        assert occasion(file.content) == own["meeting"]
    visitor.page.goto(visitor.site.link_in(visitor.letter(confirmed(own, visitor.language))))
    assert occasion(visitor.download(visitor.sees("link", "File for your calendar"))) == own["meeting"]


def confirmed(own, language):
    """The subject of the confirmation, as a reader of this language has it."""
    with translation.override(language):
        day = dates.day(own["meeting"][0].astimezone(ZoneInfo("Africa/Tunis")))
        title = own["titles"].get(language, own["titles"]["en"])
        return gettext("Confirmed for %(day)s: %(title)s") % {"day": day, "title": title}


def occasion(file):
    """When the one meeting of a calendar file begins and ends, and where one joins."""
    (event,) = Calendar.from_ical(file).events
    assert event["status"] == "CONFIRMED"
    return event.start, event.end, event["location"]


def is_written_in(language, letter):
    """A message says of itself which language it is in, and runs in its direction."""
    assert letter.head.language == language
    assert f'<html lang="{language}" dir="{languages.direction(language)}">' in letter.html


def publishes_the_outcome(coordinator, own):
    """A file and a light text in two languages; one action publishes it and tells everybody."""
    coordinator.follow("Desk")
    coordinator.follow("Add a document")
    for code, title in own["outcome"].items():
        here = coordinator.in_words(language_name, code)
        part = coordinator.page.locator(
            "details.part", has=coordinator.field("Title in %(language)s", language=here)
        )
        if part.get_attribute("open") is None:
            part.locator("summary").click()
        coordinator.field("Title in %(language)s", part, language=here).fill(title)
        coordinator.field("Light text in %(language)s", part, language=here).fill(TWIN[code])
        file = {"name": f"{code}.pdf", "mimeType": "application/pdf", "buffer": factories.pdf().read()}
        coordinator.field("PDF file in %(language)s", part, language=here).set_input_files(file)
    coordinator.press("Save the draft and look at it")
    coordinator.follow("Publish", context="button")
    coordinator.page.locator("main form button").click()


def everybody_is_told_once(coordinator, own, members):
    """The coordinator watches organization by organization; no reader has the message twice, nobody else has it."""
    reached = coordinator.words("Reached", context="organization told of something")
    wanted = dict.fromkeys(members.organizations, reached)
    assert until(lambda: ledger(coordinator) == wanted), ledger(coordinator)
    subjects = {language: announced(own, language) for language in languages.CODES}
    told = [head for head in coordinator.site.letters if head.subject in subjects.values()]
    assert Counter(address for head in told for address in head.recipients) == dict.fromkeys(
        members.readers, 1
    )
    for head in told:
        language = members.readers[head.recipients[0]]
        assert head.subject == subjects[language]
        says_where_to_read(coordinator.site.read(head), language, own)


def ledger(coordinator):
    """How each organization stands on the page; without script one asks it to show this moment."""
    again = coordinator.sees("link", "Show the state of this moment")
    if not coordinator.runs_script and again.count():
        again.click()
    caption = coordinator.words("By organization, those that need a hand first")
    rows = coordinator.page.get_by_role("table", name=caption).locator("tbody tr")
    return dict(
        rows.evaluate_all("rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))")
    )


def announced(own, language):
    """The subject of the news, as a reader of this language has it."""
    with translation.override(language):
        return gettext("Read now: %(title)s") % {
            "title": own["outcome"].get(language, own["outcome"][own["original"]])
        }


def says_where_to_read(letter, language, own):
    """In the reader's language; where the document is not, the message says in which it is."""
    is_written_in(language, letter)
    with translation.override(language):
        here = {"language": language_name(language), "languages": languages_list(["ar", "en"])}
        if language in own["outcome"]:
            assert gettext("You can read it in %(language)s.") % here in letter.text
        else:
            assert gettext(NOT_YET) % here in letter.text


def reads_the_outcome(reader, own):
    """What the button of the message opens: the light text, in the reader's direction, and the file."""
    reader.page.goto(reader.site.link_in(reader.letter(announced(own, reader.language))))
    expect(reader.page.locator("html")).to_have_attribute("dir", languages.direction(reader.language))
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(own["outcome"][reader.language])
    expect(reader.page.locator("article .prose")).to_contain_text(TWIN[reader.language].split("- ")[-1])
    file = reader.page.locator(f"a[download][hreflang={reader.language}]")
    assert reader.download(file).startswith(b"%PDF")
