"""Places: asked for by form, given within quotas, waited for, offered, passed on, given back, taken at the door.

In a browser without script, in Arabic and in French. Only the organizations and their leads are there before; all
else is done on the pages, and read on the pages and in the mailbox of whom it concerns.
"""

import re

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from consultations.models import Attendance, Consultation, FormerDelegate, Registration, RegistrationAnswer
from portal import dates
from portal.forms.moments import SHOWN
from tests.browser import building, inside
from tests.browser.cast import STORIES, Cast
from tests.browser.test_accessibility import CHROMIUM
from tests.browser.visitors import TELEPHONE, Visitor

pytestmark = [
    pytest.mark.long,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: nobody asked for a place"),
]
DEVICE = TELEPHONE | {"java_script_enabled": False}
TAGS = re.compile(r"<[^>]+>")
PASSED = "Since %(day)s others were confirmed before you, because the quota “<bdi>%(name)s</bdi>” was full."
FIRST = {"name": "Ines Duarte", "email": "ines@delegates.example"}
SECOND = {"name": "هدى حداد", "email": "huda@delegates.example"}
Status = Registration.Status


@pytest.mark.one_a_day("language")
@pytest.mark.parametrize("language", STORIES)
def test_places_are_shared_out_in_order_and_nobody_loses_one(live_server, tmp_path, language):
    with inside.running(live_server, tmp_path) as site, inside.chromium() as browser:
        walk(browser, site, STORIES[language], Cast(browser, site, language, **DEVICE))
    is_so_in_the_tables(STORIES[language])


def walk(browser, site, own, cast):
    building.builds(cast.coordinator, own)
    apply_in_order(cast, own)
    is_approved(cast, own)
    stranger = swaps_a_delegate(browser, site, cast, own)
    gives_places_back(cast, own)
    passes_an_offer_on(site, cast, own)
    moves_a_meeting(cast, own)
    comes_to_the_door(cast, stranger, own)
    assert [one.troubles for one in (*cast.everybody, stranger)] == [[]] * 6


def registers(lead, own, *, places=1, comes=False, delegate=None):
    """One place is for the lead unless another delegate is named; a second one has no name yet."""
    building.goes_to(lead, own)
    lead.follow("Register your organization")
    if places > 1:
        lead.press("Add a delegate")
    if delegate:
        lead.field("Full name").fill(delegate["name"])
        lead.field("E-mail address").fill(delegate["email"])
    building.only_some_are_asked(lead, own)
    if comes:
        lead.page.get_by_role("radio", name=own.room, exact=True).check()
        lead.page.get_by_label(own.arrival).fill(own.evening)
    lead.field("Every delegate named here knows this and agrees.").check()
    lead.press("Send the registration")


def stands(visitor, status):
    """What the page of a registration says of it first."""
    said = visitor.in_words(lambda: status.label)
    expect(visitor.page.locator("main div.notice").first).to_contain_text(said)


def apply_in_order(cast, own):
    """The first fills the quota for Africa: two whom it concerns wait for it, though a place is free."""
    registers(cast.atlas, own, places=2, comes=True)
    stands(cast.atlas, Status.CONFIRMED)
    one = "%(number)s place has no name yet; it is held."
    many = "%(number)s places have no name yet; they are held."
    expect(cast.atlas.page.locator("main")).to_contain_text(cast.atlas.counted(one, many, 1))
    registers(cast.baobab, own, places=2)
    waits(cast.baobab, own, place=1)
    registers(cast.citadel, own, comes=True)
    waits(cast.citadel, own, place=2)


def waits(visitor, own, *, place):
    """The page says where in the line one stands, and which quota it is that has no room; a message says the former."""
    stands(visitor, Status.WAITLISTED)
    line = "Place %(place)s on the waiting list"
    reads(visitor, line, place=place)
    reads(visitor, "The quota “<bdi>%(name)s</bdi>” has no room for you now.", name=own.quotas[0])
    letter = visitor.letter(own.subject(visitor, "On the waiting list for %(day)s: %(title)s", 15))
    assert visitor.words(line, place=place) in letter.text


def is_approved(cast, own):
    """From now on a coordinator looks at each; the last place goes past the line to one whom no quota concerns."""
    coordinator, lead = cast.coordinator, cast.delta
    coordinator.follow("Edit", context="button")
    coordinator.field("Registrations are confirmed").select_option("by-hand")
    coordinator.press("Save")
    coordinator.is_told("The changes to the consultation are saved.")
    registers(lead, own, delegate=FIRST)
    stands(lead, Status.PENDING)
    coordinator.follow("Registrations")
    coordinator.press("Confirm", within=coordinator.row("Delta"))
    coordinator.is_told("The registration is confirmed. The organization is told.")
    taken = coordinator.words("%(confirmed)s of %(places)s places taken", confirmed=2, places=2)
    for quota in own.quotas:
        expect(coordinator.row(quota)).to_contain_text(taken)
    lead.page.reload()
    stands(lead, Status.CONFIRMED)
    cast.baobab.page.reload()
    day = Registration.objects.get(organization__folded_name="baobab").passed_over_at
    reads(cast.baobab, PASSED, name=own.quotas[0], day=cast.baobab.in_words(dates.day, day))


