"""What happened on a commitment: added by coordinators, reported by its organization and answered."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from consultations.forms.commitments import DeclineReportForm, ReportForm
from consultations.models import Commitment, CommitmentReport, CommitmentUpdate
from consultations.operations import commitments
from consultations.permissions import can_edit, can_report
from portal.permissions import require


def report(request, key):
    """Add an update: a coordinator's is shown at once, the organization's own once it is accepted."""
    found = get_object_or_404(Commitment.objects.visible_to(request.reader), key=key)
    coordinates = can_edit(request.user, found)
    require(coordinates or can_report(request.user, found))
    form = ReportForm(request.POST or None, request=request, initial={"on": timezone.localdate()})
    if request.method != "POST" or not send(form, found, request, coordinates):
        status = 200 if request.method != "POST" else 422
        context = {"commitment": found, "form": form, "coordinates": coordinates}
        return render(request, "consultations/commitment_report.html", context, status=status)
    said = (
        _("The update is added.")
        if coordinates
        else _("Thank you. A coordinator looks at it before it is shown.")
    )
    messages.success(request, said)
    return redirect(form.result)


def send(form, commitment, request, coordinates):
    if coordinates:
        return form.carry_out(commitments.add_update, commitment, by=request.user)
    own = commitment.organization
    return form.carry_out(commitments.report, commitment, organization=own, by=request.user)


@require_POST
def accept(request, key):
    """Show what was reported."""
    found = answered(request, key)
    commitments.accept(found, by=request.user)
    messages.success(request, _("The report is shown as an update."))
    return redirect(found)


def decline(request, key):
    """Decline what was reported, with the reason."""
    found = answered(request, key)
    form = DeclineReportForm(request.POST or None)
    if request.method != "POST" or not form.carry_out(commitments.decline, found, by=request.user):
        context = {"report": found, "commitment": found.commitment, "form": form}
        status = 200 if request.method != "POST" else 422
        return render(request, "consultations/commitment_report_decline.html", context, status=status)
    messages.success(request, _("The report is declined. The organization sees why."))
    return redirect(found)


def answered(request, key):
    rows = CommitmentReport.objects.visible_to(request.reader).select_related(
        "commitment__process", "organization"
    )
    found = get_object_or_404(rows, key=key)
    require(can_edit(request.user, found.commitment))
    return found


@require_POST
def update_remove(request, key):
    """Take back an update that was entered by mistake."""
    seen = Commitment.objects.visible_to(request.reader)
    found = get_object_or_404(
        CommitmentUpdate.objects.select_related("commitment"), key=key, commitment__in=seen
    )
    require(can_edit(request.user, found.commitment))
    commitment = commitments.remove_update(found, by=request.user)
    messages.success(request, _("The update is removed."))
    return redirect(commitment)
