"""A paper from a Word file to its handing over, on the pages, in the messages, and in the files that come of it.

Web server, worker, beat and mail sink are those of `make run`. The coordinator writes; four leads, each in a language
of her own, comment and endorse, one of them on a telephone that runs no script, one by a code; what twenty-five others
endorse is put into the database. The PDFs are read back and looked at.
"""

from functools import partial

import pytest
from playwright.sync_api import expect

from consultations.models import Endorsement, Paper
from portal import languages
from portal.forms.moments import SHOWN
from portal.operations import reference
from portal.templatetags.portal import language_name
from tests.browser import drafted, drafting, inside, printed
from tests.browser.beside import browsers
from tests.browser.processes import running
from tests.browser.test_accessibility import CHROMIUM, QUIET
from tests.browser.visitors import TELEPHONE, Visitor
from tests.drainers import until

pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(600),
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine: no paper was walked to its end"
    ),
]
DESK = {"viewport": {"width": 1280, "height": 900}}
TELEPHONE_WITHOUT_SCRIPT = TELEPHONE | {"java_script_enabled": False}
Shown, Answer, Authority = Endorsement.shown.field.choices, Endorsement.Answer, Endorsement.Authority
PRINT = "PDF in %(language)s"


def test_a_paper_goes_from_a_word_file_to_its_addressee():
    reference.load(by=None)
    own = drafted.Story()
    with running() as site, browsers() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        walk(browser, site, own)
        browser.close()


def walk(browser, site, own):
    cast = Cast(browser, site, own)
    drafting.begins(cast.coordinator, own)
    drafting.first_round(cast, own)
    drafting.second_round(cast, own)
    drafting.translates(cast.coordinator, own)
    drafting.freezes(cast.coordinator)
    named = is_endorsed(cast, own)
    publishes(cast.coordinator, own)
    files = reads_the_files(cast, own, named)
    takes_an_endorsement_back(cast, own, named, files)
    corrects(cast, own, named)
    hands_over(cast, own)
    assert [one.troubles for one in cast.everybody] == [[]] * len(cast.everybody)
    is_so_in_the_tables(own)


class Cast:
    """Who is at a browser: each opens it when first asked for."""

    def __init__(self, browser, site, own):
        self.everybody = []
        come = partial(inside.signed_in, browser, site)
        stranger = partial(Visitor, browser, site)
        proposer, withdrawing = own.lead("en"), own.lead("en", 1)
        self.leads = [proposer, own.lead("ar"), own.lead("fr"), own.lead("es"), withdrawing]
        self.coming = {
            "coordinator": lambda: come(own.coordinator, **DESK),
            "proposer": lambda: come(proposer, **DESK),
            "commenter": lambda: come(own.lead("ar"), **TELEPHONE_WITHOUT_SCRIPT),
            "french": lambda: come(own.lead("fr"), **DESK),
            "reserved": lambda: come(own.lead("es"), **TELEPHONE),
            "by_code": lambda: stranger(withdrawing.email, "en", **DESK),
            "reader": lambda: stranger("nobody@readers.example", "en", **DESK),
        }

    def __getattr__(self, name):
        if name not in self.__dict__.get("coming", ()):
            raise AttributeError(name)
        visitor = self.coming[name]()
        self.everybody.append(visitor)
        setattr(self, name, visitor)
        return visitor


# Endorsed


def is_endorsed(cast, own):
    """By five who come from their message, in each way of being shown; by all others. Whose names who sees."""
    coordinator = cast.coordinator
    drafting.to_the_paper(coordinator)
    coordinator.follow("Open it for endorsement")
    coordinator.field("Endorse by").fill(own.on(30).strftime(SHOWN))
    coordinator.press("Open it, and tell the organizations")
    coordinator.is_told("The paper can be endorsed. The leads of all members are told when it opens.")
    endorses(cast.proposer, own, "public")
    endorses(cast.commenter, own, "withheld")
    endorses(cast.french, own, "members")
    endorses(cast.reserved, own, "public", reservation=drafted.RESERVED)
    endorses(cast.by_code, own, "public")
    named = own.others_endorse(Paper.objects.get(), cast.leads)
    named["withheld"].add(drafted.name_of(own.lead("ar")))
    named["members"].add(drafted.name_of(own.lead("fr")))
    named["public"] |= {drafted.name_of(one) for one in (own.lead("en"), own.lead("es"), own.lead("en", 1))}
    return named


