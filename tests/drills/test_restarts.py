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

RESTARTS, RATE, PAUSE, CLIENTS = 10, 20, 3.0, 40
JOBS = int(RESTARTS * (PAUSE + 1) * RATE)
# In one look: what one act writes; each of them comes with the others or not at all.
PARTS = """
WITH registrations AS (SELECT id FROM django_content_type WHERE app_label = 'consultations' AND model = 'registration')
SELECT (SELECT count(*) FROM consultations_registration),
       (SELECT count(*) FROM consultations_delegate),
       (SELECT count(*) FROM portal_notice WHERE content_type_id = (TABLE registrations)),
       (SELECT count(*) FROM portal_formreceipt WHERE result <> ''),
       (SELECT count(*) FROM portal_logentry WHERE content_type_id = (TABLE registrations))
"""
# The act without its transaction: what was done before its line in the log is kept by itself.
TORN = """
import time
from django.db import connection
from portal.operations import log
whole = log.record
def record(*words, **values):
    connection.connection.commit()
    time.sleep(0.1)
    return whole(*words, **values)
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
        self.server, self.jobs, self.done = server, jobs, threading.Event()
        self.cut, self.last_good, self.leads, self.again = 0, 0.0, {}, {}

    def __enter__(self):
        self.pool = ThreadPoolExecutor(CLIENTS)
        began = time.monotonic()
        self.work = [self.pool.submit(self.go, number, began) for number in range(len(self.jobs))]
        return self

    def __exit__(self, *_error):
        self.done.set()
        self.pool.shutdown(cancel_futures=True)

    def go(self, number, began):
        time.sleep(max(0, began + number / RATE - time.monotonic()))
        while not self.done.is_set():
            answer = self.send(number)
            if answer is not None:
                self.leads[number], self.last_good = answer, time.monotonic()
                break
            self.cut += 1
            time.sleep(0.2)
        if number % 5 == 0 and not self.done.is_set():
            # The answer was lost on its way: the browser asks again.
            self.again[number] = self.send(number)

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


def everybody_registers(*, wound="", jobs=JOBS, times=RESTARTS, patience=120):
    """What was seen meanwhile: {name: …}."""
    thing, _regions = opened(jobs, with_quotas=False)
    thing.places = jobs
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
        wait(crowd.work, patience)
    return {
        "crowd": crowd,
        "looks_with_something_half_done": torn + (len({*parts()}) > 1),
        "back_after": f"{max(back):.1f} s",
        "slowest": max(back),
    }


def test_g34_each_act_is_wholly_done_or_absent_and_a_retry_adds_none():
    found = everybody_registers()
    crowd = found.pop("crowd")
    slowest = found.pop("slowest")
    other = sum(lead != crowd.leads[number] for number, lead in crowd.again.items())
    figures.add(
        "G34",
        f"{RESTARTS} immediate restarts under {RATE} requests a second",
        acts=Registration.objects.count(),
        asked_for=JOBS,
        requests_cut=crowd.cut,
        retries_with_another_answer=other,
        **found,
    )
    assert parts() == (JOBS,) * 5
    assert (found["looks_with_something_half_done"], other) == (0, 0)
    assert len(crowd.again) == JOBS // 5
    assert slowest <= 5


def test_g34_control_without_one_transaction_something_is_left_half_done():
    found = everybody_registers(wound=TORN, jobs=RATE * 14, times=3, patience=5)
    figures.add(
        "G34",
        "control: no transaction",
        looks_with_something_half_done=found["looks_with_something_half_done"],
    )
    assert found["looks_with_something_half_done"] > 0
