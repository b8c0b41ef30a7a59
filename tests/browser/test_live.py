"""How far the telling has come shows by itself; without script a link shows it, and everything else works as well."""

import shutil

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from portal import clock
from portal.models import Delivery
from portal.notifications import notify
from portal.operations import delivery, expansion
from resources.notifications import DocumentPublished
from tests import drainers, factories
from tests.browser.beside import browsers
from tests.browser.test_accessibility import CHROMIUM, QUIET, session_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium on this machine"),
]
SOON = 20_000  # milliseconds; the page asks every few seconds


@pytest.fixture
def coordinator(settings):
    settings.ALLOWED_HOSTS = ["*"]
    with drainers.bells_unheard(), browsers() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser, factories.coordinator()
        browser.close()


def owed(*languages):
    """A notice that waits to be sent to as many members."""
    people = [factories.lead(language=language) for language in languages]
    notice = notify(DocumentPublished, factories.document(), by=None)
    expansion.step()
    return notice, people


def opened(live_server, coordinator, path, **options):
    browser, person = coordinator
    context = browser.new_context(**options)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(person), "url": live_server.url}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(live_server.url + path)
    return page


def test_a_coordinator_watches_messages_leave(live_server, coordinator):
    notice, _people = owed("en", "ar")
    page = opened(live_server, coordinator, reverse("notice", args=[notice.key]))
    expect(page.get_by_text("2 messages on the way")).to_be_visible()
    delivery.drain()
    expect(page.get_by_text("2 messages sent")).to_be_visible(timeout=SOON)
    # What has come to its end is not asked for again.
    expect(page.locator("#told")).not_to_have_attribute("hx-trigger", "every 3s", timeout=SOON)


def test_whoever_is_at_a_button_stays_there_while_the_list_changes(live_server, coordinator):
    _notice, (first, second) = owed("en", "en")
    page = opened(live_server, coordinator, reverse("outbox") + "?state=waiting")
    kept = Delivery.objects.get(recipient__user=second)
    button = page.locator(f"#cancel-{kept.key}")
    button.focus()
    Delivery.objects.filter(recipient__user=first).update(state="cancelled", finished_at=clock.now())
    expect(page.get_by_text(first.email)).to_have_count(0, timeout=SOON)
    expect(button).to_be_focused()


def test_without_script_a_message_is_watched_tried_again_and_cancelled(live_server, coordinator):
    _notice, (person,) = owed("en")
    Delivery.objects.update(attempts=1, last_code="rcpt 450 4.2.1 greylisted")
    page = opened(live_server, coordinator, reverse("outbox"), java_script_enabled=False)
    expect(page.get_by_text("rcpt 450 4.2.1 greylisted")).to_be_visible()
    page.get_by_role("button", name="Try again now").click()
    expect(page.get_by_text("The message is tried again.")).to_be_visible()
    page.goto(live_server.url + reverse("outbox") + "?state=waiting")
    page.get_by_role("button", name="Do not send").click()
    expect(page.get_by_text("The message is cancelled.")).to_be_visible()
    page.goto(live_server.url + reverse("outbox") + "?state=waiting")
    expect(page.get_by_text(person.email)).to_have_count(0)
    owed("fr")
    page.get_by_role("link", name="Show the state of this moment").click()
    expect(page.get_by_role("button", name="Do not send").first).to_be_visible()