def endorses(lead, own, shown, reservation=""):
    """In one step from the message; whoever has not signed in does that first, by a code."""
    letter = lead.letter(own.subject(lead, "Endorse by %(day)s: %(title)s", 30))
    lead.page.goto(lead.site.link_in(letter))
    if lead.page.locator("input[type=email]").count():
        lead.give_address()
    if reservation:
        lead.page.get_by_role("radio", name=lead.in_words(lambda: Answer.RESERVED.label)).check()
        section = own.texts[lead.language].sections[0][0]
        lead.field("The section of the reservation").select_option(label=section)
        lead.field("The reservation").fill(reservation)
    for label in (dict(Shown)[shown], Authority.BOARD.label):
        lead.page.get_by_role("radio", name=lead.in_words(lambda said=label: said)).check()
    lead.press("Endorse", context="button")
    lead.is_told("Thank you. Your organization stands behind this version.")


# Published


def publishes(coordinator, own):
    """In one action; then the coordinator watches how it is told."""
    drafting.to_the_paper(coordinator)
    coordinator.follow("Publish the paper")
    coordinator.press("Publish", context="button")
    coordinator.is_told("The paper is published. Its files are being made.")
    expect(coordinator.page.locator(".lede")).to_have_text(own.texts["en"].title)
    table = coordinator.page.get_by_role(
        "table", name=coordinator.words("By organization, those that need a hand first")
    )
    reached = table.get_by_text(coordinator.words("Reached", context="organization told of something"))
    expect(reached).to_have_count(drafted.ORGANIZATIONS)


def files_on_page(visitor, *, new=()):
    """The links to the files of a paper, once there is one in every language that is not among those known."""
    names = {
        code: visitor.words(PRINT, language=visitor.in_words(language_name, code)) for code in languages.CODES
    }
    found = {}

    def made():
        drafting.to_the_paper(visitor)
        for folded in visitor.page.locator("#publication details:not([open]) > summary").all():
            folded.click()
        for code, name in names.items():
            links = visitor.page.get_by_role("link", name=name, exact=True)
            found[code] = links.get_attribute("href") if links.count() else ""
        return all(found.values()) and not set(found.values()) & set(new)

    assert until(made, seconds=180, step=0.5), found
    return found


def fetched(visitor, links):
    """{language: the bytes of the file}."""
    return {code: visitor.page.request.get(link).body() for code, link in links.items()}


def reads_the_files(cast, own, named):
    """Whoever reads gets all words in each language, and the names that everybody may see; members get more."""
    links = files_on_page(cast.reader)
    texts = as_published(own)
    for code, content in fetched(cast.reader, links).items():
        found = printed.read(content, code)
        printed.says(found, texts[code])
        printed.look_at(content)
        assert f"{cast.reader.site.address}/d/" in "".join(found.links)
        assert 2 <= len(found.pages) <= 6
        everybody = set().union(*named.values())
        assert printed.names_in(found, everybody) == named["public"]
        assert printed.quotes(found, drafted.RESERVED)
    of_members(cast.french, named)
    in_word(cast.reader, texts["en"])
    return links


def as_published(own):
    """The texts with what the comments made of the original."""
    english = own.texts["en"]
    sections = [
        (heading, words.replace(drafted.ASKED, drafted.PROPOSED)) for heading, words in english.sections
    ]
    sections[-1] = (sections[-1][0], f"{sections[-1][1]} {drafted.ADDED}")
    return own.texts | {"en": drafted.Text(english.title, english.summary, tuple(sections))}


def of_members(lead, named):
    """The file for members names those who let only members see it, and nobody who is withheld."""
    name = lead.words(
        "PDF in %(language)s, with the names that only members see",
        language=lead.in_words(language_name, lead.language),
    )
    link = lead.page.get_by_role("link", name=name, exact=True)
    assert until(lambda: drafting.to_the_paper(lead) or link.count(), seconds=180, step=0.5)
    found = printed.read(lead.download(link), lead.language)
    assert printed.names_in(found, set().union(*named.values())) == named["public"] | named["members"]


def in_word(reader, text):
    """The published text as a Word file."""
    drafting.to_the_paper(reader)
    content = reader.download(reader.sees("link", "As a Word file"))
    printed.says_in_word(content, text)


