"""In a real browser: what axe finds, nothing wider than a telephone, nothing asked of anybody else, nothing refused.

axe looks past the contrast of Arabic letters in the default face; tests/test_contrast.py computes it from the tokens.
"""

import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import sync_playwright

from portal.static_files import SHEET, bundle
from tests import factories

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = shutil.which("chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
QUIET += ["--disable-sync", "--no-first-run"]
WIDE, TELEPHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "preload": False,
}

pytestmark = [
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
    factories.organization("Sourced Light", status="known", relation="Named on a page")
    factories.lead(status="pending")
    return {
        "lead": lead,
        "coordinator": factories.coordinator(),
        "consultation": consultation,
        "process": process,
        "group": group,
    }


def addresses(made):
    """Who asks for what."""
    lead, objective = made["lead"], 1
    public = [
        reverse("home"),
        reverse("objectives"),
        reverse("objective", args=[objective]),
        reverse("processes"),
        made["process"].get_absolute_url(),
        reverse("working-groups"),
        made["group"].get_absolute_url(),
        f"{reverse('search')}?q=forum",
        reverse("organizations"),
        reverse("organizations-known"),
        lead.organization.get_absolute_url(),
        reverse("account_login"),
        reverse("account_signup"),
        reverse("resources:documents"),
        reverse("consultations:consultations"),
        made["consultation"].get_absolute_url(),
        f"{reverse('home')}nothing/",
    ]
    own = [
        reverse("my-organization", args=[lead.organization.key]),
        reverse("organization-edit", args=[lead.organization.key]),
        reverse("invite", args=[lead.organization.key]),
        reverse("organization-register"),
        reverse("account"),
        reverse("mfa_index"),
        reverse("account_logout"),
    ]
    desk = [reverse("desk"), reverse("desk-organizations"), reverse("resources:document-new")]
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


def looked_at(browser, home, cookie, paths):
    """What is wrong with pages as a browser sees them: [(path, what)]."""
    found = []
    context = browser.new_context(viewport=WIDE)
    if cookie:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": home}])
    # The sheet goes out in one file, as in production.
    sheet = bundle(ROOT / "portal" / "static" / SHEET)
    context.route(f"**/{SHEET}", lambda route: route.fulfill(body=sheet, content_type="text/css"))
    page = context.new_page()
    here = {"path": ""}
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(home) else found.append((here["path"], asked.url)),
    )
    page.on(
        "console",
        lambda said: found.append((here["path"], said.text)) if "Content Security" in said.text else None,
    )
    page.on("pageerror", lambda error: found.append((here["path"], str(error))))
    for path in paths:
        here["path"] = path
        page.set_viewport_size(WIDE)
        page.goto(home + path)
        found += [(path, *violation) for violation in violations(page)]
        page.set_viewport_size(TELEPHONE)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > TELEPHONE["width"]:
            found.append((path, f"{width} pixels wide"))
    context.close()
    return found


@pytest.mark.parametrize(("language", "every"), [("en", 1), ("ar", 2)])
def test_pages_are_fit_for_everybody(live_server, settings, language, every):
    settings.ALLOWED_HOSTS = ["*"]
    with translation.override(language):
        made = fill()
        asked = [(person and session_of(person), paths[::every]) for person, paths in addresses(made)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        found = [row for cookie, paths in asked for row in looked_at(browser, live_server.url, cookie, paths)]
        browser.close()
    assert not found, "\n".join(map(str, found))


def test_axe_would_have_found_something():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page()
        page.set_content("<title>x</title><input><p style='color:#999;background:#fff'>faint</p>")
        found = {rule for rule, _places in violations(page)}
        browser.close()
    assert {"html-has-lang", "label", "color-contrast"} <= found
