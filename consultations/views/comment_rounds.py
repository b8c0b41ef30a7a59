"""Rounds of comments: read paragraph by paragraph, opened, extended and closed by coordinators."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consultations import commenting
from consultations.forms.comment_rounds import ExtendForm, RoundForm
from consultations.models import CommentRound, Paper
from consultations.operations import comment_rounds as acts
from consultations.operations import versions
from consultations.permissions import can_comment, can_run_rounds, can_write_paper
from portal.permissions import require


def one(request, key):
    """The round, for whoever may see it, with its text in all languages."""
    rows = CommentRound.objects.visible_to(request.reader).select_related("paper", "version__paper")
    return get_object_or_404(rows.prefetch_related("version__texts", "moved_dates"), key=key)


@require_safe
def comment_round(request, key):
    """The text of a round, each paragraph with what was said of it; one's own comments first."""
    found, now = one(request, key), timezone.now()
    writes = can_write_paper(request.user, found.paper)
    context = {
        "round": found,
        "paper": found.paper,
        "discussion": commenting.discussion(found, request.reader, get_language()),
        "now": now,
        "is_open": found.is_open(now),
        "may_comment": can_comment(request.user) and found.is_open(now),
        "writes": writes,
        "runs": can_run_rounds(request.user, found.paper),
        "before": CommentRound.objects.visible_to(request.reader)
        .filter(paper=found.paper, number__lt=found.number)
        .exists(),
    }
    return render(request, "consultations/comment_round.html", context)


def new(request, key):
    """Open a round of comments on a paper as it stands."""
    paper = get_object_or_404(Paper.objects.visible_to(request.reader), key=key)
    require(can_run_rounds(request.user, paper))
    form = RoundForm(request.POST or None, request=request, zone=request.user.time_zone)
    if request.method == "POST" and form.carry_out(acts.open, paper, by=request.user):
        messages.success(request, _("The round of comments is set. Members are told when it opens."))
        return redirect(form.result)
    context = {
        "paper": paper,
        "form": form,
        "languages": versions.ready_languages(paper, "comments"),
        "why_not": acts.why_not_open(paper),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "consultations/comment_round_new.html", context, status=status)


def extend(request, key):
    """Give more time for comments."""
    found = one(request, key)
    require(can_run_rounds(request.user, found.paper))
    form = ExtendForm(request.POST or None, comment_round=found)
    if request.method == "POST" and form.carry_out(acts.extend, found, by=request.user):
        messages.success(request, _("There is more time for comments; the earlier deadline stays visible."))
        return redirect(found)
    context = {"round": found, "paper": found.paper, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "consultations/comment_round_extend.html", context, status=status)


@require_POST
def close(request, key):
    """Take no more comments."""
    found = one(request, key)
    require(can_run_rounds(request.user, found.paper))
    found = acts.close(found, by=request.user)
    messages.success(request, _("The round of comments is closed. What is open waits for its answer."))
    return redirect("consultations:paper-comments", key=found.paper.key)