def swaps_a_delegate(browser, site, cast, own):
    """Everything is full and others wait: the place stays, another comes, and the one who does not is told."""
    lead = cast.delta
    lead.follow("Change the delegates")
    lead.field("Full name").fill(SECOND["name"])
    lead.field("E-mail address").fill(SECOND["email"])
    lead.field("Language of messages").select_option(cast.atlas.language)
    lead.press("Save")
    lead.is_told("The delegates are changed.")
    stands(lead, Status.CONFIRMED)
    expect(lead.page.get_by_text(SECOND["name"])).to_be_visible()
    expect(lead.page.get_by_text(FIRST["name"])).to_have_count(0)
    subject = own.subject(lead, "You are no longer a delegate on %(day)s: %(title)s", 15)
    assert "Delta" in site.letter(FIRST["email"], subject).text
    return signs_in_as_delegate(browser, site, cast, own)


def signs_in_as_delegate(browser, site, cast, own):
    """By the button of the message; without an account no code comes, and the page that asks for it says what does."""
    stranger = Visitor(browser, site, SECOND["email"], cast.atlas.language, **DEVICE)
    letter = stranger.letter(own.subject(stranger, "You are a delegate on %(day)s: %(title)s", 15))
    stranger.page.goto(site.link_in(letter))
    stranger.page.locator("input[type=email]").fill(stranger.address)
    stranger.press("Send me a code")
    stranger.follow("Sign up with your e-mail address")
    stranger.give_address()
    stands(stranger, Status.CONFIRMED)
    expect(stranger.page.get_by_text(SECOND["name"])).to_be_visible()
    return stranger


def gives_places_back(cast, own):
    """The first cancels; the file in the message, and from then on that of the page, takes the meetings back."""
    lead = cast.atlas
    lead.follow("Cancel this registration")
    lead.press("Cancel the registration")
    lead.is_told("The registration is cancelled.")
    stands(lead, Status.CANCELLED)
    held = in_the_message(lead, own, "Confirmed for %(day)s: %(title)s")
    given_back = in_the_message(lead, own, "Cancelled for %(day)s: %(title)s")
    assert states(held) == [("CONFIRMED", 0)] * 2
    assert states(given_back) == states(in_the_file(lead)) == [("CANCELLED", 1)] * 2
    assert same_entries(held, given_back)


def passes_an_offer_on(site, cast, own):
    """It is offered to the first in line, who gives it back by the link, without signing in; the next takes it."""
    baobab, citadel = cast.baobab, cast.citadel
    baobab.page.context.clear_cookies()
    subject = own.subject(baobab, "Answer: a place is offered to you for %(day)s: %(title)s", 15)
    baobab.page.goto(site.link_in(baobab.letter(subject)))
    stands(baobab, Status.OFFERED)
    held = baobab.counted("%(number)s place is held for you.", "%(number)s places are held for you.", 2)
    expect(baobab.page.get_by_text(held)).to_be_visible()
    citadel.page.reload()
    stands(citadel, Status.WAITLISTED)
    baobab.press("Give it back", context="an offered place")
    baobab.is_told("Thank you. The place goes to the next in line.")
    stands(baobab, Status.CANCELLED)
    reads(baobab, "This offer is over.")
    citadel.page.goto(site.link_in(citadel.letter(subject)))
    citadel.follow("Open the registration")
    stands(citadel, Status.OFFERED)
    citadel.press("Take it", context="an offered place")
    citadel.is_told("The registration is confirmed.")
    stands(citadel, Status.CONFIRMED)


