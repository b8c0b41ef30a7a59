"""Giving: an organization answers a call, on a plain form that keeps a draft, and decides what becomes of it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consultations import contribution_sheets as sheets_of
from consultations import resuming
from consultations.forms.contributions import ConsentForm, ContributionForm, ResumeForm
from consultations.models import Call, Contribution, Input
from consultations.operations import contributions as acts
from consultations.permissions import can_decide, can_write
from portal import files, proofs, sheets, tokens, workbooks
from portal.operations import log
from portal.permissions import require
from portal.taking import within_limit


@login_not_required
@require_safe
def contribution(request, key):
    """A contribution: its own people see all of it and its fate, others what it lets them see."""
    found = one(request, key)
    is_own = owns(request, found)
    rows = inputs(request, found)
    if not (is_own or request.reader.reports_on(found.call)) and not found.may_be_named:
        rows = rows.filter(file=None)  # a file says who made it
    context = {
        "contribution": found,
        "call": found.call,
        "inputs": rows if found.shows_call else [],
        "is_own": is_own,
        "reads": request.reader.reports_on(found.call) and found.status == Contribution.Status.SENT,
        "shows_name": is_own or request.reader.reports_on(found.call) or found.may_be_named,
        "can_write": can_write(request.user, found) or holds(request, found),
        "can_decide": can_decide(request.user, found) or holds(request, found),
        "is_open": found.shows_call and found.call.is_open(timezone.now()),
        "now": timezone.now(),
    }
    return render(request, "consultations/contribution.html", context)


def one(request, key):
    """The contribution, for whoever may see it: by right, or by a code that this browser holds."""
    rows = Contribution.objects.visible_to(request.reader, holding=resuming.held(request))
    return get_object_or_404(rows.as_rows().with_call_for(request.reader), key=key)


def answerable(request, key):
    """The contribution, if its call still shows itself: whoever is out of a room reads its questions no more."""
    found = one(request, key)
    if not found.shows_call:
        raise Http404
    return found


def owns(request, found):
    """Whether it is the reader's own: of an organization of theirs, or by its code."""
    ours = request.reader.organizations
    return found.organization_id in ours or found.through_id in ours or holds(request, found)


def holds(request, found):
    return found.resume_hash is not None and found.resume_hash in resuming.held(request)


def inputs(request, found):
    rows = Input.objects.visible_to(request.reader, holding=resuming.held(request)).filter(contribution=found)
    rows = rows.select_related("question__objective", "file", "contribution")
    return (
        rows.prefetch_related("question__options").with_uses_for(request.reader).order_by("question__number")
    )


def writer(request):
    """Who acts: a person, or nobody that has an account."""
    return request.user if request.user.is_authenticated else None


@login_not_required
def edit(request, key):
    """The form of the questions: saved as often as one likes, by a plain button."""
    found = answerable(request, key)
    require(can_write(request.user, found) or holds(request, found))
    if not found.call.is_open(timezone.now()) or found.status == Contribution.Status.WITHDRAWN:
        messages.info(request, _("Nothing can be changed here now."))
        return redirect(found)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ContributionForm(*sent, request=request, contribution=found)
    if sent and form.carry_out(acts.save, found, by=writer(request)):
        return saved(request, form.result)
    context = {"contribution": found, "call": found.call, "form": form, "quarrels": [], "now": timezone.now()}
    if sent and "answers" in form.cleaned_data:
        context["quarrels"] = form.follow(one(request, key))
    status = 409 if context["quarrels"] else 422 if sent else 200
    return render(request, "consultations/contribution_edit.html", context, status=status)


def saved(request, found):
    """Back to the form, or on to sending."""
    if found.status == Contribution.Status.SENT:
        messages.success(request, _("The changes are saved. They count at once."))
        return redirect(found)
    if "go_on" in request.POST:
        return redirect("consultations:contribution-send", key=found.key)
    messages.success(request, _("The draft is saved. You can go on at any time, from any device."))
    return redirect("consultations:contribution-edit", key=found.key)


