"""Nothing is kept beyond its limit: each limited room of the data map has its sweeper, and a year of clock shows it (G29)."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from consultations.models import Registration, Voice, VoiceConsent
from portal import clock
from portal.data_map import OWN, SECRETS, kept
from portal.kept import LIMITS
from portal.models import Delivery, LogEntry, Recipient, User
from portal.operations import keeping
from tests import factories, people

pytestmark = pytest.mark.django_db
# What goes with the row that it hangs on: {model: whose limit carries it}.
CARRIED = {"RegistrationAnswer": Registration, "VoiceUse": Voice}


def limited():
    """The models that the map keeps for a number of days, or until a limit is over."""
    return {model for model, own in kept().items() if own.room.days or own.room is LIMITS}


@pytest.fixture
def later(monkeypatch):
    """Set the clock on: later(days)."""
    now = clock.now()

    def turn(days):
        monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=days))

    return turn


def told(capsys):
    """How many rows of each limit the command told of."""
    return [int(line.split()[0]) for line in capsys.readouterr().out.splitlines()]


def test_whatever_the_map_keeps_for_a_time_has_its_sweeper():
    swept = {limit.model for limit in keeping.limits()}
    assert {model for model in limited() if CARRIED.get(model.__name__, model) not in swept} == set()


def test_a_year_of_clock_leaves_nothing_beyond_its_limit(later, capsys, django_capture_on_commit_callbacks):
    person = people.everywhere()
    Delivery.objects.update(finished_at=timezone.now(), state="sent")
    voice = Voice.objects.create(
        organization=factories.organization(), process=None, text="zqvoice", language="en", alias="zqalias"
    )
    agreed = timezone.localdate()
    VoiceConsent.objects.create(
        voice=voice, purpose="quotation", agreed_on=agreed, ends_on=agreed, text_version="1", language="en"
    )
    later(2 * 366)
    call_command("keep_limits", "--dry-run")
    assert Voice.objects.get().text == "zqvoice"
    promised = told(capsys)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("keep_limits")
    carried_out = told(capsys)
    # What went makes more go: an address to which nothing leads any more.
    assert sum(promised) > 20
    assert all(done >= number for done, number in zip(carried_out, promised, strict=True))
    later(3 * 366)
    call_command("keep_limits")
    tables = {model._meta.db_table for model in limited() if model is not Voice}
    assert {table for table, _row in people.traces(person)} & tables == set()
    assert not VoiceConsent.objects.exists()
    assert Voice.objects.get().text == Voice.objects.get().alias == ""
    assert [limit.model for limit in keeping.limits() if limit.past().exists()] == []
    assert not any(blob.storage.exists(blob.name) for blob in person.blobs)


def test_the_day_before_nothing_of_a_delegation_goes(later):
    registration = factories.registration()
    registration.consultation.meetings.update(starts_at=timezone.now(), ends_at=timezone.now())
    type(registration.consultation).objects.update(closes_at=timezone.now(), ends_on=None)
    later(182)
    call_command("keep_limits")
    assert registration.delegate_set.count() == 1
    later(184)
    call_command("keep_limits")
    assert registration.delegate_set.count() == 0


def test_an_account_that_nobody_confirmed_goes_and_takes_nobody_with_it(later):
    confirmed, named = factories.user(), User.objects.create_user("named@people.example")
    unproven = User.objects.create_user("never@people.example")
    delegate = factories.registration().delegate_set.get()
    delegate.recipient = named.recipient
    delegate.save()
    later(6)
    call_command("keep_limits")
    assert User.objects.count() == 3
    later(8)
    call_command("keep_limits")
    assert {*User.objects.all()} == {confirmed, named}
    assert not Recipient.objects.filter(address=unproven.email).exists()


def test_an_address_of_nobody_goes_unless_its_owner_said_what_may_come(later):
    Recipient.objects.create(address="old@people.example")
    chose = Recipient.objects.create(address="chose@people.example")
    chose.choices.create(kind="paper-opened", how="never")
    later(40)
    call_command("keep_limits")
    assert [row.address for row in Recipient.objects.all()] == [chose.address]


def test_no_column_holds_a_network_address():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND "
            r"(data_type IN ('inet', 'cidr') OR column_name ~ '(^|_)(ip|user_agent|remote_addr)(_|$)')"
        )
        assert cursor.fetchall() == []


def test_the_log_stays_whole(later):
    people.everywhere()
    entries = LogEntry.objects.count()
    later(366)
    call_command("keep_limits")
    assert LogEntry.objects.count() >= entries


def test_every_class_of_ones_own_is_in_a_room_that_says_until_when():
    for model in apps.get_models():
        if not model._meta.proxy and kept()[model].fields(*OWN, SECRETS):
            assert str(kept()[model].room.end)
