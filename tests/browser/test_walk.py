"""The portal's main job, walked in a browser against real processes: from the front door to the outcome.

Web server, worker, beat and mail sink are those of `make run`; once somebody has opened a page, nothing is written or
read behind their backs. In Arabic the walk is done on a telephone that runs no script.
"""

import re
from collections import Counter

import pytest
from django.utils import translation
from django.utils.translation import gettext
from icalendar import Calendar
from playwright.sync_api import expect, sync_playwright

from portal import languages
from portal.operations import reference
from portal.templatetags.portal import language_name, languages_list
from tests import factories
from tests.browser import story
from tests.browser.processes import running
from tests.browser.story import ASKED, DELEGATES, HEADING, OBJECTIVE, ORGANIZATION
from tests.browser.test_accessibility import CHROMIUM, QUIET
from tests.browser.visitors import TELEPHONE, Visitor
from tests.drainers import until

pytestmark = [
    pytest.mark.long,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: the main job was not walked"),
]
DEVICES = {
    "ar": TELEPHONE | {"java_script_enabled": False},
    "en": {"viewport": {"width": 1280, "height": 900}},
}


@pytest.mark.one_a_day("language")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_from_the_front_door_to_the_outcome(language):
    reference.load(by=None)
    members, stories = story.members(), {code: story.story(code) for code in DEVICES}
    with running() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        walk(browser, site, members, stories[language])
        browser.close()


def walk(browser, site, members, own):
    device = DEVICES[own.language]
    lead = Visitor(browser, site, f"lead@{own.language}.example", own.language, **device)
    lands(lead)
    finds_the_consultation_and_signs_up(lead, own)
    registers_an_organization(lead)
    coordinator = Visitor(browser, site, own.coordinator, own.language, **device)
    coordinator.sign_in(own.secret)
    verifies(coordinator)
    registers_delegates(lead, own)
    confirms(coordinator, own)
    reads_the_confirmation(lead, own)
    members.add(lead.address, own.language, ORGANIZATION[own.language])
    publishes_the_outcome(coordinator, own, members)
    watches_until_everybody_is_reached(coordinator, members)
    everybody_was_told_once(site, own, members)
    reads_the_outcome(lead, own)
    assert lead.troubles + coordinator.troubles == []


def lands(visitor):
    """The front door leads to the visitor's own language."""
    assert visitor.page.url == f"{visitor.site.address}/{visitor.language}/"
    page = visitor.page.locator("html")
    expect(page).to_have_attribute("lang", visitor.language)
    expect(page).to_have_attribute("dir", languages.direction(visitor.language))


def finds_the_consultation_and_signs_up(visitor, own):
    visitor.page.get_by_role("link", name=own.title, exact=True).click()
    visitor.follow("Register your organization")
    visitor.follow("Sign up with your e-mail address")
    letter = visitor.give_address(twice=True)
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
    visitor.follow("Register", within=visitor.row(own.title))
    visitor.press("Add a delegate")
    for number, delegate in enumerate(DELEGATES[visitor.language], 1):
        names = visitor.part("Delegate %(number)s", number=number)
        visitor.field("Full name", names).fill(delegate["name"])
        visitor.field("E-mail address", names).fill(delegate["email"])
        visitor.field("Language of messages", names).select_option(delegate["language"])
        spoken = visitor.in_words(language_name, delegate["interpretation"])
        names.get_by_role("radio", name=spoken, exact=True).check()
        visitor.sees("checkbox", delegate["need"], within=names).check()
    visitor.field("Every delegate named here knows this and agrees.").check()
    visitor.press("Send the registration")
    waiting = visitor.words("Waiting for a coordinator", context="registration")
    expect(visitor.page.get_by_text(waiting)).to_be_visible()


def confirms(coordinator, own):
    """The coordinator confirms, and sees what there is to plan for."""
    coordinator.follow("Desk")
    coordinator.follow("Confirm or decline", within=coordinator.row(own.title))
    coordinator.press("Confirm", within=coordinator.row(ORGANIZATION[coordinator.language]))
    for delegate in DELEGATES[coordinator.language]:
        spoken = coordinator.in_words(language_name, delegate["interpretation"])
        needed = coordinator.row(spoken).filter(has_text=coordinator.words(delegate["need"]))
        expect(needed.first).to_be_visible()


