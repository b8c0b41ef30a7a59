"""How fast public pages are, kept and made anew, at 500 and at 50,000 documents, in one run on one server.

Wanted: a kept page at 0.8 of the rate of a plain Django page that answers a constant 12 kB, its p99 at most 1.5 times
that one's; the library made anew at 0.4 of a plain page of the same 20 rows; from 500 to 50,000 documents no page
more than 1.3 times slower, the last page of the library included; the counts of its facets in 100 ms, half of the
times (`python -m benchmarks public_pages.facets` measures these alone). Each is asked in turn with its baseline, over one
kept-alive connection to gunicorn as it runs in production, so that a machine that slows down slows both.
"""

import os
import socket
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal import facets as narrowing
from portal.local import ports, statics
from portal.models import Objective, Principle, Reader, Region
from portal.operations import publication
from resources.models import Document
from tests import factories

SIZES = (500, 50_000)
ROUNDS, KEPT_ROUNDS, IN_A_ROW = 30, 200, 10  # of half a millisecond each, a few hundred have no steady p99
COUNTINGS, COUNTED_MS = 20, 100
WORDS = [
    "migration",
    "rights",
    "children",
    "borders",
    "work",
    "dignity",
    "health",
    "data",
    "return",
    "detention",
    "families",
    "climate",
]
COMPRESSED, PLAIN = "Accept-Encoding: gzip, deflate, br\r\n", ""
ANEW = "Cookie: anew=1\r\n"  # whoever brings a cookie gets a page of their own
KEPT_RATE, KEPT_P99, LIBRARY_RATE, GROWTH = 0.8, 1.5, 0.4, 1.3


def run():
    statics.collect()
    call_command("load_reference", verbosity=0)
    factories.process("Review forum", is_current=True)
    slowest = {}
    for size in SIZES:
        fill(size)
        with server() as line:
            measure(line, size, slowest)
    for name, (few, many) in slowest.items():
        verdict(f"{name}: {SIZES[1]:,} documents against {SIZES[0]:,}", many / few, at_most=GROWTH)


def facets():
    """The counts of all facets of the library at its largest, made anew: under nothing, and under a value of each."""
    call_command("load_reference", verbosity=0)
    publish(SIZES[-1])
    spread()
    rows = Document.objects.visible_to(Reader.nobody()).published()
    groups = counted(rows, "")
    for asked in ("", *(group.choices[0].query for group in groups)):
        seconds = sorted(timed(rows, asked) for _ in range(COUNTINGS))
        half, most = seconds[COUNTINGS // 2] * 1000, seconds[-1] * 1000
        verdict(f"facets under {asked or 'nothing'}: at worst {most:.0f} ms, p50", half, at_most=COUNTED_MS)


def spread():
    """Give the documents kinds, processes, languages, regions and principles, as unevenly as those of a real library."""
    processes = [factories.process(f"Review {number}").pk for number in range(6)]
    kinds = Document.Kind.values
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE resources_document SET kind = (%s::text[])[1 + (random() ^ 2 * %s)::int],"
            " process_id = (%s::bigint[])[1 + (random() ^ 2 * 8)::int],"
            " document_languages = (ARRAY['en', 'fr', 'es', 'ar', 'ru', 'zh'])[1 : 1 + (random() ^ 3 * 5)::int]",
            [kinds, len(kinds) - 1, processes],
        )
        for link, there in ((Document.regions.through, Region), (Document.principles.through, Principle)):
            column = there._meta.model_name
            cursor.execute(
                f"INSERT INTO {link._meta.db_table} (document_id, {column}_id)"
                f" SELECT document.id, one.id FROM resources_document AS document"
                f" CROSS JOIN {there._meta.db_table} AS one WHERE random() < 0.15"
            )
        cursor.execute("VACUUM ANALYZE")


def timed(rows, asked):
    start = time.perf_counter()
    counted(rows, asked)
    return time.perf_counter() - start


def counted(rows, asked):
    """The counts as the page shows them, without what is kept of them for two seconds."""
    return narrowing.of(rows, QueryDict(asked.removeprefix("?")), Reader.nobody(), "en")._groups()


def fill(size):
    """So many documents, each found by the search."""
    rows = publish(size)
    with connection.cursor() as cursor:
        content_type = ContentType.objects.get_for_model(Document)
        cursor.executemany(publication.INDEX, [found(content_type, row) for row in rows])
        cursor.execute("VACUUM ANALYZE")


def publish(size):
    """So many documents, each on one of the 23 objectives; those that were not there before."""
    there = Document.objects.count()
    today = timezone.localdate()
    rows = [
        Document(
            title_en=f"{WORDS[number % 12]} and {WORDS[number * 7 % 11]}, paper {number}",
            summary_en=" ".join(WORDS[(number + step) % 12] for step in range(25)),
            original_language="en",
            languages=["en"],
            document_languages=["en"],
            status="published",
            kind="report",
            slug=f"paper-{number}-{uuid.uuid4().hex[:6]}",
            begins_on=today - timedelta(days=number % 3000),
            published_at=timezone.now(),
        )
        for number in range(there, size)
    ]
    Document.objects.bulk_create(rows, batch_size=2_000)
    objectives = list(Objective.objects.order_by("number"))
    join = Document.objectives.through
    join.objects.bulk_create(
        [join(document=row, objective=objectives[place % len(objectives)]) for place, row in enumerate(rows)],
        batch_size=5_000,
    )
    return rows


