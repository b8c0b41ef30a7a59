"""What a log may say: the request's id and what went wrong, never who, from where, or with which token (D20)."""

import logging
import re
from contextvars import ContextVar

from django.core.signals import request_finished

# The id of the request that is being answered; "-" outside of any.
request_id = ContextVar("request_id", default="-")

COOKIES = re.compile(r"(?i)\b((?:set-)?cookie|authorization)\b\W{1,4}[^\r\n]*")
SESSION = re.compile(r"(?i)\b((?:__Host-)?(?:session|csrf)\w*)\s*[=:]\s*\S+")
QUERY = re.compile(r"(/[^\s?'\"<>]*)\?[^\s'\"<>]+")
ADDRESS = re.compile(r"[\w.+%~-]+(?:@|%40)[\w-]+(?:\.[\w-]+)*")
NETWORK = re.compile(
    r"\b(?:\d{1,3}\.){3}\d{1,3}\b|(?<![\w:])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}(?![\w:])"
)
TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")  # looks like a short IPv6 address
UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
WORD = re.compile(r"[\w-]{32,}")
SHORTEST_TOKEN = 40
# The database shows the whole row that it refuses.
ROW = re.compile(r"(?m)^(\s*DETAIL:|.*Failing row contains).*$")
RULES = (
    (ROW, r"\1 [left out]"),
    (COOKIES, r"\1 [left out]"),
    (SESSION, r"\1=[left out]"),
    (QUERY, r"\1?[left out]"),
    (ADDRESS, "[address]"),
    (NETWORK, lambda match: match[0] if TIME.fullmatch(match[0]) else "[network address]"),
    (WORD, lambda match: "[token]" if _is_secret(match[0]) else match[0]),
)


def forget_request(**_signal):
    """What is logged after an answer has left belongs to no request."""
    request_id.set("-")


# Django writes its own word about a refused request after the last middleware: no middleware could reset the id.
request_finished.connect(forget_request)


def redact(text):
    """Take out of a line what tells who did it: addresses, tokens, cookies, what was asked in a query."""
    for pattern, instead in RULES:
        text = pattern.sub(instead, text)
    return text


def _is_secret(word):
    """Whether a long word is a token or a session's key, and not the address of a row or a name in our code."""
    if UUID.fullmatch(word):
        return False
    mixed = word != word.lower() and word != word.upper() and len(word) >= SHORTEST_TOKEN
    return mixed or any(char.isdigit() for char in word)


class Redaction(logging.Filter):
    """Cleans every record on its way to a handler and gives it the request's id; traces of errors too.

    It stands at the handlers, not at the loggers: so it sees what libraries log as well.
    """

    trace = logging.Formatter()

    def filter(self, record):
        record.request_id = request_id.get()
        record.msg, record.args = redact(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = self.trace.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        if record.stack_info:
            record.stack_info = redact(record.stack_info)
        return True
