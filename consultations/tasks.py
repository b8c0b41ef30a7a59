"""Doorbells of consultations: tasks without arguments that take what is due."""

from celery import shared_task


@shared_task
def remind():
    from consultations.operations import reminders

    reminders.send_due()


@shared_task
def tidy():
    from consultations.operations import answers

    answers.forget_kept()
