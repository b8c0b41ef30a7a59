"""Who reads far from the event sees the hour on the clock of the device too; without script nothing is missing."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests import factories
from tests.browser.test_accessibility import CHROMIUM, QUIET

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium on this machine"),
]


def clocks(browser, address, zone, *, with_script=True):
    """The hours of the first moment on a page, and the words beside them."""
    context = browser.new_context(timezone_id=zone, java_script_enabled=with_script)
    page = context.new_page()
    page.goto(address)
    said = page.locator("[data-own-clock]").first.inner_text().splitlines()
    context.close()
    return said


def test_a_moment_is_also_said_on_the_clock_of_the_device(live_server, settings):
    settings.ALLOWED_HOSTS = ["*"]
    address = live_server.url + factories.open_consultation(time_zone="Africa/Tunis").get_absolute_url()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        far, near = (
            clocks(browser, address, "America/Mexico_City"),
            clocks(browser, address, "Africa/Algiers"),
        )
        bare = clocks(browser, address, "America/Mexico_City", with_script=False)
        browser.close()
    assert len(near) == len(bare) == 2
    assert far[:2] == bare
    assert far[2].endswith("on the clock of this device")
    hour, minute = bare[1].removesuffix(" UTC")[-5:].split(":")
    assert f"{(int(hour) - 6) % 24:02}:{minute}" in far[2]
