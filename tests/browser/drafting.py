"""A paper is written on the pages: begun from a Word file, commented on in two rounds, translated, frozen."""

import re

from playwright.sync_api import expect

from consultations.models import Contribution, Paper
from portal import languages
from portal.forms.moments import SHOWN
from portal.templatetags.portal import language_name, languages_list
from tests.browser import drafted

# Drafting


def begins(coordinator, own):
    """Its facts and its titles are typed, its text comes out of Word."""
    coordinator.page.goto("/en/papers/")
    coordinator.follow("Begin a paper")
    for code, text in own.texts.items():
        here = {"language": coordinator.in_words(language_name, code)}
        title = coordinator.field("Title in %(language)s", **here)
        if coordinator.is_folded(title):
            coordinator.page.locator(f"details.part:not([open]) summary:has([lang={code}])").click()
        title.fill(text.title)
        coordinator.field("Summary in %(language)s", **here).fill(text.summary)
    coordinator.field("Begin from a Word file").set_input_files(drafted.word_file(own.texts["en"]))
    coordinator.page.get_by_role("checkbox", name=re.compile(rf"^{drafted.OBJECTIVE} ")).check()
    coordinator.press("Save the draft")
    coordinator.is_told("The paper is begun. Only those who write it see the draft.")
    to_the_draft(coordinator)
    for number, (heading, _words) in enumerate(own.texts["en"].sections, 1):
        expect(coordinator.page.get_by_role("heading", name=f"{number}. {heading}")).to_be_visible()
    expect(coordinator.page.locator("main ol li strong")).to_have_count(4)


def to_the_paper(visitor):
    visitor.page.goto(f"/{visitor.language}/papers/{Paper.objects.get().address_key}/")


def to_the_draft(coordinator):
    to_the_paper(coordinator)
    coordinator.follow("Open the draft")


# Rounds of comments


def opens_a_round(coordinator, own, days):
    to_the_draft(coordinator)
    coordinator.follow("Open for comments", context="a coordinator does it")
    coordinator.field("Comment by").fill(own.on(days).strftime(SHOWN))
    coordinator.press("Open for comments", context="a coordinator does it")
    coordinator.is_told("The round of comments is set. Members are told when it opens.")


def first_round(cast, own):
    """One proposes other words and is accepted; what another says at a paragraph is not answered yet."""
    opens_a_round(cast.coordinator, own, 10)
    proposes(cast.proposer, own)
    comments(cast.commenter, own)
    closes_the_round(cast.coordinator)
    decides(cast.coordinator, drafted.WHY, "Accept: the words land as they are", "Accept the words")
    cast.coordinator.is_told("It is accepted. Whoever made it is told.")
    to_the_draft(cast.coordinator)
    expect(cast.coordinator.page.get_by_text(drafted.PROPOSED)).to_be_visible()
    answered = cast.proposer.letter(own.subject(cast.proposer, "Comment answered: %(title)s"))
    cast.proposer.page.goto(cast.proposer.site.link_in(answered))
    expect(cast.proposer.page.locator("main .meta").first).to_contain_text("Accepted")


def at_the_paragraph(lead, own, days, words):
    """Follow the message to the round, and go to the form at a paragraph."""
    lead.page.goto(lead.site.link_in(lead.letter(own.subject(lead, "Comment by %(day)s: %(title)s", days))))
    passage = lead.page.locator(".passage").filter(has_text=words)
    passage.get_by_role("link", name=lead.words("Comment or propose words")).click()
    return passage if lead.runs_script else lead.page.locator("main")


def proposes(lead, own):
    place = at_the_paragraph(lead, own, 10, drafted.ASKED)
    place.get_by_role("radio", name=lead.words("Propose other words for it")).check()
    words = lead.field("The words that you propose", place)
    words.fill(words.input_value().replace(drafted.ASKED, drafted.PROPOSED))
    says(lead, place, drafted.WHY)


