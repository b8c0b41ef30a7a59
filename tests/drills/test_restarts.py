"""A database that is restarted at once, ten times, under twenty requests a second: nothing is half done, or done twice (G34)."""

import http.client
import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.db import connection

from consultations.models import Registration
from tests import drainers
from tests.drills import figures, restarts, web
from tests.drills.test_registration import applications, opened

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

RESTARTS, RATE, PAUSE, CLIENTS = 10, 20, 2.0, 40
PEOPLE = RESTARTS * RATE * 8  # more than there is time for: somebody asks until the last restart is over
# In one look: what one act writes; each of them comes with the others or not at all.
PARTS = """
WITH registrations AS (SELECT id FROM django_content_type WHERE app_label = 'consultations' AND model = 'registration')
SELECT (SELECT count(*) FROM consultations_registration),
       (SELECT count(*) FROM consultations_delegate),
       (SELECT count(*) FROM portal_notice WHERE content_type_id = (TABLE registrations)),
       (SELECT count(*) FROM portal_formreceipt WHERE result <> ''),
       (SELECT count(*) FROM portal_logentry WHERE content_type_id = (TABLE registrations))
"""
# The act without its transaction: its line in the log is written by itself, a moment after the rest.
TORN = """
import time
from django.db import transaction
from portal.operations import log
whole = log.record
def record(*words, **values):
    def later():
        time.sleep(0.3)
        whole(*words, **values)
    transaction.on_commit(later)
log.record = record
"""


@pytest.fixture(autouse=True)
def _nobody_hears_the_bell():
    with drainers.bells_unheard():
        yield


def parts():
    """How many of each there are at this moment."""
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute(PARTS)
        return cursor.fetchone()


class Crowd:
    """People who send one form each, evenly in time, and send it again, with the same key, until it is answered."""

    def __init__(self, server, jobs):
        self.server, self.jobs = server, jobs
        self.enough, self.over = threading.Event(), threading.Event()
        self.cut, self.last_good, self.leads, self.again = 0, 0.0, {}, {}

    def __enter__(self):
        self.pool = ThreadPoolExecutor(CLIENTS)
        began = time.monotonic()
        self.work = [self.pool.submit(self.go, number, began) for number in range(len(self.jobs))]
        return self

    def __exit__(self, *_error):
        self.enough.set()
        self.over.set()
        self.pool.shutdown(cancel_futures=True)

    def go(self, number, began):
        if self.enough.wait(max(0, began + number / RATE - time.monotonic())):
            return
        self.leads[number] = self.ask(number)
        self.last_good = time.monotonic()
        if number % 5 == 0:
            # The answer was lost on its way: the browser asks again.
            self.again[number] = self.ask(number)

    def ask(self, number):
        """Send the form until it is answered."""
        while not self.over.is_set():
            if answer := self.send(number):
                return answer
            self.cut += 1
            time.sleep(0.2)
        return None

    def send(self, number):
        """Where the answer leads; None where the act was not done, as far as anybody can see."""
        line = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        try:
            answer = web.post(line, number, *self.jobs[number])
        except (OSError, http.client.HTTPException):
            return None
        finally:
            line.close()
        return answer.location if answer.status == 302 else None


def restarted(postgres, crowd):
    """Restart, and say after how many seconds the web server does what it is asked again."""
    restarts.restart_at_once(postgres)
    up = time.monotonic()
    assert drainers.until(lambda: crowd.last_good > up, seconds=20), "the web server stays away"
    return crowd.last_good - up


def everybody_registers(*, wound="", people=PEOPLE, times=RESTARTS, patience=120):
    """What was seen: the crowd, in how many looks something was half done, what is left so, and the longest absence."""
    thing, _regions = opened(people, with_quotas=False)
    thing.places = people
    thing.save(update_fields=["places"])
    postgres, torn, back = restarts.own_postgres(), 0, []
    with (
        web.Web(wound=web.PLAIN + wound, workers=2) as server,
        Crowd(server, list(applications(thing))) as crowd,
    ):
        for _ in range(times):
            time.sleep(PAUSE)
            back.append(restarted(postgres, crowd))
            torn += len({*parts()}) > 1
        crowd.enough.set()
        wait(crowd.work, patience)
    return crowd, torn, max(parts()) - min(parts()), max(back)


def test_g34_each_act_is_wholly_done_or_absent_and_a_retry_adds_none():
    crowd, torn, left, away = everybody_registers()
    other = sum(lead != crowd.leads[number] for number, lead in crowd.again.items())
    figures.add(
        "G34",
        f"{RESTARTS} immediate restarts under {RATE} requests a second",
        people=len(crowd.leads),
        acts=Registration.objects.count(),
        requests_cut=crowd.cut,
        sent_again=len(crowd.again),
        with_another_answer=other,
        looks_with_something_half_done=torn,
        left_half_done=left,
        back_after=f"{away:.1f} s",
    )
    assert parts() == (len(crowd.leads),) * 5
    assert (torn, left, other) == (0, 0, 0)
    assert len(crowd.again) > RATE
    assert away <= 5


def test_g34_control_without_one_transaction_something_is_left_half_done():
    _crowd, _torn, left, _away = everybody_registers(wound=TORN, people=RATE * 24, times=3, patience=5)
    figures.add("G34", "control: no transaction", left_half_done=left)
    assert left > 0
