"""Files that people give: checked by what they hold, cleaned of what they tell about their makers, handed out.

Nothing of an upload is kept as it came: a PDF is written anew without scripts, attachments and metadata, a
picture is encoded anew (safety.md, D14), each in a process of its own. The answer to a download can be taken up
where a weak line broke it. The cover and the words of a PDF are read here too.
"""

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path, PurePosixPath

import pikepdf
from django.http import FileResponse, Http404, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _

from portal import bounded
from portal.errors import Refused

MEGABYTES = 10
LARGEST = MEGABYTES * 1024 * 1024
LONGEST_STEM = 100
CHUNK = 64 * 1024
CHILD = Path(__file__).resolve().parent / "files_child.py"


@dataclass(frozen=True)
class Clean:
    """What may be stored of an upload; the title that a PDF gave itself is told beside it, to guess from."""

    name: str
    content: bytes
    media_type: str
    pages: int | None = None
    title: str = ""

    @cached_property
    def checksum(self):
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Sort:
    """A sort of file that we take: its endings, its type, the reader of its content."""

    endings: tuple
    media_type: str
    reader: str
    only: str


def clean(upload, *, kinds=("pdf",)):
    """Read an upload of one of these kinds and return its Clean content, or refuse it in words for the person.

    What a form has read, the operation that it hands the upload to need not read again.
    """
    sorts = [SORTS[kind] for kind in kinds]
    known = getattr(upload, "is_clean_as", None)
    if known is not None and known.media_type in {sort.media_type for sort in sorts}:
        return known
    ending = PurePosixPath(upload.name or "").suffix.lower()
    sort = next((sort for sort in sorts if ending in sort.endings), None)
    if sort is None:
        raise Refused(sorts[0].only if len(sorts) == 1 else _("Files of this type are not taken here."))
    if upload.size > LARGEST:
        raise Refused(_("This file is larger than %(limit)s MB.") % {"limit": MEGABYTES})
    upload.seek(0)
    facts, content = _asked(sort.reader, upload.read(LARGEST + 1))
    if len(content) > LARGEST:
        raise Refused(_("This file is larger than %(limit)s MB.") % {"limit": MEGABYTES})
    name = clean_name(upload.name, sort.endings[0])
    upload.is_clean_as = Clean(name, content, sort.media_type, facts.get("pages"), facts.get("title", ""))
    return upload.is_clean_as


def clean_name(name, ending):
    """The last part of a name, without what hides, turns or separates, under the ending of its content."""
    stem = PurePosixPath(unicodedata.normalize("NFC", name or "").replace("\\", "/")).stem
    stem = "".join(
        char
        for char in stem
        if unicodedata.category(char)[0] not in "CZ" or (char == " " and char not in '"')
    )
    stem = " ".join(re.sub(r'[:*?"<>|;]', " ", stem).split()).lstrip(".")[:LONGEST_STEM].strip()
    return f"{stem or 'file'}{ending}"


def pages_of(content):
    """How many pages a PDF has that was made here."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return len(pdf.pages)


def _asked(kind, content):
    """What the child made of some content, its facts and its bytes; refused in words where it made nothing."""
    try:
        facts, made = bounded.ask(CHILD, content, kind).split(b"\n", 1)
    except bounded.Overrun as error:
        raise Refused(REASONS["large"]) from error
    except bounded.Broken as error:
        raise Refused(REASONS["damaged-picture" if kind in {"jpeg", "png"} else "damaged-pdf"]) from error
    facts = json.loads(facts)
    if "refused" in facts:
        raise Refused(REASONS[facts["refused"]])
    return facts, made


def cover_of(content, name):
    """A small picture of the first page of a PDF, as Clean content; its width and height in pixels."""
    facts, made = _asked("cover", content)
    return Clean(clean_name(name, ".webp"), made, "image/webp"), (facts["width"], facts["height"])


def words_of(content):
    """The text of a PDF, at most 200,000 characters of it."""
    return _asked("words", content)[1].decode()


REASONS = {
    "not-pdf": _("This file calls itself a PDF, but it is not one."),
    "pages": _("This PDF has no pages, or too many of them."),
    "locked": _("This PDF is locked with a password. Please save it without one."),
    "damaged-pdf": _("This PDF is damaged and cannot be read. Please save it again."),
    "pixels": _("This picture has more than 40 million pixels. Please make it smaller."),
    "damaged-picture": _("This picture cannot be read. Please save it again."),
    "large": _("This file asks for too much time or memory to be read. Please save it again, smaller."),
}


SORTS = {
    "pdf": Sort((".pdf",), "application/pdf", "pdf", _("Only PDF files are taken here.")),
    "jpeg": Sort((".jpg", ".jpeg"), "image/jpeg", "jpeg", _("Only JPEG pictures are taken here.")),
    "png": Sort((".png",), "image/png", "png", _("Only PNG pictures are taken here.")),
}


RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
HEADERS = {
    "Accept-Ranges": "bytes",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}


def answer(request, stored, *, is_public=False):
    """Hand out a stored file as an attachment, whole or the one part that was asked for.

    Of what everybody may see, a second visit asks whether it is still the same, and still to be seen, and loads nothing.
    """
    etag = f'"{stored.checksum}"'
    headers = HEADERS | {"ETag": etag} | ({"Cache-Control": "public, no-cache"} if is_public else {})
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified(headers=headers)
    part = None
    if request.headers.get("If-Range", etag) == etag:
        part = part_of(request.headers.get("Range", ""), stored.size)
    if part == ():
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{stored.size}"})
    try:
        blob = stored.blob.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    # FileResponse would write its own Content-Disposition over ours, and show the file inline.
    sort = {"as_attachment": True, "filename": stored.name, "content_type": stored.media_type}
    if part is None:
        headers["Content-Length"] = str(stored.size)
        return FileResponse(blob, **sort, headers=headers)
    first, last = part
    headers |= {
        "Content-Range": f"bytes {first}-{last}/{stored.size}",
        "Content-Length": str(last - first + 1),
    }
    return FileResponse(Part(blob, first, last), **sort, headers=headers, status=206)


def part_of(header, size):
    """The first and last byte that a Range asks for; None: all of it; an empty pair: there is no such part."""
    match = RANGE.fullmatch(header.strip())
    if not match or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        return (max(size - int(last), 0), size - 1) if int(last) else ()
    if int(first) >= size or (last and int(last) < int(first)):
        return () if int(first) >= size else None
    return int(first), min(int(last or size), size - 1)


class Part:
    """Some bytes of an open file, read as a file."""

    def __init__(self, blob, first, last):
        self.blob, self.left = blob, last - first + 1
        blob.seek(first)

    def read(self, amount=CHUNK):
        data = self.blob.read(min(amount if amount >= 0 else self.left, self.left))
        self.left -= len(data)
        return data

    def close(self):
        self.blob.close()
