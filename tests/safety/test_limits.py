"""Limits hold exactly under parallelism, over all forms, and without Valkey (safety.md D16, G26)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from portal.errors import Refused
from portal.models import Allowance, CacheEntry
from portal.operations import limits, upkeep
from portal.operations.limits import DAY, HOUR, Rate
from tests import factories

ASKERS = 32


def at_once(ask, times=ASKERS):
    """Ask from as many threads at the same moment, each with a connection of its own."""
    barrier = Barrier(times)

    def one(number):
        try:
            barrier.wait()
            return ask(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def age(by):
    """Let the time pass that a limit waits for."""
    for row in Allowance.objects.all():
        row.used_at = [moment - by for moment in row.used_at]
        row.ends_at -= by
        row.save()


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_once_exactly_as_many_are_let_through_as_the_limit_says():
    answers = at_once(lambda _number: limits.take("test", "somebody", (Rate(10, timedelta(minutes=1)),)))
    assert sorted(answers) == [False] * (ASKERS - 10) + [True] * 10


@pytest.mark.django_db(transaction=True)
def test_counting_before_writing_would_let_more_through():
    """The control: the same question asked in two steps, as a cache would, oversells."""
    reached = Barrier(ASKERS)

    def in_two_steps(number):
        count = Allowance.objects.filter(name="control").count()
        reached.wait()
        if count >= 10:
            return False
        Allowance.objects.create(
            name="control", subject=str(number), used_at=[timezone.now()], ends_at=timezone.now()
        )
        return True

    assert at_once(in_two_steps).count(True) > 10


@pytest.mark.django_db
def test_a_stranger_gets_three_messages_an_hour_and_six_a_day_over_all_forms():
    address = "stranger@elsewhere.example"
    people = [factories.lead() for _ in range(4)]
    for person in people[:3]:
        limits.require_to_write("invitation", address, by=person)
    assert not limits.take_for_stranger(address)
    with pytest.raises(Refused) as refusal:
        limits.require_to_write("delegate", address, by=people[3])
    assert refusal.value.field == "email"

    age(HOUR)
    assert [limits.take_for_stranger(address) for _ in range(4)] == [True, True, True, False]
    age(HOUR)
    assert not limits.take_for_stranger(address)
    age(DAY - 2 * HOUR)
    assert [limits.take_for_stranger(address) for _ in range(4)] == [True, True, True, False]


@pytest.mark.django_db
def test_what_a_stranger_must_be_told_waits_for_its_turn_and_leaves_nothing_for_others_before():
    now, address = timezone.now(), "stranger@elsewhere.example"
    turns = [limits.next_for_stranger(address) for _ in range(8)]
    hours = [round((turn - now) / HOUR) for turn in turns]
    assert hours == [0, 0, 0, 1, 1, 1, 24, 24]
    assert not limits.take_for_stranger(address)
    age(DAY + 2 * HOUR)
    upkeep.tidy()
    assert limits.take_for_stranger(address)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Amal@Mail.example", "amal@mail.EXAMPLE"),
        ("amal+gcm@mail.example", "amal@mail.example"),
        ("a.m.a.l+x@googlemail.com", "amal@gmail.com"),
    ],
)
def test_ways_of_writing_one_mailbox_count_together(one, other):
    assert limits.mailbox(one) == limits.mailbox(other)
    assert [limits.take_for_stranger(address) for address in (one, other, one, other)] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.django_db
def test_other_mailboxes_and_codes_to_ones_own_address_are_counted_apart():
    assert limits.mailbox("a.b@mail.example") != limits.mailbox("ab@mail.example")
    for _ in range(3):
        limits.take_for_stranger("amal@mail.example")
    assert not limits.take_for_stranger("amal@mail.example")
    assert limits.take_for_stranger("amel@mail.example")
    assert [limits.take_for_owner("amal@mail.example") for _ in range(11)] == [True] * 10 + [False]


@pytest.mark.django_db
def test_one_account_cannot_have_everybody_written_to():
    person = factories.lead()
    for number in range(40):
        limits.require_to_write("invitation", f"p{number}@elsewhere.example", by=person)
    with pytest.raises(Refused) as refusal:
        limits.require_to_write("invitation", "p41@elsewhere.example", by=person)
    assert refusal.value.field is None
    limits.require_to_write("invitation", "p41@elsewhere.example", by=factories.lead())


@pytest.mark.django_db
def test_the_ledger_outlives_a_flush_and_names_nobody():
    for _ in range(3):
        limits.take_for_stranger("amal@mail.example")
    caches["pages"].clear()
    assert not limits.take_for_stranger("amal@mail.example")
    row = Allowance.objects.get()
    assert "amal" not in f"{row.name}{row.subject}{row}"
    assert len(row.subject) == 64
    assert len(row.used_at) == 3


@pytest.mark.django_db
def test_what_no_longer_counts_is_forgotten():
    limits.take("test", "somebody", (Rate(1, HOUR),))
    cache.set("old", 1, timeout=10)
    cache.set("lasting", 1, timeout=None)
    upkeep.tidy()
    assert (Allowance.objects.count(), CacheEntry.objects.count()) == (1, 2)
    age(2 * HOUR)
    CacheEntry.objects.filter(ends_at__isnull=False).update(ends_at=timezone.now())
    upkeep.tidy()
    assert (Allowance.objects.count(), CacheEntry.objects.count()) == (0, 1)


# The cache that counts attempts


@pytest.mark.django_db
def test_the_cache_keeps_values_until_their_end():
    cache.set("list", [1.5, 2.5], timeout=60)
    assert cache.get("list") == [1.5, 2.5]
    assert cache.get("nothing", "default") == "default"
    cache.set("none", None)
    assert cache.get("none", "default") is None
    assert not cache.add("list", "other")
    assert cache.touch("list", 120)
    assert not cache.touch("nothing")
    cache.set("over", 1, timeout=0)
    assert cache.get("over") is None
    assert cache.add("over", 2)
    assert cache.get("over") == 2
    assert cache.delete("over")
    assert not cache.delete("over")
    assert cache.incr("counted", 1) if cache.add("counted", 1) else False
    assert cache.get("counted") == 2
    cache.clear()
    assert "list" not in cache


@pytest.mark.django_db(transaction=True)
def test_only_one_of_many_puts_a_lock():
    assert at_once(lambda number: cache.add("lock", number)).count(True) == 1
    CacheEntry.objects.update(ends_at=timezone.now() - HOUR)
    assert at_once(lambda number: cache.add("lock", number)).count(True) == 1


@pytest.mark.django_db(transaction=True)
def test_attempts_counted_by_allauth_are_exact_and_need_no_valkey(settings):
    """65.16.1 let 147 of 160 through; without Valkey nothing may open."""
    from allauth.core.internal import ratelimit

    settings.CACHES = settings.CACHES | {
        "pages": settings.CACHES["pages"] | {"LOCATION": "unix:///nowhere/valkey.sock"}
    }

    def attempt(_number):
        request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.1")
        config = {"login": "10/m/ip"}
        return ratelimit.consume(request, app="allauth.account", action="login", config=config) is not None

    assert at_once(attempt, times=16).count(True) == 10
