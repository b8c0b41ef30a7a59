"""The messages that the local sink kept, read from their files; a file never changes, so its head is read once."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.parser import BytesHeaderParser, BytesParser
from functools import lru_cache
from pathlib import Path

NAME = re.compile(r"(\d+)-[0-9a-f]{8}")
HEAD = 64_000
# Said by a header, of the message or of one of its parts; else by its HTML, also where "=" is written as =3D.
LANGUAGES = (
    rb"(?mi)^content-language:\s*([a-z]{2,3})\b",
    rb"""(?i)<html[^>]*?\slang=(?:3D)?["']?([a-z]{2,3})\b""",
)
KEPT = 2_000


@dataclass(frozen=True)
class Head:
    """What a list shows of a message."""

    key: str
    at: datetime
    subject: str
    recipients: tuple
    language: str


@dataclass(frozen=True)
class Attachment:
    number: int
    name: str
    kind: str
    content: bytes

    @property
    def size(self):
        return len(self.content)


@dataclass(frozen=True)
class Letter:
    """A message in full: its headers as they were sent, its two texts, what hangs on it."""

    head: Head
    headers: tuple
    text: str
    html: str
    attachments: tuple


def newest_first(folder):
    """The heads of all messages kept."""
    paths = sorted(Path(folder).glob("*.eml"), key=moment_of, reverse=True)
    return [head(path) for path in paths]


def moment_of(path):
    match = NAME.fullmatch(path.stem)
    return int(match[1]) if match else 0


@lru_cache(maxsize=KEPT)
def head(path):
    try:
        with path.open("rb") as file:
            begins = file.read(HEAD)
    except FileNotFoundError:  # the sink has forgotten it since
        begins = b""
    message = BytesHeaderParser(policy=policy.default).parsebytes(begins)
    return Head(
        key=path.stem,
        at=datetime.fromtimestamp(moment_of(path) / 1e9, tz=UTC),
        subject=str(message.get("Subject", "")),
        recipients=tuple(str(address) for address in message.get_all("Delivered-To", [])),
        language=language_of(begins),
    )


def language_of(begins):
    found = (re.search(pattern, begins) for pattern in LANGUAGES)
    return next((match[1].decode().lower() for match in found if match), "")


def read(folder, key):
    """The message of this key; None where there is none."""
    path = Path(folder) / f"{key}.eml"
    if not NAME.fullmatch(key) or not path.exists():
        return None
    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    return Letter(
        head=head(path),
        headers=tuple((name, str(value)) for name, value in message.items()),
        text=body(message, "plain"),
        html=body(message, "html"),
        attachments=tuple(attachments(message)),
    )


def body(message, kind):
    part = message.get_body(preferencelist=(kind,))
    return part.get_content() if part is not None else ""


def attachments(message):
    for number, part in enumerate(message.iter_attachments(), start=1):
        content = part.get_payload(decode=True) or b""
        yield Attachment(number, part.get_filename() or "", part.get_content_type(), content)
