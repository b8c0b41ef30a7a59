"""Whatever a mail server does, a delivery ends in the state that the table says, and no worker waits for long."""

import time
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import transaction
from django.utils import timezone

from portal import clock
from portal.mail.smtp import Line
from portal.models import Alarm, Delivery, Recipient
from portal.notifications import notify
from portal.operations import alarms, delivery, leases
from resources.notifications import DocumentPublished
from tests import drainers, factories
from tests.faults import BOUNCED, FAULTS, GONE, OURS, State, fresh, outcome, timed_drain
from tests.moods import Mood

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]
PATIENCE = 1


@pytest.fixture(autouse=True)
def _real_line(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", PATIENCE
    with drainers.bells_unheard():
        yield


@pytest.mark.parametrize(
    "offers", [("8BITMIME",), ("8BITMIME", "PIPELINING")], ids=["in turn", "in one flight"]
)
def test_each_fault_ends_as_the_table_says_and_holds_nobody_up(owed, settings, offers):
    found, slow = {}, []
    for name, (answers, _expected) in FAULTS.items():
        fresh(owed)
        with Mood(answers, offers=offers) as mood:
            if timed_drain(settings, mood.port) > PATIENCE + 1:
                slow.append(name)
        found[name] = outcome()
    assert found == {name: expected for name, (_answers, expected) in FAULTS.items()}
    assert slow == []


def test_nobody_at_home(owed, settings):
    with Mood() as mood:
        port = mood.port
    timed_drain(settings, port)
    assert outcome() == GONE


def test_a_server_that_will_not_speak_in_private_gets_nothing(owed, settings, tmp_path):
    settings.EMAIL_USE_TLS = True
    certificate = self_signed(tmp_path)
    cases = {
        "not offered": (Mood(), OURS),
        "refused": (Mood({"starttls": "501 5.5.4 no"}, offers=("STARTTLS",)), OURS),
        "not now": (Mood({"starttls": "454 4.7.0 not now"}, offers=("STARTTLS",)), GONE),
        "a certificate of nobody": (Mood(offers=("STARTTLS",), certificate=certificate), OURS),
    }
    found = {}
    for name, (mood, _expected) in cases.items():
        fresh(owed)
        with mood:
            timed_drain(settings, mood.port)
        assert mood.received == []
        found[name] = outcome()
    assert found == {name: expected for name, (_mood, expected) in cases.items()}


def self_signed(folder):
    """A certificate that nobody vouches for, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = timezone.now()
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now).not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())
    private = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(Encoding.PEM))
    paths[1].write_bytes(key.private_bytes(*private))
    return paths


def test_a_password_that_is_refused_stops_the_drainer_and_costs_no_attempt(owed, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "wrong"
    for answer, expected in (("535 5.7.8 wrong", OURS), ("454 4.7.0 not now", GONE)):
        fresh(owed)
        with Mood({"auth": answer}, offers=("AUTH PLAIN",)) as mood:
            timed_drain(settings, mood.port)
        assert outcome() == expected


def test_an_address_in_another_script_needs_a_server_that_takes_it(owed, settings):
    for offers, expected in (
        (("8BITMIME",), BOUNCED),
        (("8BITMIME", "SMTPUTF8"), (State.SENT, 1, False, None)),
    ):
        fresh(owed)
        Recipient.objects.filter(pk=owed.recipient_id).update(address="مريم@people.example")
        with Mood(offers=offers) as mood:
            timed_drain(settings, mood.port)
        assert outcome() == expected


def test_a_server_of_old_gets_seven_bits(owed, settings):
    with Mood(offers=()) as mood:
        timed_drain(settings, mood.port)
    (data,) = mood.received
    assert data.isascii()
    assert b"quoted-printable" in data
    assert outcome() == (State.SENT, 1, False, None)


def test_after_a_refusal_the_line_serves_the_next_message(settings):
    people = [factories.lead() for _ in range(3)]
    notify(DocumentPublished, factories.document(), by=None)
    with Mood({"rcpt": "450 4.2.1 greylisted"}, offers=("8BITMIME", "PIPELINING")) as mood:
        timed_drain(settings, mood.port)
        assert sum(line.lower().startswith(b"ehlo") for line in mood.lines) == 1
        assert sum(line.upper().startswith(b"RSET") for line in mood.lines) == len(people)


def test_a_server_that_is_away_costs_one_attempt_of_one_message_not_of_the_whole_queue(settings):
    for _ in range(25):
        factories.lead()
    notify(DocumentPublished, factories.document(), by=None)
    with Mood() as mood:
        port = mood.port
    timed_drain(settings, port)
    assert Delivery.objects.filter(attempts=1).count() == 1
    assert Delivery.objects.filter(attempts=0, tried_at=None, state="queued", lease_owner=None).count() == 24


def test_while_the_server_refuses_us_we_ask_once_a_minute_and_the_alarm_ends_with_the_first_message(
    owed, settings
):
    with Mood({"mail": "554 5.7.1 not you"}) as mood:
        timed_drain(settings, mood.port)
        timed_drain(settings, mood.port)
        assert sum(line.startswith(b"MAIL") for line in mood.lines) == 1
    assert alarms.is_paused()
    Alarm.objects.update(seen_at=clock.now() - alarms.PAUSE)
    with Mood() as mood:
        timed_drain(settings, mood.port)
    assert outcome() == (State.SENT, 1, False, None)


def test_retries_follow_the_schedule_and_end_after_four_days(owed, settings):
    minute, hour, day = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
    schedule = [minute, 5 * minute, 30 * minute, 2 * hour, 6 * hour, 12 * hour, day, day, day, day, day]
    first = clock.now()
    with Mood({"rcpt": "450 4.2.1 greylisted"}) as mood:
        for number, longest in enumerate(schedule, 1):
            before = clock.now()
            Delivery.objects.update(not_before=before)
            timed_drain(settings, mood.port)
            row = Delivery.objects.get()
            if row.state == State.DEAD:
                break
            assert row.attempts == number
            assert before <= row.not_before <= clock.now() + longest
            assert row.not_before <= row.tried_at + 4 * day
            # As if all that time had passed.
            Delivery.objects.update(tried_at=row.tried_at - longest)
    assert (row.state, row.attempts) == (State.DEAD, 11)
    assert row.finished_at > first
    assert row.last_code.startswith("rcpt 450")


def test_waiting_times_are_spread_over_all_of_the_schedules_time():
    waits = sorted(leases.wait_after(2) / timedelta(minutes=5) for _ in range(400))
    assert 0 <= waits[0] < 0.05
    assert 0.95 < waits[-1] <= 1
    assert 0.4 < sum(waits) / len(waits) < 0.6


def test_one_refusal_suppresses_the_address_for_everybody_who_uses_it(settings):
    person = factories.lead()
    twin = Recipient.objects.create(address=person.email.upper())
    notify(DocumentPublished, factories.document(), by=None)
    with Mood({"rcpt": "550 5.1.1 no such user"}) as mood:
        timed_drain(settings, mood.port)
    for row in (Recipient.objects.get(user=person), Recipient.objects.get(pk=twin.pk)):
        assert row.suppressed_because == "rcpt 550 5.1.1 no such user"
        assert row.suppressed_at <= timezone.now()


def test_no_message_is_handed_over_while_a_transaction_is_open(settings):
    with transaction.atomic(), pytest.raises(RuntimeError, match="no transaction may be open"):
        delivery.drain()


def test_nothing_slips_in_before_the_line_is_private():
    line = Line()
    line._rest = b"250 injected\r\n"
    line.close()
    assert line._rest == b""


def test_a_lease_is_renewed_when_half_of_it_is_over_and_until_then_only_seen_to_hold(owed):
    me, minute = uuid.uuid4(), timedelta(minutes=1)
    (lease,) = leases.claim(me, minute)
    until = Delivery.objects.get().lease_until
    assert leases.mark_and_renew(me, minute, following=lease)[1] == lease.holder
    assert Delivery.objects.get().lease_until == until
    assert leases.mark_and_renew(me, minute, following=replace(lease, renew_at=0))[1] == lease.holder
    assert Delivery.objects.get().lease_until > until
    # A drainer that was put to sleep in between must not begin what it may not end in time.
    Delivery.objects.update(lease_until=clock.now() + minute / 4)
    assert leases.mark_and_renew(me, minute, following=lease) == (True, None)


def test_a_drainer_whose_lease_ran_out_marks_nothing(owed):
    first, second, soon = uuid.uuid4(), uuid.uuid4(), timedelta(milliseconds=50)
    (lease,) = leases.claim(first, soon)
    assert leases.claim(second, soon) == []
    time.sleep(0.1)
    assert leases.mark_and_renew(first, soon, following=lease) == (True, None)
    (again,) = leases.claim(second, timedelta(seconds=5))
    assert (again.id, again.attempts) == (lease.id, 2)
    assert leases.mark_and_renew(first, soon, last=leases.Mark(lease.id, State.SENT)) == (False, None)
    assert Delivery.objects.get().state == State.LEASED
    assert leases.mark_and_renew(second, soon, last=leases.Mark(lease.id, State.SENT)) == (True, None)
    assert Delivery.objects.get().state == State.SENT
