"""Doorbells of consultations: tasks without arguments that take what is due."""

from celery import shared_task


@shared_task
def remind():
    from consultations.operations import calls, comment_rounds, reminders

    reminders.send_due()
    calls.tell_opened()
    comment_rounds.sweep()


@shared_task
def end_offers():
    from consultations.operations import offers

    offers.end_due()


@shared_task
def tidy():
    from consultations.operations import answers, attendance, voices

    answers.forget_kept()
    attendance.forget()
    voices.forget()
