"""Public pages from a cache of whole, compressed answers, for those who are not signed in (design.md, Cache).

What is kept was made for nobody in particular: the request bore no cookie at all, the answer set none, its view stands
in the table below, and nothing of the request but its address went into it. A page is kept until what is public
changes, until the next moment at which anything opens or closes, and ten minutes at most. It is kept twice: in this
process, in a bounded number of bytes, and in Valkey, for the other processes; without Valkey it is kept once.
"""

import gzip
import hashlib
import json
import re
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from http import HTTPStatus

import brotli
from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import DisallowedHost
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from redis.exceptions import RedisError

from portal import languages
from portal.apps import HOUSE
from portal.generation import generation

FILTERED = ("objective", "process", "kind", "year", "language", "page")
LIBRARY = (*FILTERED, "principle", "region", "theme", "q", "sort", "after", "before")
# Every page that may be kept, by its name, with what its address may ask; one that asks anything else is made anew,
# so that strangers cannot invent pages without end. No page with a form that is posted: its token is one reader's.
PUBLIC = {
    "home": (),
    "privacy": (),
    "what-is-kept": (),
    "accessibility": (),
    "contact": (),
    "interface": (),
    "kept": (),
    "search": ("q", *FILTERED),
    "suggestions": ("q",),
    "objectives": (),
    "objective": (),
    "principles": (),
    "principle": (),
    "glossary": ("q",),
    "processes": (),
    "process": (),
    "working-groups": (),
    "working-group": (),
    "organizations": ("country", "region", "objective", "language", "sort", "page"),
    "organizations-coverage": (),
    "organizations-known": ("page",),
    "organization": (),
    "resources:documents": LIBRARY,
    "resources:document": (),
    "resources:document-text": (),
    "resources:pages": (),
    "resources:page": (),
    "consultations:announcements": ("page",),
    "consultations:announcement": (),
    "resources:campaigns": ("page",),
    "resources:campaign": (),
    "resources:practices": ("kind", "objective", "region", "country", "language", "page"),
    "resources:practice": (),
    "consultations:consultations": FILTERED,
    "consultations:consultation": (),
    "consultations:papers": ("status", "kind", "objective", "process", "page"),
    "consultations:paper": (),
    "consultations:version": (),
    "consultations:calls": ("page",),
    "consultations:call": (),
    "consultations:commitments": ("kind", "objective", "process", "page"),
    "consultations:commitments-compared": ("objective", "process", "by", "page"),
    "consultations:commitment": (),
    "consultations:submissions": ("stage", "process", "objective", "year", "page"),
    "consultations:submission": (),
    "consultations:accreditation-tracks": (),
    "consultations:accreditation-track": (),
}
# Pieces of pages, asked for by script alone and the same for everybody; other pages may answer a script in another way.
PIECES = ("search/suggestions/",)
# Where pages are; what lies elsewhere, such as health, does not ask the database for this.
PREFIXES = {f"{code}/" for code in languages.CODES}
KEPT = "public, no-cache"  # asked for again each time: what is withdrawn is gone from every copy at once
VARY = "Accept-Encoding, Cookie"
LONGEST = timedelta(minutes=10)
DAYS_TURN = timedelta(minutes=15)  # midnight comes to every zone of the Earth on a quarter of an hour
AWAY = 30  # seconds for which a Valkey that did not answer is left alone
OVERHEAD = 2_000  # bytes of a kept page beside its two bodies
REFUSES = re.compile(r";\s*q=0(\.0*)?\s*$")


