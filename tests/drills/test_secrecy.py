"""What is hidden, and who is known, cannot be told by a clock: pairs of requests, in turn, timed (G12, G13)."""

import random
import time
from functools import partial
from statistics import NormalDist, median
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from portal.models import Delivery, Notice, Recipient
from portal.operations import limits
from tests import drainers, factories
from tests.drills import figures, restarts
from tests.safety.walk import masked

pytestmark = pytest.mark.django_db(transaction=True)
PAIRS, MOST = 500, 0.002
SLOWER = 0.01  # what the controls add on one side, in seconds
STEP = settings.ANSWER_STEP  # as read, before the suite has set it to nothing
numbers = iter(range(1, 1_000_000))


@pytest.fixture(scope="module", autouse=True)
def _on_disk(django_db_setup, django_db_blocker):
    """As in production, an answer waits for the disk where something was kept."""
    with django_db_blocker.unblock(), restarts.durable():
        yield


@pytest.fixture(autouse=True)
def _nobody_hears_the_bell():
    with drainers.bells_unheard():
        yield


def from_elsewhere():
    """Another address of the network each time, so that no limit on one of them is what is measured."""
    number = next(numbers)
    return {"REMOTE_ADDR": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}


def timed(act):
    began = time.perf_counter()
    response = act()
    return time.perf_counter() - began, response


def in_turn(one, other):
    """Two acts, one after the other, which of them first by lot: the times of each, and all pairs of answers.

    `one` and `other` make each act ready, which is not timed.
    """
    drawn, times, answers = random.Random(1), ([], []), []
    for number in range(PAIRS + 10):
        acts = [(0, one()), (1, other())]
        drawn.shuffle(acts)
        found = {}
        for side, act in acts:
            seconds, found[side] = timed(act)
            if number >= 10:  # the first ones fill caches
                times[side].append(seconds)
        answers.append((found[0], found[1]))
    return times, answers


def apart(first, second):
    """How probable it is that two sets of times differ as much by chance: the rank test of Mann and Whitney."""
    ranked = sorted([(value, 0) for value in first] + [(value, 1) for value in second])
    ranks = sum(place for place, (_value, side) in enumerate(ranked, 1) if side == 0)
    n, m = len(first), len(second)
    mean, spread = n * (n + m + 1) / 2, (n * m * (n + m + 1) / 12) ** 0.5
    return 2 * (1 - NormalDist().cdf(abs(ranks - mean) / spread))


# Hidden and not there


def hidden():
    """What a lead of a verified organization may not see: (what it is, its address, the same with another key)."""
    closed = factories.consultation(status="announced", access="invited")
    room = factories.open_consultation(access="invited")
    given = factories.contribution(status="draft")
    draft = factories.document(status="draft")
    for name, row in (
        ("consultations:consultation", closed),
        ("consultations:register", room),
        ("consultations:contribution", given),
        ("resources:document", draft),
    ):
        yield name, reverse(name, args=[row.key]), lambda name=name: reverse(name, args=[uuid4()])


def test_g12_what_is_hidden_answers_as_quickly_as_what_is_not_there():
    client, found = Client(), {}
    client.force_login(factories.lead())
    for name, there, nowhere in hidden():
        (first, second), answers = in_turn(
            lambda there=there: partial(client.get, there),
            lambda nowhere=nowhere: partial(client.get, nowhere()),
        )
        assert {(one.status_code, other.status_code) for one, other in answers} == {(404, 404)}
        assert all(same(one, other) for one, other in answers), name
        found[name.partition(":")[2]] = abs(median(first) - median(second))
    figures.add(
        "G12",
        f"{PAIRS} pairs each, hidden and not there, ms apart",
        **{name: round(seconds * 1000, 2) for name, seconds in found.items()},
    )
    assert max(found.values()) <= MOST


def same(one, other):
    """Whether two refusals are the same bytes, but for the key in the address."""
    bare = [
        masked(response.content.replace(response.wsgi_request.path.encode(), b""), response)
        for response in (one, other)
    ]
    return bare[0] == bare[1]


def test_g12_control_a_page_that_looks_closer_at_what_there_is_is_found_out():
    client = Client()
    client.force_login(factories.lead())
    _name, there, nowhere = next(hidden())

    def looked_at():
        time.sleep(SLOWER)
        return client.get(there)

    (first, second), _answers = in_turn(lambda: looked_at, lambda: partial(client.get, nowhere()))
    found = abs(median(first) - median(second))
    figures.add("G12", "control: a hidden row is looked at, ms apart", consultation=round(found * 1000, 2))
    assert found > MOST


