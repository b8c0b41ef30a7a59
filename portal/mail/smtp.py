"""One kept line to the mail server, with a deadline on every exchange.

smtplib speaks for the greeting, TLS and sign-in. A message itself goes as ready bytes: where the server offers
PIPELINING the envelope goes in one flight, two round trips a message instead of four; never several messages in one
flight, since a crash would repeat them all. The envelope may be said while its message is not yet free to go: until
its bytes follow, the server has nothing. Each step is an Answer, never an exception.
"""

import re
import smtplib
import socket
import ssl
import time

from django.conf import settings

from portal.mail.answers import Answer

OPENING = {"connect", "hello", "tls", "auth"}  # stages at which no message is in hand
LONGEST_ANSWER = 8192
UNFIT = re.compile(r"[\s<>\x00-\x1f\x7f]")


class Line(smtplib.SMTP):
    """A line that is opened when the first message goes, and kept until closed or lost."""

    def __init__(self, timeout=None):
        self.limit = timeout or settings.EMAIL_TIMEOUT
        self.deadline = None
        self.is_open = self.is_awaited = False
        self._rest = b""
        super().__init__(local_hostname="localhost", timeout=self.limit)

    def open(self):
        """Connect, greet, secure and sign in; the Answer that stopped it, or None."""
        self._begin()
        stage = "connect"
        try:
            code, text = self.connect(settings.EMAIL_HOST, settings.EMAIL_PORT)
            if code != 220:
                return self._lost(stage, code, text)
            # The last piece of a message must not wait until the pieces before it are acknowledged.
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            stage = "hello"
            self.local_hostname = _own_name()
            self.ehlo_or_helo_if_needed()
            if settings.EMAIL_USE_TLS:
                stage, self._host = "tls", settings.EMAIL_HOST
                code, text = self.starttls(context=ssl.create_default_context())
                if code != 220:
                    return self._lost(stage, code, text)
                self._rest = b""  # whatever was slipped in before TLS was not said under it
                self.ehlo()
            if settings.EMAIL_HOST_USER:
                stage = "auth"
                self.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        except smtplib.SMTPResponseException as refusal:
            return self._lost(stage, refusal.smtp_code, refusal.smtp_error)
        except (ssl.SSLError, smtplib.SMTPNotSupportedError) as trouble:
            # A certificate that does not hold, or TLS or sign-in not on offer: waiting mends neither.
            return self._lost(stage, 500, type(trouble).__name__)
        except (smtplib.SMTPException, OSError, ValueError) as trouble:
            return self._lost(stage, 0, type(trouble).__name__)
        self.is_open = True
        return None

    @property
    def takes_8bit(self):
        return self.has_extn("8bitmime")

    def announce(self, sender, recipient):
        """Say the envelope of one message: the Answer is 354 where its bytes are awaited, else what decided."""
        self._begin()
        try:
            answer = self._envelope(sender, recipient)
        except (smtplib.SMTPException, OSError, ValueError) as trouble:
            return self._lost("line", 0, type(trouble).__name__)
        self.is_awaited = answer.code == 354
        return answer if self.is_awaited else self._put_down(answer)

    def hand_over(self, data):
        """Say the message that was announced, dots doubled and lines ended by CRLF; the Answer that decided."""
        self.is_awaited = False
        try:
            self.sock.sendall(data + b".\r\n")
            code, text = self.getreply()
        except (smtplib.SMTPException, OSError, ValueError) as trouble:
            return self._lost("line", 0, type(trouble).__name__)
        return self._put_down(Answer("end", code, _words(text)))

    def withdraw(self):
        """Leave a message that was announced and shall not go: closing the line is the only word for it."""
        if self.is_awaited:
            self.close()

    def _envelope(self, sender, recipient):
        """Sender, recipient, and the wish to send: answered by 354, or by the first refusal."""
        body = " BODY=8BITMIME" if self.takes_8bit else ""
        wide = " SMTPUTF8" if not recipient.isascii() else ""
        commands = [
            ("mail", f"MAIL FROM:<{sender}>{body}{wide}"),
            ("rcpt", f"RCPT TO:<{recipient}>"),
            ("data", "DATA"),
        ]
        if UNFIT.search(sender + recipient):
            return Answer("rcpt", 553, "5.1.3 not an address")
        if wide and not self.has_extn("smtputf8"):
            return Answer("rcpt", 550, "5.1.6 the server takes no address in this script")
        if self.has_extn("pipelining"):
            return self._in_one_flight(commands)
        for stage, command in commands:
            self.sock.sendall(f"{command}\r\n".encode())
            code, text = self.getreply()
            if code >= 400 or stage == "data":
                break
        return Answer(stage, code, _words(text))

    def _in_one_flight(self, commands):
        self.sock.sendall("".join(f"{command}\r\n" for _stage, command in commands).encode())
        heard = [(stage, *self.getreply()) for stage, _command in commands]
        stage, code, text = next((said for said in heard if said[1] >= 400), heard[-1])
        if stage != "data" and heard[-1][1] == 354:
            self.sock.sendall(b".\r\n")  # RFC 2920: nobody is left to send to, so an empty message ends it
            self.getreply()
        return Answer(stage, code, _words(text))

    def _put_down(self, answer):
        """After a refusal the line is reset for the next message; after 421 it is gone."""
        if answer.code in {0, 421}:
            self.close()
        elif answer.stage != "end":
            try:
                self.rset()
            except (smtplib.SMTPException, OSError):
                self.close()
        return answer

    def _lost(self, stage, code, text):
        self.close()
        return Answer(stage, code, _words(text))

    def _begin(self):
        self.deadline = time.monotonic() + self.limit

    def getreply(self):
        """As smtplib's, but the whole answer must come before the deadline, not just its next byte."""
        lines = []
        while True:
            line = self._line()
            lines.append(line[4:].strip())
            if line[3:4] != b"-":
                break
        return (int(line[:3]) if line[:3].isdigit() else 0), b"\n".join(lines)

    def _line(self):
        while b"\n" not in self._rest:
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self.sock.settimeout(left)
            piece = self.sock.recv(LONGEST_ANSWER)
            if not piece or len(self._rest) > LONGEST_ANSWER:
                raise smtplib.SMTPServerDisconnected
            self._rest += piece
        line, _end, self._rest = self._rest.partition(b"\n")
        return line

    def close(self):
        self.is_open = self.is_awaited = False
        self._rest = b""
        self.ehlo_resp = self.helo_resp = (
            None  # else smtplib would take the next line for one that was greeted
        )
        super().close()

    def hang_up(self):
        """Leave politely where the server still listens."""
        self.withdraw()
        if self.is_open:
            self._begin()
            try:
                self.quit()
            except (smtplib.SMTPException, OSError):
                self.close()


def _own_name():
    """How we greet: the name of this machine if it has a full one, else its address in brackets."""
    name = socket.gethostname()
    return name if "." in name and name.isascii() else "[127.0.0.1]"


def _words(text):
    text = text.decode("ascii", "replace") if isinstance(text, bytes) else str(text)
    return " ".join(text.split())
