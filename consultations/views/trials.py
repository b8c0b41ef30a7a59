"""The page between typing a change of places and doing it: who would move."""

from django.shortcuts import render

UNSENT = {"csrfmiddlewaretoken", "seen", "again"}


def is_to_do(request):
    """Whether a form was sent to be carried out, not to be changed once more."""
    return request.method == "POST" and "again" not in request.POST


def answer(request, form, template, context):
    """Who would move, if that was tried; else the form with what was typed, or a fresh one."""
    if form.trial is not None:
        return shown(request, form)
    return render(request, template, context | {"form": form}, status=422 if form.errors else 200)


def shown(request, form):
    """What was tried, with all that was sent, to be sent again."""
    sent = [(name, value) for name, values in request.POST.lists() if name not in UNSENT for value in values]
    context = {"trial": form.trial, "sent": sent, "consultation": form.consultation}
    return render(request, "consultations/trial.html", context)
