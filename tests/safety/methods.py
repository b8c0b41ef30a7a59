"""Tries every method at every address, with the token against forgery and without it (safety.md, G21).

Each request also comes from a foreign page, names a foreign host and asks to be sent on to one (G25).
"""

from copy import deepcopy
from dataclasses import dataclass
from random import Random

from django.conf import settings
from django.urls import reverse

from tests.routes import PARTS, routes
from tests.safety import walk
from tests.safety.exits import PAGES, UNWALKED
from tests.safety.refused import ABLE

READING, SENDING = ("get", "head"), "post"
OTHERS = ("put", "patch", "delete", "options", "trace")
ECHO = f"s3cr{'ec40' * 4}"  # in headers of each request: what echoes them shows it like a secret
FOREIGN = f"{ECHO}.example"
HEADERS = {"X-Echo": ECHO, "X-Forwarded-Host": FOREIGN, "Referer": f"https://{FOREIGN}/"}
TOKEN = "t" * 32
STRANGERS = ("anonymous", "newcomer")  # at the addresses of others: of signing in, of the administration
GIVEN = {
    "form": "csv",
    "into": PARTS["into"],
    "kind": "nothing",
    "name": PARTS["name"],
    "number": 7,
    "language": "en",
    "token": "x",
    "pk": 1,
    "app_label": "portal",
}


@dataclass
class Try:
    """What a method got, with the token or without it."""

    answer: walk.Answer
    has_token: bool

    def __str__(self):
        return f"{self.answer} {'with' if self.has_token else 'without'} a token: {self.answer.status}"


def try_all(world, *, seed=None):
    """Every address by one who is signed out and one who may act there: what came back, method by method."""
    browsers, chance = Browsers(world), Random(seed)
    for name, thing, address in addresses(world):
        where = name, thing, f"{address}?next=//evil.example/"
        tries = [(role, *one) for role in who(where) for one in asked_by(role)]
        for role, method, has_token in tries if seed is None else drawn(tries, chance):
            values = {"data": {"sent": "1"}} if method == SENDING else {}
            browser = browsers.of(role, has_token=has_token)
            yield Try(walk.ask(browser, where, role, method, **values), has_token)


def drawn(tries, chance):
    """A form of who may act; and of each sort of the other tries one: to read, to send, to do what nothing takes."""
    acts = [one for one in tries if one[0] != "anonymous" and one[1:] == (SENDING, True)]
    others = [[one for one in tries if one[1] in sort] for sort in (READING, (SENDING,), OTHERS)]
    return [*acts, *(chance.choice([one for one in sort if one not in acts]) for sort in others)]


class Browsers:
    """Browsers whose requests are checked for forgery as real ones are."""

    def __init__(self, world):
        self.world, self.made = world, {}

    def of(self, role, *, has_token):
        """As it was at first: what an answer leaves behind, such as having signed out, is gone the next time."""
        if (role, has_token) not in self.made:
            headers = HEADERS | ({"X-CSRFToken": TOKEN} if has_token else {})
            browser = self.world.client(role, enforce_csrf_checks=True, headers=headers)
            if has_token:
                browser.cookies[settings.CSRF_COOKIE_NAME] = TOKEN
            self.made[role, has_token] = browser, deepcopy(browser.cookies)
        browser, cookies = self.made[role, has_token]
        browser.cookies = deepcopy(cookies)
        return browser


def addresses(world):
    """Every address that the table of contents has, the administration's with them: (name, thing, address)."""
    for name, pattern in routes(foreign=()):
        if not name.rpartition(":")[2]:
            # Nameless: at the root its words are the address; elsewhere it only leads on to a named one.
            if ":" not in name:
                yield str(pattern.pattern), "", f"/{pattern.pattern}"
            continue
        values = {word: GIVEN.get(word, "1") for word in pattern.pattern.regex.groupindex}
        thing = (
            next((one for one in PAGES[name].seen if bool(one) == ("key" in values)), "")
            if name in PAGES
            else ""
        )
        if thing:
            values["key"] = world.things[thing].key
        if name == "sitemap-part":
            values["number"] = 1
        if "paragraph" in values:
            values["paragraph"] = world.things["paragraph"].key
        if name.startswith("mfa_") and name in UNWALKED:
            values["pk"] = GIVEN["pk"]  # it stands before what the pattern itself says
        yield name, thing, reverse(name, kwargs=values)


def who(where):
    """Somebody signed out, and the first who may act there or, where nobody acts, read."""
    name, thing, _address = where
    if name not in PAGES:
        return STRANGERS
    may = (PAGES[name].acts or PAGES[name].seen)[thing]
    return "anonymous", next((role for role in ABLE if role in may), ABLE[-1])


def asked_by(role):
    """Each method with the token and without, by one of the two where nobody has come to be told apart yet.

    Pages are read without it by everybody elsewhere (walk.py).
    """
    if role == "anonymous":
        return [("get", True), ("head", False), (SENDING, True), *((method, False) for method in OTHERS)]
    return [("head", True), (SENDING, True), (SENDING, False), *((method, True) for method in OTHERS)]
