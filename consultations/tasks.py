"""Doorbells of consultations: tasks without arguments that take what is due."""

from celery import shared_task


@shared_task
def remind():
    from consultations.operations import calls, reminders

    reminders.send_due()
    calls.tell_opened()


@shared_task
def end_offers():
    from consultations.operations import offers

    offers.end_due()


@shared_task
def tidy():
    from consultations.operations import answers, attendance, retention, voices

    answers.forget_kept()
    attendance.forget()
    voices.forget()
    retention.forget()
