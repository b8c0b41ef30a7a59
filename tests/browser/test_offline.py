"""Reading without a connection, in real Chromium: what was chosen is there, nothing else is, and it goes in one action."""

import json

import pytest
from django.conf import settings as configured
from django.urls import reverse
from playwright.sync_api import expect

from resources.models import Document
from tests import factories
from tests.browser.beside import browsers
from tests.browser.test_accessibility import CHROMIUM, QUIET, session_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: reading offline was not tried"),
]
CACHES = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    for (const asked of await (await caches.open(name)).keys()) found.push(new URL(asked.url).pathname);
  }
  return found;
}"""

# A promise and no waiting function: that one is looked at again by what the page's own policy forbids.
CONTROLLED = """new Promise((done) => {
  if (navigator.serviceWorker.controller) done();
  navigator.serviceWorker.addEventListener("controllerchange", () => done());
})"""

NO_CONNECTION = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}


def cut_off(browser, context):
    """Take the connection from pages and from the worker, which Playwright alone would leave online."""
    context.set_offline(True)
    control = browser.new_browser_cdp_session()
    for target in control.send("Target.getTargets")["targetInfos"]:
        if target["type"] == "service_worker":
            attached = {"targetId": target["targetId"], "flatten": False}
            session = control.send("Target.attachToTarget", attached)["sessionId"]
            for number, method in enumerate(("Network.enable", "Network.emulateNetworkConditions"), 1):
                told = {"id": number, "method": method, "params": NO_CONNECTION if number == 2 else {}}
                message = {"sessionId": session, "message": json.dumps(told)}
                control.send("Target.sendMessageToTarget", message)


def keeps(page):
    page.get_by_role("button", name="Keep for reading offline").click()
    expect(page.get_by_text("This page is kept on this device.")).to_be_visible()


def kept_texts(page):
    """The words of every page that stands on the device."""
    return page.evaluate(
        """async () => {
          const answers = await Promise.all((await (await caches.open("kept")).keys()).map((asked) => caches.match(asked)));
          return (await Promise.all(answers.map((answer) => answer.text()))).join();
        }"""
    )


def test_what_a_reader_keeps_is_there_without_a_connection_and_nothing_of_who_reads(live_server, settings):
    settings.ALLOWED_HOSTS = ["*"]
    document = factories.document("Doors that stay open")
    taken_back = factories.document("Taken back")
    other = factories.document("Not chosen").get_absolute_url()
    cookie = session_of(factories.user(name="Amal Haddad"))
    with browsers() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = browser.new_context(base_url=live_server.url)
        context.add_cookies(
            [{"name": configured.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        page = context.new_page()
        page.goto(document.get_absolute_url())
        expect(page.get_by_text("Amal Haddad")).to_be_visible()
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then((found) => found.length)") == 0
        keeps(page)
        assert "Amal Haddad" not in kept_texts(page)
        page.evaluate(CONTROLLED)

        page.goto(taken_back.get_absolute_url())
        keeps(page)
        Document.objects.filter(pk=taken_back.pk).update(access="members")
        page.goto(taken_back.get_absolute_url())
        page.goto(document.get_absolute_url())
        expect(page.get_by_text("This page is kept on this device.")).to_be_visible()

        cut_off(browser, context)
        page.goto(document.get_absolute_url())
        expect(page.get_by_role("heading", name="Doors that stay open", level=1)).to_be_visible()
        expect(page.get_by_text("There is no connection")).to_be_visible()
        page.goto(other)
        expect(page.get_by_role("heading", name="Kept on this device")).to_be_visible()
        page.goto(reverse("kept").replace("/en/", "/ar/"))
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        page.goto(reverse("kept"))
        expect(page.locator("[data-kept] a")).to_have_text(["Doors that stay open"])
        page.get_by_role("button", name="Remove everything kept on this device").click()
        expect(page.get_by_text("Everything is removed.")).to_be_visible()
        assert page.evaluate(CACHES) == []
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then((found) => found.length)") == 0
        browser.close()
