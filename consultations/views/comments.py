"""Comments of organizations: made at a paragraph, changed, shown as they consent, withdrawn."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations import commenting
from consultations.forms.comments import CommentConsentForm, CommentEditForm, CommentForm
from consultations.models import Comment
from consultations.operations import comments as acts
from consultations.permissions import can_change_comment, can_comment
from consultations.views import comment_answers, comment_rounds
from portal.permissions import require

PER_PAGE = 50


def paragraph(request, key, paragraph):
    """One paragraph with all that was said of it; the form in which one says more, alone where a script asks for it."""
    found, now = comment_rounds.one(request, key), timezone.now()
    text, passage = commenting.at(found, request.reader, paragraph, get_language())
    if passage is None:
        raise Http404
    may_comment, form = can_comment(request.user), None
    if request.method == "POST":
        require(may_comment)
    if may_comment and (found.is_open(now) or request.method == "POST"):
        form = form_for(request, found, text, passage)
    if request.method == "POST" and form.carry_out(
        acts.write, found, paragraph=commenting.paragraph(found, paragraph), by=request.user
    ):
        messages.success(
            request, _("Thank you. Your comment is saved; you can change it while the round is open.")
        )
        return redirect(f"{found.get_absolute_url()}#p-{passage.key}")  # to go on with the next paragraph
    context = {"round": found, "paper": found.paper, "passage": passage, "form": form, "now": now}
    context |= {"is_open": found.is_open(now), "text": text, "here": request.path}
    context["page"] = Paginator(passage.others, PER_PAGE).get_page(request.GET.get("page"))
    piece = "consultations/_comment_form.html" if request.htmx and form else "consultations/comment_new.html"
    response = render(request, piece, context, status=422 if request.method == "POST" else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response


def form_for(request, comment_round, text, passage):
    """The empty form, with the consent that one's organization chose last on this paper."""
    mine = [row for row in request.reader.organizations.values() if row.is_member]
    said = Comment.objects.visible_to(request.reader).filter(round__paper=comment_round.paper_id)
    last = said.filter(organization__in=mine).order_by("-pk").values_list("consent", flat=True).first()
    return CommentForm(
        request.POST or None,
        request=request,
        organizations=mine,
        text=text,
        passage=passage,
        initial={"consent": last},
        auto_id=f"{passage.key}_%s",  # several may stand open on the page of the round
    )


def one(request, key):
    """The comment, for whoever may see it."""
    return get_object_or_404(Comment.objects.visible_to(request.reader).as_rows(), key=key)


@require_safe
def comment(request, key):
    """One comment and its answer; with what can be decided about it, for those who write the paper."""
    return comment_answers.page(request, one(request, key))


def own(request, key):
    """One's own comment, to be changed."""
    found = one(request, key)
    require(can_change_comment(request.user, found))
    return found


def edit(request, key):
    """Change what one's own organization said, while the round is open and nobody has answered."""
    found = own(request, key)
    if request.method != "POST" and not can_be_changed(found):
        messages.info(request, _("Nothing can be changed here now."))
        return redirect(found)
    comment_round = comment_rounds.one(request, found.round.key)
    text, passage = commenting.at(comment_round, request.reader, found.paragraph.key, found.language)
    form = CommentEditForm(request.POST or None, comment=found, text=text, passage=passage)
    if request.method == "POST" and form.carry_out(acts.change, found, by=request.user):
        messages.success(request, _("The changes are saved."))
        return redirect(form.result)
    context = {"comment": found, "round": comment_round, "paper": comment_round.paper, "form": form}
    context |= {"passage": passage, "text": text, "now": timezone.now()}
    # As the comparison of two texts asks who saved the other one, and when.
    context["saved"] = {"changed_by": found.written_by, "changed_at": found.written_at}
    status = 422 if request.method == "POST" else 200
    if form.is_bound and form.cleaned_data.get("version") not in (None, found.version):
        context["differences"], status = form.differences(found), 409
    return render(request, "consultations/comment_edit.html", context, status=status)


def can_be_changed(found):
    return found.status == Comment.Status.OPEN and found.round.is_open(timezone.now())


def consent(request, key):
    """Change to whom a comment is shown, and with which name: it counts everywhere at once."""
    found = own(request, key)
    form = CommentConsentForm(request.POST or None, comment=found)
    if request.method == "POST" and form.carry_out(acts.choose_consent, found, by=request.user):
        messages.success(request, _("It is changed, and counts everywhere from now on."))
        return redirect(form.result)
    context = {"comment": found, "paper": found.round.paper, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "consultations/comment_consent.html", context, status=status)


def withdraw(request, key):
    """Ask once more, then take a comment back with every word of it."""
    found = own(request, key)
    if request.method != "POST":
        context = {"comment": found, "paper": found.round.paper}
        return render(request, "consultations/comment_withdraw.html", context)
    found = acts.withdraw(found, by=request.user)
    messages.success(request, _("The comment is withdrawn, and its words are deleted."))
    return redirect("consultations:own-comments")


@require_safe
def own_comments(request):
    """All that one's own organizations said of drafts, and what became of each, the newest first."""
    rows = Comment.objects.visible_to(request.reader)
    rows = rows.filter(organization__in=request.reader.organizations.keys()).as_rows()
    page = Paginator(rows.order_by("-written_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "consultations/own_comments.html", {"page": page})
