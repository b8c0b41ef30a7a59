"""People at a browser of their own, who find their way by the words on the pages, in their language."""

import base64
import hmac
import re
import struct
import time
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext
from playwright.sync_api import expect

CODE = re.compile(r"\b\d{8}\b")
TELEPHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


class Visitor:
    """Somebody who opens the portal's front door; `page` is what she looks at."""

    def __init__(self, browser, site, address, language, **device):
        self.site, self.address, self.language = site, address, language
        self.runs_script = device.get("java_script_enabled", True)
        context = site.window(browser, locale=language, **device)
        context.set_default_timeout(PATIENCE)
        self.page, self.troubles = context.new_page(), []
        self.page.on("request", lambda asked: self._look_at(asked.url))
        self.page.on("console", lambda said: self.troubles.append(said.text))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.goto("/")

    def _look_at(self, url):
        """Nothing is ever asked of anybody else."""
        if not url.startswith(self.site.address):
            self.troubles.append(url)

    def words(self, sentence, *, context=None, **values):
        """A sentence of the portal as this visitor reads it."""
        with translation.override(self.language):
            said = pgettext(context, sentence) if context else gettext(sentence)
        return said % values

    def in_words(self, say, *things):
        """What a function of the portal says to this visitor."""
        with translation.override(self.language):
            return str(say(*things))

    def counted(self, one, many, number):
        """A sentence with a count."""
        with translation.override(self.language):
            return ngettext(one, many, number) % {"number": number}

    def sees(self, role, sentence, *, within=None, **named):
        return (within or self.page).get_by_role(role, name=self.words(sentence, **named), exact=True)

    def row(self, words):
        """What a list has on something of this name."""
        return self.page.get_by_role("listitem").filter(has_text=words)

    def follow(self, sentence, **named):
        self.sees("link", sentence, **named).first.click()

    def press(self, sentence, **named):
        self.sees("button", sentence, **named).last.click()

    def field(self, sentence, within=None, **values):
        """The field with this label, whether or not it says that one may leave it empty."""
        optional = re.escape(self.words("(optional)"))
        label = re.compile(rf"^\s*{re.escape(self.words(sentence, **values))}\s*({optional})?\s*$")
        return (within or self.page).get_by_label(label)

    @staticmethod
    def is_folded(field):
        """Whether a field stands in a part of the form that is folded; asked once its page is there."""
        expect(field).to_be_attached()
        return not field.is_visible()

    def part(self, sentence, **values):
        """The group of fields with this title."""
        return self.page.get_by_role("group", name=self.words(sentence, **values))

    def is_told(self, sentence):
        """The page answers to what was just done."""
        expect(self.page.get_by_role("status").filter(has_text=self.words(sentence))).to_be_visible()

    def letter(self, subject):
        return self.site.letter(self.address, subject)

    def unfolds(self, letter):
        """A message is no wider than the device on which it is read."""
        sheet = self.page.context.new_page()
        sheet.set_content(letter.html)
        assert sheet.evaluate("document.documentElement.scrollWidth") <= sheet.viewport_size["width"]
        sheet.close()

    def give_address(self, *, twice=False):
        """Type one's address, and the code that comes to it; or, asked for again, the second that comes."""
        self.page.locator("input[type=email]").fill(self.address)
        for sentence in ("Send me a code", "Send a new code")[: 1 + twice]:
            before = {head.key for head in self.site.letters}
            self.press(sentence)
            letter = self.site.letter_to(self.address, lambda head, old=before: head.key not in old)
        self.page.locator("input[name=code]").fill(CODE.search(letter.text)[0])
        self.press("Confirm")
        return letter

    def sign_in(self, secret):
        """Sign in with a code from the mailbox and one from the authenticator app."""
        self.follow("Sign in")
        self.give_address()
        self.page.locator("input[name=code]").fill(on_the_app(secret))
        self.press("Sign in")
        self.sees("link", "Desk").wait_for()

    def download(self, link):
        """The bytes of the file behind a link."""
        with self.page.expect_download() as coming:
            link.click()
        return Path(coming.value.path()).read_bytes()


def on_the_app(secret):
    """What an authenticator app shows at this moment (RFC 6238)."""
    step = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), step, "sha1")
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
