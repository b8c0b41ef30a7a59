"""A coordinator builds a registration on the pages: meetings, questions, quotas that overlap; then it opens."""

from playwright.sync_api import expect

from portal.forms.moments import SHOWN
from portal.templatetags.portal import language_name
from tests.browser.cast import ZONE


def builds(coordinator, own):
    """A consultation with two meetings, two questions and two quotas that overlap; then it opens."""
    drafts(coordinator, own)
    for days, title in zip((15, 16), own.rounds, strict=True):
        sets_a_meeting(coordinator, own, title, days)
    asks(coordinator, own)
    shares_out(coordinator, own)
    coordinator.press("Open", context="button")
    coordinator.is_told("The consultation is open.")


def drafts(coordinator, own):
    coordinator.follow("Desk")
    coordinator.follow("Plan a consultation")
    coordinator.field("Title in %(language)s", language=own_name(coordinator)).fill(own.title)
    coordinator.field("Time zone of the event").select_option(ZONE)
    coordinator.field("Registration closes").fill(own.on(10).strftime(SHOWN))
    coordinator.field("Places").fill("3")
    coordinator.field("Delegates of one organization, at most").fill("2")
    coordinator.field("Hours for which a place that frees is offered").fill("24")
    coordinator.press("Save the draft")
    coordinator.is_told("The draft is saved. Only coordinators see it.")


def own_name(visitor):
    """How a visitor's language is called in it."""
    return visitor.in_words(language_name, visitor.language)


def sets_a_meeting(coordinator, own, title, days):
    coordinator.follow("Set a meeting")
    coordinator.field("Begins").fill(own.on(days).strftime(SHOWN))
    coordinator.field("Ends").fill(own.on(days, 16).strftime(SHOWN))
    coordinator.field("Title in %(language)s", language=own_name(coordinator)).fill(title)
    coordinator.field("Join address").fill("https://meet.example/secret-room")
    coordinator.press("Save")
    coordinator.is_told("The meeting is set.")


def asks(coordinator, own):
    """How one takes part; and whoever comes into the room, when that is."""
    language = own_name(coordinator)
    coordinator.follow("Questions")
    coordinator.follow("Add a question")
    coordinator.field("Question in %(language)s", language=language).fill(own.question)
    coordinator.field("Kind of answer").select_option("choice")
    for number, way in enumerate((own.room, own.telephone), 1):
        coordinator.field("Choice %(number)s in %(language)s", number=number, language=language).fill(way)
    coordinator.field("It must be answered").check()
    coordinator.press("Save")
    coordinator.is_told("The question is added.")
    coordinator.follow("Add a question")
    coordinator.field("Question in %(language)s", language=language).fill(own.arrival)
    coordinator.page.get_by_role("checkbox", name=own.room, exact=True).check()
    coordinator.field("It must be answered").check()
    coordinator.press("Save")
    coordinator.is_told("The question is added.")
    only_some_are_asked(coordinator, own)
    goes_to(coordinator, own)


def only_some_are_asked(visitor, own):
    """The question for some comes and goes with the answer before it."""
    arrival = visitor.page.get_by_label(own.arrival)
    expect(arrival).to_be_hidden()
    visitor.page.get_by_role("radio", name=own.room, exact=True).check()
    expect(arrival).to_be_visible()
    visitor.page.get_by_role("radio", name=own.telephone, exact=True).check()
    expect(arrival).to_be_hidden()


def goes_to(visitor, own):
    """By its name, which stands above what belongs to it."""
    visitor.page.get_by_role("link", name=own.title).first.click()


def shares_out(coordinator, own):
    """At most two places for Africa, and two for civil society: some count in both."""
    coordinator.follow("Quotas")
    africa, civil_society = own.quotas
    for title in (africa, civil_society):
        coordinator.field("Title in %(language)s", language=own_name(coordinator)).fill(title)
        coordinator.field("Places at most").fill("2")
        if title == africa:
            coordinator.page.get_by_role("checkbox", name=own.region, exact=True).check()
        else:
            whom = coordinator.field("Organizations of this constituency")
            whom.select_option("civil-society")
        coordinator.press("Make the quota")
        coordinator.is_told("The quota is made.")
    goes_to(coordinator, own)