def found(content_type, row):
    """What the search keeps of a document."""
    return publication.BLANK | {
        "type": content_type.pk,
        "id": row.pk,
        "language": "en",
        "kind": "document",
        "title": row.title_en,
        "excerpt": row.summary_en,
        "address": row.slug,
    }


def pages():
    """[(name, address)] of what is measured, the last page of the library among it."""
    newest = Document.objects.published().newest_first().first()
    last = -(-Document.objects.count() // 20)
    library = reverse("resources:documents")
    return [
        ("home", reverse("home")),
        ("library", library),
        ("last page of the library", f"{library}?page={min(last, 2_000)}"),
        ("document", newest.get_absolute_url()),
        ("objective", reverse("objective", args=[7])),
        ("search", reverse("search") + "?q=detention"),
    ]


@contextmanager
def server():
    """Gunicorn with the settings of production, on a port of its own, while the block lasts."""
    port = ports.any_free()
    command = [sys.executable, "-m", "gunicorn", "--config", "python:portal.gunicorn", "benchmarks.site"]
    ours = {"PORT": str(port), "BIND": ports.HOST, "WEB_CONCURRENCY": "1"}
    process = subprocess.Popen([*command, "--max-requests", "0"], env=os.environ | ours)
    try:
        yield Line(port)
    finally:
        process.terminate()
        process.wait(timeout=60)


class Line:
    """A connection that stays open."""

    def __init__(self, port):
        self.port, self.socket = port, None
        for _ in range(1_000):
            try:
                self.ask("/health/live")
                return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError("The server did not begin.")

    def ask(self, address, headers=""):
        """(seconds, bytes of the body) of one answer."""
        request = f"GET {address} HTTP/1.1\r\nHost: testserver\r\n{headers}\r\n".encode()
        if self.socket is None:
            self.socket = socket.create_connection((ports.HOST, self.port), timeout=60)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        start = time.perf_counter()
        self.socket.sendall(request)
        data = self.socket.recv(65536)
        while data and b"\r\n\r\n" not in data:
            data += self.socket.recv(65536)
        if not data:  # the server ended an idle connection
            self.socket = None
            return self.ask(address, headers)
        head, _end, body = data.partition(b"\r\n\r\n")
        lowered = head.lower()
        assert b" 200 " in head[:20], head
        length = int(lowered.partition(b"content-length:")[2].split(b"\r\n")[0])
        count = len(body)
        while count < length:
            count += len(self.socket.recv(65536))
        seconds = time.perf_counter() - start
        if b"connection: close" in lowered:
            self.socket.close()
            self.socket = None
        return seconds, length


def measure(line, size, slowest):
    print(f"{size:,} documents")
    for name, address in pages():
        baseline, kept = beside(line, ("/plain/constant/", PLAIN), (address, COMPRESSED), rounds=KEPT_ROUNDS)
        say(f"{name}, kept", kept, baseline, queries=0)
        verdict("  rate", rate(kept) / rate(baseline), at_least=KEPT_RATE)
        verdict("  p99", percentile(kept, 99) / percentile(baseline, 99), at_most=KEPT_P99)
        baseline, anew = beside(line, ("/plain/rows/", PLAIN), (address, PLAIN + ANEW))
        say(f"{name}, made anew", anew, baseline, queries=queries(address))
        if name == "library":
            verdict("  rate", rate(anew) / rate(baseline), at_least=LIBRARY_RATE)
        # Against the constant page of the same minute, which no document makes slower.
        constant, anew = beside(line, ("/plain/constant/", PLAIN), (address, PLAIN + ANEW))
        slowest.setdefault(name, []).append(percentile(anew, 50) / percentile(constant, 50))


def beside(line, one, other, rounds=ROUNDS):
    """The answers to each, asked in turn."""
    for question in (one, other):
        for _ in range(IN_A_ROW):
            line.ask(*question)
    answers = ([], [])
    for _ in range(rounds):
        for question, kept in zip((one, other), answers, strict=True):
            kept += [line.ask(*question) for _ in range(IN_A_ROW)]
    return answers


def queries(address):
    client = Client(headers={"cookie": "anew=1"})
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def percentile(answers, percent):
    seconds = sorted(seconds for seconds, _length in answers)
    return seconds[min(len(seconds) - 1, len(seconds) * percent // 100)]


def rate(answers):
    return len(answers) / sum(seconds for seconds, _length in answers)


def say(name, answers, baseline, *, queries):
    half, most = (percentile(answers, percent) * 1000 for percent in (50, 99))
    print(
        f"{name}: {rate(answers):.0f} a second (baseline {rate(baseline):.0f}), p50 {half:.2f} ms,"
        f" p99 {most:.2f} ms, {queries} queries, {answers[-1][1]:,} bytes"
    )


def verdict(name, ratio, *, at_least=0, at_most=float("inf")):
    wanted = f"at least {at_least}" if at_least else f"at most {at_most}"
    print(f"{name}: {ratio:.2f} ({wanted}){'' if at_least <= ratio <= at_most else ' MISSED'}")
