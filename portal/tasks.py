"""Doorbells: tasks without arguments that take what is due, so that losing one loses nothing."""

from celery import shared_task


@shared_task
def drain():
    from portal.operations import delivery

    delivery.drain()


@shared_task
def gather():
    from portal.operations import digests

    digests.settle()
    digests.gather()


@shared_task
def watch():
    from portal.operations import alarms

    alarms.watch()


@shared_task
def end_roles():
    from portal.operations import roles

    roles.end_due()
    roles.remind()


@shared_task
def mind_assignments():
    from portal.operations import assignments

    assignments.end_done()
    assignments.remind()


@shared_task
def tidy():
    from portal.operations import upkeep

    upkeep.tidy()
