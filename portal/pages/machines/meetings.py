"""Calendars of what everybody may come to: all of it, on one objective, in one process."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from consultations import calendars
from portal.converters import by_address
from portal.models import Objective, Process
from portal.pages.machines import public
from portal.pages.machines.answers import for_everybody


def answer(**of):
    headers = {"Content-Disposition": f'attachment; filename="{calendars.NAME}"'}
    return HttpResponse(calendars.of_everybody(**of), content_type=calendars.MEDIA_TYPE, headers=headers)


@for_everybody
def everything(request):
    """Every public meeting."""
    return answer()


@for_everybody
def of_objective(request, number):
    """The public meetings on one objective: their own, or that of what they are part of."""
    return answer(consultation__objectives=get_object_or_404(Objective, number=number))


@for_everybody
def of_process(request, key):
    """The public meetings of one process."""
    return answer(consultation__process=get_object_or_404(public.rows(Process), **by_address(key)))
