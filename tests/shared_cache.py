"""A shared cache as RFC 9111 lets one be, in front of the portal, and strangers who meet in it (safety.md, G24).

It keeps whatever it is not forbidden to keep, an answer with a cookie included, and asks again only when it must.
"""

import gzip
import random
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus

import brotli
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal import public_pages
from tests import factories, sessions

KEEPABLE = {200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501}
TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[^"]+')
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
HOSTS = ("testserver", "localhost", "evil.example")
ENCODINGS = ("", "gzip", "br", "br;q=0.5, gzip")
WISHES = ("", "ar", "fr, en;q=0.5", "xx-" + "y" * 40, "es;q=0")
METHODS = ("GET",) * 12 + ("HEAD", "HEAD", "POST", "OPTIONS")


@dataclass
class Kept:
    """An answer, and what the request was like that it answered."""

    response: object
    chosen_by: dict


@dataclass
class SharedCache:
    """Answers by address; of several, the one whose Vary fits."""

    kept: dict = field(default_factory=dict)

    def ask(self, client, method, address, headers):
        """The answer that a reader behind this cache gets."""
        name = headers["Host"], address
        if method != "GET":
            response = send(client, method, address, headers)
            if method != "HEAD" and response.status_code < HTTPStatus.BAD_REQUEST:
                self.kept.pop(name, None)
            return response
        held = self.fitting(name, client, headers)
        if held and is_fresh(held.response):
            return held.response
        tag = held.response.get("ETag") if held else None
        response = send(client, method, address, headers | ({"If-None-Match": tag} if tag else {}))
        if response.status_code == HTTPStatus.NOT_MODIFIED and tag:
            return held.response
        if may_keep(response, headers):
            varies = fields(response.get("Vary", ""))
            chosen_by = {each: sent(each, client, headers) for each in varies}
            self.kept.setdefault(name, []).append(Kept(response, chosen_by))
        return response

    def fitting(self, name, client, headers):
        for held in reversed(self.kept.get(name, [])):
            fits = all(sent(each, client, headers) == value for each, value in held.chosen_by.items())
            if fits and "*" not in held.chosen_by:
                return held
        return None


def fields(value):
    return {part.strip().lower() for part in value.split(",") if part.strip()}


def sent(name, client, headers):
    """What a request says in a field."""
    if name == "cookie":
        return client.cookies.output()
    return {key.lower(): value for key, value in headers.items()}.get(name, "")


def directives(response):
    return {part.partition("=")[0] for part in fields(response.get("Cache-Control", ""))}


def may_keep(response, headers):
    said = directives(response)
    if said & {"no-store", "private"} or ("Authorization" in headers and "public" not in said):
        return False
    return response.status_code in KEEPABLE


def is_fresh(response):
    """Fresh for ever, unless it says otherwise: the least careful cache that is still allowed."""
    age = re.search(r"(?:s-maxage|max-age)=(\d+)", response.get("Cache-Control", ""))
    return not (directives(response) & {"no-cache", "must-revalidate"} or (age and int(age[1]) == 0))


def send(client, method, address, headers):
    response = client.generic(method, address, headers=headers)
    response.content  # noqa: B018 - read while the request lasts
    return response


def words(response):
    """The page in it, without what is made anew for each reading."""
    unpack = UNPACK[response.get("Content-Encoding", "") if response.content else ""]
    return TOKEN.sub(b"", unpack(response.content))


@contextmanager
def nothing_kept():
    """The portal as it answers without its own cache."""
    settings.KEEP_PAGES = False
    try:
        yield
    finally:
        settings.KEEP_PAGES = True


def people():
    """Readers of every sort: signed in as two, with a stray cookie, with the token of a form, and with nothing."""
    lead, coordinator = factories.lead(), factories.coordinator()
    found = {name: Client() for name in ("nobody", "nobody else", "stray", "form", "lead", "coordinator")}
    found["stray"].cookies["stray"] = "1"
    found["form"].cookies[settings.CSRF_COOKIE_NAME] = "x" * 32
    sessions.sign_in(found["lead"], lead)
    sessions.sign_in(found["coordinator"], coordinator)
    return found


def addresses(languages):
    """Pages that may be kept and pages that may not, for members and for nobody, in these languages."""
    public = factories.document(title_en="A public paper", title_ar="ورقة عامة")
    closed = factories.document("For members", access="members")
    draft = factories.document("A draft", status="draft")
    for language in languages:
        with translation.override(language):
            yield from (
                (language, reverse(name))
                for name in ("home", "resources:documents", "account", "account_login")
            )
            yield from (
                (language, reverse("resources:document", args=[row.address_key])) for row in (public, closed)
            )
            yield language, reverse("resources:document", args=[draft.key])
            yield language, reverse("search") + "?q=paper"
            yield language, reverse("resources:documents") + "?kind=other&stray=1"
    yield "", "/"


def interleave(times, seed, *, languages):
    """[what went wrong] when so many readings meet in the caches, in an order that the seed decides."""
    print(f"seed {seed}")
    chance, cache, expected, wrong = random.Random(seed), SharedCache(), {}, []
    readers, places = people(), list(addresses(languages))
    public_pages.forget()
    for _ in range(times):
        who, (language, address) = chance.choice(sorted(readers)), chance.choice(places)
        client, method = readers[who], "GET" if "account" in address else chance.choice(METHODS)
        if who.startswith("nobody"):
            client.cookies.clear()
        headers = {"Host": chance.choice(HOSTS), "Accept-Encoding": chance.choice(ENCODINGS)}
        headers["Accept-Language"] = chance.choice(WISHES)
        if chance.random() < 0.1:
            headers |= chance.choice([{"HX-Request": "true"}, {"Authorization": "Bearer x"}])
        got = cache.ask(client, method, address, headers)
        case = (who.replace(" else", ""), method, address, headers["Host"], "HX-Request" in headers)
        case += (headers["Accept-Language"] if address == "/" else "",)
        if case not in expected:
            with nothing_kept():
                answer = send(client, method, address, headers)
            expected[case] = answer.status_code, words(answer), answer.get("Location")
        if (got.status_code, words(got), got.get("Location")) != expected[case]:
            wrong.append((*case, "foreign bytes"))
        if language and got.get("Content-Language", language) != language:
            wrong.append((*case, "wrong language"))
        if who not in ("nobody", "nobody else") and "no-store" not in got["Cache-Control"]:
            wrong.append((*case, "may be stored"))
    return wrong
