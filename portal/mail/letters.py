"""A message rendered once for many readers: bytes with gaps, filled for each reader in microseconds.

Text first, then HTML, then files. Where the server takes 8-bit text and no line is too long the text goes as it is,
else as quoted-printable. What fills a gap is never parsed: names are escaped in HTML, and no header takes a CR or LF.
"""

import binascii
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from email import encoders
from email.header import Header
from email.mime.base import MIMEBase
from email.utils import formataddr, formatdate, parseaddr
from functools import lru_cache
from html import escape

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

LONGEST_LINE = 900  # bytes; the standard allows 998
LONGEST_SUBJECT = 66
GAPS = ("name", "leave_url", "settings_url")
BROKEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


@dataclass(frozen=True)
class Addressee:
    """What differs from one reader's message to the next."""

    address: str
    message_id: str
    name: str = ""
    leave_url: str = ""
    settings_url: str = ""


class Marks:
    """Words that stand in a rendered text where each reader's own will stand; nobody can guess or write them."""

    def __init__(self):
        salt = secrets.token_hex(16)
        self.words = {gap: f"gap{salt}{gap}" for gap in GAPS}
        self.pattern = re.compile("|".join(self.words.values()))
        self.gaps = {word: gap for gap, word in self.words.items()}

    def split(self, text):
        """The text in pieces, and the gap after each: [(piece, gap or None)]."""
        pieces, at = [], 0
        for match in self.pattern.finditer(text):
            pieces.append((text[at : match.start()], self.gaps[match.group(0)]))
            at = match.end()
        return [*pieces, (text[at:], None)]


class Part:
    """One text of a letter, plain or HTML, with its gaps."""

    def __init__(self, text, media, marks=None):
        self.media = media
        self.escapes = media == "text/html"
        text = text.replace("\r\n", "\n").strip("\n") + "\n"
        self.pieces = marks.split(text) if marks else [(text, None)]
        self.raw = [(piece.replace("\n", "\r\n").encode(), gap) for piece, gap in self.pieces]
        self.has_long_lines = any(
            len(line) > LONGEST_LINE for line in b"".join(p for p, _g in self.raw).split(b"\r\n")
        )

    def text(self, addressee):
        return "".join(piece + (self._fill(gap, addressee) if gap else "") for piece, gap in self.pieces)

    def body(self, addressee):
        return b"".join(
            [piece + self._fill(gap, addressee).encode() if gap else piece for piece, gap in self.raw]
        )

    def _fill(self, gap, addressee):
        value = getattr(addressee, gap)
        return escape(value) if self.escapes else value

    def headed(self, addressee, *, eight_bit):
        """The part with its own headers, as bytes."""
        body = self.body(addressee)
        coding = b"8bit"
        if not eight_bit or self.has_long_lines:
            coding = b"quoted-printable"
            body = binascii.b2a_qp(body.replace(b"\r\n", b"\n"), istext=True).replace(b"\n", b"\r\n")
        head = b"Content-Type: %s; charset=utf-8\r\nContent-Transfer-Encoding: %s\r\n\r\n"
        return head % (self.media.encode(), coding) + body


