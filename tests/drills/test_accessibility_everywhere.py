"""What the suite looks at in part and in turn, all of it: every page, in Arabic and in English, by day and by night."""

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import sync_playwright

from tests.browser.everywhere import visits
from tests.browser.test_accessibility import (
    CHROMIUM,
    QUIET,
    addresses,
    fill,
    looked_at,
    session_of,
    violations,
    watched,
)
from tests.factories import coordinator

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: no page was looked at"),
]
LIST = {
    "name": "list.csv",
    "mimeType": "text/csv",
    "buffer": b"Name,E-mail\nPorts of Peace,ports@ports.example\n,x\n",
}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_and_everything_can_be_read(live_server, settings, language):
    settings.ALLOWED_HOSTS = ["*"]
    with translation.override(language):
        asked = [*visits(), *((person and session_of(person), paths) for person, paths in addresses(fill()))]
        new_list, coordinates = reverse("list-new"), session_of(coordinator())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        found = [
            row
            for cookie, paths in asked
            for row in looked_at(browser, live_server.url, cookie, paths, paths, thorough=True)
        ]
        found += at_a_list_that_was_read(browser, live_server.url, coordinates, new_list)
        browser.close()
    print(f"\n{language}: {sum(len(paths) for _cookie, paths in asked)} pages, {len(found)} found")
    assert not found, "\n".join(map(str, found))


def at_a_list_that_was_read(browser, home, cookie, path):
    """What is wrong with the page that says what each row of a mailing list would do; it has no address of its own."""
    with watched(browser, home, cookie) as (page, go, found):
        go(path)
        page.set_input_files("main input[type=file]", LIST)
        page.locator("main form button").last.click()
        page.wait_for_selector("main table")
        found += [(path, "read", *violation) for violation in violations(page)]
    return found
