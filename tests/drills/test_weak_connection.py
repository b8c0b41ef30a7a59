"""What a page weighs in real Chromium, on a first and on a second visit, and how long it takes on a weak connection.

Against the processes of `make run`, over the real archive: 400 kbit/s with 400 ms for each round trip.
"""

import pytest
from django.core.management import call_command
from playwright.sync_api import sync_playwright

from portal.operations import reference
from tests import archives
from tests.browser.processes import running
from tests.browser.test_accessibility import CHROMIUM, QUIET, TELEPHONE

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: no page was weighed"),
]
PATHS = ("", "objectives/", "objectives/7/", "processes/", "organizations/", "library/", "library/pages/")
PATHS += ("consultations/", "papers/", "calls/", "commitments/")
LANGUAGES = ("en", "ar")
WEAK = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """The running portal with all that really happened in it."""
    with django_db_blocker.unblock():
        try:
            reference.load(by=None)
            archives.load_shipped()
            with running() as found:
                yield found
        finally:
            call_command("flush", verbosity=0, interactive=False)


def visits(context, path, conditions):
    """What two visits in a row take: [(requests, bytes, milliseconds until it is loaded)]."""
    page, arrived, found = context.new_page(), [], []
    control = context.new_cdp_session(page)
    control.send("Network.enable")
    control.send("Network.emulateNetworkConditions", conditions)
    control.on("Network.loadingFinished", lambda told: arrived.append(told["encodedDataLength"]))
    for _visit in range(2):
        arrived.clear()
        page.goto(path, wait_until="load")
        loaded = page.evaluate(LOADED)
        page.wait_for_timeout(300)  # the icon comes after all else
        found.append((len(arrived), int(sum(arrived)), round(loaded)))
    return found


def test_pages_come_quickly_on_a_weak_connection(site):
    found = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for path in (f"/{language}/{path}" for language in LANGUAGES for path in PATHS):
            site.window(browser).request.get(path)  # what the server itself keeps is there
            context = site.window(browser, viewport=TELEPHONE)
            found[path] = visits(context, path, WEAK)
            context.close()
            print(path, *found[path])
        browser.close()
    first, second = zip(*found.values(), strict=True)
    worst = {
        "requests": max(row[0] for row in first),
        "bytes": max(row[1] for row in first),
        "milliseconds": max(row[2] for row in first),
        "bytes_again": max(row[1] for row in second),
    }
    print("The worst of each:", worst)
    assert worst["requests"] <= 6
    assert worst["bytes"] < 40_000
    assert worst["bytes_again"] < 10_000
    assert worst["milliseconds"] <= 2_500
