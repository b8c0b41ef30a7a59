"""In a real browser without script, in Arabic and in French: a call is answered, a line breaks, a pack is sent, all is withdrawn."""

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Error

from consultations.models import Contribution
from consultations.operations import calls, inputs
from portal.static_files import SHEET, bundle
from tests import factories
from tests.browser.beside import browsers
from tests.browser.test_accessibility import CHROMIUM, QUIET, ROOT, TELEPHONE, session_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine: what a browser shows was not looked at"
    ),
]
WORDS = {
    "ar": ("قوارب تغادر ليلًا", "منارات على الشاطئ"),
    "fr": ("Des bateaux partent la nuit", "Des phares sur le rivage"),
}


def context_of(playwright, home, cookie):
    """A telephone whose reader has switched scripts off."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    context = browser.new_context(viewport=TELEPHONE, java_script_enabled=False, accept_downloads=True)
    context.add_cookies([{"name": configured.SESSION_COOKIE_NAME, "value": cookie, "url": home}])
    sheet = bundle(ROOT / "portal" / "static" / SHEET)
    context.route(f"**/{SHEET}", lambda route: route.fulfill(body=sheet, content_type="text/css"))
    return context


def press(page, name=""):
    """The button of the form of the page's own part, by its name or the last of those without one."""
    form = page.locator("main form[method=post]").last
    form.locator(f"button[name={name}]" if name else "button:not(.unseen):not([name])").first.click()


def exits_of(call, given):
    """Every public place where the words could still stand."""
    document = factories.document()
    inputs.use(list(given.answers.all()), document=document, section="4", by=None)
    return [
        call.get_absolute_url(),
        given.get_absolute_url(),
        document.get_absolute_url(),
        reverse("consultations:contributions-file", args=[call.key]),
    ]


@pytest.mark.one_a_day("language")
@pytest.mark.parametrize("language", WORDS)
def test_a_call_is_answered_without_script_over_a_line_that_breaks(live_server, settings, tmp_path, language):
    settings.ALLOWED_HOSTS = ["*"]
    call = factories.open_call("Lives at sea", shows="public", questions=["What do you see?", "What helps?"])
    first, second = (row.field_name for row in call.questions.order_by("number"))
    lead = factories.lead(language=language)
    seen, helps = WORDS[language]
    with translation.override(language):
        path = reverse("consultations:call", args=[call.address_key])
    with browsers() as playwright:
        context = context_of(playwright, live_server.url, session_of(lead))
        page = context.new_page()
        page.goto(live_server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") == TELEPHONE["width"]
        with page.expect_download() as taken:
            page.locator(f"a[href*='/pack/{language}/']").click()
        pack = tmp_path / "pack.txt"
        taken.value.save_as(pack)

        page.locator("a[href$='/answer/']").first.click()
        press(page)
        page.fill(f"[name={first}]", seen)
        context.set_offline(True)
        page.locator("button[name=go_on]").click(no_wait_after=True)
        with pytest.raises(Error, match="INTERNET_DISCONNECTED"):
            page.wait_for_url("chrome-error://**")
        context.set_offline(False)
        given = Contribution.objects.get()
        with translation.override(language):
            edit = reverse("consultations:contribution-edit", args=[given.key])
        page.goto(live_server.url + edit)
        page.fill(f"[name={first}]", seen)
        press(page)
        assert [row.text for row in given.answers.all()] == [seen]

        before, _mark, after = pack.read_text(encoding="utf-8-sig").rpartition("\n>>>")
        pack.write_text(f"{before}\n>>> {helps}{after}", encoding="utf-16")
        with translation.override(language):
            upload = reverse("consultations:contribution-upload", args=[given.key])
            send = reverse("consultations:contribution-send", args=[given.key])
            withdraw = reverse("consultations:contribution-withdraw", args=[given.key])
        page.goto(live_server.url + upload)
        page.set_input_files("input[type=file]", pack)
        press(page)
        assert page.input_value(f"[name={second}]") == helps
        page.goto(live_server.url + send)
        page.check("[name=consent][value=named]")
        press(page)
        given.refresh_from_db()
        assert (given.status, given.language) == ("sent", language)

        call = calls.close(call, by=None)
        places, anybody = exits_of(call, given), Client()
        assert all(str(lead.organization) in anybody.get(place).content.decode() for place in places)
        page.goto(live_server.url + withdraw)
        press(page)
        found = [anybody.get(place).content.decode() for place in places]
        assert [seen in text or str(lead.organization) in text for text in found] == [False] * 4
        context.close()
