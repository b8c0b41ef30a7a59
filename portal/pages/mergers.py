"""Coordinators look at two records of one organization side by side, and make one of both."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal import proofs
from portal.forms.mergers import MergerForm
from portal.models import Organization
from portal.operations import mergers
from portal.pages import history, likenesses
from portal.pages.desk import judged
from portal.permissions import can_coordinate, require

MOST = 20  # of those that a word finds


@require_safe
def choose(request, key):
    """Choose which organization this one is merged into: one that looks like it, or one that is looked for by name."""
    former = _found(request, key)
    words = request.GET.get("words", "").strip()[:200]
    others = Organization.objects.visible_to(request.reader).exclude(pk=former.pk)
    named = others.named(words, request.reader).order_by("folded_name", "pk")[:MOST] if words else []
    alike = [likeness.organization for likeness in former.likenesses]
    context = {"organization": former, "alike": alike, "words": words, "named": named}
    return render(request, "portal/merger_choose.html", context)


def merge(request, key, into):
    """Show both, what would go over and what stands in the way; then make one of both."""
    rows = Organization.objects.visible_to(request.reader)
    done = rows.filter(mergers__key=key).first()
    if done is not None:
        require(can_coordinate(request.user))
        return redirect("desk-organization", key=done.key)
    former, other = _found(request, key), _found(request, into)
    proofs.require(request, back_to=request.path)
    form = MergerForm(
        request.POST or None, request=request, initial={"before": mergers.standing(former, other)}
    )
    if form.is_bound and form.carry_out(mergers.merge, former, into=other, by=request.user):
        messages.success(request, _("Both are one organization now, and its people are told."))
        return redirect("desk-organization", key=other.key)
    status = 422 if form.is_bound else 200
    context = compared(former, other, form, request.reader)
    return render(request, "portal/merger.html", context, status=status)


def compared(former, other, form, reader):
    """What a coordinator looks at before: both, what goes over, what both have, or why it cannot be."""
    twice = mergers.conflicts(former, other)
    return {
        "former": former,
        "organization": other,
        "why_not": mergers.why_not(former, other),
        "can_be_turned": mergers.why_not(other, former) is None,
        "conflicts": history.places(twice, reader),
        "brought": mergers.brought(former, reader),
        "form": form,
    }


def _found(request, key):
    """An organization as coordinators see it, beside what looks like it; 404 or 403 for everybody else."""
    rows = judged(Organization.objects.visible_to(request.reader), request.reader)
    found = get_object_or_404(rows, key=key)
    require(can_coordinate(request.user))
    likenesses.mark([found], request.reader)
    return found
