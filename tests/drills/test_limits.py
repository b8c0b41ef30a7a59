"""Many processes on one limit, a thousand pretended addresses, one stranger's mailbox over all forms (G26)."""

import subprocess
import sys
from contextlib import suppress
from itertools import count

import pytest
import redis
from allauth.core import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.db.models import F
from django.test import Client, RequestFactory
from django.urls import reverse

from consultations.operations import registrations
from portal.errors import Refused
from portal.models import Allowance, Delivery, Recipient
from portal.notifications import notify
from portal.operations import account_mail, delivery, expansion, limits
from resources.notifications import DocumentPublished
from tests import drainers, factories
from tests.drills import figures

pytestmark = pytest.mark.django_db(transaction=True)
PROCESSES = 32
# All code is read once, then so many processes are made of it that ask at the same moment.
TAKE = """
import os, sys, time, django
from datetime import timedelta
django.setup()
from portal.operations import limits
{wound}
rate = (limits.Rate(10, timedelta(minutes=1)),)
ear, mouth = os.pipe()
begins = time.monotonic() + 3
for _ in range({processes}):
    if os.fork() == 0:
        time.sleep(begins - time.monotonic())
        os.write(mouth, bytes([sum(limits.take("drill", "somebody", rate) for _ in range(5))]))
        os._exit(0)
for _ in range({processes}):
    os.wait()
os.close(mouth)
print(sum(os.read(ear, 1000)))
"""
# Reading and then writing, as a cache does it that has no atomic step.
COUNTING = """
from portal.models import Allowance
def take(name, subject, rates):
    row, _made = Allowance.objects.get_or_create(
        name=name, subject=subject, defaults={"used_at": ["2027-01-01T00:00:00Z"], "ends_at": "2099-01-01T00:00:00Z"}
    )
    if len(row.used_at) > rates[0].amount:
        return False
    row.used_at = [*row.used_at, "2027-01-01T00:00:00Z"]
    row.save()
    return True
limits.take = take
"""


def taken(wound=""):
    """How many of 160 asked for in 32 processes at the same moment were given."""
    command = [sys.executable, "-c", TAKE.format(wound=wound, processes=PROCESSES)]
    environment = drainers.environment(25)
    said = subprocess.run(
        command, env=environment, cwd=drainers.ROOT, capture_output=True, text=True, check=True
    )
    return int(said.stdout)


def test_g26_of_many_processes_exactly_as_many_are_let_through_as_the_limit_says():
    found = taken()
    figures.add("G26", "32 processes ask 160 times, 10 a minute", let_through=found)
    assert found == 10


def test_g26_control_counting_before_writing_lets_more_through():
    found = taken(COUNTING)
    figures.add("G26", "control: read, then write", let_through=found)
    assert found > 10