# Known and not known


def known(count):
    """The addresses of so many people, one after the other."""
    kind = get_user_model()
    people = kind.objects.bulk_create(
        kind(email=f"known{number:03}@people.example", name="", password="!") for number in range(count)
    )
    kind = factories.user().emailaddress_set.model
    kind.objects.bulk_create(kind(user=row, email=row.email, verified=True, primary=True) for row in people)
    Recipient.objects.bulk_create(Recipient(user=row, address=row.email) for row in people)
    return iter([row.email for row in people])


def unknown(count):
    return (f"other{number:03}@people.example" for number in range(count))


def at(name, email):
    """Somebody who was never here gives an address at one of the doors."""
    return partial(Client().post, reverse(name), {"email": email}, **from_elsewhere())


def again(email):
    """Who was sent a code has another one sent."""
    client, where = Client(), from_elsewhere()
    client.post(reverse("account_request_login_code"), {"email": email}, **where)
    return partial(client.post, reverse("code-again"), {"login": email}, **where)


def inviting():
    """A lead invites whoever reads at an address."""
    client, lead = Client(), factories.lead()
    client.force_login(lead)
    address = reverse("invite", args=[lead.membership_set.get().organization.key])

    def invited(email):
        return partial(client.post, address, {"once": str(uuid4()), "email": email, "language": "en"})

    return invited


# Each makes what takes an address and gives the act that is timed.
WAYS = {
    "sign-in": lambda: partial(at, "account_request_login_code"),
    "sign-up": lambda: partial(at, "account_signup"),
    "reset": lambda: partial(at, "account_reset_password"),
    "resend": lambda: again,
    "invite": inviting,
}


@pytest.fixture(autouse=True)
def _one_lead_may_invite_all(monkeypatch):
    monkeypatch.setattr(limits, "ACCOUNT", (limits.Rate(10 * PAIRS, limits.HOUR),))


def after(seconds, act):
    """Both sides go through this; a sleep of no time at all would still let other processes go first."""
    if seconds:
        time.sleep(seconds)
    return act()


def compared(way, *, slower=0.0):
    """(How probable the difference in time is by chance, ms apart, pairs of answers) of known and unknown addresses."""
    there, nowhere = known(PAIRS + 10), unknown(PAIRS + 10)

    (first, second), answers = in_turn(
        lambda: partial(after, slower, way(next(there))), lambda: partial(after, 0, way(next(nowhere)))
    )
    return apart(first, second), (median(first) - median(second)) * 1000, answers


@pytest.mark.parametrize("way", WAYS)
def test_g13_no_clock_tells_a_known_address_from_an_unknown_one(way, settings):
    settings.ANSWER_STEP = STEP
    chance, milliseconds, answers = compared(WAYS[way]())
    figures.add("G13", f"2 × {PAIRS} of {way}", chance=round(chance, 3), ms_apart=round(milliseconds, 2))
    assert {one.status_code for pair in answers for one in pair} == {302}
    assert chance > 0.01


def seen(way, email):
    """The answer, and the page that follows for a stranger, without the address; and how many messages were queued."""
    act, before = way(email), queued()
    answers = [act()]
    if "/accounts/" in answers[0]["Location"]:
        answers.append(act.func.__self__.get(answers[0]["Location"]))
    for one in answers:
        one.headers.pop("Expires", None)  # the second in which it was written
    bytes_of_all = [masked(one.content.replace(email.encode(), b""), one) for one in answers]
    return [one.status_code for one in answers], bytes_of_all, queued() - before


def queued():
    return Delivery.objects.count() + Notice.objects.count()


@pytest.mark.parametrize("way", WAYS)
def test_g13_a_known_address_is_answered_in_the_same_bytes_with_as_many_messages_as_an_unknown_one(way):
    there, nowhere, way = known(5), unknown(5), WAYS[way]()
    for _ in range(5):
        assert seen(way, next(there)) == seen(way, next(nowhere))


def test_g13_control_without_steps_more_work_for_a_known_address_is_found_out():
    chance, milliseconds, _answers = compared(WAYS["sign-in"](), slower=SLOWER)
    figures.add(
        "G13", "control: no steps, more work for the known", chance=chance, ms_apart=round(milliseconds, 2)
    )
    assert chance <= 0.01
