"""The Celery app: it only carries doorbells; what is due stands in the database (safety.md, D3)."""

import os
from pathlib import Path

from celery import Celery, signals

from portal.broker import Lines

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal", amqp=Lines)
app.add_defaults(
    {
        # What was taken and not finished is given out again; the visibility time-out stands above every time limit.
        "task_ignore_result": True,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_time_limit": 120,
        "task_soft_time_limit": 100,
        "worker_prefetch_multiplier": 1,
        "worker_max_tasks_per_child": 500,
        "worker_soft_shutdown_timeout": 10,
        "worker_cancel_long_running_tasks_on_connection_loss": True,
        "worker_hijack_root_logger": False,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "broker_transport_options": {
            "visibility_timeout": 300,
            "socket_timeout": 15,
            "socket_connect_timeout": 5,
            "socket_keepalive": True,
            "health_check_interval": 15,
        },
        "accept_content": ["json"],
        "timezone": "UTC",
    }
)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # Also the real recovery: a bell that was lost is made good within ten seconds.
    "drain": {"task": "portal.tasks.drain", "schedule": 10.0, "options": {"expires": 10}},
    # Summaries of those whose morning has come; what is late; roles whose time is over.
    "gather": {"task": "portal.tasks.gather", "schedule": 60.0, "options": {"expires": 60}},
    "watch": {"task": "portal.tasks.watch", "schedule": 60.0, "options": {"expires": 60}},
    "end-roles": {"task": "portal.tasks.end_roles", "schedule": 60.0, "options": {"expires": 60}},
    # Texts given to translators: what is done, what is due.
    "mind-assignments": {
        "task": "portal.tasks.mind_assignments",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    # What has been kept for long enough.
    "tidy": {"task": "portal.tasks.tidy", "schedule": 60.0, "options": {"expires": 60}},
    "tidy-forms": {"task": "consultations.tasks.tidy", "schedule": 60.0, "options": {"expires": 60}},
    # What fell due while everything stood still is said late, not never.
    "remind": {"task": "consultations.tasks.remind", "schedule": 60.0, "options": {"expires": 60}},
    # Papers whose moment has come, and the files that published ones are owed.
    "publish-papers": {
        "task": "consultations.tasks.publish_papers",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "make-prints": {"task": "consultations.tasks.make_prints", "schedule": 10.0, "options": {"expires": 10}},
    # Announcements whose moment has come.
    "send-announcements": {
        "task": "consultations.tasks.send_announcements",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    # Resource pages whose moment has come.
    "publish-pages": {
        "task": "resources.tasks.publish_pages",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    # Covers and words of the files of documents.
    "read-files": {"task": "resources.tasks.read_files", "schedule": 10.0, "options": {"expires": 10}},
    # An offered place that nobody took goes to the next in line.
    "end-offers": {"task": "consultations.tasks.end_offers", "schedule": 60.0, "options": {"expires": 60}},
}


@signals.after_task_publish.connect
@signals.task_postrun.connect
def show_life(**_facts):
    """Where the container engine watches (portal/probe.py): the beat has rung, the worker has answered."""
    if path := os.environ.get("LIFE_FILE"):
        Path(path).touch()
