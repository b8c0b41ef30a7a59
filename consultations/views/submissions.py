"""Texts handed over to official bodies: to whom, by when, through which door, and what came of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import F
from django.db.models.functions import Coalesce, ExtractYear
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consultations.forms.commitments import ReportForm, SubmissionForm
from consultations.forms.filters import SubmissionFilters
from consultations.models import AccreditationTrack, Consultation, Submission, SubmissionOutcome
from consultations.operations import submissions as acts
from consultations.permissions import can_draft, can_edit
from portal import files, panels
from portal.converters import by_address
from portal.models import Objective, Process
from portal.operations import texts
from portal.permissions import require
from portal.views.records import Editor
from resources.models import Document

PER_PAGE = 50

editor = Editor(
    name="submission",
    model=Submission,
    form=SubmissionForm,
    heads=(_("Draft a submission"), _("Edit the submission")),
    listing="consultations:submissions",
    may_begin=can_draft,
    operations=acts,
)


@login_not_required
@require_safe
def submissions(request):
    """What is to be handed over, then what was, the newest first; narrowed by what the address asks."""
    filters, rows = narrowed(request)
    context = {
        "filters": filters,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "now": timezone.now(),
        "can_draft": can_draft(request.user),
    }
    return render(request, "consultations/submissions.html", context)


def narrowed(request):
    """The filters, and what they let through."""
    rows = Submission.objects.visible_to(request.reader).published()
    processes = Process.objects.visible_to(request.reader).filter(submissions__in=rows).distinct()
    years = rows.annotate(year=Coalesce(ExtractYear("handed_over_on"), ExtractYear("due_at")))
    filters = SubmissionFilters(
        request.GET,
        objectives=Objective.objects.filter(submission__in=rows).distinct().order_by("number"),
        processes=processes.order_by(F("begins_on").desc(nulls_last=True), "-pk"),
        years=years.exclude(year=None).order_by("-year").values_list("year", flat=True).distinct(),
    )
    return filters, rows.matching(**filters.wanted()).as_rows().order_by(*Submission.NEWEST)


@login_not_required
@require_safe
def submission(request, key):
    """One submission, with its text and everything that came of it."""
    rows = Submission.objects.visible_to(request.reader).as_rows().prefetch_related("moved_dates")
    found = get_object_or_404(rows, **by_address(key))
    if key != found.address_key:
        return redirect(found, permanent=True)
    reader = request.reader
    doors = AccreditationTrack.objects.visible_to(reader).published()
    context = {
        "submission": found,
        "now": timezone.now(),
        "body": texts.readable_body(found, get_language()),
        "process": Process.objects.visible_to(reader).filter(pk=found.process_id).first(),
        "consultation": Consultation.objects.visible_to(reader).filter(pk=found.consultation_id).first(),
        "document": Document.objects.visible_to(reader).published().filter(pk=found.document_id).first(),
        "door": doors.filter(pk=found.door_id).first(),
        "can_edit": can_edit(request.user, found),
        "panels": panels.of(found, reader, get_language()),
    }
    return render(request, "consultations/submission.html", context)


@require_safe
def receipt(request, key):
    """The file of the receipt, for coordinators: such papers often name people."""
    found = get_object_or_404(Submission.objects.visible_to(request.reader), key=key)
    require(can_edit(request.user, found))
    if found.receipt_file is None:
        raise Http404
    return files.answer(request, found.receipt_file)


def outcome(request, key):
    """Add what came of it on a day."""
    found = get_object_or_404(Submission.objects.visible_to(request.reader), key=key)
    require(can_edit(request.user, found))
    form = ReportForm(request.POST or None, request=request, initial={"on": timezone.localdate()})
    if request.method != "POST" or not form.carry_out(acts.add_outcome, found, by=request.user):
        status = 200 if request.method != "POST" else 422
        context = {"submission": found, "form": form}
        return render(request, "consultations/submission_outcome.html", context, status=status)
    messages.success(request, _("What came of it is added."))
    return redirect(form.result)


@require_POST
def outcome_remove(request, key):
    """Take back an outcome that was entered by mistake."""
    seen = Submission.objects.visible_to(request.reader)
    found = get_object_or_404(
        SubmissionOutcome.objects.select_related("submission"), key=key, submission__in=seen
    )
    require(can_edit(request.user, found.submission))
    submission = acts.remove_outcome(found, by=request.user)
    messages.success(request, _("The outcome is removed."))
    return redirect(submission)
