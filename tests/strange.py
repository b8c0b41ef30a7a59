"""What no form of ours sends: strange words in each place of a request, at any address (safety.md, G22).

A word in a place is an input: a field of a form, a question in the address, a header, a part of the address, a whole
body. A seed draws them, so that what was found is found again.
"""

import re
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote, quote_from_bytes, urlsplit

from django.db import transaction
from django.urls import reverse
from lxml import html

from portal import wsgi
from portal.pages.machines.api import PAGING, SHELVES
from tests.safety import methods, walk
from tests.safety.exits import PAGES

FORM, JSON, PARTS = "application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=b"
SHORT = [
    *(
        "",
        " ",
        "\x00",
        "a\x00b",
        "\r\nSet-Cookie: x=1",
        "\x1b[31m",
        "\x7f",
        "\u2028",
        "\ufeff",
        "\u202efdp.exe",
    ),
    *(
        "-1",
        "0",
        "00",
        "1e400",
        "NaN",
        "-Infinity",
        "0x10",
        "٣",
        "½",
        "²",
        "1_000",
        "9" * 20,
        "9" * 5000,
        "1.5",
        "+1",
        "9223372036854775808",
        "१२",
    ),
    *(
        "2026-02-30",
        "0000-00-00",
        "0001-01-01T00:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59",
        "9999-12-31",
        "99999-01-01",
        "2026-03-29T02:30",
        "24:00",
        "Europe/Nowhere",
    ),
    *(
        "None",
        "null",
        "true",
        "undefined",
        "[]",
        "{}",
        "[object Object]",
        "en-x-",
        "zz",
        "ar-" * 20,
        "../../etc/passwd",
    ),
    *(
        "'",
        '"',
        "' or 1=1 --",
        "\\",
        "%",
        "%00",
        "%s",
        "{0.__class__}",
        "{{ 7 }}",
        "{% load x %}",
        "$(x)",
        "`x`",
        "_",
        "*",
    ),
    *(
        "a:b & !",
        "a | | b",
        "<->",
        "((",
        "-",
        "<script>",
        "<!--",
        "]]>",
        "&#0;",
        "//evil.example",
        "javascript:x",
        "http://[",
        "mailto:",
    ),
    *(
        "bytes=0-0,0-0",
        "bytes=9-1",
        "*;q=2",
        "a; b*=c''d",
        'W/"',
        "Thu, 01 Jan 0000 00:00:00 GMT",
    ),
    *(
        "a@b",
        "@",
        "a@b.c" * 60,
        "x@xn--",
        "=cmd|' /C'!A0",
        "00000000-0000-0000-0000-000000000000",
        "id__in",
        "pk",
    ),
    *(
        "é" * 300,
        "𝕏" * 300,
        "ﷺ" * 40,
        "\u0301" * 400,
        "\u200f" * 99,
        "👩‍👩‍👧‍👦" * 50,
        "ـ" * 300,
        "İ" * 99,
        "ß" * 256,
    ),
]
LONG = [
    *(
        "x" * 10_000,
        "en" * 5_000,
        "en;q=0.1," * 1_200,
        "1." * 4_000,
        " " * 9_000 + "x",
        "\n" * 9_000,
        "," * 9_000,
    ),
    *(
        "[" * 9_000,
        '{"a":' * 2_000,
        "(" * 5_000,
        "*" * 9_000,
        "_a" * 4_000,
        "> " * 4_000,
        "- " * 4_000,
        "[a](" * 2_000,
    ),
    *(
        "http://" * 1_200,
        "<b>" * 3_000,
        "&amp" * 2_000,
        "a." * 4_000 + "@b",
        "`" * 9_000,
        "#" * 9_000,
        "| a " * 2_000,
    ),
    *(
        "a=b&" * 2_000,
        "bytes=" + "0-1," * 2_000,
        'W/"a",' * 1_500,
        "a; b=c" * 1_500,
        "%" * 9_000,
        "&#1;" * 2_000,
    ),
]
HUGE = "x" * 1_000_000
# No text at all: bytes that are no UTF-8, halves of a sign, a sign of UTF-16.
BYTES = [b"\xff\xfe", b"\xed\xa0\x80", b"\xc3", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"\x80" * 300]
QUESTIONS = ["q", "page", "after", "before", "order", "year", "language", "kind", "next", "format", "limit"]
QUESTIONS += ["from", "to", "as", "by", "in", "original", "paper", "region", "sort", "state", "status"]
HEADERS = ["Accept", "Accept-Encoding", "Accept-Language", "Content-Encoding", "Content-Type", "Cookie"]
HEADERS += ["Authorization", "Origin", "Range", "Referer", "User-Agent", "X-CSRFToken", "X-Request-ID"]
HEADERS += ["If-None-Match", "If-Modified-Since", "If-Match", "If-Range", "X-Requested-With", "HX-Request"]
HEADERS += ["HX-Target", "HX-Trigger", "HX-Current-URL", "Forwarded", "X-Forwarded-For", "X-Forwarded-Proto"]
API = {reverse(f"api:{shelf.name}"): (*shelf.filters, *PAGING) for shelf in SHELVES if shelf.is_paged}
COOKIES = ("sessionid", "csrftoken", "django_language", "messages", "x")


