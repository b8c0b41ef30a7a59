"""Coordinators bring a mailing list: they look at what each row would do, and take it in by one press."""

import json

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from portal.forms.lists import ListForm, TakeForm
from portal.list_rows import Standing
from portal.operations import lists
from portal.permissions import can_coordinate, require

# What a coordinator must look at stands first.
ORDER = (Standing.BAD, Standing.DOUBTFUL, Standing.NEW, Standing.KNOWN)


def new(request):
    """Read a list and show what it holds; nothing of it is kept, and nothing sent."""
    require(can_coordinate(request.user))
    if request.method != "POST":
        return render(request, "portal/list_new.html", {"form": ListForm()})
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "portal/list_new.html", {"form": form}, status=422)
    taking = TakeForm(request=request, initial={"table": json.dumps(form.table, ensure_ascii=False)})
    return render(request, "portal/list_preview.html", preview(taking, form.rows))


def take(request):
    """Take in what was looked at: the new rows, and the doubtful ones that were chosen."""
    require(can_coordinate(request.user))
    if request.method != "POST":
        return redirect("list-new")
    form = TakeForm(request.POST, request=request)
    if not form.carry_out(lists.take, by=request.user):
        context = preview(form, form.cleaned_data.get("rows") or [])
        return render(request, "portal/list_preview.html", context, status=422)
    messages.success(request, _("The list is taken in. Nobody was written to."))
    return redirect(form.result.get_absolute_url())


def preview(form, rows):
    """The rows, those first that need a look, and how many there are of each standing."""
    amounts = [(Standing.LABELS[kind], sum(row.standing == kind for row in rows)) for kind in ORDER]
    return {
        "form": form,
        "rows": sorted(rows, key=lambda row: ORDER.index(row.standing)),
        "amounts": amounts,
        "taken": set(form.data.getlist("take")) if form.is_bound else set(),
    }