@dataclass(frozen=True)
class Page:
    """An answer as it was made, compressed in both ways."""

    generation: int
    ends_at: datetime
    headers: dict
    gzip: bytes
    br: bytes

    @classmethod
    def of(cls, response, number, ends_at):
        body = response.content
        headers = {name: value for name, value in response.items() if name not in ("Vary", "Content-Length")}
        headers |= {
            "Cache-Control": KEPT,
            "Vary": VARY,
            "ETag": f'W/"{hashlib.sha256(body).hexdigest()[:32]}"',
        }
        return cls(
            number, ends_at, headers, gzip.compress(body, 6, mtime=0), brotli.compress(body, quality=5)
        )

    @property
    def size(self):
        return OVERHEAD + len(self.gzip) + len(self.br)

    def is_good(self, number, at):
        """Whether it still shows what is public; what another process made from newer things does."""
        return self.generation >= number and at < self.ends_at

    def answer(self, request):
        """The answer to this request: in an encoding it reads, or only the word that nothing has changed."""
        body, encoding = self.encoded(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        response = HttpResponse(body, headers=self.headers)
        if encoding:
            response.headers["Content-Encoding"] = encoding
        response.headers["Content-Length"] = str(len(body))
        if "HTTP_IF_NONE_MATCH" in request.META:
            return get_conditional_response(request, self.headers["ETag"], None, response)
        return response

    def encoded(self, accepted):
        names = {part.split(";")[0].strip() for part in accepted.split(",") if not REFUSES.search(part)}
        if "br" in names:
            return self.br, "br"
        if "gzip" in names:
            return self.gzip, "gzip"
        return gzip.decompress(self.gzip), ""

    def dumped(self):
        """As bytes; nothing that could run comes back from a server we share."""
        facts = [self.generation, self.ends_at.timestamp(), self.headers, len(self.gzip)]
        return json.dumps(facts).encode() + b"\n" + self.gzip + self.br

    @classmethod
    def loaded(cls, data):
        facts, _line, bodies = data.partition(b"\n")
        number, ends_at, headers, length = json.loads(facts)
        return cls(number, datetime.fromtimestamp(ends_at, UTC), headers, bodies[:length], bodies[length:])


class Shelf:
    """Pages in this process, the least read thrown out first once they are too many bytes."""

    def __init__(self, share):
        self.share, self.lock = share, threading.Lock()
        self.clear()

    def clear(self):
        self.pages, self.size = OrderedDict(), 0

    def get(self, key):
        with self.lock:
            page = self.pages.get(key)
            if page is not None:
                self.pages.move_to_end(key)
            return page

    def put(self, key, page):
        with self.lock:
            self._drop(key)
            self.pages[key] = page
            self.size += page.size + len(key)
            while self.size > settings.KEPT_PAGES_BYTES * self.share:
                self._drop(next(iter(self.pages)))

    def _drop(self, key):
        if page := self.pages.pop(key, None):
            self.size -= page.size + len(key)


class Valkey:
    """The same pages, for all processes; while it does not answer, it is not asked."""

    def __init__(self):
        self.asks_again_at = 0

    def get(self, key):
        data = self._try(lambda: caches["pages"].get(name_of(key)))
        return Page.loaded(data) if data else None

    def put(self, key, page, at):
        seconds = max(1, int((page.ends_at - at).total_seconds()))
        self._try(lambda: caches["pages"].set(name_of(key), page.dumped(), seconds))

    def _try(self, act):
        if time.monotonic() < self.asks_again_at:
            return None
        try:
            return act()
        except RedisError:
            self.asks_again_at = time.monotonic() + AWAY
            return None


def name_of(key):
    return f"page:{release()}:{hashlib.sha256(key.encode()).hexdigest()}"


@cache
def release():
    """A fingerprint of all that makes pages: two releases, one beside the other, do not read each other's."""
    parts = hashlib.sha256()
    for folder in (*HOUSE, "templates", "locale"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt", ".mo", ".css", ".js", ".svg"}:
                parts.update(path.read_bytes())
    return parts.hexdigest()[:16]


# Addresses with a query are of endless number: they stay on a shelf of their own, and out of Valkey.
plain, queried, valkey = Shelf(0.75), Shelf(0.25), Valkey()


def forget():
    """Begin anew, for tests."""
    plain.clear()
    queried.clear()
    generation.forget()
    valkey.asks_again_at = 0


class PublicPages:
    """Answers from what was kept, and keeps what may be kept."""

    def __init__(self, get_response, *, clock=timezone.now):
        self.get_response, self.clock = get_response, clock

    def __call__(self, request):
        if not settings.KEEP_PAGES or request.path[1:4] not in PREFIXES or is_personal(request):
            return self.get_response(request)
        try:
            at, key = self.clock(), key_of(request)
        except DisallowedHost:  # refused further in, in the language of the address
            return self.get_response(request)
        number, moment = generation.now(at)
        page = found(key, number, at)
        if page is None:
            response = self.get_response(request)
            if not is_for_everybody(request, response):
                return response
            page = Page.of(response, number, min(at + LONGEST, next_quarter(at), moment))
            keep(key, page, at)
        return page.answer(request)


def is_personal(request):
    """Whether anything but the address may have a say in the answer."""
    meta = request.META
    return (
        request.method not in ("GET", "HEAD")
        or meta.get("HTTP_COOKIE")
        or "HTTP_AUTHORIZATION" in meta
        or ("HTTP_HX_REQUEST" in meta and request.path[4:] not in PIECES)
    )


def key_of(request):
    """The whole address, with the host that it was asked of."""
    return f"{request.scheme}://{request.get_host()}{request.get_full_path()}"


def has_query(key):
    return "?" in key


def is_for_everybody(request, response):
    """Whether this is a good answer of a page in the table, with nothing in it for one reader alone."""
    asks = PUBLIC.get(request.resolver_match.view_name) if request.resolver_match else None
    return (
        asks is not None
        and request.GET.keys() <= set(asks)
        and response.status_code == HTTPStatus.OK
        and not response.streaming
        and not response.cookies
        and not response.has_header("Cache-Control")
        and set(response.headers.get("Vary", "Cookie").split(", ")) <= {"Cookie", "Accept-Encoding"}
    )


def next_quarter(at):
    return datetime.fromtimestamp(
        (at.timestamp() // DAYS_TURN.total_seconds() + 1) * DAYS_TURN.total_seconds(), UTC
    )


def found(key, number, at):
    """The page of this address, if it is kept and still good."""
    if has_query(key):
        page = queried.get(key)
        return page if page is not None and page.is_good(number, at) else None
    page = plain.get(key)
    if page is not None and page.is_good(number, at):
        return page
    page = valkey.get(key)
    if page is None or not page.is_good(number, at):
        return None
    plain.put(key, page)
    return page


def keep(key, page, at):
    if has_query(key):
        queried.put(key, page)
    else:
        plain.put(key, page)
        valkey.put(key, page, at)
