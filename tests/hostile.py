"""Files that mean ill, made here: {what it is: (name, content)}. Each bears TOKEN where it could tell something."""

import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image, PngImagePlugin

TOKEN = b"t0ken-of-the-maker"
WORD = TOKEN.decode()
SCRIPT = b"<script>alert('" + TOKEN + b"')</script>"
ACTIONS = (
    "JavaScript",
    "Launch",
    "GoToR",
    "GoToE",
    "SubmitForm",
    "ImportData",
    "Rendition",
    "Movie",
    "Sound",
)
NAMES = (
    "../../etc/passwd.pdf",
    "..\\..\\boot.pdf",
    "/etc/cron.d/x.pdf",
    "a\x00.html.pdf",
    "fdp.\u202egnp.pdf",
    "a\r\nSet-Cookie: x=1.pdf",
    'a".html;.pdf',
    "a" * 5000 + ".pdf",
    ".pdf.pdf",
    "<img src=x onerror=alert(1)>.pdf",
    "C:\\x|y?.pdf",
    "\ud800.pdf",
)
WRONG = {
    "html": b"<!doctype html><html>" + SCRIPT,
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>",
    "xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "gif": b"GIF89a/*" + SCRIPT + b"*/",
    "elf": b"\x7fELF" + bytes(200),
    "exe": b"MZ" + bytes(200),
    "php": b"<?php system($_GET['x']); ?>",
    "nothing": b"",
    "zeros": bytes(1000),
}


def pdf(change=lambda made: None):
    made = pikepdf.new()
    made.add_blank_page()
    change(made)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def action(kind):
    def change(made):
        does = pikepdf.Dictionary(
            S=pikepdf.Name(f"/{kind}"),
            JS=pikepdf.String(WORD),
            F=pikepdf.String(WORD),
            URI=pikepdf.String(WORD),
        )
        made.Root.OpenAction = made.make_indirect(does)
        made.pages[0].AA = pikepdf.Dictionary(O=does)

    return pdf(change)


def attached(made):
    made.attachments["x.exe"] = pikepdf.AttachedFileSpec(made, TOKEN * 100, filename="x.exe")


def told(made):
    made.docinfo["/Author"] = WORD
    with made.open_metadata() as about:
        about["dc:creator"] = [WORD]


def noted(made):
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], T=pikepdf.String(WORD)
    )
    made.pages[0].Annots = pikepdf.Array([made.make_indirect(note)])


def posing_as_tag(made):
    """An action with the key by which elements of the tree of tags are known."""
    made.Root.OpenAction2 = made.make_indirect(
        pikepdf.Dictionary(
            S=pikepdf.Name.Launch, K=0, F=pikepdf.String(WORD), Win=pikepdf.Dictionary(F=pikepdf.String(WORD))
        )
    )


def linked(address):
    def change(made):
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=[0, 0, 9, 9],
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(address + WORD)),
        )
        made.pages[0].Annots = pikepdf.Array([made.make_indirect(link)])

    return change


def signed(made):
    made.Root.Perms = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Sig,
            ByteRange=[0, 1, 2, 3],
            Name=pikepdf.String(WORD),
            Location=pikepdf.String(WORD),
        )
    )


def photo_in(filters):
    def change(made):
        facts = {"Type": "XObject", "Subtype": "Image", "ColorSpace": "DeviceRGB"}
        picture = pikepdf.Stream(
            made,
            jpeg_parts() + TOKEN,
            Width=60,
            Height=40,
            BitsPerComponent=8,
            **{key: pikepdf.Name(f"/{value}") for key, value in facts.items()},
        )
        picture.Filter = filters
        made.pages[0].Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(P=made.make_indirect(picture))
        )

    return change


def left_behind():
    """An object of an earlier edition, to which nothing leads any longer."""
    return pdf().replace(b"%%EOF", b"99 0 obj (" + TOKEN + b") endobj\n%%EOF")


def huge_page(made):
    made.pages[0].MediaBox = [0, 0, 10_000_000, 10_000_000]


def thin_page(made):
    made.pages[0].MediaBox = [0, 0, 1, 1_000_000]


