"""Every hostile file against the reader (G17, G18): none kept as it came, none active, none slow, none large."""

import resource
from contextlib import suppress
from io import BytesIO
from types import SimpleNamespace

from django.test import RequestFactory

from portal import bounded, files
from portal.errors import Refused
from tests import hostile
from tests.drills import figures

KINDS = ("pdf", "jpeg", "png")
TYPES = {"application/pdf", "image/jpeg", "image/png"}
STARTS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG")


def spent():
    """Seconds of the processor that all children took: the clock of a machine that serves others tells nothing."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def read(name, content):
    """The outcome for one file: what is kept, or None; the seconds it took, starting the child included."""
    began = spent()
    try:
        kept = files.clean(hostile.Upload(name, content), kinds=KINDS)
    except Refused:
        kept = None
    return kept, spent() - began


def looked_into(content):
    """The seconds that the slower of cover and words takes."""
    seconds = []
    for kind in ("cover", "words"):
        began = spent()
        with suppress(bounded.Overrun, bounded.Broken):
            bounded.ask(files.CHILD, content, kind)
        seconds.append(spent() - began)
    return max(seconds)


def unsafe(kept):
    """What is wrong with what is kept of a file, in a word; nothing if nothing is."""
    if kept.media_type not in TYPES or not kept.content.startswith(STARTS):
        return "active type"
    if b"<script" in kept.content or b"PK\x03\x04" in kept.content or hostile.tells(kept.content):
        return "tells or carries"
    if any(char in kept.name for char in '/\\\0\r\n"\u202e') or len(kept.name) > 120:
        return "name"
    return "" if is_inert(kept) else "inline"


def is_inert(kept):
    """Whether what is handed out of it is an attachment that may do nothing."""
    blob = SimpleNamespace(open=lambda _mode: BytesIO(kept.content))
    stored = SimpleNamespace(
        checksum=kept.checksum, size=len(kept.content), name=kept.name, media_type=kept.media_type, blob=blob
    )
    answer = files.answer(RequestFactory().get("/"), stored)
    return (
        answer["Content-Disposition"].startswith("attachment")
        and answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        and answer["X-Content-Type-Options"] == "nosniff"
    )


def test_no_hostile_file_is_kept_as_it_came_or_costs_too_much():
    corpus = hostile.corpus()
    found, slowest, kept_count = {}, 0, 0
    for what, (name, content) in corpus.items():
        kept, seconds = read(name, content)
        slowest = max(slowest, seconds)
        if kept is None:
            continue
        kept_count += 1
        if unsafe(kept):
            found[what] = unsafe(kept)
        if kept.media_type == "application/pdf":
            slowest = max(slowest, looked_into(kept.content))
    figures.add(
        "G17",
        f"{len(corpus)} hostile files",
        kept_clean=kept_count,
        unsafe=len(found),
        slowest=f"{slowest:.1f} s",
        # Of the kernel: what it counts of a child begins with the size of this process, so it tells nothing here.
        most=f"{bounded.MEMORY // 2**20} MB",
    )
    assert len(corpus) >= 60
    assert found == {}
    assert slowest < bounded.SECONDS + 0.5


def test_nothing_that_was_planted_is_kept():
    """G18: what tells where, by whom and with what is gone from every picture and PDF that is taken."""
    corpus = {what: given for what, given in hostile.corpus().items() if hostile.TOKEN in given[1]}
    kept = {what: read(*given)[0] for what, given in corpus.items()}
    taken = {what: content for what, content in kept.items() if content is not None}
    telling = [what for what, content in taken.items() if hostile.tells(content.content)]
    figures.add("G18", f"{len(corpus)} files with planted words", kept=len(taken), telling=len(telling))
    assert telling == []
    assert {content.media_type for content in taken.values()} == TYPES


def test_the_control_files_kept_as_they_came_are_found():
    corpus = hostile.corpus()
    for what in ("html as pdf", "told", "jpeg that tells all", "html after pdf", "zip after pdf"):
        _name, content = corpus[what]
        assert unsafe(files.Clean("x.pdf", content, "application/pdf"))
    assert unsafe(files.Clean("../x", hostile.pdf(), "application/pdf")) == "name"
