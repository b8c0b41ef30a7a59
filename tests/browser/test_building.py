"""A consultation of two rounds is built from the empty form; clicks and fields are counted, and end the report.

In Arabic it is built on a telephone that runs no script.
"""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect, sync_playwright

from consultations.models import Consultation
from portal.operations import reference
from tests import factories
from tests.browser.counting import SignedIn
from tests.browser.story import OBJECTIVE
from tests.browser.test_accessibility import CHROMIUM, QUIET, session_of
from tests.browser.test_walk import DEVICES
from tests.counted import COUNTED

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: nothing was built in it"),
]
OTHER = {"ar": "en", "en": "ar"}
PROCESS = {"title_ar": "دورة استعراض المرفأ", "title_en": "Harbour review cycle"}
TITLE = {"ar": "بدائل الاحتجاز: ما ينجح حيث نعمل", "en": "Alternatives to detention: what works where we are"}
PROMPT = {"ar": "ما البدائل التي جرّبتموها؟", "en": "Which alternatives have you tried?"}
JOIN = "https://meet.example/harbour"
ZONE = "Africa/Tunis"
LANGUAGES, ROUNDS = 2, 2
# What nobody but her can know: the words in each language; which objective, from when and until when one registers,
# how many places there are, who confirms; of each round its begin, its end and where one joins.
FIELDS = 2 * LANGUAGES + 5 + 3 * ROUNDS
# The draft, each round and the question are each opened and saved; a language unfolds; between the consultation and
# her question lies the list of questions, there and back; and one opens the whole.
CLICKS = 2 * (1 + ROUNDS + 1) + (LANGUAGES - 1) + 2 + 1


def in_order(coordinator, words):
    """The words of the original, then those of the other language."""
    return {code: words[code] for code in (coordinator.language, OTHER[coordinator.language])}


def at(days, hour):
    """What is typed for an hour of the day in so many days, on the clock of the event."""
    return f"{datetime.now(ZoneInfo(ZONE)).date() + timedelta(days=days)}T{hour:02}:00"


@pytest.mark.one_a_day("language")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_consultation_of_two_rounds_is_built_with_few_clicks(
    live_server, settings, mailoutbox, record_property, language
):
    settings.ALLOWED_HOSTS = ["*"]
    reference.load(by=None)
    process = factories.process(is_current=True, **PROCESS)
    people = [
        factories.coordinator(language=language, name="Mary Okoro", time_zone=ZONE),
        factories.lead(language=OTHER[language]),
    ]
    known = [(person.email, session_of(person), person.language) for person in people]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        coordinator, lead = (
            SignedIn(browser, live_server.url, *person, **DEVICES[person[2]]) for person in known
        )
        builds(coordinator)
        finds_it_open(lead)
        browser.close()
    said = f"{coordinator.clicks} clicks, {coordinator.fields} fields"
    record_property(COUNTED, f"A consultation of two rounds in two languages, {language}: {said}")
    assert coordinator.clicks <= CLICKS
    assert coordinator.fields <= FIELDS
    assert coordinator.troubles + lead.troubles == []
    made = Consultation.objects.get()
    assert (made.status, made.kind, made.process, made.time_zone) == ("open", "consultation", process, ZONE)
    assert [row.round_number for row in made.meetings.in_order()] == [1, 2]
    assert [message.to for message in mailoutbox] == [[lead.address]]
    assert TITLE[lead.language] in mailoutbox[0].subject


def builds(coordinator):
    """From the desk to the open consultation."""
    coordinator.page.goto(f"/{coordinator.language}/desk/")
    drafts(coordinator)
    for number in range(1, ROUNDS + 1):
        sets_a_round(coordinator, number)
    asks(coordinator)
    expect(
        coordinator.page.get_by_text(coordinator.words("Draft: only coordinators see this page"))
    ).to_be_visible()
    coordinator.press("Open", context="button")
    coordinator.is_told("The consultation is open.")


def drafts(coordinator):
    """What is mostly so stands in the empty form: a consultation, of the current process, online, for everybody."""
    coordinator.follow("Plan a consultation")
    coordinator.write("Title in %(language)s", in_order(coordinator, TITLE))
    coordinator.tick(re.compile(rf"^{OBJECTIVE} "))
    coordinator.fill("Registration opens", at(0, 0))
    coordinator.fill("Registration closes", at(20, 18))
    coordinator.choose("Registrations are confirmed", "By a coordinator")
    coordinator.fill("Places", "60")
    coordinator.press("Save the draft")
    coordinator.is_told("The draft is saved. Only coordinators see it.")


def sets_a_round(coordinator, number):
    coordinator.follow("Set a meeting")
    coordinator.fill("Begins", at(20 + 7 * number, 14))
    coordinator.fill("Ends", at(20 + 7 * number, 16))
    coordinator.fill("Join address", JOIN)
    coordinator.press("Save")
    expect(coordinator.sees("heading", "Round %(number)s", number=number)).to_be_visible()


def asks(coordinator):
    """One question, seen at once as an organization will see it; the consent text is the portal's own."""
    coordinator.follow("Questions")
    coordinator.follow("Add a question")
    coordinator.write("Question in %(language)s", in_order(coordinator, PROMPT))
    coordinator.press("Save")
    own = coordinator.language
    expect(coordinator.page.get_by_role("textbox", name=PROMPT[own])).to_be_visible()
    coordinator.click(coordinator.page.get_by_role("link", name=TITLE[own], exact=True))


def finds_it_open(lead):
    """In the other language, on the first page; and is asked what the coordinator wants to know."""
    lead.page.goto(f"/{lead.language}/")
    lead.click(lead.page.get_by_role("link", name=TITLE[lead.language], exact=True))
    expect(lead.page.get_by_text(lead.words("Registration is open"), exact=True)).to_be_visible()
    for number in range(1, ROUNDS + 1):
        expect(lead.sees("heading", "Round %(number)s", number=number)).to_be_visible()
    lead.follow("Register your organization")
    expect(lead.page.get_by_role("textbox", name=PROMPT[lead.language])).to_be_visible()
