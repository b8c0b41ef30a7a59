"""What one agrees to in registering: coordinators write it, and every version stays readable."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations.forms.consents import ConsentTextForm
from consultations.models import ConsentText, Consultation, Registration
from consultations.operations import consents
from consultations.permissions import can_edit
from portal.permissions import require


def write(request, key):
    """Write what one agrees to in registering for a consultation, as a new version."""
    found = get_object_or_404(Consultation.objects.visible_to(request.reader), key=key)
    require(can_edit(request.user, found))
    rows = ConsentText.objects.visible_to(request.reader).filter(consultation=found)
    rows = list(rows.newest_first().select_related("written_by"))
    asked = {"request": request, "consultation": found, "text": rows[0] if rows else None}
    form = ConsentTextForm(request.POST or None, **asked)
    if request.method == "POST" and form.carry_out(consents.write, found, by=request.user):
        messages.success(request, _("Whoever registers from now on agrees to this text."))
        return redirect("consultations:consent", key=found.key)
    agreed = Registration.objects.visible_to(request.reader).filter(consultation=found).order_by()
    agreed = dict(agreed.values_list("consent_text").annotate(Count("pk")))
    texts = [(row, agreed.get(row.pk, 0)) for row in rows]
    context = {"consultation": found, "texts": texts, "own": agreed.get(None, 0), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "consultations/consent.html", context, status=status)


@login_not_required
@require_safe
def text(request, key):
    """One version of what one agrees to, for whoever sees the consultation."""
    rows = ConsentText.objects.visible_to(request.reader).select_related("consultation")
    found = get_object_or_404(rows, key=key)
    newest = ConsentText.objects.visible_to(request.reader).filter(consultation=found.consultation)
    context = {
        "consultation": found.consultation,
        "consent_text": found,
        "is_current": newest.newest_first().first() == found,
    }
    return render(request, "consultations/consent_text.html", context)