def comments(lead, own):
    """The draft is not yet in her language: she reads the original, and writes in her own."""
    place = at_the_paragraph(lead, own, 10, drafted.WRONG)
    says(lead, place, drafted.COMMENT)


def says(lead, place, words):
    lead.field("Your comment, or why you propose other words", place).fill(words)
    named = lead.in_words(lambda: Contribution.Consent.NAMED.label)
    place.get_by_role("radio", name=named).check()
    place.get_by_role("button", name=lead.words("Save the comment")).click()
    lead.is_told("Thank you. Your comment is saved; you can change it while the round is open.")


def closes_the_round(coordinator):
    to_the_draft(coordinator)
    number = Paper.objects.get().comment_rounds.count()
    coordinator.follow("Round of comments %(number)s", number=number)
    coordinator.press("Close the round now")
    coordinator.is_told("The round of comments is closed. What is open waits for its answer.")


def decides(coordinator, words, way, button, **fields):
    """From the list of comments to one of them; one of the ways is unfolded, its fields filled."""
    coordinator.follow("Decide", context="about a comment", within=coordinator.row(words).last)
    form = coordinator.page.locator("details").filter(has_text=coordinator.words(way))
    form.locator("summary").click()
    for label, value in fields.items():
        coordinator.field(label.replace("_", " "), form).fill(value)
    coordinator.press(button)


def second_round(cast, own):
    """The comment has come along to its paragraph; now it is taken up with the drafters' own words."""
    opens_a_round(cast.coordinator, own, 20)
    lead = cast.commenter
    lead.page.goto(lead.site.link_in(lead.letter(own.subject(lead, "Comment by %(day)s: %(title)s", 20))))
    mine = lead.page.locator(".passage").filter(has_text=drafted.WRONG).locator(".comment.is-own")
    expect(mine).to_contain_text(drafted.COMMENT)
    expect(mine).to_contain_text(lead.words("carried from round %(number)s", number=1))
    closes_the_round(cast.coordinator)
    evidence = own.texts["en"].sections[-1][1]
    decides(
        cast.coordinator,
        drafted.COMMENT,
        "Accept with changes: write the words",
        "Accept with these words",
        The_words_that_land_in_the_text=f"{evidence} {drafted.ADDED}",
    )
    cast.coordinator.is_told("It is accepted with changes. Whoever made it is told.")
    lead.letter(own.subject(lead, "Comment answered: %(title)s"))
    says_because_of_whom(cast, own)


def says_because_of_whom(cast, own):
    """Between the rounds one paragraph changed, and whose proposal that was."""
    lead = cast.commenter
    to_the_paper(lead)
    lead.follow("What changed, and because of whom")
    expect(lead.sees("heading", "Because of")).to_be_visible()
    expect(lead.page.locator("main")).to_contain_text(drafted.name_of(own.lead("en")))
    expect(lead.page.locator("main ins")).to_contain_text(["dated promises"])


# The paper stands still


def translates(coordinator, own):
    """Paragraph by paragraph, and approves: heading, and what stands under it."""
    for code in languages.CODES:
        if code == "en":
            continue
        for number, (heading, words) in enumerate(own.texts[code].sections):
            to_the_draft(coordinator)
            place = coordinator.page.locator("main section[id]").nth(number)
            place.get_by_role("link", name=coordinator.in_words(language_name, code), exact=True).click()
            fields = coordinator.field("Translation")
            expect(fields).to_have_count(2)
            for field, said in zip(fields.all(), (heading, words), strict=True):
                field.fill(said)
            for box in coordinator.field("Approved: readers may see it").all():
                box.check()
            coordinator.press("Save")
            coordinator.is_told("The translation is saved.")


def freezes(coordinator):
    to_the_paper(coordinator)
    coordinator.follow("Freeze the paper")
    everything = coordinator.in_words(languages_list, ["en", *(c for c in languages.CODES if c != "en")])
    expect(coordinator.page.locator("dl.facts")).to_contain_text(everything)
    coordinator.press("Freeze", context="button")
    coordinator.is_told("The paper is frozen. Now it can be endorsed and published.")