def let_through(settings, *, believed, header):
    """How many of a thousand attempts from one address pass the limit of twenty a minute, each pretending another."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = believed
    through = 0
    for number in range(1_000):
        request = RequestFactory().post("/", REMOTE_ADDR="203.0.113.7")
        request.META["HTTP_X_FORWARDED_FOR"] = header.format(f"198.51.{number // 256}.{number % 256}")
        through += ratelimit.consume(request, action="signup")
    return through


def test_g26_a_thousand_pretended_addresses_do_not_help(settings):
    alone = let_through(settings, believed=0, header="{}")
    cache.clear()
    behind_a_proxy = let_through(settings, believed=1, header="{}, 203.0.113.7")
    figures.add(
        "G26",
        "1,000 forged X-Forwarded-For, 20 a minute",
        let_through=alone,
        behind_a_proxy=behind_a_proxy,
    )
    assert (alone, behind_a_proxy) == (20, 20)


def test_g26_control_believing_the_header_where_no_proxy_stands_lets_all_through(settings):
    found = let_through(settings, believed=1, header="{}")
    figures.add("G26", "control: forged header believed", let_through=found)
    assert found == 1_000


class Flood:
    """Everything by which people make the portal write to an address that they type in, as fast as they can."""

    ADDRESS = "stranger@people.example"

    def __init__(self):
        self.person = factories.lead()
        self.consultations = [factories.open_consultation() for _ in range(3)]
        self.rounds = 0

    def go(self):
        """Once through all forms, from a network address of its own, with everything in Valkey gone."""
        with redis.Redis.from_url(settings.REDIS_URL) as line:
            line.flushall()
        self.rounds += 1
        for view in ("account_signup", "account_request_login_code", "account_reset_password"):
            self.browser().post(reverse(view), {"email": self.ADDRESS})
        inside = self.browser()
        inside.force_login(self.person)
        organization = self.person.organization
        inside.post(reverse("invite", args=[organization.key]), {"email": self.ADDRESS, "language": "en"})
        inside.post(reverse("account_email"), {"email": self.ADDRESS, "action_add": ""})
        for thing in self.consultations:
            self.register_and_cancel(thing, organization)

    def browser(self):
        return Client(REMOTE_ADDR=f"203.0.113.{self.rounds}")

    def register_and_cancel(self, thing, organization):
        facts = {"name": "Somebody", "email": self.ADDRESS, "language": "en"}
        with suppress(Refused):
            made = registrations.register(thing, organization=organization, delegates=[facts], by=self.person)
            registrations.cancel(made, by=self.person)


def pass_time(by):
    """Let the time go by that limits and messages wait for."""
    for row in Allowance.objects.all():
        row.used_at, row.ends_at = [moment - by for moment in row.used_at], row.ends_at - by
        row.save()
    Delivery.objects.update(not_before=F("not_before") - by)


def flooded(mailoutbox):
    """How many messages a stranger gets while forms are sent for a day: (in the first hour, in the day)."""
    flood, counts = Flood(), []
    for _hour in range(24):
        mailoutbox.clear()
        for _round in range(3):
            flood.go()
            delivery.drain()
        counts.append(sum(message.to == [flood.ADDRESS] for message in mailoutbox))
        pass_time(limits.HOUR)
    return max(counts), sum(counts)


def test_g26_one_stranger_gets_three_messages_an_hour_and_six_a_day_over_all_forms(mailoutbox):
    in_an_hour, in_a_day = flooded(mailoutbox)
    figures.add(
        "G26",
        "one stranger, all forms, FLUSHALL each time",
        most_in_an_hour=in_an_hour,
        in_a_day=in_a_day,
    )
    assert (in_an_hour, in_a_day) == (3, 6)


def test_g26_control_a_limit_for_each_form_alone_fills_the_mailbox(mailoutbox, monkeypatch):
    """As it is where each form counts for itself."""
    names = count()
    shared = limits.take_each

    def alone(*asked):
        return shared(*((f"{name}{next(names) % 4}", *rest) for name, *rest in asked))

    monkeypatch.setattr(limits, "take_each", alone)
    in_an_hour, in_a_day = flooded(mailoutbox)
    figures.add("G26", "control: each form counts alone", most_in_an_hour=in_an_hour, in_a_day=in_a_day)
    assert in_an_hour > 3
    assert in_a_day > 6


def starved(mailoutbox):
    """Whether a member whose address is flooded misses a real notice."""
    person = factories.lead()
    for _ in range(100):
        account_mail.write(person.email, subject="Code", body="1")
    codes = sum(message.to == [person.email] for message in mailoutbox)
    mailoutbox.clear()
    notify(DocumentPublished, factories.document(), by=None)
    delivery.drain()
    return codes, sum(message.to == [person.email] for message in mailoutbox) == 0


def test_g26_real_notices_are_not_starved_by_a_flood_on_a_members_address(mailoutbox):
    codes, is_starved = starved(mailoutbox)
    figures.add(
        "G26", "a member flooded with 100 codes", codes_sent=codes, notice_came="no" if is_starved else "yes"
    )
    assert (codes, is_starved) == (10, False)


def test_g26_control_one_ledger_for_notices_too_would_starve_them(mailoutbox, monkeypatch):
    monkeypatch.setattr(DocumentPublished, "is_rationed", True)
    monkeypatch.setattr(expansion, "_turns_of_strangers", turns_of_everybody)
    _codes, is_starved = starved(mailoutbox)
    figures.add("G26", "control: notices rationed too", notice_came="no" if is_starved else "yes")
    assert is_starved


def turns_of_everybody(owed):
    rows = Recipient.objects.filter(pk__in=owed).values_list("pk", "address")
    return {pk: limits.take_next("owner", limits.mailbox(address), limits.OWN) for pk, address in rows}
