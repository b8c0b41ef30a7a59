"""With the keyboard alone: past the menu with the first key, every place to act seen and in order, the menu opened."""

import pytest
from playwright.sync_api import expect, sync_playwright

from tests import factories
from tests.browser.test_accessibility import CHROMIUM, QUIET, TELEPHONE, WIDE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: the keyboard was not tried"),
]
# Where the keyboard stands: its place among all elements, whether it can be seen, and whether that is shown.
STANDS = """() => {
  const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
  const isShown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const isInside = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return [[...document.querySelectorAll("*")].indexOf(here), here.localName, isShown, isInside];
}"""
MOST = 150


def walked(page):
    """Every place where the Tab key stops, until it leaves the page."""
    found = []
    while len(found) < MOST:
        page.keyboard.press("Tab")
        place = page.evaluate(STANDS)
        if place[1] == "body" or (found and place[0] <= found[-1][0]):
            return found
        found.append(place)
    return found


@pytest.mark.one_a_day("language")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_are_used_with_the_keyboard_alone(live_server, settings, language):
    settings.ALLOWED_HOSTS = ["*"]
    consultation = factories.open_consultation().get_absolute_url().replace("/en/", f"/{language}/")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for path in (f"/{language}/", consultation):
            page = browser.new_page(viewport=WIDE, base_url=live_server.url)
            page.goto(path)
            stops = walked(page)
            assert len(stops) >= page.locator("a[href]:visible").count() > 20
            assert [stop for stop in stops if not (stop[2] and stop[3])] == []
            page.close()
        page = browser.new_page(viewport=TELEPHONE, base_url=live_server.url)
        page.goto(f"/{language}/")
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_in_viewport()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")
        page.locator(".menu summary").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".menu nav a").first).to_be_visible()
        browser.close()
