"""Handing letters over: by our own line to an SMTP server, or through the mail service that Django is set to."""

from smtplib import SMTPException

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailInvalidAddress, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import get_connection

from portal.mail.answers import Answer
from portal.mail.letters import own_sender
from portal.mail.smtp import Line

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def post():
    """What the setting EMAIL_BACKEND says messages go by."""
    return Smtp() if settings.EMAIL_BACKEND == SMTP else Service()


class Smtp:
    """One kept line: what Django's class would cost in building and checking each message is most of the time."""

    is_line = True

    def __init__(self):
        self.line = Line()
        self.ready = None  # what was announced: (its bytes, the answer to the envelope)

    def open(self):
        """Make sure that the line is open; the Answer that forbids it, or None."""
        return None if self.line.is_open else self.line.open()

    def announce(self, letter, addressee):
        """Write one reader's copy and say its envelope, instead of another's; not a byte leaves before it is sent."""
        self.withdraw()
        if refusal := self.open():
            self.ready = b"", refusal
            return
        try:
            data = letter.written(addressee, eight_bit=self.line.takes_8bit)
        except ValueError:
            self.ready = b"", Answer("writing", 451, "cannot be written")
        else:
            self.ready = data, self.line.announce(own_sender(), addressee.address)

    def withdraw(self):
        """Let go of what was announced; say whether that cost the line."""
        cost, self.ready = self.line.is_awaited, None
        self.line.withdraw()
        return cost

    def send(self):
        """Send what was announced: the Answer, and the service's own id of it (here none)."""
        (data, answer), self.ready = self.ready, None
        return (self.line.hand_over(data) if answer.code == 354 else answer), ""

    def close(self):
        self.line.hang_up()


class Service:
    """Any of Django's backends, such as those of anymail."""

    is_line = False

    def __init__(self):
        self.connection = get_connection(fail_silently=False)
        self.ready = None  # what was announced: (letter, addressee)

    def open(self):
        """A mail service is asked with each message."""

    def announce(self, letter, addressee):
        """A mail service takes a message whole, when it is sent."""
        self.ready = letter, addressee

    def withdraw(self):
        """Nothing was said."""
        self.ready = None
        return False

    def send(self):
        (letter, addressee), self.ready = self.ready, None
        message = letter.as_django(addressee)
        message.connection = self.connection
        try:
            self.connection.send_messages([message])
        except (AnymailRecipientsRefused, AnymailInvalidAddress):
            return Answer("rcpt", 550, "5.1.1 refused by the mail service"), ""
        except AnymailAPIError as refusal:
            return _of_service(refusal.status_code), ""
        except ValueError:
            return Answer("writing", 451, "cannot be written"), ""
        except (AnymailError, SMTPException, OSError) as trouble:
            return Answer("line", 0, type(trouble).__name__), ""
        status = getattr(message, "anymail_status", None)
        return Answer("end", 250, "taken over"), (getattr(status, "message_id", None) or "")

    def close(self):
        self.connection.close()


def _of_service(status):
    """A mail service's HTTP status in the words of SMTP: busy or broken, a stranger to it, or no such message."""
    if status is None or status == 429 or status >= 500:
        return Answer("line", 0, f"HTTP {status}")
    if status in {401, 402, 403}:
        return Answer("auth", 535, f"HTTP {status}")
    return Answer("end", 554, f"HTTP {status}")
