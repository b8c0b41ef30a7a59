"""A paper comes before its readers: frozen, published, corrected, completed in a language, withdrawn."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from consultations import corrections
from consultations.forms.publishing import CorrectForm, FreezeForm, PublishForm, WithdrawForm
from consultations.models import Comment, Paper, PaperVersion
from consultations.operations import publishing, versions
from consultations.permissions import can_edit
from portal import languages
from portal.permissions import require
from resources import audience

Status, Purpose = Paper.Status, PaperVersion.Purpose


def freeze(request, key):
    """Say in which languages the text will stand still, and let it."""
    paper = managed(request, key)
    earlier = publishing.final(paper)
    form = FreezeForm(request.POST or None, request=request, paper=paper, has_earlier=earlier is not None)
    if request.method == "POST" and form.carry_out(publishing.freeze, paper, by=request.user):
        messages.success(request, _("The paper is frozen. Now it can be endorsed and published."))
        return redirect(form.result)
    context = {
        "paper": paper,
        "form": form,
        "why_not": why_not(paper, {Status.DRAFT}) or versions.why_not_ready(paper),
        "undecided": Comment.objects.visible_to(request.reader)
        .filter(round__paper=paper)
        .undecided()
        .count(),
    }
    return answer(request, "consultations/paper_freeze.html", context | ready(paper, Purpose.FINAL), form)


@require_POST
def reopen(request, key):
    """Take it back to drafting."""
    paper = publishing.reopen(managed(request, key), by=request.user)
    messages.success(request, _("The paper is a draft again. The frozen version stays."))
    return redirect(paper)


def publish(request, key):
    """Say plainly what publishing will do, and do it: at once or at a moment."""
    paper = managed(request, key)
    if paper.status == Status.PUBLISHED:
        return redirect(paper)
    zone = paper.time_zone if paper.publish_at else request.user.time_zone or "UTC"
    form = PublishForm(request.POST or None, request=request, zone=zone)
    if request.method == "POST" and form.carry_out(publish_or_schedule, paper, by=request.user):
        return onward(request, form)
    version = publishing.final(paper)
    there = set(version.texts.values_list("language", flat=True)) if version else set()
    context = {
        "paper": paper,
        "form": form,
        "version": version,
        "there": [code for code in languages.CODES if code in there],
        "missing": [code for code in languages.CODES if code not in there],
        "why_not": why_not(paper, {Status.FROZEN, Status.SIGN_ON}),
    }
    return answer(request, "consultations/paper_publish.html", context, form)


def publish_or_schedule(paper, *, at, time_zone, by):
    """Publish it now; or, with a moment, then."""
    if at is None:
        return publishing.publish(paper, by=by)
    return publishing.schedule(paper, at=at, time_zone=time_zone, by=by)


def onward(request, form):
    """To the progress of the telling; of what is yet to come, back to the paper."""
    paper = get_object_or_404(Paper.objects.visible_to(request.reader), key=form.result.key)
    if paper.status != Status.PUBLISHED:
        messages.success(request, _("It will be published at that moment."))
        return redirect(paper)
    messages.success(request, _("The paper is published. Its files are being made."))
    notice = audience.notice_of(paper.document)
    return redirect("notice", key=notice.key) if notice else redirect(paper)


@require_POST
def unschedule(request, key):
    """Publish it at no moment by itself."""
    paper = publishing.unschedule(managed(request, key), by=request.user)
    messages.success(request, _("It is not published by itself any more."))
    return redirect(paper)


def correct(request, key):
    """Show what differs from what is published, and publish it as a correction."""
    paper = managed(request, key)
    if paper.status != Status.PUBLISHED:
        raise Http404
    form = CorrectForm(request.POST or None, request=request, paper=paper)
    if request.method == "POST" and form.carry_out(publishing.correct, paper, by=request.user):
        messages.success(request, _("The correction is published. The version before stays readable."))
        return redirect(paper)
    version = publishing.final(paper)
    context = {"paper": paper, "form": form, "version": version, "apart": corrections.of(version, paper)}
    context |= ready(paper, Purpose.CORRECTION)
    return answer(request, "consultations/paper_correct.html", context, form)


@require_POST
def add_language(request, key, language):
    """Publish a translation that was approved since."""
    if language not in languages.CODES:
        raise Http404
    paper = publishing.add_language(managed(request, key), language, by=request.user)
    messages.success(request, _("The translation is published. Those who read this language are told."))
    return redirect(paper)


def withdraw(request, key):
    """Withdraw it, with the reason that its old addresses will show."""
    paper = managed(request, key)
    if paper.status != Status.PUBLISHED:
        raise Http404
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.carry_out(publishing.withdraw, paper, by=request.user):
        messages.success(request, _("The paper is withdrawn."))
        return redirect(form.result)
    return answer(request, "consultations/paper_withdraw.html", {"paper": paper, "form": form}, form)


@require_POST
def restore(request, key):
    """Publish again what was withdrawn."""
    paper = publishing.restore(managed(request, key), by=request.user)
    messages.success(request, _("The paper is published again. Nobody was told a second time."))
    return redirect(paper)


def managed(request, key):
    """The paper, for those who coordinate it."""
    found = get_object_or_404(Paper.objects.visible_to(request.reader).as_rows(), key=key)
    require(can_edit(request.user, found))
    return found


def why_not(paper, statuses):
    """Why this step is not the next one, in words; nothing if it is."""
    if paper.status in statuses:
        return ""
    return _("This paper is “%(state)s” now.") % {"state": paper.get_status_display()}


def ready(paper, purpose):
    """In which languages the text can stand still, and in which not yet."""
    codes = versions.ready_languages(paper, purpose)
    return {"ready": codes, "missing": [code for code in languages.CODES if code not in codes]}


def answer(request, template, context, form):
    return render(request, template, context, status=422 if form.is_bound else 200)
