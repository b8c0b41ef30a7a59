"""The portal behind its real web server, as processes of their own, and people who send it forms at the same moment."""

import http.client
import random
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from tests import drainers

SERVER = """
import sys, django
django.setup()
{wound}
from gunicorn.app.wsgiapp import WSGIApplication
sys.argv = ["gunicorn", "--config", "python:portal.gunicorn", "--workers", "{workers}", "portal.wsgi"]
WSGIApplication("%(prog)s [OPTIONS] [APP_MODULE]").run()
"""
SECRET = "0123456789abcdefghijklmnopqrstuv"  # against forgery: the cookie and the form say the same

# A page that was refused is shown again: it is drawn without the files that only production collects.
PLAIN = """
from django.conf import settings
plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": plain}}
"""


@dataclass(frozen=True)
class Answer:
    """What came back for one sending: its status, where it leads, how long it took, what it says."""

    job: int
    status: int
    location: str
    seconds: float
    body: str = ""


class Web:
    """Gunicorn as in production, on the test's database; used as a context."""

    def __init__(self, *, wound="", workers=4):
        with socket.socket() as door:
            door.bind(("127.0.0.1", 0))
            self.port = door.getsockname()[1]
        self.script = SERVER.format(wound=wound, workers=workers)
        self.environment = drainers.environment(9) | {"BIND": "127.0.0.1", "PORT": str(self.port)}

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-c", self.script],
            env=self.environment,
            cwd=drainers.ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert drainers.until(self.answers, seconds=60)
        return self

    def __exit__(self, *_error):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)

    def answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1):
                return True
        except OSError:
            return False

    def send_all(self, jobs, *, clients):
        """Send (address, form, cookie) jobs by so many clients at once, each over its own line; the answers."""
        queue, found, lock = list(enumerate(jobs))[::-1], [], threading.Lock()
        start = threading.Barrier(clients)

        def go():
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            start.wait(60)
            while True:
                with lock:
                    if not queue:
                        break
                    number, job = queue.pop()
                answer = post(line, number, *job)
                with lock:
                    found.append(answer)
            line.close()

        threads = [threading.Thread(target=go) for _ in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sorted(found, key=lambda answer: answer.job)


def post(line, number, address, form, session):
    body = urlencode(form | {"csrfmiddlewaretoken": SECRET})
    headers = {
        "Host": "testserver",
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={SECRET}",
    }
    began = time.monotonic()
    try:
        line.request("POST", address, body, headers)
        response = line.getresponse()
        content = response.read()
    except http.client.HTTPException:
        # A worker that was replaced has closed the line before it read anything: a browser asks again.
        line.close()
        line.request("POST", address, body, headers)
        response = line.getresponse()
        content = response.read()
    took = time.monotonic() - began
    return Answer(number, response.status, response.headers.get("Location", ""), took, content.decode())


def session_of(person):
    """The cookie of somebody who has signed in."""
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def shuffled(jobs, seed):
    found = list(jobs)
    random.Random(seed).shuffle(found)
    return found


def times(answers):
    """How long requests took: the middle one, of a hundred the slowest but one, and the slowest, in seconds."""
    taken = sorted(answer.seconds for answer in answers)
    return {
        "p50": round(taken[len(taken) // 2], 3),
        "p99": round(taken[len(taken) * 99 // 100], 3),
        "slowest": round(taken[-1], 3),
    }
