"""In a real browser: what axe finds, nothing wider than a telephone, nothing asked of anybody else, nothing refused.

axe looks past the contrast of Arabic letters in the default face; tests/browser/contrast.py measures that of every
text, by day and by night.
"""

import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import sync_playwright

from consultations.operations import drafting, sources
from portal import clock
from portal.models import Delivery
from portal.notifications import notify
from portal.static_files import SHEET, bundle
from resources.notifications import DocumentPublished
from tests import factories, samples
from tests.browser import contrast
from tests.drainers import until

ROOT = Path(__file__).resolve().parent.parent.parent
# The same engine without windows to draw does with two thirds of the processor.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
QUIET += ["--disable-sync", "--no-first-run"]
SCHEMES = ("light", "dark")
WIDE, TELEPHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "preload": False,
}

pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(600),
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine: what a browser shows was not looked at"
    ),
]


def fill():
    """One of each thing that the pages below show, and the people who ask."""
    objectives = [factories.objective(number) for number in range(1, 24)]
    process = factories.process("Review forum", is_current=True)
    factories.phase("Listening phase", process=process)
    lead = factories.lead(
        in_directory=True, directory_fields=["objectives", "country"], country=factories.country()
    )
    lead.organization.objectives.set(objectives[:3])
    consultation = factories.open_consultation(process=process, objectives=objectives[:2])
    factories.registration(consultation, lead.organization)
    factories.consultation("Room not yet told", status="draft")
    for year in (2019, 2021, 2023):
        factories.document(process=process, objectives=objectives[:1], begins_on=f"{year}-03-01")
    factories.call(process=process, objectives=objectives[:1])
    factories.commitment(process=process, objectives=objectives[:1])
    factories.practice(objectives=objectives[:1])
    group = factories.working_group(objectives=objectives[:1])
    coordinator = factories.coordinator()
    notice = notify(DocumentPublished, factories.document(), by=coordinator)
    Delivery.objects.filter(notice=notice).update(
        state="dead", last_code="end 554 no", finished_at=clock.now()
    )
    factories.organization("Sourced Light", status="known", relation="Named on a page")
    factories.lead(status="pending")
    asked = factories.open_call(questions=["What do you see?", "What helps?"], objectives=objectives[:1])
    begun = factories.contribution(asked, lead.organization, status="draft")
    given = factories.contribution(asked).answers.first()
    paper = factories.paper(
        process=process, objectives=objectives[:1], by=coordinator, title_en="Doors", summary_en="All of it."
    )
    section = paper.sections.get()
    rows = {row.key: "كلمات" for row in section.paragraphs.standing()}
    drafting.translate(
        section, language="ar", number=0, paragraphs=rows, approved=rows.keys(), by=coordinator
    )
    sources.add_inputs(section, inputs=[given], by=coordinator)
    factories.published(paper)
    drafting.edit(
        section, language="en", number=1, markdown="## What we ask\n\nOpen all doors.", by=coordinator
    )
    return {
        "paper": paper,
        "document": factories.document("Read by everybody", objectives=objectives[:2]),
        "section": section,
        "asked": asked,
        "begun": begun,
        "given": given,
        "lead": lead,
        "coordinator": coordinator,
        "consultation": consultation,
        "draft": factories.document("Not yet told", status="draft", is_outcome=True),
        "notice": notice,
        "process": process,
        "group": group,
    }


def addresses(made):
    """Who asks for what: [(person, paths)]."""
    lead, objective = made["lead"], 1
    public = [
        reverse("home"),
        *(reverse(name) for name in ("privacy", "accessibility", "contact", "interface", "kept")),
        reverse("objectives"),
        reverse("objective", args=[objective]),
        reverse("processes"),
        made["process"].get_absolute_url(),
        reverse("working-groups"),
        made["group"].get_absolute_url(),
        f"{reverse('search')}?q=forum",
        reverse("organizations"),
        reverse("organizations-coverage"),
        reverse("organizations-known"),
        lead.organization.get_absolute_url(),
        reverse("account_login"),
        reverse("account_signup"),
        reverse("resources:documents"),
        reverse("consultations:consultations"),
        made["consultation"].get_absolute_url(),
        made["asked"].get_absolute_url(),
        reverse("consultations:papers"),
        made["paper"].get_absolute_url(),
        *(reverse(f"consultations:{name}") for name in ("calls", "commitments", "submissions")),
        *(reverse(f"consultations:{name}") for name in ("accreditation-tracks", "accreditation-guide")),
        *(reverse(f"resources:{name}") for name in ("pages", "campaigns", "practices")),
        made["document"].get_absolute_url(),
        f"{reverse('home')}nothing/",
    ]
    own = [
        reverse("my-organization", args=[lead.organization.key]),
        reverse("organization-edit", args=[lead.organization.key]),
        reverse("organization-listing", args=[lead.organization.key]),
        reverse("invite", args=[lead.organization.key]),
        reverse("organization-register"),
        reverse("account"),
        reverse("mfa_index"),
        reverse("account_logout"),
        reverse("consultations:contribution-edit", args=[made["begun"].key]),
        reverse("consultations:contribution-send", args=[made["begun"].key]),
        reverse("consultations:voice-new"),
    ]
    keys = {name: [made[name].key] for name in ("consultation", "draft", "notice")}
    desk = [
        reverse("desk"),
        reverse("desk-organizations"),
        reverse("resources:document-new"),
        reverse("resources:document-publish", args=keys["draft"]),
        reverse("consultations:consultation-edit", args=keys["consultation"]),
        reverse("consultations:registrations", args=keys["consultation"]),
        reverse("notice", args=keys["notice"]),
        reverse("outbox"),
    ]
    desk += [reverse(f"consultations:{name}", args=[made["asked"].key]) for name in ("reading", "heard")]
    desk += [
        reverse(f"consultations:{name}", args=[made["paper"].key])
        for name in ("paper-draft", "paper-coverage")
    ]
    desk += [
        reverse("consultations:section", args=[made["section"].key]),
        reverse("consultations:section-translate", args=[made["section"].key, "ar"]),
        reverse("consultations:section-history", args=[made["section"].key, "en"]),
        reverse("consultations:section-sources", args=[made["section"].key]),
    ]
    desk += [reverse("consultations:call-new"), made["given"].get_absolute_url()]
    return [(None, public), (lead, own), (made["coordinator"], desk)]


