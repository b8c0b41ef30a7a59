"""In a real browser without script, in Arabic: what is asked only of some comes and goes with the answers before it."""

import pytest
from django.conf import settings as configured
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import sync_playwright

from consultations.models import Registration
from portal.static_files import SHEET, bundle
from tests import factories
from tests.browser.test_accessibility import CHROMIUM, QUIET, ROOT, TELEPHONE, session_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine: what a browser shows was not looked at"
    ),
]


def ask_about_travel():
    """A consultation that asks whoever comes by boat for the port, and whoever lands in Bizerte for the hour."""
    consultation = factories.open_consultation()
    how = factories.question(
        consultation,
        "How?",
        prompt_ar="كيف تسافرون؟",
        kind="choice",
        options=["Train", "Boat"],
        is_required=True,
    )
    port = factories.question(
        consultation,
        "Which port?",
        prompt_ar="أي ميناء؟",
        kind="choice",
        options=["Tunis", "Bizerte"],
        is_required=True,
        shown_if=how,
        shown_for=["2"],
    )
    hour = factories.question(
        consultation, "At what hour?", prompt_ar="في أي ساعة؟", shown_if=port, shown_for=["2"]
    )
    return consultation, (how, port, hour)


def open_form(playwright, home, cookie, path):
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    context = browser.new_context(viewport=TELEPHONE, java_script_enabled=False)
    context.add_cookies([{"name": configured.SESSION_COOKIE_NAME, "value": cookie, "url": home}])
    sheet = bundle(ROOT / "portal" / "static" / SHEET)
    context.route(f"**/{SHEET}", lambda route: route.fulfill(body=sheet, content_type="text/css"))
    page = context.new_page()
    page.goto(home + path)
    return page


def test_a_question_for_some_shows_only_to_them_and_is_then_asked_for(live_server, settings):
    settings.ALLOWED_HOSTS = ["*"]
    consultation, (how, port, hour) = ask_about_travel()
    person = factories.lead(language="ar")
    cookie = session_of(person)
    with translation.override("ar"):
        path = reverse("consultations:register", args=[consultation.key])
    with sync_playwright() as playwright:
        page = open_form(playwright, live_server.url, cookie, path)

        def choose(question, key):
            page.check(f"input[name={question.field_name}][value='{key}']")

        def shown():
            fields = (page.locator(f"[name={row.field_name}]").first for row in (how, port, hour))
            return [field.is_visible() for field in fields]

        assert shown() == [True, False, False]
        choose(how, "2")
        assert shown() == [True, True, False]
        choose(port, "2")
        assert shown() == [True, True, True]
        page.fill(f"[name={hour.field_name}]", "14:00")
        # Nobody is asked for the hour of a boat that is not taken, though its port was chosen before.
        choose(how, "1")
        assert shown() == [True, False, False]
        choose(how, "2")
        assert shown() == [True, True, True]
        page.check("[name=consent]")
        page.click("form[method=post] .actions button")
        landed = page.url
        page.context.browser.close()
    made = Registration.objects.get()
    assert landed.endswith(f"/ar/registrations/{made.key}/")
    answers = {row.question: row.said("en") for row in made.answers.all()}
    assert answers == {how: "Boat", port: "Bizerte", hour: "14:00"}
