"""One input, with all that is decided about it: its themes, what it says the same as, where it is used."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consultations import likeness
from consultations.forms.inputs import MergeForm, NoteForm, SetAsideForm, TagForm, UseForm
from consultations.models import Input, Theme, Use
from consultations.operations import inputs as acts

FORMS = ("tag", "merge", "use", "aside", "note")


def rows(request):
    """The inputs that this person reads and sorts."""
    return Input.objects.visible_to(request.reader).read_by(request.reader).with_uses_for(request.reader)


@require_safe
def input_(request, key):
    """One input, who gave it, what resembles it."""
    return page(request, get_object_or_404(rows(request).as_rows(), key=key))


def page(request, found, status=200, **bound):
    alike = likeness.of([found])[found.pk]
    similar = rows(request).filter(pk__in=[pk for pk, _likeness in alike]).as_rows().in_bulk()
    merged = rows(request).filter(merged_into=found).as_rows()
    context = {
        "input": found,
        "call": found.contribution.call,
        "similar": [(similar[pk], round(100 * share)) for pk, share in alike if pk in similar],
        "merged": merged.order_by("pk"),
        "into": rows(request).filter(pk=found.merged_into_id).first(),
        **{f"{name}_form": bound.get(name) or form_of(request, found, name) for name in FORMS},
    }
    return render(request, "consultations/input.html", context, status=status)


def form_of(request, found, name, data=None):
    """One of the forms beside an input."""
    if name == "tag":
        themes = Theme.objects.visible_to(request.reader).filter(call=found.contribution.call_id)
        return TagForm(data, themes=themes.exclude(inputs=found).order_by("pk"), prefix=name)
    if name == "merge":
        others = rows(request).filter(question=found.question_id, merged_into=None).exclude(pk=found.pk)
        near = [pk for pk, _likeness in likeness.of([found])[found.pk]]
        return MergeForm(data, inputs=others.filter(pk__in=near), prefix=name)
    if name == "use":
        return UseForm(data, reader=request.reader, prefix=name)
    if name == "aside":
        return SetAsideForm(data, prefix=name)
    return NoteForm(
        data,
        prefix=name,
        initial={"needs_follow_up": found.needs_follow_up, "note": found.note, "shown": found.note},
    )


DONE = {
    "tag": (lambda row, **values: acts.tag([row], **values), _("It stands under the theme.")),
    "merge": (acts.merge, _("It goes on together with the other.")),
    "use": (
        lambda row, **values: acts.use([row], **values),
        _("It is used there; whoever gave it sees so, once the document is published."),
    ),
    "aside": (
        lambda row, **values: acts.set_aside([row], **values),
        _("Whoever gave it sees why it is not used."),
    ),
    "note": (lambda row, **values: acts.note([row], **values), _("The note is kept.")),
}


@require_POST
def decide(request, key, act):
    """Carry out one of the forms beside an input."""
    found = get_object_or_404(rows(request).as_rows(), key=key)
    operation, said = DONE[act]
    form = form_of(request, found, act, request.POST)
    if not form.carry_out(operation, found, by=request.user):
        return page(request, found, status=422, **{act: form})
    messages.success(request, said)
    return redirect(found)


@require_POST
def undo(request, key, act):
    """Take back what needs no words: a theme, a merger, a reason, a use."""
    found = get_object_or_404(rows(request).select_related("contribution"), key=key)
    if act == "part":
        acts.part(found, by=request.user)
    elif act == "take-up":
        acts.set_aside([found], reason="", by=request.user)
    elif act == "read":
        acts.mark_read([found], by=request.user)
    elif act == "unuse":
        use = get_object_or_404(
            Use.objects.visible_to(request.reader).filter(input=found), key=which(request)
        )
        acts.unuse(use, by=request.user)
    else:
        theme = get_object_or_404(
            Theme.objects.visible_to(request.reader).filter(inputs=found), key=which(request)
        )
        acts.untag(found, theme=theme, by=request.user)
    messages.success(request, _("It is changed."))
    return redirect(found)


def which(request):
    """Which of the themes or uses that stand beside the input."""
    try:
        return uuid.UUID(request.POST.get("which", ""))
    except ValueError as no_key:
        raise Http404 from no_key