def session_of(person):
    """The cookie of a person who is signed in."""
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def violations(page):
    """What axe finds on a page: [(rule, the first places)]."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [(rule["id"], [node["html"][:120] for node in rule["nodes"]][:3]) for rule in found]


def unsealed(route):
    """A preview without its policy: it is a sealed document, in which no script runs, nor what looks at it."""
    answer = route.fetch()
    headers = {name: said for name, said in answer.headers.items() if name != "content-security-policy"}
    route.fulfill(response=answer, headers=headers)


@contextmanager
def watched(browser, home, cookie):
    """Somebody's page with the means to go on, and what goes wrong on it: [(path, what)]."""
    found, here = [], {"path": ""}
    context = browser.new_context(viewport=WIDE)
    if cookie:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": home}])
    # The sheet goes out in one file, as in production.
    sheet = bundle(ROOT / "portal" / "static" / SHEET)
    context.route(f"**/{SHEET}", lambda route: route.fulfill(body=sheet, content_type="text/css"))
    context.route("**/previews/**", unsealed)
    page = context.new_page()
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(home) else found.append((here["path"], asked.url)),
    )
    page.on(
        "console",
        lambda said: found.append((here["path"], said.text)) if "Content Security" in said.text else None,
    )
    page.on("pageerror", lambda error: found.append((here["path"], str(error))))

    def go(path):
        here["path"] = path
        assert page.goto(home + path).status == (404 if path.endswith("/nothing/") else 200), path

    yield page, go, found
    context.close()


def looked_at(browser, home, cookie, paths, for_axe, *, thorough=False):
    """What is wrong with pages as a browser sees them, in turn by day and by night, or read by both; axe takes most of the time."""
    with watched(browser, home, cookie) as (page, go, found):
        for number, path in enumerate(paths):
            page.set_viewport_size(WIDE)
            schemes = SCHEMES[number % 2 :] + SCHEMES[: number % 2]
            page.emulate_media(color_scheme=schemes[0])
            go(path)
            if path in for_axe:
                found += [(path, *violation) for violation in violations(page)]
            for scheme in schemes if thorough else schemes[:1]:
                page.emulate_media(color_scheme=scheme)
                found += [(path, scheme, words) for words in contrast.faint(page)]
            page.set_viewport_size(TELEPHONE)
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > TELEPHONE["width"]:
                found.append((path, f"{width} pixels wide"))
    return found


@pytest.mark.one_a_day("language", "turn")
@pytest.mark.parametrize(("language", "turn"), [("en", 0), ("ar", 1)])
def test_pages_are_fit_for_everybody(live_server, settings, language, turn, seed):
    """Half of the pages a day, axe at the coordinators' and at every second of the others; the drill looks at all, twice."""
    settings.ALLOWED_HOSTS = ["*"]
    with translation.override(language):
        made = fill()
        drawn = [(person, samples.part(paths, seed // 2, 0, 2)) for person, paths in addresses(made)]
        asked = [
            (person and session_of(person), paths, paths if person == made["coordinator"] else paths[turn::2])
            for person, paths in drawn
        ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        found = [row for one in asked for row in looked_at(browser, live_server.url, *one)]
        browser.close()
    assert not found, "\n".join(map(str, found))


def test_the_administration_keeps_to_the_policy(live_server, settings):
    """Django's lists and forms bring scripts of their own; none stands in the page itself."""
    settings.ALLOWED_HOSTS = ["*"]
    consultation, cookie = factories.open_consultation(), session_of(factories.administrator())
    change = reverse("admin:consultations_consultation_change", args=[consultation.pk])
    pages = ("index", "consultations_consultation_changelist", "portal_role_add", "portal_user_changelist")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        with watched(browser, live_server.url, cookie) as (page, go, found):
            for path in (*(reverse(f"admin:{name}") for name in pages), change):
                go(path)
            assert found == []
            page.evaluate("document.body.setAttribute('style', 'color: red')")
            assert until(lambda: page.title() and found), "a style in the page would have been refused"
        browser.close()


def test_axe_would_have_found_something():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page()
        page.set_content("<title>x</title><input><p style='color:#999;background:#fff'>faint</p>")
        found = {rule for rule, _places in violations(page)}
        page.set_content("<body style='background:#fff'><p>a<p>b<p>c<p style='color:#999'>خافت")
        faint = contrast.faint(page)
        browser.close()
    assert {"html-has-lang", "label", "color-contrast"} <= found
    assert faint == ["خافت: 2.85"]