def moves_a_meeting(cast, own):
    """Two days later, and the second not at all: page, message and file say so of what the calendars hold."""
    coordinator, citadel = cast.coordinator, cast.citadel
    before = in_the_message(citadel, own, "Confirmed for %(day)s: %(title)s")
    building.goes_to(coordinator, own)
    of_meeting(coordinator, own.rounds[0])
    coordinator.follow("Edit the meeting")
    coordinator.field("Begins").fill(own.on(17, 10).strftime(SHOWN))
    coordinator.field("Ends").fill(own.on(17, 12).strftime(SHOWN))
    coordinator.field("If a date moves: why?").fill(own.reason)
    coordinator.press("Save")
    coordinator.is_told("The meeting is changed.")
    moved = in_the_message(citadel, own, "Moved to %(day)s: %(title)s", 17)
    assert [one.start for one in moved] == [own.on(16), own.on(17, 10)]
    assert states(moved) == [("CONFIRMED", 0), ("CONFIRMED", 1)]
    coordinator.press("Call it off", within=of_meeting(coordinator, own.rounds[1]))
    coordinator.is_told("The meeting is called off. Whoever holds a place is told.")
    called_off = in_the_message(citadel, own, "Called off on %(day)s: %(title)s", 16)
    citadel.page.reload()
    expect(citadel.row(own.rounds[0])).to_contain_text(own.reason)
    expect(citadel.row(own.rounds[1])).to_contain_text(citadel.words("Called off", context="meeting"))
    now = in_the_file(citadel)
    assert states(now) == states(called_off) == [("CANCELLED", 1), ("CONFIRMED", 1)]
    assert same_entries(before, moved, called_off, now)
    cast.atlas.page.reload()
    given_back = in_the_file(cast.atlas)
    assert states(given_back) == [("CANCELLED", 2)] * 2
    assert same_entries(before, given_back)


def in_the_message(visitor, own, sentence, days=15):
    """The entries of the calendar file in the message to a visitor with this subject."""
    (file,) = visitor.letter(own.subject(visitor, sentence, days)).attachments
    return Calendar.from_ical(file.content).events


def in_the_file(visitor):
    """The entries of the file behind the link on a registration's page."""
    return Calendar.from_ical(visitor.download(visitor.sees("link", "File for your calendar"))).events


def states(entries):
    return [(str(one["status"]), one["sequence"]) for one in entries]


def same_entries(*files):
    """A calendar program takes the entries of the later files for those that it has."""
    return len({frozenset(str(one["uid"]) for one in file) for file in files}) == 1


def of_meeting(coordinator, title):
    """The row of a meeting, with what coordinators can do with it unfolded."""
    row = coordinator.row(title)
    row.locator("summary").first.click()
    return row


def comes_to_the_door(cast, stranger, own):
    """Who reads the code in the room types it, another is ticked in the list; each organization sees that it was there."""
    coordinator = cast.coordinator
    of_meeting(coordinator, own.rounds[0])
    coordinator.follow("Who came")
    coordinator.follow("Show a code for the room")
    coordinator.press("Make a code")
    stranger.page.reload()
    stranger.follow("I am here")
    stranger.field("The code that the room sees").fill(coordinator.page.locator(".at-the-door").inner_text())
    stranger.press("Send", context="button")
    stranger.is_told("Thank you: it is noted that you are here.")
    coordinator.follow("Who came")
    expect(coordinator.page.get_by_role("checkbox", checked=True)).to_have_count(1)
    coordinator.page.get_by_role("checkbox", name="Lead of Citadel").check()
    coordinator.press("Save")
    coordinator.is_told("The attendance is saved.")
    by_code = coordinator.page.get_by_role(
        "checkbox", name=f"{SECOND['name']} {coordinator.in_words(lambda: Attendance.Way.CODE.label)}"
    )
    expect(by_code).to_be_checked()
    for lead in (cast.citadel, cast.delta):
        lead.page.reload()
        reads(lead, "Your organization was there:")


def reads(visitor, sentence, **named):
    """The page says so, whatever is set apart in it."""
    said = TAGS.sub("", visitor.words(sentence, **named))
    expect(visitor.page.locator("main")).to_contain_text(said)


def is_so_in_the_tables(own):
    """Nobody has more or fewer places than the pages said, in all and in each quota; the order of arrival is kept."""
    rows = Registration.objects.order_by("seq").values_list(
        "organization__folded_name", "status", "delegates_count"
    )
    assert list(rows) == [
        ("atlas", "cancelled", 2),
        ("baobab", "cancelled", 2),
        ("citadel", "confirmed", 1),
        ("delta", "confirmed", 1),
    ]
    consultation = Consultation.objects.get()
    assert (consultation.places, consultation.confirmed_count) == (3, 2)
    quotas = consultation.quotas.order_by("pk").values_list("places", "held_count")
    assert list(quotas) == [(2, 1), (2, 1)]
    said = RegistrationAnswer.objects.exclude(text="").values_list("registration__seq", "text")
    assert sorted(said) == [(1, own.evening), (3, own.evening)]
    assert RegistrationAnswer.objects.exclude(chosen=[]).count() == 4
    came = Attendance.objects.values_list("delegate__name", "way").order_by("way")
    assert list(came) == [(SECOND["name"], "code"), ("Lead of Citadel", "list")]
    assert FormerDelegate.objects.get().recipient.address == FIRST["email"]