@login_not_required
def send(request, key):
    """See once more what will be sent, say how it may be quoted, and send it."""
    found = answerable(request, key)
    require(can_decide(request.user, found) or holds(request, found))
    form = ConsentForm(request.POST or None, initial={"consent": found.consent})
    if request.method == "POST" and form.carry_out(acts.send, found, by=writer(request)):
        messages.success(request, _("Thank you. The contribution has arrived."))
        return redirect(form.result)
    context = {
        "contribution": found,
        "call": found.call,
        "form": form,
        "inputs": inputs(request, found),
        "problems": [(row.text("prompt", get_language()), words) for row, words in acts.problems(found)],
        "now": timezone.now(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "consultations/contribution_send.html", context, status=status)


@login_not_required
def consent(request, key):
    """Change how it may be quoted: it counts everywhere at once."""
    found = one(request, key)
    require(can_decide(request.user, found) or holds(request, found))
    form = ConsentForm(request.POST or None, initial={"consent": found.consent})
    if request.method == "POST" and form.carry_out(acts.choose_consent, found, by=writer(request)):
        messages.success(request, _("It is changed, and counts everywhere from now on."))
        return redirect(form.result)
    context = {"contribution": found, "call": found.call, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "consultations/contribution_consent.html", context, status=status)


@login_not_required
def withdraw(request, key):
    """Ask once more, then take it out of every place where others read it."""
    found = one(request, key)
    require(can_decide(request.user, found) or holds(request, found))
    if request.method != "POST":
        context = {"contribution": found, "call": found.call}
        return render(request, "consultations/contribution_withdraw.html", context)
    found = acts.withdraw(found, by=writer(request))
    messages.success(request, _("The contribution is withdrawn. Nobody else reads it any more."))
    return redirect(found)


@login_not_required
@require_POST
def again(request, key):
    """Make a draft of what was withdrawn."""
    found = answerable(request, key)
    require(can_decide(request.user, found) or holds(request, found))
    found = acts.take_up_again(found, by=writer(request))
    return redirect("consultations:contribution-edit", key=found.key)


@login_not_required
def discard(request, key):
    """Ask once more, then delete a draft."""
    found = one(request, key)
    require(can_decide(request.user, found) or holds(request, found))
    if request.method != "POST":
        context = {"contribution": found, "call": found.call}
        return render(request, "consultations/contribution_discard.html", context)
    call = acts.discard(found, by=writer(request))
    messages.success(request, _("The draft is deleted."))
    return redirect(call)


@login_not_required
@require_POST
def code(request, key):
    """Another resume code, shown once; the one before leads nowhere."""
    found = one(request, key)
    require(holds(request, found))
    found = acts.renew_code(found, by=None)
    return show_code(request, found)


def show_code(request, found):
    """The page on which a code is shown, this once."""
    resuming.remember(request, found.code)
    context = {"contribution": found, "call": found.call, "code": found.code}
    return render(request, "consultations/contribution_code.html", context)


@login_not_required
def resume(request):
    """Come back with a code; a wrong one and one too many look alike."""
    form = ResumeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = resuming.spelled(form.cleaned_data["code"])
        found = Contribution.objects.visible_to(
            request.reader, holding=[tokens.digest(typed)] if typed else []
        )
        found = found.filter(resume_hash=tokens.digest(typed)).first() if resuming.may_try(request) else None
        if found is not None:
            resuming.remember(request, typed)
            return redirect(found)
        form.add_error(
            "code", _("This code leads nowhere. Look at it again; after some tries, wait an hour.")
        )
    status = 422 if form.is_bound else 200
    return render(request, "consultations/contribution_resume.html", {"form": form}, status=status)


@login_not_required
@require_safe
def file(request, key):
    """A file that was given as an answer."""
    rows = Input.objects.visible_to(request.reader, holding=resuming.held(request)).exclude(file=None)
    found = get_object_or_404(rows.select_related("contribution__call", "file"), key=key)
    given = found.contribution
    if not (owns(request, given) or request.reader.reports_on(given.call) or given.may_be_named):
        raise Http404
    return files.answer(request, found.file)


@login_not_required
@require_safe
@within_limit
def export(request, key):
    """What was given to a call, for a spreadsheet: as much of it as this reader may see."""
    return sheets.answer("contributions.csv", *sheet(request, key))


@login_not_required
@require_safe
@within_limit
def workbook(request, key):
    """The same as a workbook, which opens right in every spreadsheet and runs from right to left in Arabic."""
    return workbooks.answer("contributions.xlsx", *sheet(request, key))


def sheet(request, key):
    """(columns, rows) of what is taken away; what only readers of the call see is asked for with a fresh proof."""
    found = get_object_or_404(Call.objects.visible_to(request.reader), key=key)
    rows = Input.objects.visible_to(request.reader).filter(contribution__call=found).as_rows()
    rows = rows.with_uses_for(request.reader)
    rows = rows.order_by("question__number", "contribution__sent_at", "pk")
    language = get_language()
    if request.reader.reports_on(found):
        proofs.require(request, back_to=reverse("consultations:reading", args=[found.key]))
        log.record("contributions exported", found, by=request.user)
        lines = (
            sheets_of.readers_line(row, language, settings.SITE_URL)
            for row in rows.read_by(request.reader).iterator(chunk_size=sheets.TOGETHER)
        )
        return sheets_of.READERS_COLUMNS, lines
    shown = Contribution.objects.visible_to(request.reader).shown_to(request.reader)
    rows = rows.filter(contribution__in=shown, file=None)
    lines = (sheets_of.line(row, language) for row in rows.iterator(chunk_size=sheets.TOGETHER))
    return sheets_of.COLUMNS, lines
