"""The postcards of a paper, for those who write it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from consultations.forms.publishing import PostcardForm
from consultations.models import Paper, Postcard
from consultations.operations import postcards as acts
from consultations.permissions import can_write_paper
from portal.permissions import require


def postcards(request, key):
    """All of them in every language, and a form for another one."""
    paper = get_object_or_404(Paper.objects.visible_to(request.reader).as_rows(), key=key)
    require(can_write_paper(request.user, paper))
    form = PostcardForm(request.POST or None, request=request, paper=paper)
    if request.method == "POST" and form.carry_out(acts.add, paper, by=request.user):
        messages.success(request, _("The postcard is added."))
        return redirect("consultations:postcards", key=paper.key)
    rows = Postcard.objects.visible_to(request.reader).filter(paper=paper).select_related("objective")
    context = {
        "paper": paper,
        "form": form,
        "cards": rows.prefetch_related("texts").order_by("position", "pk"),
    }
    return render(request, "consultations/postcards.html", context, status=422 if form.is_bound else 200)


def edit(request, key):
    """Give one other words."""
    card = one(request, key)
    form = PostcardForm(request.POST or None, request=request, paper=card.paper, card=card)
    if request.method == "POST" and form.carry_out(acts.edit, card, by=request.user):
        messages.success(request, _("The postcard is saved."))
        return redirect("consultations:postcards", key=card.paper.key)
    context = {"paper": card.paper, "form": form, "card": card}
    return render(request, "consultations/postcard_edit.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove(request, key):
    """Take one away, with its files."""
    paper = acts.remove(one(request, key), by=request.user)
    messages.success(request, _("The postcard is taken away."))
    return redirect("consultations:postcards", key=paper.key)


def one(request, key):
    rows = Postcard.objects.visible_to(request.reader).select_related("paper").prefetch_related("texts")
    card = get_object_or_404(rows, key=key)
    require(can_write_paper(request.user, card.paper))
    return card