@dataclass(frozen=True)
class Door:
    """Where something is asked or sent, by whom, and what a browser would send there: [(name, value)]."""

    role: str
    address: str
    fields: tuple
    sends: bool


@dataclass
class Answer:
    """What came back: a status, or the error that a visitor would have had; how long it took, in seconds."""

    what: str
    status: int = 0
    error: Exception | None = None
    seconds: float = 0

    @property
    def is_bad(self):
        return self.error is not None or self.status >= 500

    def __str__(self):
        where = "".join(traceback.format_exception(self.error, limit=-6)) if self.error else ""
        return f"{self.what}: {self.status} {where}".strip()


@dataclass
class Stranger:
    """Somebody who sends what nobody sends, to a world that takes it all back."""

    world: object
    seed: int
    inputs: int = 0
    chance: Random = field(init=False)

    def __post_init__(self):
        self.chance = Random(self.seed)
        self.browsers = methods.Browsers(self.world)
        self.doors = {}

    def visit(self, inputs):
        """One address after the other, in an order of chance, until so many strange words have been given."""
        where = list(methods.addresses(self.world))
        while self.inputs < inputs:
            for place in self.chance.sample(where, len(where)):
                for _time in range(6):
                    yield self.ask(self.chance.choice(self.doors_of(place)))
                if self.inputs >= inputs:
                    return

    def ask(self, door):
        """One strange request through a door."""
        ways = [
            self.in_questions,
            self.in_headers,
            self.in_address,
            *[self.in_form, self.in_form, self.in_form, self.in_parts] * door.sends,
        ]
        method, address, values = self.chance.choice(ways)(door)
        return self.send(door.role, method, address, values)

    def send(self, role, method, address, values):
        browser = self.browsers.of(role, has_token=True)
        answer = Answer(f"{method} by {role} at {address[:200]} with {str(values)[:600]} (seed {self.seed})")
        point, began = transaction.savepoint(), time.perf_counter()
        try:
            response = getattr(browser, method)(address, **values)
            answer.status, _content = response.status_code, walk.read(response)
            answer.error = response.exc_info and response.exc_info[1]
        except Exception as error:
            answer.error = error
        answer.seconds = time.perf_counter() - began
        transaction.savepoint_rollback(point)
        return answer

    def word(self, *, longest=1_000_000):
        """One strange word, as bytes."""
        self.inputs += 1
        drawn = self.chance.random()
        if drawn < 0.004 and longest >= len(HUGE):
            return HUGE.encode()
        if drawn < 0.1:
            return self.chance.choice(BYTES)
        if drawn < 0.2:
            return self.chance.choice(LONG).encode()[:longest]
        if drawn < 0.4:
            signs = (
                chr(self.chance.choice((0x250, 0x700, 0x3000, 0x110000)) - 1 - self.chance.randrange(0x250))
                for _ in range(9)
            )
            return "".join(signs).encode("utf-8", "surrogatepass")
        return self.chance.choice(SHORT).encode()[:longest]

    def in_questions(self, door):
        names = API.get(door.address) or {name for name, _value in door.fields} | set(QUESTIONS)
        asked = self.chance.sample(sorted(names), self.chance.randint(1, min(12, len(names))))
        written = self.chance.choice((quote_from_bytes, raw))
        query = "&".join(
            f"{quote(name, errors='replace')}={written(self.word(longest=8_000))}" for name in asked
        )
        return "get", door.address, {"QUERY_STRING": query}

    def in_headers(self, door):
        headers = {}
        for name in self.chance.sample(HEADERS, self.chance.randint(3, 10)):
            headers[name] = raw(self.word(longest=10_000))
            if name == "Cookie":
                headers[name] = f"{self.chance.choice(COOKIES)}={headers[name]}"
        if "Content-Type" in headers:
            headers["Content-Type"] = wsgi.readable(headers["Content-Type"])
        if door.sends and self.chance.random() < 0.5:
            return "post", door.address, {"headers": headers, "data": dict(door.fields)}
        return self.chance.choice(("get", "head")), door.address, {"headers": headers}

    def in_address(self, door):
        parts = door.address.split("/")
        for place in self.chance.sample(range(1, len(parts)), 1):
            parts[place] = quote_from_bytes(self.word(longest=8_000), safe=self.chance.choice(("", "/")))
        return self.chance.choice(("get", "post")), "/" + "/".join(parts).lstrip("/"), {}

    def in_form(self, door):
        """All fields strange, or one among honest ones; now and then a whole body that is no form."""
        if self.chance.random() < 0.05:
            kind = self.chance.choice((FORM, JSON, PARTS, "text/plain", "x/y"))
            body = self.chance.choice((b"", self.word()))
            return "post", door.address, {"data": body, "content_type": kind}
        chosen = None if self.chance.random() < 0.3 else self.chance.choice(door.fields)
        pairs = [
            (name, self.word() if chosen in (None, (name, value)) else value.encode())
            for name, value in door.fields
        ]
        body = "&".join(f"{quote(name)}={quote_from_bytes(value)}" for name, value in pairs)
        return "post", door.address, {"data": body, "content_type": FORM}

    def in_parts(self, door):
        """Fields and files in parts; of every other one something is strange: a name, its kind, or what it holds."""
        parts = [self.part(name, value.encode()) for name, value in door.fields]
        return "post", door.address, {"data": b"".join(parts) + b"--b--\r\n", "content_type": PARTS}

    def part(self, name, value):
        given = {"name": name.encode(), "filename": b"a.pdf", "kind": b"application/pdf", "value": value}
        if self.chance.random() < 0.5:
            given[self.chance.choice(list(given))] = self.word()
        named, file, kind, value = given.values()
        file = b'; filename="%s"\r\nContent-Type: %s' % (file, kind) if self.chance.random() < 0.5 else b""
        return b'--b\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n' % (named, file, value)

    def doors_of(self, place):
        if place not in self.doors:
            self.doors[place] = list(self._doors_of(place))
        return self.doors[place]

    def _doors_of(self, place):
        """The page itself and each form on it, for a stranger and for whoever may act there."""
        name, _thing, address = place
        for role in (*methods.who(place), *["administrator"] * name.startswith("admin:")):
            yield Door(role, address, (("sent", "1"),), getattr(PAGES.get(name), "posted", None) is not None)
            browser, point = self.browsers.of(role, has_token=True), transaction.savepoint()
            response = browser.get(address)
            content = walk.read(response)
            transaction.savepoint_rollback(point)
            if content and response.get("Content-Type", "").startswith("text/html"):
                for form in html.fromstring(content.decode()).forms:
                    yield from self._door_of(role, address, form)

    def _door_of(self, role, address, form):
        fields = [(control.name, _value(control)) for control in form.inputs if control.name]
        action = urlsplit(form.action or address)
        with suppress(ValueError):
            if fields and not action.netloc:
                yield Door(role, action.path or address, tuple(fields), form.method == "POST")


def raw(word):
    """As it stands in a line of a request: no server lets one through that ends before its end."""
    return re.sub(rb"[\r\n\0]", b"", word).decode("latin-1")


def _value(control):
    """What a browser would send of this control as it stands."""
    value = control.value if control.get("type") not in {"checkbox", "radio"} else control.get("value", "on")
    return value if isinstance(value, str) else ""
