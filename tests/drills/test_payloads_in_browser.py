"""The payloads of G15 in real Chromium: three hundred pages on which nothing runs and nothing is refused."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import sync_playwright

from tests.browser.test_accessibility import CHROMIUM, QUIET, session_of, watched
from tests.drills import figures
from tests.drills.test_payloads import LINES, PAYLOADS, drawn, pages, world

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine: what it runs was not looked at"
    ),
]
LANGUAGES = ("en", "ar", "fr", "es")


def looked_at(browser, home, cookie, paths):
    """What Chromium refused, ran or asked for on these pages of one person: [(path, what)], and the dialogs."""
    dialogs = []
    with watched(browser, home, cookie) as (page, go, found):
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        for path in paths:
            go(path)
    return found, dialogs


def tours():
    """Who goes where: [(cookie, paths)], a person in each language."""
    by, lead, papers = world(LINES, PAYLOADS)
    found = []
    for language in LANGUAGES:
        there = drawn(language, by, lead, papers)
        with override(language):
            addresses = [reverse(name, args=arguments) for name, arguments in pages(papers)]
        for person in (by, lead):
            paths = [addresses[place] for _name, place, is_by in there if is_by == (person == by)]
            found.append((session_of(person), paths))
    return found


def test_chromium_runs_nothing_and_refuses_nothing_on_three_hundred_pages(live_server, settings):
    settings.ALLOWED_HOSTS = ["*"]
    asked, found, dialogs, ways = 0, [], [], tours()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for cookie, paths in ways:
            seen = looked_at(browser, live_server.url, cookie, paths)
            asked, found, dialogs = asked + len(paths), found + seen[0], dialogs + seen[1]
        browser.close()
    figures.add("G15", "payloads in Chromium", pages=asked, refused=len(found), dialogs=len(dialogs))
    assert asked >= 300
    assert (found, dialogs) == ([], [])


def test_a_control_that_runs_is_seen(live_server, settings):
    settings.ALLOWED_HOSTS = ["*"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        dialogs = []
        with watched(browser, live_server.url, None) as (page, go, found):
            page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
            go("/en/")
            page.evaluate("setTimeout(() => alert(1), 0)")
            page.wait_for_timeout(500)
            page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(2)>')")
            page.wait_for_timeout(500)
            refused = len(found)
        browser.close()
    figures.add("G15", "control: a script of ours, one of the page", dialogs=len(dialogs), refused=refused)
    assert dialogs == ["1"]
    assert refused >= 1
