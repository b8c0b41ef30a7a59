"""What the suite looks at in part and in turn, all of it: every page, in Arabic and in English, by day and by night."""

from contextlib import contextmanager

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import sync_playwright

from tests import factories
from tests.browser import contrast
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

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: no page was looked at"),
]
LANGUAGES = ["en", "ar"]
LIST = {
    "name": "list.csv",
    "mimeType": "text/csv",
    "buffer": b"Name,E-mail\nPorts of Peace,ports@ports.example\n",
}


def of_the_suite():
    """What the suite looks at, with its own things on the pages."""
    return [(person and session_of(person), paths) for person, paths in addresses(fill())]


@contextmanager
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.mark.parametrize("of", [visits, of_the_suite])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_everything_can_be_read(live_server, settings, language, of):
    settings.ALLOWED_HOSTS = ["*"]
    with translation.override(language):
        asked = list(of())
    with chromium() as browser:
        found = [
            row
            for cookie, paths in asked
            for row in looked_at(browser, live_server.url, cookie, paths, paths, thorough=True)
        ]
    print(f"\n{language}: {sum(len(paths) for _cookie, paths in asked)} pages, {len(found)} found")
    assert not found, "\n".join(map(str, found))


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_at_a_list_that_was_read_either(live_server, settings, language):
    """What each row of a mailing list would do: the page has no address of its own."""
    settings.ALLOWED_HOSTS = ["*"]
    with translation.override(language):
        path, cookie = reverse("list-new"), session_of(factories.coordinator())
    with chromium() as browser, watched(browser, live_server.url, cookie) as (page, go, found):
        go(path)
        page.set_input_files("main input[type=file]", LIST)
        page.locator("main form button").last.click()
        page.wait_for_selector("main table")
        assert [*violations(page), *contrast.faint(page), *found] == []
