"""Doorbells of consultations: tasks without arguments that take what is due."""

from celery import shared_task


@shared_task
def remind():
    from consultations.operations import calls, comment_rounds, reminders, sign_on

    reminders.send_due()
    calls.tell_opened()
    comment_rounds.sweep()
    sign_on.do_due()


@shared_task
def end_offers():
    from consultations.operations import offers

    offers.end_due()


@shared_task
def tidy():
    from consultations.operations import upkeep

    upkeep.tidy()


@shared_task
def publish_papers():
    from consultations.operations import publishing

    publishing.publish_due()


@shared_task
def send_announcements():
    from consultations.operations import announcements

    announcements.send_due()


@shared_task
def make_prints():
    from consultations import printed
    from consultations.operations import prints, reports
    from resources.operations import pictures

    prints.make_due()
    reports.make_due()
    pictures.make_due(printed.campaign_picture)