def reads_the_confirmation(visitor, own):
    """It comes to the lead and to each delegate, each in the language chosen, with a file for the calendar."""
    told = {row["email"]: row["language"] for row in DELEGATES[visitor.language]}
    for address, language in ({visitor.address: visitor.language} | told).items():
        letter = visitor.site.letter(address, own.confirmed(language))
        is_written_in(language, letter)
        # The lead reads all of the names, a delegate no other's.
        own_names = {
            row["name"] for row in DELEGATES[visitor.language] if address in (visitor.address, row["email"])
        }
        assert own_names == {row["name"] for row in DELEGATES[visitor.language] if row["name"] in letter.text}
        (file,) = letter.attachments
        assert occasion(file.content) == own.occasion
    visitor.page.goto(visitor.site.link_in(visitor.letter(own.confirmed(visitor.language))))
    assert occasion(visitor.download(visitor.sees("link", "File for your calendar"))) == own.occasion


def occasion(file):
    """When the one meeting of a calendar file begins and ends, and where one joins."""
    (event,) = Calendar.from_ical(file).events
    assert event["status"] == "CONFIRMED"
    return event.start, event.end, event["location"]


def is_written_in(language, letter):
    """A message says of itself which language it is in, and runs in its direction."""
    assert letter.head.language == language
    assert f'<html lang="{language}" dir="{languages.direction(language)}">' in letter.html


def publishes_the_outcome(coordinator, own, members):
    """A file and a light text in two languages; one action publishes it and tells everybody."""
    coordinator.follow("Desk")
    coordinator.follow("Add a document")
    for code, title in own.outcomes.items():
        here = {"language": coordinator.in_words(language_name, code)}
        name = coordinator.field("Title in %(language)s", **here)
        if coordinator.is_folded(name):
            coordinator.page.locator(f"details.part:not([open]) summary:has([lang={code}])").click()
        name.fill(title)
        coordinator.field("Light text in %(language)s", **here).fill(f"## {HEADING[code]}\n\n- {ASKED[code]}")
        file = {"name": f"{code}.pdf", "mimeType": "application/pdf", "buffer": factories.pdf().read()}
        coordinator.field("PDF file in %(language)s", **here).set_input_files(file)
    coordinator.page.get_by_role("checkbox", name=re.compile(rf"^{OBJECTIVE} ")).check()
    coordinator.press("Save the draft and look at it")
    coordinator.follow("Publish", context="button")
    one, many = "Publish, and tell %(number)s organization", "Publish, and tell %(number)s organizations"
    publish = coordinator.counted(one, many, len(members.organizations))
    coordinator.page.get_by_role("button", name=publish).click()
    coordinator.is_told("The document is published.")


def watches_until_everybody_is_reached(coordinator, members):
    """Organization by organization; who runs no script asks the page to show this moment."""
    reached = coordinator.words("Reached", context="organization told of something")
    table = coordinator.page.get_by_role(
        "table", name=coordinator.words("By organization, those that need a hand first")
    )
    cells = "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"

    def seen():
        again = coordinator.sees("link", "Show the state of this moment")
        if not coordinator.runs_script and again.count():
            again.click()
        return dict(table.locator("tbody tr").evaluate_all(cells))

    everybody = dict.fromkeys(members.organizations, reached)
    # Seldom: on a slow machine each look takes time from the worker that is looked at.
    assert until(lambda: seen() == everybody, seconds=180, step=0.5), seen()


def everybody_was_told_once(site, own, members):
    """No reader has the message twice, and nobody else has it."""
    subjects = {own.announced(language) for language in languages.CODES}
    told = [head for head in site.letters if head.subject in subjects]
    assert Counter(head.recipients for head in told) == {(address,): 1 for address in members.readers}
    for head in told:
        language = members.readers[head.recipients[0]]
        assert head.subject == own.announced(language)
        says_where_to_read(site.read(head), language, own)


def says_where_to_read(letter, language, own):
    """In the reader's language; where the document is not, the message says in which it is."""
    is_written_in(language, letter)
    with translation.override(language):
        here = {"language": language_name(language), "languages": languages_list(["ar", "en"])}
        if language in own.outcomes:
            said = gettext("You can read it in %(language)s.")
        else:
            said = gettext(
                "It is not yet in %(language)s. You can read it in %(languages)s, "
                "and we write again once it is in %(language)s."
            )
        assert said % here in letter.text


def reads_the_outcome(reader, own):
    """What the button of the message opens: the light text, in the reader's direction, and the file."""
    letter = reader.letter(own.announced(reader.language))
    reader.unfolds(letter)
    reader.page.goto(reader.site.link_in(letter))
    expect(reader.page.locator("html")).to_have_attribute("dir", languages.direction(reader.language))
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(own.outcomes[reader.language])
    expect(reader.row(ASKED[reader.language])).to_be_visible()
    file = reader.page.locator(f"a[download][hreflang={reader.language}]")
    assert reader.download(file).startswith(b"%PDF")
    reader.page.goto(f"/{reader.language}/objectives/{OBJECTIVE}/")
    expect(reader.page.get_by_role("link", name=own.outcomes[reader.language])).to_be_visible()
