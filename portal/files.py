"""Files that people give: checked by what they hold, cleaned of what they tell about their makers, handed out.

Nothing of an upload is kept as it came: a PDF is written anew without scripts, attachments and metadata, a
picture is encoded anew (safety.md, D14). The answer to a download can be taken up where a weak line broke it.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import PurePosixPath

import pikepdf
from django.http import FileResponse, Http404, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from portal.errors import Refused

MEGABYTES = 10
LARGEST = MEGABYTES * 1024 * 1024
MOST_PIXELS = 40_000_000
MOST_PAGES = 2_000
MOST_OBJECTS = 200_000
LONGEST_STEM = 100
CHUNK = 64 * 1024


@dataclass(frozen=True)
class Clean:
    """What may be stored of an upload."""

    name: str
    content: bytes
    media_type: str
    pages: int | None = None

    @cached_property
    def checksum(self):
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Sort:
    """A sort of file that we take: its endings, its type, how its content is read."""

    endings: tuple
    media_type: str
    read: callable
    only: str


def clean(upload, *, kinds=("pdf",)):
    """Read an upload of one of these kinds and return its Clean content, or refuse it in words for the person."""
    sorts = [SORTS[kind] for kind in kinds]
    ending = PurePosixPath(upload.name or "").suffix.lower()
    sort = next((sort for sort in sorts if ending in sort.endings), None)
    if sort is None:
        raise Refused(sorts[0].only if len(sorts) == 1 else _("Files of this type are not taken here."))
    if upload.size > LARGEST:
        raise Refused(_("This file is larger than %(limit)s MB.") % {"limit": MEGABYTES})
    upload.seek(0)
    content, pages = sort.read(upload.read(LARGEST + 1))
    if len(content) > LARGEST:
        raise Refused(_("This file is larger than %(limit)s MB.") % {"limit": MEGABYTES})
    return Clean(clean_name(upload.name, sort.endings[0]), content, sort.media_type, pages)


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


# PDF


def pages_of(content):
    """How many pages a PDF has that was made here."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return len(pdf.pages)


GONE = [
    "/AA",
    "/AF",
    "/Collection",
    "/EF",
    "/EmbeddedFiles",
    "/JS",
    "/JavaScript",
    "/LastModified",
    "/Metadata",
    "/OpenAction",
    "/PieceInfo",
    "/XFA",
]
SAYS_WHO = ("/T", "/M", "/CreationDate", "/NM")
ACTING = {
    "/GoTo3DView",
    "/GoToE",
    "/GoToR",
    "/ImportData",
    "/JavaScript",
    "/Launch",
    "/Movie",
    "/Rendition",
    "/ResetForm",
    "/RichMediaExecute",
    "/Sound",
    "/SubmitForm",
}
CARRYING = {"/3D", "/FileAttachment", "/Movie", "/RichMedia", "/Screen", "/Sound"}
DEEPEST = 40


def _read_pdf(content):
    if not content.startswith(b"%PDF-"):
        raise Refused(_("This file calls itself a PDF, but it is not one."))
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            pages = len(pdf.pages)
            if not 1 <= pages <= MOST_PAGES or len(pdf.objects) > MOST_OBJECTS:
                raise Refused(_("This PDF has no pages, or too many of them."))
            _scrub_pdf(pdf)
            written = BytesIO()
            pdf.save(
                written,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                deterministic_id=True,
            )
    except pikepdf.PasswordError as error:
        raise Refused(_("This PDF is locked with a password. Please save it without one.")) from error
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError) as error:
        raise Refused(_("This PDF is damaged and cannot be read. Please save it again.")) from error
    return written.getvalue(), pages


def _scrub_pdf(pdf):
    """Take out scripts, actions, attachments, and who made it with what."""
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for thing in pdf.objects:
        _scrub(thing)


def _scrub(thing, depth=0):
    """Clean a dictionary, a stream or an array, and what stands directly in it."""
    if depth > DEEPEST:
        raise ValueError("nested too deeply")
    if isinstance(thing, pikepdf.Array):
        children = list(thing)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        _scrub_dictionary(thing)
        children = [thing[key] for key in thing.keys()]  # noqa: SIM118 - a stream iterates otherwise
    else:
        return
    for child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            _scrub(child, depth + 1)


def _scrub_dictionary(thing):
    if str(thing.get("/S", "")) in ACTING and "/K" not in thing:
        gone = list(thing.keys())
    else:
        gone = [key for key in GONE if key in thing]
    if "/Rect" in thing and str(thing.get("/Subtype", "")) not in {"", "/Widget"}:
        gone += [key for key in SAYS_WHO if key in thing and key not in gone]
    for key in gone:
        del thing[key]
    if isinstance(thing.get("/Annots"), pikepdf.Array):
        kept = [note for note in thing["/Annots"] if _kept_annotation(note)]
        thing["/Annots"] = pikepdf.Array(kept)
    if isinstance(thing, pikepdf.Stream) and thing.get("/Filter") == pikepdf.Name.DCTDecode:
        picture = thing.read_raw_bytes()
        plain = plain_jpeg(picture)
        if len(plain) < len(picture):
            thing.write(plain, filter=pikepdf.Name.DCTDecode, decode_parms=thing.get("/DecodeParms"))


def _kept_annotation(note):
    return isinstance(note, pikepdf.Dictionary) and str(note.get("/Subtype", "")) not in CARRYING


def plain_jpeg(content):
    """A JPEG without its comments, its EXIF, XMP and the like; the pixels and colours stay as they are."""
    kept, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != 0xDA:
        marker = content[at + 1]
        if marker == 0xFF:  # a fill byte before a marker
            at += 1
            continue
        until = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        # APP0 (density), APP2 (colour profile) and APP14 (colour transform) change what is seen.
        if marker != 0xFE and (not 0xE0 <= marker <= 0xEF or marker in {0xE0, 0xE2, 0xEE}):
            kept.append(content[at:until])
        at = until
    return b"".join(kept) + content[at:]


# Pictures


def _read_picture(content, form):
    try:
        with Image.open(BytesIO(content), formats=[form]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused(_("This picture has more than 40 million pixels. Please make it smaller."))
            picture.load()
            upright = ImageOps.exif_transpose(picture)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Refused(_("This picture cannot be read. Please save it again.")) from error
    upright.info = {key: upright.info[key] for key in ("transparency",) if key in upright.info}
    if form == "JPEG" and upright.mode not in {"L", "RGB"}:
        upright = upright.convert("RGB")
    written = BytesIO()
    upright.save(written, format=form, optimize=True, **({"quality": 85} if form == "JPEG" else {}))
    return written.getvalue(), None


def _read_jpeg(content):
    return _read_picture(content, "JPEG")


def _read_png(content):
    return _read_picture(content, "PNG")


SORTS = {
    "pdf": Sort((".pdf",), "application/pdf", _read_pdf, _("Only PDF files are taken here.")),
    "jpeg": Sort((".jpg", ".jpeg"), "image/jpeg", _read_jpeg, _("Only JPEG pictures are taken here.")),
    "png": Sort((".png",), "image/png", _read_png, _("Only PNG pictures are taken here.")),
}


# Handing out

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
HEADERS = {
    "Accept-Ranges": "bytes",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}


def answer(request, stored):
    """Hand out a stored file as an attachment, whole or the one part that was asked for."""
    etag = f'"{stored.checksum}"'
    headers = HEADERS | {"ETag": etag}
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
