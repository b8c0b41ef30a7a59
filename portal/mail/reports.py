"""Reading what mail servers report of messages that came back (RFC 3464), or that somebody complained of (RFC 5965)."""

import email
import email.policy
import re
from dataclasses import dataclass
from email.utils import parseaddr

LARGEST = 1_000_000  # bytes; a report quotes a message of ours, which is small
MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^<>\s]+>)", re.I | re.M)


@dataclass(frozen=True)
class Report:
    """A final failure, or a complaint, about one of our messages."""

    message_id: str
    address: str
    reason: str
    is_complaint: bool = False

    @classmethod
    def read(cls, raw):
        """The report in these bytes, or None: not a report, only a delay, or about nothing that we could know."""
        if len(raw) > LARGEST:
            return None
        message = email.message_from_bytes(raw, policy=email.policy.compat32)
        kind = str(message.get_param("report-type") or "").lower()
        if message.get_content_type() != "multipart/report" or kind not in {
            "delivery-status",
            "feedback-report",
        }:
            return None
        fields = _fields(message, f"message/{kind}")
        message_id = _quoted_id(message)
        if not message_id:
            return None
        if kind == "feedback-report":
            return cls(
                message_id, _address(fields), fields.get("feedback-type", "complaint"), is_complaint=True
            )
        if fields.get("action", "").lower() != "failed" or not fields.get("status", "").startswith("5"):
            return None
        said = fields.get("diagnostic-code", "").partition(";")[2].strip()
        return cls(message_id, _address(fields), " ".join(f"{fields['status']} {said}".split()))


def _fields(message, media):
    """The fields of the part that machines read, of all its blocks, names in lower case."""
    found = {}
    for part in message.walk():
        if part.get_content_type() != media:
            continue
        payload = part.get_payload()
        blocks = payload if isinstance(payload, list) else [email.message_from_string(str(payload))]
        for block in blocks:
            found |= {name.lower(): str(value) for name, value in block.items()}
    return found


def _quoted_id(message):
    """The Message-ID of the message that is reported of, from its quoted headers or whole text."""
    for part in message.walk():
        if part.get_content_type() in {"message/rfc822", "text/rfc822-headers", "message/global-headers"}:
            payload = part.get_payload()
            raw = payload[0].as_bytes() if isinstance(payload, list) else part.get_payload(decode=True) or b""
            if match := MESSAGE_ID.search(raw):
                return match.group(1).decode("ascii", "replace")
    return ""


def _address(fields):
    """Whom the message was for: as we sent it, else as the last server knew it."""
    for name in ("original-recipient", "final-recipient", "original-rcpt-to"):
        if name in fields:
            return parseaddr(fields[name].rpartition(";")[2].strip())[1]
    return ""
