"""How the web server runs, here and in production: `gunicorn --config python:portal.gunicorn portal.wsgi`."""

import os
import re
from pathlib import Path

ADDRESS = re.compile(r"ip=\S+")

bind = f"{os.environ.get('BIND', '0.0.0.0')}:{os.environ.get('PORT', '8000')}"  # noqa: S104 - a container's door
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2 * (os.cpu_count() or 1))
threads = 4
# The code is read once, by the parent, and its memory shared.
preload_app = True
timeout = graceful_timeout = 30
keepalive = 5
# A worker that grew is replaced before it hurts; not all at once.
max_requests, max_requests_jitter = 2_000, 400
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a heartbeat, in memory
control_socket_disable = True
# No access log, and no address of a reader in the other one (safety.md, D20).
accesslog = None


def without_address(record):
    record.msg = ADDRESS.sub("ip=…", str(record.msg))
    return True


def on_starting(server):
    server.log.error_log.addFilter(without_address)
