"""A Celery worker and a beat as processes of their own, on a broker of the drill's own."""

import subprocess
import sys

from tests import drainers

WORKER = """
import sys, django
django.setup()
from portal.operations import leases
{wound}
from portal.celery import app
app.worker_main(["worker", "--concurrency=1", "--loglevel=ERROR", "--without-gossip", "--without-mingle"])
"""
BEAT = """
from portal.celery import app
app.start(["beat", "--schedule", {schedule!r}, "--loglevel=ERROR"])
"""


class Workers:
    """One worker and one beat, used as a context; without a `schedule`, no beat."""

    def __init__(self, broker, port, *, schedule, wound=""):
        self.environment = drainers.environment(port) | {
            "REDIS_URL": broker,
            "BROKER_URL": broker,
            "CACHE_URL": broker,
        }
        self.scripts = [WORKER.format(wound=drainers.BROKEN.get(wound, wound))]
        if schedule:
            self.scripts.append(BEAT.format(schedule=str(schedule)))

    def __enter__(self):
        self.processes = [
            subprocess.Popen(
                [sys.executable, "-c", script],
                env=self.environment,
                cwd=drainers.ROOT,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            for script in self.scripts
        ]
        return self

    def __exit__(self, *_error):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)
