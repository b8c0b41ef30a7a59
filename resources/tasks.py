"""Doorbells of the library: tasks without arguments that take what is due."""

from celery import shared_task


@shared_task
def read_files():
    from resources.operations import readings

    readings.make_due()


@shared_task
def publish_pages():
    from resources.operations import pages

    pages.publish_due()
