"""Doorbells: tasks without arguments that take what is due, so that losing one loses nothing."""

from celery import shared_task


@shared_task
def drain():
    from portal.operations import delivery

    delivery.drain()
