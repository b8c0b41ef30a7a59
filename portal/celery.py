"""The Celery app: it only carries doorbells; what is due stands in the database (safety.md, D3)."""

import os
from pathlib import Path

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # Also the real recovery: a bell that was lost is made good within ten seconds.
    "drain": {"task": "portal.tasks.drain", "schedule": 10.0, "options": {"expires": 10}},
}


@signals.after_task_publish.connect
@signals.task_postrun.connect
def show_life(**_facts):
    """Where the container engine watches (portal/probe.py): the beat has rung, the worker has answered."""
    if path := os.environ.get("LIFE_FILE"):
        Path(path).touch()
