"""What is urgent: asked by coordinators, marked by organizations, shown in figures."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations.forms.priorities import AskUrgentForm, MarkUrgentForm
from consultations.models import Call, Priority, Theme
from consultations.operations import priorities
from consultations.permissions import can_edit, can_read_for
from consultations.urgency import Urgency
from portal.permissions import require


def ask(request, key):
    """Ask organizations which themes are urgent."""
    found = one(request, key)
    require(can_edit(request.user, found))
    themes = Theme.objects.visible_to(request.reader).filter(call=found).order_by("number", "pk")
    form = AskUrgentForm(request.POST or None, call=found, themes=themes)
    if request.method == "POST" and form.carry_out(priorities.ask, found, by=request.user):
        messages.success(request, _("It is asked. Organizations can mark what is urgent."))
        return redirect(found)
    context = {"call": found, "form": form, "has_themes": themes.exists()}
    return render(request, "consultations/urgent_ask.html", context, status=422 if form.is_bound else 200)


def one(request, key):
    return get_object_or_404(Call.objects.visible_to(request.reader).select_related("consultation"), key=key)


def mark(request, key):
    """Mark what is urgent for one's own organization; changed as often as one likes until the deadline."""
    found = one(request, key)
    mine = [
        row
        for pk, row in request.reader.organizations.items()
        if pk in request.reader.led_ids and found.admits(row)
    ]
    require(mine and found.urgent_most)
    if not found.asks_what_is_urgent(timezone.now()):
        return redirect("consultations:urgent-result", key=found.key)
    form = marking(request, found, mine)
    if request.method == "POST" and form.carry_out(priorities.mark, found, by=request.user):
        messages.success(request, _("It is marked. You can change it until the deadline."))
        return redirect("consultations:urgent", key=found.key)
    context = {"call": found, "form": form, "now": timezone.now()}
    return render(request, "consultations/urgent.html", context, status=422 if form.is_bound else 200)


def marking(request, call, mine):
    shown = Theme.objects.visible_to(request.reader).published().filter(call=call).order_by("number", "pk")
    marked = Priority.objects.visible_to(request.reader).filter(call=call, organization=mine[0])
    return MarkUrgentForm(
        request.POST or None,
        call=call,
        organizations=mine,
        themes=shown,
        marked=list(marked.values_list("theme", flat=True)),
    )


@require_safe
def result(request, key):
    """By region, language and constituency: to those who read for the call, and, once it is over, to those asked."""
    found = one(request, key)
    reads = can_read_for(request.user, found)
    is_over = found.urgent_until is not None and found.urgent_until <= timezone.now()
    is_asked = any(found.admits(row) for row in request.reader.organizations.values())
    require(found.urgent_most and (reads or (is_over and is_asked)))
    urgency = Urgency(found, hides_few=not reads)
    context = {
        "call": found,
        "urgency": urgency,
        "is_over": is_over,
        "by_language": urgency.table(urgency.languages),
        "by_constituency": urgency.table([group for _label, group in urgency.constituencies]),
    }
    return render(request, "consultations/urgent_result.html", context)