@dataclass
class Letter:
    """A message of one kind about one thing, in one language, for all who read it so."""

    subject: str
    language: str
    text: Part
    html: Part | None = None
    files: list = field(default_factory=list)
    headers: dict = field(default_factory=dict)  # those that every copy bears
    sender_name: str = ""

    def __post_init__(self):
        self.boundary, self.outer = (self._boundary(place) for place in ("texts", "files"))
        self._shared = self._shared_headers()
        self._attached = [_attachment(*file) for file in self.files]

    def _boundary(self, place):
        """The same whenever this letter is written again, and none that a text could hold on purpose."""
        said = [
            place,
            self.subject,
            *(piece for part in (self.text, self.html) if part for piece, _gap in part.pieces),
        ]
        made = hmac.new(settings.SECRET_KEY.encode(), "\0".join(said).encode(), hashlib.sha256)
        return f"=_{made.hexdigest()[:40]}"

    @property
    def sender(self):
        """The From header's value, with the portal's name in the reader's language unless the setting has one."""
        name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
        return formataddr((name or self.sender_name, address))

    def _shared_headers(self):
        lines = [header("From", self.sender), header("Subject", self.subject)]
        lines += [header(name, value) for name, value in self.headers.items()]
        lines += [header("Content-Language", self.language), header("Auto-Submitted", "auto-generated")]
        lines.append(header("MIME-Version", "1.0"))
        return "".join(lines).encode("ascii")

    def own_headers(self, addressee):
        """Headers that differ from copy to copy: {name: value}."""
        values = {"To": addressee.address, "Message-ID": addressee.message_id, "Date": formatdate()}
        if addressee.leave_url:
            # RFC 8058: mail programs offer a button that leaves by one POST, without opening a page.
            values["List-Unsubscribe"] = f"<{addressee.leave_url}>"
            values["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return values

    def written(self, addressee, *, eight_bit=True):
        """The whole message for one reader, lines ended by CRLF, leading dots doubled for the line."""
        own = "".join(header(name, value) for name, value in self.own_headers(addressee).items()).encode()
        body = self._body(addressee, eight_bit=eight_bit)
        data = own + self._shared + body
        return re.sub(rb"(?m)^\.", b"..", data) if b"\n." in data else data

    def _body(self, addressee, *, eight_bit):
        body = self.text.headed(addressee, eight_bit=eight_bit)
        if self.html is not None:
            html = self.html.headed(addressee, eight_bit=eight_bit)
            body = _joined("alternative", self.boundary, [body, html])
        return _joined("mixed", self.outer, [body, *self._attached]) if self.files else body

    def as_django(self, addressee):
        """The same message for a mail service or a test, through Django's own class."""
        own = self.own_headers(addressee)
        del own["To"]
        extra = {"Content-Language": self.language, "Auto-Submitted": "auto-generated"}
        message = EmailMultiAlternatives(
            self.subject,
            self.text.text(addressee),
            self.sender,
            [addressee.address],
            headers=self.headers | own | extra,
        )
        if self.html is not None:
            message.attach_alternative(self.html.text(addressee), "text/html")
        for name, content, media in self.files:
            message.attach(name, content, media)
        return message


def header(name, value):
    """One header line, encoded and folded; a value that would begin another header is refused."""
    if BROKEN.search(value):
        raise ValueError(f"{name} would break the header")
    # What looks like an encoded word is encoded as well, or mail programs would decode it.
    if name == "Subject" and (not value.isascii() or "=?" in value or len(value) > LONGEST_SUBJECT):
        value = Header(value, "utf-8", header_name=name).encode(linesep="\r\n")
    return f"{name}: {value}\r\n"


def own_sender():
    """The address that stands on the envelope: to it returns what could not be delivered."""
    return settings.MAIL_BOUNCES or _bare(settings.DEFAULT_FROM_EMAIL)


def own_domain():
    """The domain of our messages, for Message-ID and List-Id."""
    return _bare(settings.DEFAULT_FROM_EMAIL).rpartition("@")[2] or "localhost"


@lru_cache(maxsize=8)
def _bare(sender):
    return parseaddr(sender)[1]


def _joined(manner, boundary, parts):
    """Parts one after the other, as multipart/<manner>."""
    between = f"\r\n--{boundary}\r\n".encode()
    head = f'Content-Type: multipart/{manner};\r\n boundary="{boundary}"\r\n\r\n--{boundary}\r\n'.encode()
    return head + between.join(parts) + f"\r\n--{boundary}--\r\n".encode()


def _attachment(name, content, media):
    """A file as a part: base64, its name in any script."""
    main, _slash, rest = media.partition("/")
    kind, *parameters = (piece.strip() for piece in rest.split(";"))
    part = MIMEBase(main, kind, **dict(parameter.split("=", 1) for parameter in parameters))
    part.set_payload(content)
    encoders.encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=name)
    del part["MIME-Version"]
    return b"\r\n".join(part.as_bytes().splitlines())