def takes_an_endorsement_back(cast, own, named, files):
    """From that moment the name stands nowhere: the old file is gone, the new one does without."""
    lead, reader = cast.by_code, cast.reader
    gone = drafted.name_of(own.lead("en", 1))
    expect(lead.page.get_by_text(gone)).not_to_have_count(0)
    lead.follow("Take the endorsement back")
    lead.press("Take the endorsement back")
    lead.is_told("The endorsement is taken back. From now on your organization does not count.")
    assert {reader.page.request.get(link).status for link in files.values()} == {410}
    named["public"].remove(gone)
    links = files_on_page(reader, new=files.values())
    expect(reader.page.get_by_text(gone)).to_have_count(0)
    for content in fetched(reader, links).values():
        found = printed.Printed(content)
        assert printed.names_in(found, {gone, *named["public"]}) == named["public"]
    files.update(links)


def corrects(cast, own, named):
    """A figure was wrong: a new version with a note; the one before stays readable, and says what it is."""
    coordinator, reader = cast.coordinator, cast.reader
    before = files_on_page(reader)
    drafting.to_the_draft(coordinator)
    coordinator.page.locator("main section[id]").last.get_by_role("link", name="Write", exact=True).click()
    text = coordinator.field("Text")
    text.fill(text.input_value().replace(drafted.WRONG, drafted.RIGHT))
    coordinator.page.get_by_role("radio", name=coordinator.words("Only the wording")).check()
    coordinator.press("Save", within=coordinator.page.locator("form:has(textarea[name=markdown])"))
    coordinator.is_told("The section is saved.")
    drafting.to_the_paper(coordinator)
    coordinator.follow("Publish a correction")
    for code, note in drafted.NOTE.items():
        here = {"language": coordinator.in_words(language_name, code)}
        coordinator.field("What changed, in %(language)s", **here).fill(note)
    coordinator.page.get_by_role(
        "radio", name=coordinator.words("Only the wording: endorsements stay")
    ).check()
    coordinator.press("Publish the correction")
    coordinator.is_told("The correction is published. The version before stays readable.")
    is_corrected(reader, before, named)


def is_corrected(reader, before, named):
    links = files_on_page(reader, new=before.values())
    expect(reader.page.locator("article")).to_contain_text(drafted.RIGHT)
    content = fetched(reader, {"en": links["en"]})["en"]
    found = printed.read(content, "en")
    printed.look_at(content)
    assert printed.quotes(found, drafted.NOTE["en"])
    assert printed.names_in(found, named["public"]) == named["public"]
    reader.page.locator("aside").get_by_role("link").first.click()
    expect(reader.page.locator("article .notice")).to_contain_text("It is not the newest")
    expect(reader.page.locator("article")).to_contain_text(drafted.WRONG)


def hands_over(cast, own):
    """To whom it was sent stands on the page of the paper."""
    coordinator, reader = cast.coordinator, cast.reader
    drafting.to_the_paper(coordinator)
    coordinator.follow("Hand it over")
    coordinator.field("Addressee").fill(drafted.ADDRESSEE)
    coordinator.field("Handed over on").fill(drafted.TODAY.isoformat())
    coordinator.field("Reference of the receipt").fill(drafted.RECEIPT)
    coordinator.press("Save the draft")
    coordinator.press("Publish", context="button")
    expect(coordinator.page.locator("dl.facts").first).to_contain_text(drafted.RECEIPT)
    drafting.to_the_paper(reader)
    expect(reader.sees("heading", "Handed over", context="a paper")).to_be_visible()
    expect(reader.page.locator("#publication")).to_contain_text(drafted.ADDRESSEE)


def is_so_in_the_tables(own):
    """Each stands behind one version; nobody is counted who took it back."""
    paper = Paper.objects.get()
    assert paper.status == Paper.Status.PUBLISHED
    rounds, finals = ["comments"] * 2, ["final", "correction"]
    assert list(paper.versions.order_by("number").values_list("purpose", flat=True)) == rounds + finals
    newest = paper.versions.order_by("number").last()
    assert sorted(newest.texts.values_list("language", flat=True)) == sorted(languages.CODES)
    assert Endorsement.objects.count() == drafted.ORGANIZATIONS
    assert Endorsement.objects.behind(newest).count() == drafted.ORGANIZATIONS - 1
