"""Reads one file of a stranger: makes it anew without what it tells or does, its cover, its words.

Run by portal/bounded.py within its limits, so it takes neither Django nor anything else of ours. The file comes on
standard input; a line of JSON and then the bytes that were made go to standard output.
"""

import codecs
import json
import re
import resource
import sys
from io import BytesIO

KIND = sys.argv[1]
# To load a library costs more than to read most files: each reading loads its own, all of it before it may open
# nothing more.
if KIND == "pdf":
    import pikepdf
else:
    if KIND in {"cover", "words"}:
        import pypdfium2
    if KIND != "words":
        from PIL import (
            Image,
            ImageOps,
            JpegImagePlugin,  # noqa: F401 - loaded before anything is read, as those below
            MpoImagePlugin,  # noqa: F401
            PngImagePlugin,  # noqa: F401
            TiffImagePlugin,  # noqa: F401
            UnidentifiedImageError,
            WebPImagePlugin,  # noqa: F401
        )

        Image.preinit()

MOST_PIXELS = 40_000_000
WIDEST = 4_000  # pixels of a side; a larger JPEG is read at a half, a quarter or an eighth of its size
MOST_PAGES = 2_000
MOST_OBJECTS = 200_000
LONGEST_TITLE = 300  # characters
COVER = (320, 452)  # pixels, at most: a page of A4
COVER_BYTES = 12_000
QUALITIES = (70, 55, 40, 25, 10)
MOST_WORDS = 200_000  # characters of the text of a PDF

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
    "/Thumb",
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
# What an element of the tree of tags may have, should it be called like an action.
OF_TAGS = {
    *("/A", "/ActualText", "/Alt", "/C", "/E", "/ID", "/K", "/Lang"),
    *("/NS", "/P", "/Pg", "/R", "/Ref", "/S", "/T", "/Type"),
}
OUTSIDE = ("/F", "/FDecodeParms", "/FFilter")  # of a stream whose bytes are in another file
HARMLESS = re.compile(r"\s*(?:https?|mailto|tel):|[^:\\]*\Z", re.I)  # addresses; and places in the document
AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)  # the next part of a JPEG
END = b"\xff\xd9"
SEEN = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
CARRYING = {"/3D", "/FileAttachment", "/Movie", "/RichMedia", "/Screen", "/Sound"}
DEEPEST = 40


class Unfit(Exception):
    """A file that is not read, and why, as one word for the process that asked."""


def pdf(content):
    """The PDF written anew without scripts, attachments and metadata, and its pages."""
    if not content.startswith(b"%PDF-"):
        raise Unfit("not-pdf")
    try:
        with pikepdf.open(BytesIO(content)) as read:
            pages = len(read.pages)
            if not 1 <= pages <= MOST_PAGES or len(read.objects) > MOST_OBJECTS:
                raise Unfit("pages")
            facts = {"pages": pages, "title": _title(read)}
            _scrub_pdf(read)
            written = BytesIO()
            read.save(
                written,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                deterministic_id=True,
            )
        # Of half a file something may be written that nobody can open.
        with pikepdf.open(written) as again:
            if len(again.pages) != pages:
                raise Unfit("damaged-pdf")
    except pikepdf.PasswordError as error:
        raise Unfit("locked") from error
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError) as error:
        raise Unfit("damaged-pdf") from error
    return facts, written.getvalue()


def _title(read):
    """The title that a PDF gives itself, on one line; mostly there is none."""
    about = read.trailer.get("/Info")
    title = about.get("/Title") if isinstance(about, pikepdf.Dictionary) else None
    title = str(title)[:LONGEST_TITLE] if isinstance(title, pikepdf.String) else ""
    return " ".join("".join(char if char.isprintable() else " " for char in title).split())


def _scrub_pdf(read):
    """Take out scripts, actions, attachments, and who made it with what."""
    if "/Info" in read.trailer:
        del read.trailer["/Info"]
    for thing in read.objects:
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
    for key in _unwanted(thing):
        del thing[key]
    if isinstance(thing.get("/Annots"), pikepdf.Array):
        kept = [note for note in thing["/Annots"] if _kept_annotation(note)]
        thing["/Annots"] = pikepdf.Array(kept)
    if isinstance(thing, pikepdf.Stream) and _is_photo(thing):
        picture = thing.read_raw_bytes()
        plain = plain_jpeg(picture)
        if len(plain) < len(picture):
            thing.write(plain, filter=pikepdf.Name.DCTDecode, decode_parms=_only(thing.get("/DecodeParms")))


