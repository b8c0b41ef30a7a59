"""Every message to people, rendered as it leaves, and read back as mail programs read it: by two parsers."""

import email
import email.policy
from html.parser import HTMLParser

import fast_mail_parser

from portal.mail.letters import Addressee
from portal.notifications import notify, registry
from portal.operations import writing
from portal.operations.cases import Told
from tests import factories, kinds

ADDRESSEE = Addressee(
    address="reader@people.example",
    message_id="<0b1c@portal.example>",
    name="Amal العلي & Söhne",
    leave_url="http://testserver/en/messages/stop/abc/",
    settings_url="http://testserver/en/messages/choices/abc/",
)
ALL = list(registry.values())


def letter_of(kind, language, *, named=True, neutral=False):
    """What a reader of this language is told by this kind, with a name or without; of a closed room, if neutral."""
    reader = factories.lead(language=language)
    thing, address = kinds.example(kind, reader)
    told = Told(notify(kind, thing, by=None))
    told.is_neutral = told.is_neutral or neutral
    recipient = kind.recipients(thing).get(address=address)
    return writing.letter(told, language, named=named, recipient=recipient if kind.is_personal else None)


def on_the_line(letter, *, eight_bit=True):
    """The bytes that the mail server keeps: dots that were doubled for the line are single again."""
    return letter.written(ADDRESSEE, eight_bit=eight_bit).replace(b"\r\n..", b"\r\n.")


def parsed(letter, *, eight_bit=True):
    """The bytes, and the message as Python's own parser reads it."""
    data = on_the_line(letter, eight_bit=eight_bit)
    return data, email.message_from_bytes(data, policy=email.policy.default)


def parsed_elsewhere(data):
    """The same message and its parts as another parser reads them, in Rust; what it would have to mend is an error."""
    return fast_mail_parser.parse_email(data, strict=True), fast_mail_parser.parse_email_tree(data)


class Visible(HTMLParser):
    """What a reader sees of a page."""

    def __init__(self, html):
        super().__init__()
        self.pieces, self.hidden = [], 0
        self.feed(html)

    def handle_starttag(self, tag, _attributes):
        self.hidden += tag == "style"

    def handle_endtag(self, tag):
        self.hidden -= tag == "style"

    def handle_data(self, data):
        if not self.hidden:
            self.pieces.append(data)

    @property
    def text(self):
        return "\n".join(piece.strip() for piece in self.pieces if piece.strip())
