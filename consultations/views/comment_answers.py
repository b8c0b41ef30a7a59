"""What those who write a paper do with the comments on it: read them beside the text, decide, take back, take away."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consultations import comment_sheets as sheets_of
from consultations import commenting, working
from consultations.forms.comment_answers import (
    AcceptForm,
    AdaptForm,
    CommentFilters,
    DeclineForm,
    MergeForm,
    ReopenForm,
)
from consultations.models import Comment, Paper, Section
from consultations.operations import comment_answers as acts
from consultations.operations import drafting
from consultations.permissions import can_change_comment, can_write_paper
from portal import proofs, sheets, workbooks
from portal.models import Objective, Organization
from portal.operations import log
from portal.permissions import require

PER_PAGE = 40
MOST_TO_MERGE = 50
ACTS = ("accept", "adapt", "merge", "decline")


def paper_of(request, key):
    """The paper, for those who write it."""
    found = get_object_or_404(Paper.objects.visible_to(request.reader), key=key)
    require(can_write_paper(request.user, found))
    return found


@require_safe
def listing(request, key):
    """The comments on a paper by paragraph of its working text, whatever round they are from; first the open ones."""
    paper = paper_of(request, key)
    filters, rows = narrowed(request, paper)
    text = working.text_of(paper, get_language())
    order = working.in_order(paper, text, rows)
    page = Paginator(order, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "paper": paper,
        "filters": filters,
        "page": page,
        "groups": working.groups(request.reader, paper, text, page.object_list),
        "waiting": Comment.objects.visible_to(request.reader).filter(round__paper=paper).undecided().count(),
    }
    return render(request, "consultations/paper_comments.html", context)


def narrowed(request, paper):
    """The filters, each offering only what leads to something, and what they let through."""
    rows = Comment.objects.visible_to(request.reader).standing().filter(round__paper=paper)
    filters = CommentFilters(
        request.GET,
        organizations=makers(rows),
        languages=rows.order_by("language").values_list("language", flat=True).distinct(),
        objectives=Objective.objects.filter(
            pk__in=Section.objects.visible_to(request.reader).filter(paper=paper).values("objectives")
        ).order_by("number"),
    )
    return filters, rows.matching(**filters.wanted())


def makers(rows):
    """Whose these comments are, by name; one that was suspended since is named in no list of choices either."""
    named = rows.filter(organization__status=Organization.Status.VERIFIED).select_related("organization")
    by_name = ("organization__folded_name", "organization")
    return [row.organization for row in named.order_by(*by_name).distinct(*by_name)]


def page(request, found, status=200, **bound):
    """One comment: its answer, what its own people can do, and for those who write the paper what can be decided."""
    paper = found.round.paper
    writes = can_write_paper(request.user, paper)
    (found,) = commenting.named([found], found.round, request.reader)
    context = {
        "comment": found,
        "paper": paper,
        "writes": writes,
        "can_change": can_change_comment(request.user, found),
        "is_open": found.round.is_open(timezone.now()),
        "now": timezone.now(),
    }
    if writes:
        context |= deciding(request, found, bound)
    return render(request, "consultations/comment.html", context, status=status)


def deciding(request, found, bound):
    """The paragraph as it stands now, and the forms beside it."""
    place = commenting.where(found.paragraph)
    context = {"place": working.paragraph(found, place), "is_writable": found.round.paper.is_writable}
    if found.status == Comment.Status.OPEN:
        context |= {f"{name}_form": bound.get(name) or form_of(request, found, place, name) for name in ACTS}
        context["can_merge"] = context["merge_form"].fields["into"].queryset.exists()
    elif bound:
        # Somebody else decided first: what was typed is kept for whoever would take that back.
        (context["refused"],) = bound.values()
    merged = Comment.objects.visible_to(request.reader).filter(merged_into=found).as_rows()
    context["merged"] = list(commenting.named(merged, found.round, request.reader))
    return context


def form_of(request, found, place, name, data=None):
    """One of the forms beside a comment."""
    own = found.round.paper.original_language
    if name == "accept":
        return AcceptForm(data, comment=found, number=last_number(place, found.language), prefix=name)
    if name == "adapt":
        words = working.words(place, own)
        if found.is_proposal and found.language == own:
            words = found.proposed
        return AdaptForm(
            data, comment=found, number=last_number(place, own), words=words, language=own, prefix=name
        )
    if name == "merge":
        return MergeForm(
            data, comment=found, others=others(request, found), reader=request.reader, prefix=name
        )
    return DeclineForm(data, comment=found, prefix=name)


def last_number(place, language):
    return drafting.last_number(place.section, language) if place else 0


def others(request, found):
    """The comments with which this one can go on: on the same section, standing by themselves."""
    rows = Comment.objects.visible_to(request.reader).standing().exclude(status=Comment.Status.MERGED)
    rows = rows.filter(paragraph__section=found.paragraph.section_id).exclude(pk=found.pk)
    keys = list(rows.order_by("-pk").values_list("pk", flat=True)[:MOST_TO_MERGE])
    return Comment.objects.visible_to(request.reader).filter(pk__in=keys).as_rows()


SAID = {
    "accept": _("It is accepted. Whoever made it is told."),
    "adapt": _("It is accepted with changes. Whoever made it is told."),
    "merge": _("It goes on together with the other. Whoever made it is told."),
    "decline": _("It is declined. Whoever made it is told."),
}


@require_POST
def decide(request, key, act):
    """Carry out one of the forms beside a comment; what was decided or written meanwhile is shown first."""
    found = comment_to_answer(request, key)
    place = commenting.where(found.paragraph)
    form = form_of(request, found, place, act, request.POST)
    if form.carry_out(getattr(acts, act), found, by=request.user):
        messages.success(request, SAID[act])
        return redirect("consultations:paper-comments", key=found.round.paper.key)
    found = comment_to_answer(request, key)
    fresh = form_of(request, found, commenting.where(found.paragraph), act)
    form.follow(**{name: fresh[name].initial for name in ("version", "number") if name in fresh.fields})
    return page(request, found, status=422, **{act: form})


@require_POST
def reopen(request, key):
    """Take a decision back."""
    found, form = comment_to_answer(request, key), ReopenForm(request.POST)
    if not form.carry_out(acts.reopen, found, by=request.user):
        stale = _("Somebody has just changed this. Please look at it again and retry.")
        messages.error(request, next(iter(form.non_field_errors()), stale))
    elif form.result.words_stay:
        messages.warning(
            request,
            _(
                "The decision is taken back. The words that had landed were changed since and stay in the text: look at them there."
            ),
        )
    else:
        messages.success(request, _("The decision is taken back, and the text is as it was."))
    return redirect(found)


def comment_to_answer(request, key):
    found = get_object_or_404(Comment.objects.visible_to(request.reader).as_rows(), key=key)
    require(can_write_paper(request.user, found.round.paper))
    return found


@require_safe
def export(request, key):
    """The comments on a paper for a spreadsheet."""
    return sheets.answer("comments.csv", *sheet(request, key))


@require_safe
def workbook(request, key):
    """The same as a workbook, which opens right in every spreadsheet and runs from right to left in Arabic."""
    return workbooks.answer("comments.xlsx", *sheet(request, key))


def sheet(request, key):
    """(columns, rows) of what is taken away, with names that others do not see: asked for with a fresh proof."""
    paper = paper_of(request, key)
    proofs.require(request, back_to=reverse("consultations:paper-comments", args=[paper.key]))
    log.record("comments exported", paper, by=request.user)
    rows = Comment.objects.visible_to(request.reader).standing().filter(round__paper=paper).as_rows()
    lines = (
        sheets_of.line(row, request.reader, get_language(), settings.SITE_URL)
        for row in rows.iterator(chunk_size=sheets.TOGETHER)
    )
    return sheets_of.COLUMNS, lines
