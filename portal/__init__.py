"""The kernel every app stands on, and the shell that joins them."""

from portal.celery import app as celery

__all__ = ["celery"]
