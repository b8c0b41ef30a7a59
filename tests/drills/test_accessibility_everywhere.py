"""What the suite looks at in turn, all of it: every page, in Arabic and in English, by day and by night."""

import pytest
from django.utils import translation
from playwright.sync_api import sync_playwright

from tests.browser.test_accessibility import CHROMIUM, QUIET, addresses, fill, looked_at, session_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: no page was looked at"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_and_everything_can_be_read(live_server, settings, language, scheme):
    settings.ALLOWED_HOSTS = ["*"]
    with translation.override(language):
        asked = [(person and session_of(person), paths, paths) for person, paths in addresses(fill())]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        found = [row for one in asked for row in looked_at(browser, live_server.url, *one, schemes=(scheme,))]
        browser.close()
    print(
        f"\n{language}, {scheme}: {sum(len(paths) for _cookie, paths, _axe in asked)} pages, {len(found)} found"
    )
    assert not found, "\n".join(map(str, found))
