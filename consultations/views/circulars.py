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
    try:
        rows = chosen(request, found, act, form)
    except ValidationError:
        rows = []
    if not rows or act not in DONE:
        messages.warning(request, _("Tick some registrations first."))
        return redirect("consultations:registrations", key=found.key)
    operation, said = DONE[act]
    is_sure = "sure" in request.POST
    if is_sure and form.carry_out(operation, found, by=request.user):
        messages.success(request, said)
        return redirect("consultations:registrations", key=found.key)
    if not is_sure:
        form = ManyForm(request.POST, request=request, is_first=True)
    concerned = [row for row in rows if row.status in acts.CONCERNED[act]]
    context = {"consultation": found, "form": form, "act": act, "concerned": concerned}
    context["others"] = [row for row in rows if row not in concerned]
    status = 422 if is_sure else 200
    return render(request, "consultations/many.html", context, status=status)


def chosen(request, consultation, act, form):
    """The registrations that were ticked, or the first of all that the act concerns, in order of arrival."""
    rows = Registration.objects.visible_to(request.reader).filter(consultation=consultation)
    if "everybody" in request.POST:
        rows = rows.filter(status__in=acts.CONCERNED.get(act, ()))
    else:
        rows = rows.filter(key__in=form.keys)
    return list(rows.with_place_in_line().select_related("organization").order_by("seq")[:MOST])


@require_safe
def circular(request, key):
    """What was written to some of those who registered, for them and for who coordinates."""
    rows = Circular.objects.visible_to(request.reader).select_related("consultation")
    found = get_object_or_404(rows, key=key)
    context = {"circular": found, "consultation": found.consultation}
    return render(request, "consultations/circular.html", context)
