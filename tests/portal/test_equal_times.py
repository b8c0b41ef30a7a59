"""Where somebody gives an address, an answer leaves at a whole step of time, however long the work took."""

from types import SimpleNamespace

import pytest
from django.http import HttpResponse

from portal import middleware
from tests import routes


class Clock:
    """A clock that moves only where something takes time."""

    def __init__(self, now=1_000.0):
        self.now = now

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


@pytest.fixture
def took(monkeypatch, settings, rf):
    """What an answer takes whose work takes so many seconds: took(view name, work, method)."""
    settings.ANSWER_STEP = 0.1

    def measure(name, work, method="post", status=200):
        clock = Clock()
        monkeypatch.setattr(middleware, "time", clock)

        def answer(request):
            clock.sleep(work)
            request.resolver_match = SimpleNamespace(view_name=name)
            return HttpResponse(status=status)

        middleware.EqualTimes(answer)(getattr(rf, method)("/"))
        return clock.now - 1_000

    return measure


@pytest.mark.parametrize("name", sorted(middleware.TAKING_ADDRESSES))
def test_answers_leave_at_whole_steps_of_time(took, name):
    for work in (0.001, 0.021, 0.022, 0.099):
        assert took(name, work) == pytest.approx(0.1)
    assert took(name, 0.13) == pytest.approx(0.2)


def test_pages_and_other_forms_are_not_held_up(took):
    assert took("account_login", 0.02, "get") == pytest.approx(0.02)
    assert took("home", 0.02) == pytest.approx(0.02)


def test_what_is_turned_away_before_an_address_is_looked_at_holds_no_thread(took):
    for status in (403, 429):
        assert took("account_login", 0.001, status=status) == pytest.approx(0.001)


def test_each_of_these_addresses_is_one_of_ours():
    assert {name for name, _entry in routes.routes()} >= middleware.TAKING_ADDRESSES
