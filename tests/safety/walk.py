"""Walks every address as every role and writes down what came back; nothing that it does stays."""

import base64
import gzip
import io
import logging
import re
import zipfile
import zlib
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache, lru_cache
from http import HTTPStatus
from itertools import cycle

import brotli
import pypdfium2
from django.core.cache import caches
from django.db import connection, transaction
from django.urls import NoReverseMatch, reverse

from portal.administration import site
from portal.models import CacheEntry
from portal.redaction import Redaction
from tests import samples
from tests.routes import PARTS, routes
from tests.safety import messages, refused
from tests.safety import world as worlds
from tests.safety.askers import Askers
from tests.safety.exits import FOREIGN, PAGES

SECRET = re.compile(rb"s3cr[0-9a-f]{16}")
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)  # of a PDF
ENCODED = re.compile(rb"[A-Za-z0-9+/=\r\n]{24,}")
WRITING = re.compile(
    r"^\s*(?:WITH\b.*\b)?(INSERT INTO|UPDATE|DELETE FROM|TRUNCATE|SELECT .* FOR UPDATE)\s*\"?(\w*)",
    re.I | re.S,
)
STRANGERS = ("anonymous", "newcomer")
# A token against forgery; the address in links to other languages and to signing in; where one is in the menu.
OWN_BYTES = [
    re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[^"]+'),
    re.compile(rb'(?<=href=")[^"]*(?=" lang=")'),
    re.compile(rb'(?<=\?next=)[^"]*'),
    re.compile(rb' aria-current="page"'),
]
NOWHERE = "0d4ff8c5-7b3b-4b06-8a0a-5b0e5ad1d0f1"


@dataclass
class Answer:
    """What an address gave to a role: its status, the secrets in it, the tables that were written for it."""

    name: str
    thing: str
    role: str
    address: str
    status: int
    secrets: frozenset = frozenset()
    written: tuple = ()
    masked: bytes = b""
    method: str = "get"
    allow: str = ""
    location: str = ""

    def __str__(self):
        return f"{self.method} by {self.role} at {self.address} ({self.name} {self.thing})"


@dataclass
class Walk:
    """All answers: to reading, to an empty form, to a full one that is refused, and to the key of nothing."""

    world: worlds.World
    seed: int | None
    got: list = field(default_factory=list)
    posted: list = field(default_factory=list)
    nothing: list = field(default_factory=list)
    exits: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    messages: dict = field(default_factory=dict)
    log: str = ""
    cached: bytes = b""

    def shown(self, roles):
        """The secrets that one of these roles has read."""
        return frozenset().union(*(answer.secrets for answer in self.got if answer.role in roles))

    def parts(self, answer):
        """Which parts of things an answer shows: their titles, their texts."""
        return {self.world.secrets[word].name.partition(".")[2] for word in answer.secrets}

    def unseen(self):
        """What nobody of those who stand alike, in a sample nobody at all, has read: [(word, those it belongs to)]."""
        shown, secrets = cache(self.shown), self.world.secrets.items()
        groups = worlds.STANDINGS if self.seed is None else [worlds.EVERYBODY]
        theirs = [(word, alike & secret.must) for word, secret in secrets for alike in groups]
        return [(word, roles) for word, roles in theirs if roles and word not in shown(roles)]


def unfold(content):
    """The bytes, and all that they may hold in another dress: compressed, packed, base64, quoted-printable, UTF-16."""
    yield content
    yield content.replace(b"\0", b"")
    yield content.replace(b"=\r\n", b"").replace(b"=\n", b"")
    if content.startswith(b"%PDF"):
        yield words_of_pdf(content)
    if content.startswith(b"PK"):
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as packed:
            yield from map(packed.read, packed.namelist())
    for open_ in (gzip.decompress, zlib.decompress, brotli.decompress):
        with suppress(Exception):
            yield open_(content)
    for match in STREAM.finditer(content):
        with suppress(zlib.error):
            # A stream may end in what looks like the end of a line: its last byte, which only checks the rest.
            yield zlib.decompressobj().decompress(match[1])
    for match in ENCODED.finditer(content):
        run = re.sub(rb"[\r\n]", b"", match[0])
        for start in range(4):
            with suppress(ValueError):
                yield base64.b64decode(run[start : start + (len(run) - start) // 4 * 4])


@lru_cache(maxsize=64)
def words_of_pdf(content):
    """What a reader of a PDF sees on its pages: in the file itself stand the numbers of its letters."""
    with suppress(pypdfium2.PdfiumError):
        read = pypdfium2.PdfDocument(content)
        words = "\n".join(page.get_textpage().get_text_bounded() for page in read)
        read.close()
        return words.encode(errors="replace")
    return b""


def secrets_in(*parts):
    """The planted words that stand anywhere in these bytes."""
    found = {match.decode() for part in parts for seen in unfold(part) for match in SECRET.findall(seen)}
    return frozenset(found)


def read(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    for close in response._resource_closers:
        close()
    return content


def arguments(pattern, world, thing):
    """What stands in an address: the key of its thing; English, objective 7, a token of nobody."""
    given = dict(PARTS)
    if "paragraph" in world.things:
        given["paragraph"] = world.things["paragraph"].key
    if thing:
        given["key"] = world.things[thing].key if thing in world.things else thing
    return {name: given[name] for name in pattern.pattern.converters if name in given}


def addresses(world, table=PAGES):
    """Every row of the table as addresses: (name, thing, address)."""
    for name, pattern in routes():
        row = table.get(name)
        if row is None:
            continue
        for thing in getattr(row, "seen", [""]):
            if bool(thing) != ("key" in pattern.pattern.converters):
                continue
            with suppress(NoReverseMatch):
                yield name, thing, reverse(name, kwargs=arguments(pattern, world, thing))


def ask(client, where, role, method="get", **values):
    """One request whose effects are taken back; a page that has moved is read where it has moved to."""
    name, thing, address = where
    point, written = transaction.savepoint(), []

    def note(execute, sql, *rest):
        if match := WRITING.match(sql):
            written.append(match[2])
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        response = getattr(client, method)(address, **values)
        if response.status_code == HTTPStatus.MOVED_PERMANENTLY:
            response = getattr(client, method)(response["Location"], **values)
    content = read(response)
    transaction.savepoint_rollback(point)
    return Answer(
        *(name, thing, role, address, response.status_code),
        secrets=secrets_in(content, str(sorted(response.items())).encode()),
        written=tuple(written),
        masked=masked(content, response) if response.status_code == HTTPStatus.NOT_FOUND else b"",
        method=method,
        allow=response.get("Allow", ""),
        location=response.get("Location", ""),
    )


def send(client, where, role):
    """An empty form: only who may send it learns that something is missing in it."""
    return ask(client, where, role, "post", data={"sent": "1"})


def masked(content, response):
    """The answer's bytes without what says only where one is, and the request's id, a token against forgery."""
    for own in OWN_BYTES:
        content = own.sub(b"", content)
    rest = sorted(
        (name, value) for name, value in response.items() if name not in {"X-Request-ID", "Content-Length"}
    )
    return str(rest).encode() + content


def walk(*, seed=None):
    """Build the world, tell what happened in it, walk through it, and take all of it back; a seed draws a sample."""
    with transaction.atomic(), written_log() as log:
        found = Walk(worlds.build(), seed)
        found.messages = messages.tell(found.world)
        clients = {role: found.world.client(role) for role in worlds.ROLES}
        read_all(found, clients)
        # Proofs of who one is grow old on a long walk: who is asked for one has signed in just now.
        fresh = {role: found.world.client(role) for role in (*STRANGERS, "administrator")}
        for name, thing, address in addresses(found.world, FOREIGN):
            found.got += [ask(fresh[role], (name, thing, address), role) for role in STRANGERS]
        for address in of_the_administration():
            found.got.append(ask(fresh["administrator"], ("admin", "", address), "administrator"))
        look_for_nothing(found, clients)
        found.refused = refused.try_all(addresses(found.world), found.world.client, seed)
        found.log, found.cached = log.getvalue(), all_caches()
        transaction.set_rollback(True)
    return found


def read_all(found, clients):
    """Every page, with each of its questions, and an empty form sent to each, by one for every kind of right."""
    where = {(name, thing): address for name, thing, address in addresses(found.world)}
    askers, found.exits = Askers(found.world, where, seed=found.seed), list(where)
    for name, thing in askers.exits:
        address = where[name, thing]
        for role in askers.readers(name, thing):
            found.got.append(ask(clients[role], (name, thing, address), role))
        for question in PAGES[name].queries:
            for role in askers.narrowing(name, thing, question):
                found.got.append(ask(clients[role], (name, thing, f"{address}?{question}"), role))
        for role in askers.senders(name, thing):
            found.posted.append(send(clients[role], (name, thing, address), role))
    for name, thing, role in askers.missing():
        asking, kept = (send, found.posted) if PAGES[name].is_button else (ask, found.got)
        kept.append(asking(clients[role], (name, thing, where[name, thing]), role))
    show_the_rest(found, clients, where, askers.spared)


def show_the_rest(found, clients, where, spared):
    """Who was not yet shown what is theirs reads what the sample spared them, where it is most likely to stand first."""
    for word, roles in found.unseen():
        place, _dot, part = found.world.secrets[word].name.partition(".")
        shows = {answer.name for answer in found.got if part in found.parts(answer)}
        left = [one for one in spared if one[2] in roles]
        left.sort(key=lambda one: (one[1] != place, one[0] not in shows, -likeness(place, " ".join(one[:2]))))
        for name, thing, role, question in left:
            if word in found.shown(roles):
                break
            spared.remove((name, thing, role, question))
            address = f"{where[name, thing]}?{question}".removesuffix("?")
            found.got.append(ask(clients[role], (name, thing, address), role))


def likeness(one, other):
    return SequenceMatcher(None, one, other).ratio()


@contextmanager
def written_log():
    """All that the portal logs meanwhile, as its own handler would write it; the suite's own keep no copy."""
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.addFilter(Redaction())
    others, root.handlers = root.handlers, [handler]
    yield stream
    root.handlers = others


def all_caches():
    """Every key and value of Valkey, and of the cache in the database."""
    server = caches["pages"]._cache.get_client(None)
    held = [key + b" " + (server.dump(key) or b"") for key in server.keys("*")]
    return b"\n".join([*held, *(str(row).encode() for row in CacheEntry.objects.values_list())])


def of_the_administration():
    """Its lists, and of each the page of the newest row."""
    for model in site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        if newest := model._default_manager.order_by("pk").last():
            yield reverse(f"{name}_change", args=[newest.pk])


def look_for_nothing(found, clients):
    """The same addresses with a key that nothing has, by one role after the other; in a sample half of them."""
    keyed = [
        (name, pattern) for name, pattern in routes() if name in PAGES and "key" in pattern.pattern.converters
    ]
    for (name, pattern), role in zip(samples.part(keyed, found.seed, 0, 2), cycle(worlds.ROLES)):
        address = reverse(name, kwargs=arguments(pattern, found.world, NOWHERE))
        found.nothing.append(ask(clients[role], (name, "", address), role))
