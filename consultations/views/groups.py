"""Coordinators say which documents and consultations belong to a working group."""

import uuid

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from consultations.forms.groups import GroupWorkForm
from consultations.models import Consultation
from consultations.operations import groups
from portal.models import WorkingGroup
from portal.permissions import can_coordinate, require
from resources.models import Document


def work(request, key):
    """Add what belongs to a group, and take away what does not."""
    found = get_object_or_404(WorkingGroup.objects.visible_to(request.reader), key=key)
    require(can_coordinate(request.user, found))
    if request.method == "POST" and "remove" in request.POST:
        groups.remove_work(found, keys=keys_of(request.POST.getlist("remove")), by=request.user)
        messages.success(request, _("It is taken away from the group."))
        return redirect("consultations:group-work", key=found.key)
    form = GroupWorkForm(request.POST or None, reader=request.reader)
    if request.method == "POST" and form.carry_out(groups.add_work, found, by=request.user):
        messages.success(request, _("It is added to the group."))
        return redirect("consultations:group-work", key=found.key)
    context = {
        "working_group": found,
        "form": form,
        "documents": Document.objects.visible_to(request.reader).filter(group_links__group=found),
        "consultations": Consultation.objects.visible_to(request.reader).filter(group_links__group=found),
    }
    status = 422 if form.is_bound else 200
    return render(request, "consultations/group_work.html", context, status=status)


def keys_of(words):
    """Those of some words that are keys."""
    found = []
    for word in words:
        try:
            found.append(uuid.UUID(word))
        except ValueError:
            continue
    return found
