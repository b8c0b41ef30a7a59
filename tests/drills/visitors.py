"""A real web server, and a person who visits it signed in."""

import contextlib
import http.client
import re
import socket
import subprocess
import sys
import time
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from tests import drainers


def free_port():
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


class Web:
    """gunicorn as in production, on loopback; used as a context. `statics` is a folder for collected files."""

    def __init__(self, broker, mail_port, statics, **surroundings):
        self.port = free_port()
        self.environment = drainers.environment(mail_port) | {
            "REDIS_URL": broker,
            "BROKER_URL": broker,
            "CACHE_URL": broker,
            "BIND": "127.0.0.1",
            "PORT": str(self.port),
            "WEB_CONCURRENCY": "1",
            "STATIC_ROOT": str(statics),
        }
        self.environment |= surroundings

    def __enter__(self):
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
        subprocess.run(collect, env=self.environment, cwd=drainers.ROOT, check=True)
        command = [sys.executable, "-m", "gunicorn", "--config", "python:portal.gunicorn", "portal.wsgi"]
        self.process = subprocess.Popen(
            command,
            env=self.environment,
            cwd=drainers.ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert drainers.until(self.answers, seconds=60, step=0.2), "the web server did not start"
        return self

    def answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return True
        except OSError:
            return False

    def __exit__(self, *_error):
        self.process.terminate()
        try:
            self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)


class Visitor:
    """A browser without pictures: keeps cookies, sends the token of forms, times each answer."""

    def __init__(self, web, person=None):
        self.web, self.cookies, self.slowest = web, {}, 0.0
        if person is not None:
            client = Client()
            client.force_login(person)
            self.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, fields):
        """Send the form that stands at the address, with what it holds already."""
        _status, page = self.get(path)
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
        return self._ask("POST", path, urlencode(hidden | fields))

    def _ask(self, method, path, body=None):
        line = http.client.HTTPConnection("127.0.0.1", self.web.port, timeout=60)
        headers = {
            "Host": "testserver",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.monotonic()
        with contextlib.closing(line):
            line.request(method, path, body, headers)
            answer = line.getresponse()
            page = answer.read().decode()
        self.slowest = max(self.slowest, time.monotonic() - began)
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, page
