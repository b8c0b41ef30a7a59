"""The local mailbox: what the sink kept, as pages."""

import smtplib
import time
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

import pytest
from aiosmtpd.controller import Controller
from django.urls import get_resolver, reverse

from portal.local import letters, ports
from portal.local.sink import Keeper

pytestmark = [pytest.mark.urls("tests.local.urls"), pytest.mark.django_db]
CALENDAR = b"BEGIN:VCALENDAR\r\n" + b"X-EMPTY:\r\n" * 200 + b"END:VCALENDAR\r\n"


@pytest.fixture
def post(settings, tmp_path):
    """Send a message over real SMTP to a sink whose folder the mailbox shows."""
    settings.LOCAL_FOLDER = tmp_path
    sink = Controller(Keeper(tmp_path / "mailbox"), hostname=ports.HOST, port=ports.any_free())
    sink.start()

    def send(to, subject, text="Good day", *, language="en", html="", calendar=None):
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "portal@portal.example", to, subject
        message["Date"] = format_datetime(datetime.now(UTC))
        message.set_content(text)
        message["Content-Language"] = language
        if html:
            message.add_alternative(html, subtype="html")
        if calendar:
            message.add_attachment(calendar, maintype="text", subtype="calendar", filename="دعوة.ics")
        with smtplib.SMTP(ports.HOST, sink.port) as line:
            line.send_message(message)
        time.sleep(0.002)

    yield send
    sink.stop()


def subjects(answer):
    return [head.subject for head in answer.context["page"]]


def key_of(client):
    (head,) = client.get(reverse("mailbox")).context["page"]
    return head.key


def test_an_empty_mailbox_says_so(client, post):
    assert "No message has been sent yet." in client.get(reverse("mailbox")).content.decode()


def test_messages_stand_newest_first(client, post):
    post("a@one.example", "First")
    post("b@one.example", "Second")
    assert subjects(client.get(reverse("mailbox"))) == ["Second", "First"]


def test_the_mailbox_can_be_narrowed_to_a_language_and_to_a_recipient(client, post):
    post("a@one.example", "One", language="en")
    post("b@two.example", "سجّلوا", language="ar")
    post("c@two.example", "Deux", language="fr")
    assert subjects(client.get(reverse("mailbox"), {"language": "ar"})) == ["سجّلوا"]
    assert subjects(client.get(reverse("mailbox"), {"recipient": "TWO.example"})) == ["Deux", "سجّلوا"]
    assert subjects(client.get(reverse("mailbox"), {"language": "fr", "recipient": "b@"})) == []
    assert "No message is like that." in client.get(reverse("mailbox"), {"language": "es"}).content.decode()


def test_a_message_shows_its_text_in_its_direction_its_headers_and_its_links(client, post):
    post("a@one.example", "رمز الدخول", "الرمز: 12345678\nhttp://localhost:8000/ar/", language="ar")
    page = client.get(reverse("mailbox-letter", args=[key_of(client)])).content.decode()
    assert '<div class="prose" lang="ar" dir="rtl">' in page
    assert '<a href="http://localhost:8000/ar/" rel="nofollow">' in page
    assert "Delivered-To" in page
    assert "12345678" in page


@pytest.mark.parametrize(
    ("begins", "language"),
    [
        (b"Content-Language: fr\r\n\r\n", "fr"),
        (b"Subject: a\r\n\r\n--b\r\nContent-Language: es\r\n\r\n", "es"),
        (b'Subject: a\r\n\r\n<html lang=3D"ar" dir=3D"rtl">', "ar"),
        (b"Subject: the language of this is unknown\r\n\r\n", ""),
    ],
)
def test_the_language_of_a_message_is_what_it_says_itself(begins, language):
    assert letters.language_of(begins) == language


def test_markup_in_a_message_stays_text(client, post):
    post("a@one.example", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>")
    page = client.get(reverse("mailbox-letter", args=[key_of(client)])).content.decode()
    assert "<script>" not in page
    assert "<img" not in page


def test_the_html_of_a_message_is_locked_into_a_sandbox(client, post):
    post("a@one.example", "Hello", html="<p>Hello</p><script>alert(1)</script>")
    answer = client.get(reverse("mailbox-html", args=[key_of(client)]))
    assert answer.content.decode().strip() == "<p>Hello</p><script>alert(1)</script>"
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-popups; default-src 'none'")
    assert "allow-scripts" not in policy
    assert "script-src" not in policy


def test_an_attachment_is_named_with_its_size_and_can_be_kept(client, post):
    post("a@one.example", "Confirmed", calendar=CALENDAR)
    key = key_of(client)
    page = client.get(reverse("mailbox-letter", args=[key])).content.decode()
    assert "دعوة.ics" in page
    assert "2 kB" in page
    answer = client.get(reverse("mailbox-attachment", args=[key, 1]))
    assert answer.content == CALENDAR
    assert answer["Content-Disposition"].startswith("attachment")
    assert client.get(reverse("mailbox-attachment", args=[key, 2])).status_code == 404


@pytest.mark.parametrize("key", ["1-00000000", "secret", "1-0000000g"])
def test_a_message_that_does_not_exist_is_not_found(client, post, key):
    assert client.get(reverse("mailbox-letter", args=[key])).status_code == 404


def test_the_newest_messages_are_kept_and_older_ones_forgotten(tmp_path, monkeypatch):
    monkeypatch.setattr("portal.local.sink.KEPT", 3)
    keeper = Keeper(tmp_path)
    for number in range(5):
        (tmp_path / f"{number}-00000000.eml").write_text("")
    keeper.forget_oldest()
    assert sorted(path.name[0] for path in tmp_path.iterdir()) == ["2", "3", "4"]


def test_the_mailbox_is_not_routed_without_own_servers():
    from django.conf import settings

    assert settings.LOCAL_START is False
    names = [entry.pattern for entry in get_resolver("portal.urls").url_patterns]
    assert [str(pattern) for pattern in names if "mailbox" in str(pattern)] == []
