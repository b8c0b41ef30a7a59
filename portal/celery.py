"""The Celery app: it only carries doorbells; what is due stands in the database (safety.md, D3)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # Also the real recovery: a bell that was lost is made good within ten seconds.
    "drain": {"task": "portal.tasks.drain", "schedule": 10.0, "options": {"expires": 10}},
}
