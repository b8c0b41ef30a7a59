"""What a mail server's answer means for the message, for its address, and for us."""

import re
from dataclasses import dataclass
from enum import Enum

ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
ADDRESS_IS_BAD = {550, 551, 553, 556}
MAILBOX_IS_FULL = {"2.2", "2.3"}


class Meaning(Enum):
    """What becomes of a message."""

    SENT = "sent"  # the server has taken it over
    LATER = "later"  # try this message again, go on with the others
    LOST = "lost"  # the line is gone: try this message again, and the others over a new line
    BOUNCED = "bounced"  # this address takes no mail, ours or anybody's
    UNWANTED = "unwanted"  # this message will never be taken; the address may be good
    OURS = "ours"  # the server does not want us: stop and call for help, no message is at fault


@dataclass(frozen=True)
class Answer:
    """One answer: at which stage it came, its code (0: none came), its words."""

    stage: str
    code: int = 0
    text: str = ""

    def __str__(self):
        return " ".join(part for part in (self.stage, str(self.code or ""), self.text) if part)[:120]

    @property
    def subject(self):
        """The second and third part of an enhanced code: "1.1" of 5.1.1."""
        found = ENHANCED.search(self.text)
        return f"{found[2]}.{found[3]}" if found else ""

    @property
    def meaning(self):
        """What this answer makes of the message in hand."""
        if self.code in {0, 421}:
            return Meaning.LOST
        if self.code < 400:
            return Meaning.SENT if self.stage == "end" else Meaning.LOST
        if self.stage in {"connect", "hello", "tls", "auth"}:
            return Meaning.LOST if self.code < 500 else Meaning.OURS
        if self.code < 500 or self.subject in MAILBOX_IS_FULL:
            return Meaning.LATER
        return self._refusal()

    def _refusal(self):
        """A 5xx is about the sender, the recipient, the message or our standing, by its stage and code."""
        if self.stage == "mail" or self.subject.startswith("7.") or self.code in {530, 534, 535, 538}:
            return Meaning.OURS
        if self.code == 552:  # of old, a full mailbox; at the end, too big a message
            return Meaning.LATER if self.stage == "rcpt" else Meaning.UNWANTED
        if self.subject.startswith("1."):
            return Meaning.BOUNCED
        if self.stage == "rcpt" and self.code in ADDRESS_IS_BAD:
            return Meaning.BOUNCED
        return Meaning.UNWANTED
