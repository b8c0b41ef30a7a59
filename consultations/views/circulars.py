"""Several registrations at once, with a look at who is concerned before anything happens; what was written to them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consultations.forms.circulars import ManyForm
from consultations.models import Circular, Consultation, Registration
from consultations.operations import circulars as acts
from consultations.permissions import can_answer
from portal.operations import log
from portal.permissions import require

MOST = 500  # at once; who asks for everybody asks once more for the others
DONE = {
    "confirm": (acts.confirm_all, _("They are answered, and each organization is told.")),
    "decline": (acts.decline_all, _("They are declined, and each organization is told why.")),
    "message": (acts.write, _("The message is on its way.")),
}


@require_POST
def many(request, key):
    """Show who is concerned and ask for what is needed; then do it, all or nothing."""
    found = get_object_or_404(Consultation.objects.visible_to(request.reader), key=key)
    require(can_answer(request.user, found))
    act, form = request.POST.get("act"), ManyForm(request.POST, request=request)
    takes_all = act == "confirm" and "everybody" in request.POST
    try:
        rows, left = chosen(request, found, act, None if takes_all else form.keys)
    except ValidationError:
        rows = []
    if not rows or act not in DONE:
        none = _("No registration waits for an answer any more.")
        messages.warning(request, none if takes_all else _("Tick some registrations first."))
        return redirect("consultations:registrations", key=found.key)
    operation, said = DONE[act]
    is_sure = "sure" in request.POST
    if is_sure and form.carry_out(operation, found, by=request.user):
        messages.success(request, said)
        return redirect("consultations:registrations", key=found.key)
    if not is_sure:
        form = ManyForm(request.POST, request=request, is_first=True)
    if found.is_closed_room:
        log.record("closed list seen", found, by=request.user)
    concerned = [row for row in rows if row.status in acts.CONCERNED[act]]
    context = {"consultation": found, "form": form, "act": act, "concerned": concerned, "left": left}
    context["others"] = [row for row in rows if row not in concerned]
    status = 422 if is_sure else 200
    return render(request, "consultations/many.html", context, status=status)


def chosen(request, consultation, act, keys):
    """The first registrations of these keys, or of all that the act concerns, in order of arrival; how many are left."""
    rows = Registration.objects.visible_to(request.reader).filter(consultation=consultation)
    rows = rows.filter(status__in=acts.CONCERNED[act]) if keys is None else rows.filter(key__in=keys)
    found = list(rows.with_place_in_line().select_related("organization").order_by("seq")[:MOST])
    return found, rows.count() - MOST if len(found) == MOST else 0


@require_safe
def circular(request, key):
    """What was written to some of those who registered, for them and for who coordinates."""
    rows = Circular.objects.visible_to(request.reader).select_related("consultation")
    found = get_object_or_404(rows, key=key)
    context = {"circular": found, "consultation": found.consultation}
    return render(request, "consultations/circular.html", context)