def stream_bomb(made):
    packed = zlib.compress(bytes(300_000_000), 9)
    made.pages[0].Contents = pikepdf.Stream(made, packed, Filter=pikepdf.Name.FlateDecode)


def drawing_bomb(made):
    drawn = b"".join(b"%d 0 m 0 %d l S\n" % (n % 600, n % 800) for n in range(400_000))
    made.pages[0].Contents = pikepdf.Stream(made, drawn)


def picture_bomb(made):
    facts = {"Type": "XObject", "Subtype": "Image", "ColorSpace": "DeviceGray", "Filter": "FlateDecode"}
    picture = pikepdf.Stream(
        made,
        zlib.compress(bytes(30_000 * 3_000), 9),
        Width=30_000,
        Height=30_000,
        BitsPerComponent=8,
        **{key: pikepdf.Name(f"/{value}") for key, value in facts.items()},
    )
    made.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=made.make_indirect(picture)))
    made.pages[0].Contents = pikepdf.Stream(made, b"600 0 0 800 0 0 cm /P Do")


def form_loop(made):
    form = made.make_indirect(
        pikepdf.Stream(made, b"/F Do /F Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    )
    form.BBox = pikepdf.Array([0, 0, 9, 9])
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    made.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    made.pages[0].Contents = pikepdf.Stream(made, b"/F Do")


def pages_loop(made):
    made.Root.Pages.Kids.append(made.Root.Pages)


def many_pages(made):
    for _ in range(2_001):
        made.add_blank_page()


def deep(made):
    thing = pikepdf.Array([])
    for _ in range(300):
        thing = pikepdf.Array([thing])
    made.Root.Deep = thing


def locked():
    made = pikepdf.new()
    made.add_blank_page()
    content = io.BytesIO()
    made.save(content, encryption=pikepdf.Encryption(owner="o", user="u"))
    return content.getvalue()


def xref_loop():
    plain = pdf()
    return plain.replace(b"/Size", b"/Prev %d /Size" % plain.rindex(b"xref"), 1)


def zip_bomb():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<x/>")
        made.writestr("word/document.xml", bytes(100_000_000))
    return content.getvalue()


def jpeg(size=(60, 40), **more):
    content = io.BytesIO()
    Image.new("RGB", size, "teal").save(content, "JPEG", **more)
    return content.getvalue()


def exif():
    """Where, by whom, with what: GPS, author, device and a remark."""
    told = Image.Exif()
    told[0x010F] = told[0x0110] = told[0x013B] = told[0x9286] = WORD
    told.get_ifd(0x8825)[29] = WORD
    return told.tobytes()


def jpeg_parts():
    """A JPEG with a segment of each kind that can tell something, a thumbnail too."""
    plain = jpeg(exif=exif(), comment=SCRIPT)
    told = b"".join(
        bytes((0xFF, marker)) + struct.pack(">H", len(TOKEN) + 2) + TOKEN
        for marker in (*range(0xE1, 0xF0), 0xFE)
    )
    return plain[:2] + told + plain[2:]


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(size=(60, 40), *, first=b""):
    content = io.BytesIO()
    Image.new("RGB", size, "teal").save(content, "PNG")
    plain = content.getvalue()
    return plain[:33] + first + plain[33:]


def png_told():
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", WORD)
    words.add_itxt("XML:com.adobe.xmp", WORD)
    words.add_text("Comment", WORD, zip=True)
    content = io.BytesIO()
    Image.new("RGB", (60, 40)).save(content, "PNG", pnginfo=words, exif=exif())
    return content.getvalue()


def png_of(width, height, data=b""):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(data or bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def corpus():
    made = {f"name {number}": (name, pdf()) for number, name in enumerate(NAMES)}
    for ending in ("pdf", "png", "jpg"):
        made |= {f"{kind} as {ending}": (f"x.{ending}", content) for kind, content in WRONG.items()}
    made |= {f"action {kind}": ("x.pdf", action(kind)) for kind in ACTIONS}
    changes = (
        attached,
        told,
        noted,
        huge_page,
        thin_page,
        stream_bomb,
        drawing_bomb,
        picture_bomb,
        form_loop,
    )
    for change in (*changes, pages_loop, many_pages, deep):
        made[change.__name__] = ("x.pdf", pdf(change))
    plain, photo, drawing = pdf(), jpeg(), png()
    dct = pikepdf.Name.DCTDecode
    made |= {
        "action posing as a tag": ("x.pdf", pdf(posing_as_tag)),
        "link to a script": ("x.pdf", pdf(linked("javascript:"))),
        "link to a file": ("x.pdf", pdf(linked("file:///"))),
        "link to a share": ("x.pdf", pdf(linked("\\\\host\\"))),
        "signed": ("x.pdf", pdf(signed)),
        "photo in pdf": ("x.pdf", pdf(photo_in(dct))),
        "photo in pdf, by a list of filters": ("x.pdf", pdf(photo_in(pikepdf.Array([dct])))),
        "left behind": ("x.pdf", left_behind()),
        "locked": ("x.pdf", locked()),
        "xref loop": ("x.pdf", xref_loop()),
        "truncated pdf": ("x.pdf", plain[: len(plain) // 2]),
        "truncated jpeg": ("x.jpg", photo[: len(photo) // 2]),
        "truncated png": ("x.png", drawing[: len(drawing) // 2]),
        "html after pdf": ("x.pdf", plain + SCRIPT),
        "zip after pdf": ("x.pdf", plain + zip_bomb()),
        "html before pdf": ("x.pdf", SCRIPT + plain),
        "pdf as png": ("x.png", plain),
        "jpeg as png": ("x.png", photo),
        "png as jpeg": ("x.jpg", drawing),
        "zip bomb as pdf": ("x.pdf", zip_bomb()),
        "html in jpeg comment": ("x.jpg", jpeg(comment=SCRIPT)),
        "html after jpeg": ("x.jpg", photo + SCRIPT),
        "html after png": ("x.png", drawing + SCRIPT),
        "html in png text": ("x.png", png(first=chunk(b"tEXt", b"Comment\0" + SCRIPT))),
        "jpeg that tells all": ("x.jpg", jpeg_parts()),
        "png that tells all": ("x.png", png_told()),
        "png text bomb": ("x.png", png(first=chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(90_000_000), 9)))),
        "png profile bomb": (
            "x.png",
            png(first=chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(90_000_000), 9))),
        ),
        "41 megapixels jpeg": ("x.jpg", jpeg((6_500, 6_400))),
        "39 megapixels jpeg": ("x.jpg", jpeg((6_240, 6_250))),
        "39 megapixels png": ("x.png", png((6_240, 6_250))),
        "png of 100,000 by 100,000": ("x.png", png_of(100_000, 100_000)),
        "png of no size": ("x.png", png_of(0, 0)),
        "png of a line": ("x.png", png_of(2_000_000_000, 1)),
        "svg": ("x.svg", WRONG["svg"]),
        "html": ("x.html", WRONG["html"]),
        "page in pdf's name": ("x.pdf.html", plain),
        "too large": ("x.pdf", plain + bytes(11_000_000)),
    }
    return made


class Upload(io.BytesIO):
    """An upload as a form hands it over."""

    def __init__(self, name, content):
        super().__init__(content)
        self.name, self.size = name, len(content)


def tells(content):
    """Whether the token stands anywhere in a file: in its bytes, in a PDF's objects, in a picture's notes."""
    seen = [content]
    if content.startswith(b"%PDF-"):
        with pikepdf.open(io.BytesIO(content)) as made:
            for thing in made.objects:
                seen.append(bytes(repr(thing), "utf-8"))
                if isinstance(thing, pikepdf.Stream):
                    seen.append(thing.read_raw_bytes())
                    if thing.get("/Filter") == "/FlateDecode":
                        seen.append(thing.read_bytes())
    elif content.startswith((b"\x89PNG", b"\xff\xd8")):
        with Image.open(io.BytesIO(content)) as made:
            made.load()
            seen.append(
                repr((made.info, dict(made.getexif()), dict(made.getexif().get_ifd(0x8825)))).encode()
            )
    return any(TOKEN in one for one in seen)