def _unwanted(thing):
    """The keys of a dictionary or a stream that do something, carry something, or say who made it."""
    keys = {*thing.keys()}
    if str(thing.get("/S", "")) in ACTING:
        if "/K" not in keys:
            return keys
        # Also an action that passes itself off as a tag does nothing under this name.
        thing["/S"] = pikepdf.Name.Span
        return keys - OF_TAGS
    if "/ByteRange" in keys:  # a signature, which this text, written anew, does not bear
        return keys
    gone = keys & {*GONE}
    if "/Rect" in keys and str(thing.get("/Subtype", "")) not in {"", "/Widget"}:
        gone |= keys & {*SAYS_WHO}
    if isinstance(thing, pikepdf.Stream):
        gone |= keys & {*OUTSIDE}
    if "/URI" in keys and not HARMLESS.match(str(thing["/URI"])):
        gone.add("/URI")
    return gone


def _is_photo(stream):
    return _only(stream.get("/Filter")) == pikepdf.Name.DCTDecode


def _only(thing):
    """The one member of an array of one, or the thing that stands without an array."""
    return thing[0] if isinstance(thing, pikepdf.Array) and len(thing) == 1 else thing


def _kept_annotation(note):
    return isinstance(note, pikepdf.Dictionary) and str(note.get("/Subtype", "")) not in CARRYING


def plain_jpeg(content):
    """A JPEG without its comments, its EXIF, XMP and the like; the pixels and colours stay as they are."""
    kept, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != END[1]:
        marker = content[at + 1]
        if marker == 0xFF:  # a fill byte before a marker
            at += 1
            continue
        until = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if marker == 0xDA:
            found = AFTER_SCAN.search(content, until)
            until = found.start() if found else len(content)
        if _is_seen(marker, content[at + 4 : until]):
            kept.append(content[at:until])
        at = until
    # What is left of a whole picture is the mark of its end; whatever somebody put behind that is no part of it.
    return b"".join(kept) + (END if content.startswith(END, at) else content[at:])


def _is_seen(marker, told):
    """Whether a part of a JPEG changes what is seen: of what programs add, density, colour profile and transform."""
    if marker == 0xFE:
        return False
    return not 0xE0 <= marker <= 0xEF or told.startswith(SEEN.get(marker, ()))


def cover(content):
    """A small picture of the first page of a PDF, on white."""
    page = pypdfium2.PdfDocument(content)[0]
    width, height = page.get_size()
    if not (width > 1 and height > 1 and 1 / 8 < width / height < 8):
        raise Unfit("damaged-pdf")
    scale = min(COVER[0] / width, COVER[1] / height)
    picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    for quality in QUALITIES:
        written = BytesIO()
        picture.save(written, format="WEBP", quality=quality, method=4)
        if written.tell() <= COVER_BYTES:
            break
    return {"width": picture.width, "height": picture.height}, written.getvalue()


def words(content):
    """The text of a PDF, its beginning where it is very long."""
    found, length = [], 0
    for page in pypdfium2.PdfDocument(content):
        text = page.get_textpage().get_text_bounded()
        text = "".join(char if char.isprintable() else " " for char in text)
        found.append(" ".join(text.split()))
        length += len(found[-1]) + 1
        page.close()
        if length > MOST_WORDS:
            break
    return {}, "\n".join(found)[:MOST_WORDS].strip().encode("utf-8", "replace")


def jpeg(content):
    return _picture(content, "JPEG")


def png(content):
    return _picture(content, "PNG")


def _picture(content, form):
    """The picture encoded anew, upright, without anything but its pixels."""
    try:
        with Image.open(BytesIO(content), formats=[form]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Unfit("pixels")
            if form == "JPEG" and max(picture.size) > WIDEST:
                picture.draft(None, (WIDEST // 2, WIDEST // 2))
            picture.load()
            upright = ImageOps.exif_transpose(picture)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Unfit("damaged-picture") from error
    upright.info = {key: upright.info[key] for key in ("transparency",) if key in upright.info}
    if form == "JPEG" and upright.mode not in {"L", "RGB"}:
        upright = upright.convert("RGB")
    written = BytesIO()
    upright.save(written, format=form, **({"quality": 85} if form == "JPEG" else {}))
    return {}, written.getvalue()


READERS = {"pdf": pdf, "jpeg": jpeg, "png": png, "cover": cover, "words": words}


def main():
    content = sys.stdin.buffer.read()
    codecs.lookup("utf-16-le")  # in which pypdfium2 gives the words of a page
    # Nothing more is opened from here: no file, no connection.
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    try:
        facts, made = READERS[KIND](content)
    except Unfit as reason:
        facts, made = {"refused": str(reason)}, b""
    except (MemoryError, RecursionError):
        facts, made = {"refused": "large"}, b""
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + made)


if __name__ == "__main__":
    main()
