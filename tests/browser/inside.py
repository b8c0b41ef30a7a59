"""The portal within the test's own process: what it owes leaves when somebody looks into the mailbox."""

from contextlib import contextmanager

from django.conf import settings as configured
from django.test import override_settings

from portal.local.sink import Keeper
from portal.mail.post import SMTP
from portal.operations import delivery
from portal.static_files import SHEET, bundle
from tests import drainers, sink
from tests.browser.beside import browsers
from tests.browser.processes import Site
from tests.browser.test_accessibility import CHROMIUM, QUIET, ROOT, session_of
from tests.browser.visitors import Visitor


class Mailbox(sink.Sink):
    """A mail server on loopback that keeps messages as that of the local start does."""

    def __init__(self, folder):
        super().__init__()
        self.keeper = Keeper(folder)

    async def handle_DATA(self, server, session, envelope):
        return await self.keeper.handle_DATA(server, session, envelope)


class Inside(Site):
    """The live server, with the worker's part done whenever its messages are asked for."""

    def window(self, browser, **device):
        """The sheet comes in one file, as in production."""
        context = super().window(browser, **device)
        sheet = bundle(ROOT / "portal" / "static" / SHEET)
        context.route(f"**/{SHEET}", lambda route: route.fulfill(body=sheet, content_type="text/css"))
        return context

    @property
    def letters(self):
        delivery.drain()
        return super().letters


@contextmanager
def running(live_server, folder):
    """The live server sends its messages into a mailbox of its own until the block ends."""
    ours = {"ALLOWED_HOSTS": ["*"], "SITE_URL": live_server.url}
    with drainers.bells_unheard(), Mailbox(folder / "mailbox") as server:
        mail = {"EMAIL_BACKEND": SMTP, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": server.port}
        with override_settings(**ours, **mail):
            yield Inside(live_server.url, folder)


@contextmanager
def chromium():
    """A browser beside the database."""
    with browsers() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def signed_in(browser, site, person, **device):
    """A person at a browser, who has signed in before."""
    cookie = {"name": configured.SESSION_COOKIE_NAME, "value": session_of(person), "domain": "localhost"}
    cookie |= {"path": "/", "expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}
    kept = {"cookies": [cookie], "origins": []}
    return Visitor(browser, site, person.email, person.language, storage_state=kept, **device)
