"""What comes back is heard once, silences the address that is dead, and nobody else."""

import base64
import hashlib
import io
import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from portal.models import Delivery, MailEvent, Recipient
from portal.notifications import notify
from portal.operations import bounces, delivery, suppression
from resources.notifications import DocumentPublished
from tests import factories

pytestmark = pytest.mark.django_db

REPORT = """From: MAILER-DAEMON@mx.example\r
To: portal@portal.example\r
Subject: Undelivered Mail Returned to Sender\r
MIME-Version: 1.0\r
Content-Type: multipart/report; report-type={kind}; boundary="b"\r
\r
--b\r
Content-Type: text/plain\r
\r
I am sorry.\r
\r
--b\r
Content-Type: message/{kind}\r
\r
{fields}\r
\r
--b\r
Content-Type: {quoted}\r
\r
From: portal@portal.example\r
Message-ID: {message_id}\r
Subject: =?utf-8?b?2KfZhNi52YjYr9ip?=\r
\r
--b--\r
"""
FAILED = """Reporting-MTA: dns; mx.example\r
\r
Final-Recipient: rfc822; {address}\r
Action: {action}\r
Status: {status}\r
Diagnostic-Code: smtp; 550 5.1.1 no such user"""
COMPLAINT = """Feedback-Type: abuse\r
Version: 1\r
Original-Rcpt-To: {address}"""


def report(
    row, *, kind="delivery-status", action="failed", status="5.1.1", address=None, quoted="message/rfc822"
):
    template = COMPLAINT if kind == "feedback-report" else FAILED
    fields = template.format(address=address or row.recipient.address, action=action, status=status)
    return REPORT.format(kind=kind, fields=fields, message_id=row.message_id, quoted=quoted).encode()


@pytest.fixture
def sent():
    factories.lead()
    notify(DocumentPublished, factories.document(), by=None)
    delivery.drain()
    return Delivery.objects.get()


def outcome():
    row = Delivery.objects.get()
    return row.state, bool(row.recipient.suppressed_at)


def receive(monkeypatch, raw):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    said = io.StringIO()
    call_command("receive_bounce", stdout=said)
    return said.getvalue().strip()


@pytest.mark.parametrize("quoted", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_of_failure_on_standard_input_marks_the_message_and_silences_the_address(
    sent, monkeypatch, quoted
):
    assert receive(monkeypatch, report(sent, quoted=quoted)) == "taken in"
    assert outcome() == ("bounced", True)
    row = Delivery.objects.get()
    assert row.last_code == "bounced: 5.1.1 550 5.1.1 no such user" == row.recipient.suppressed_because


@pytest.mark.parametrize(
    "make",
    [
        lambda row: report(row, action="delayed", status="4.4.7"),
        lambda row: report(row, action="delivered", status="2.0.0"),
        lambda row: report(row).replace(row.message_id.encode(), b"<foreign@elsewhere.example>"),
        lambda row: report(row).replace(b"multipart/report", b"multipart/mixed"),
        lambda row: b"Subject: out of office\r\n\r\nBack on Monday.\r\n",
        lambda row: b"",
        lambda row: b"\x00\xff" * 500,
        lambda row: report(row) + b"x" * 1_000_001,
    ],
    ids=["delayed", "delivered", "foreign", "no report", "absence", "nothing", "noise", "too large"],
)
def test_what_is_no_final_failure_of_ours_changes_nothing(sent, monkeypatch, make):
    assert receive(monkeypatch, make(sent)) == "no final failure of a message of ours"
    assert outcome() == ("sent", False)


def test_a_complaint_silences_the_address_and_leaves_the_message_sent(sent, monkeypatch):
    assert receive(monkeypatch, report(sent, kind="feedback-report")) == "taken in"
    assert outcome() == ("sent", True)


def test_the_same_report_again_changes_nothing(sent):
    raw = report(sent)
    assert bounces.hear_report(raw)
    suppression.lift(sent.recipient, by=None)
    assert not bounces.hear_report(raw)
    assert outcome() == ("bounced", False)


def test_a_report_about_another_address_silences_nobody(sent):
    assert bounces.hear_report(report(sent, address="somebody@else.example"))
    assert outcome() == ("bounced", False)


def test_a_report_that_comes_after_the_address_changed_does_not_silence_the_new_one(sent):
    raw = report(sent)
    Recipient.objects.update(address="new@people.example")
    assert bounces.hear_report(raw)
    assert outcome() == ("bounced", False)


SECRET = "hook:0123456789abcdef"


@pytest.fixture
def service(settings, client):
    """The addresses of a mail service's webhooks, as they are with a secret set; call with an event of Postmark."""
    from anymail.webhooks.postmark import PostmarkTrackingWebhookView
    from django.test import RequestFactory

    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}

    def post(event, *, secret=SECRET):
        headers = {"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"} if secret else {}
        request = RequestFactory().post(
            "/mail-service/postmark/tracking/",
            json.dumps(event),
            content_type="application/json",
            headers=headers,
        )
        try:
            return PostmarkTrackingWebhookView.as_view()(request).status_code
        except Exception as refusal:
            return type(refusal).__name__

    return post


def bounce_event(row, **fields):
    return {
        "RecordType": "Bounce",
        "ID": 4323372036854775807,
        "Type": "HardBounce",
        "TypeCode": 1,
        "MessageID": row.provider_id,
        "Email": row.recipient.address,
        "BouncedAt": "2026-11-25T10:00:00Z",
        "Description": "The server was unable to deliver your message",
    } | fields


def test_a_mail_services_signed_word_counts_once_and_an_unsigned_one_never(sent, service):
    Delivery.objects.update(provider_id="883953f4-6105-42a2-a16a-77a8eac79483")
    sent.refresh_from_db()
    event = bounce_event(sent)
    assert service(event, secret="hook:wrong") != 200
    assert service(event, secret="") != 200
    assert outcome() == ("sent", False)

    assert service(event) == 200
    assert outcome() == ("bounced", True)
    suppression.lift(sent.recipient, by=None)
    assert service(event) == 200
    assert outcome() == ("bounced", False)
    assert MailEvent.objects.count() == 1


def test_a_soft_bounce_silences_nobody_and_a_complaint_does(sent, service):
    Delivery.objects.update(provider_id="883953f4-6105-42a2-a16a-77a8eac79483")
    sent.refresh_from_db()
    service(bounce_event(sent, Type="Transient", TypeCode=2))
    assert outcome() == ("sent", False)
    service(bounce_event(sent, RecordType="SpamComplaint", Type="SpamComplaint", TypeCode=512, ID=7))
    assert outcome() == ("sent", True)


def test_an_event_about_no_message_of_ours_silences_nobody(sent, service):
    person = factories.user()
    service(bounce_event(sent, MessageID="unknown", Email=person.email))
    assert not Recipient.objects.suppressed().exists()


def test_what_is_kept_of_a_report_is_only_that_it_was_heard(sent):
    raw = report(sent)
    bounces.hear_report(raw)
    assert MailEvent.objects.get().event_id == f"report:{hashlib.sha256(raw).hexdigest()}"


def test_without_a_secret_there_is_no_webhook(client):
    assert client.post("/mail-service/postmark/tracking/").status_code == 404
    assert client.get(reverse("home")).status_code == 200
