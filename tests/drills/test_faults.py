"""Whatever a mail server does ends as the table says, and holds no worker for longer than the time-out (G3)."""

import smtplib

import pytest
from django.conf import settings

from portal.mail.answers import Answer, Meaning
from portal.mail.smtp import Line
from tests import drainers
from tests.drills import figures
from tests.faults import FAULTS, fresh, outcome, timed_drain
from tests.moods import DRIP, STALL, Mood

pytestmark = pytest.mark.django_db(transaction=True)
LONGEST = 20  # seconds that a mail server may hold a worker
TIMEOUT = settings.EMAIL_TIMEOUT
WAYS = {"in turn": ("8BITMIME",), "in one flight": ("8BITMIME", "PIPELINING")}


@pytest.fixture(autouse=True)
def _a_line_of_our_own(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 1
    with drainers.bells_unheard():
        yield


def suffered(owed, settings, faults, ways=tuple(WAYS)):
    """What each fault came to, both ways of talking: {(fault, way): (outcome, seconds)}."""
    found = {}
    for way in ways:
        for name, answers in faults.items():
            fresh(owed)
            with Mood(answers, offers=WAYS[way]) as mood:
                took = timed_drain(settings, mood.port)
            found[name, way] = outcome(), took
    return found


def unlike_the_table(found):
    return [place for place, (came, _took) in found.items() if came != FAULTS[place[0]][1]]


def test_g3_each_fault_ends_in_the_state_that_the_table_says(owed, settings):
    found = suffered(owed, settings, {name: answers for name, (answers, _state) in FAULTS.items()})
    wrong = unlike_the_table(found)
    figures.add(
        "G3", "33 faults, in turn and in one flight", tried=len(found), otherwise_than_said=len(wrong)
    )
    assert wrong == []
    assert len(found) == 66


def test_g3_control_taking_every_refusal_for_a_bounce_silences_good_addresses(owed, settings, monkeypatch):
    def naive(answer):
        if answer.code >= 500:
            return Meaning.BOUNCED
        return Meaning.SENT if 200 <= answer.code < 400 else Meaning.LATER

    monkeypatch.setattr(Answer, "meaning", property(naive))
    refusals = {name: answers for name, (answers, _state) in FAULTS.items() if " is 5" in name}
    wrong = unlike_the_table(suffered(owed, settings, refusals))
    figures.add("G3", "control: every 5xx a bounce", otherwise_than_said=len(wrong))
    assert len(wrong) > 10


STALLS = {
    "the banner stalls": {"connect": STALL},
    "the banner drips": {"connect": DRIP},
    "the greeting stalls": {"ehlo": STALL},
    "the recipient stalls": {"rcpt": STALL},
    "the last answer drips": {"end": DRIP},
}


def longest(owed, settings, faults, timeout, ways=tuple(WAYS)):
    settings.EMAIL_TIMEOUT = timeout
    found = suffered(owed, settings, faults, ways)
    return max(took for _came, took in found.values())


def test_g3_no_fault_holds_a_worker_for_longer_than_the_time_out(owed, settings):
    held = longest(owed, settings, STALLS, TIMEOUT)
    figures.add("G3", "stalling and dripping servers", longest_hold=f"{held:.1f} s")
    assert held <= LONGEST


def test_g3_control_with_a_time_out_for_each_piece_a_dripping_server_holds_a_worker(
    owed, settings, monkeypatch
):
    def getreply(line):
        line.file = line.file or line.sock.makefile("rb")
        line.sock.settimeout(line.limit)
        return smtplib.SMTP.getreply(line)

    monkeypatch.setattr(Line, "getreply", getreply)
    held = longest(owed, settings, {"the last answer drips": {"end": DRIP}}, 2, ["in turn"])
    figures.add("G3", "control: a time-out for each piece, 2 s", longest_hold=f"{held:.1f} s")
    assert held > 3
