"""The reading room: those who read for a call filter its inputs, sort them under themes, and mark them."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, Func, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext

from consultations import likeness
from consultations.forms.inputs import InputFilters, TagForm
from consultations.models import Call, Contribution, Input, Question, Theme
from consultations.operations import inputs as acts
from consultations.permissions import can_edit, can_read_for
from portal.models import Objective, Region
from portal.permissions import require

PER_PAGE = 25


def room(request, key):
    """All that was given to a call, narrowed by what the address asks; a button acts on what is ticked."""
    found = get_object_or_404(Call.objects.visible_to(request.reader), key=key)
    require(can_read_for(request.user, found))
    filters, rows = narrowed(request, found)
    themes = Theme.objects.visible_to(request.reader).filter(call=found)
    form = TagForm(request.POST or None, themes=themes, auto_id="put_%s")
    if request.method == "POST" and carry_out(request, found, form):
        return redirect(f"{request.path}?{request.GET.urlencode()}")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    similar = likeness.of(page.object_list)
    context = {
        "call": found,
        "filters": filters,
        "page": page,
        "rows": [(row, len(similar[row.pk])) for row in page.object_list],
        "form": form,
        "themes": themes.annotate(input_count=Count("inputs")).order_by("-input_count", "pk"),
        "standing": standing(request.reader, found),
        "chosen": chosen(request.reader, found),
        "can_edit": can_edit(request.user, found),
        "ticked": set(request.POST.getlist("input")),
    }
    return render(request, "consultations/reading.html", context, status=422 if form.is_bound else 200)


def narrowed(request, call):
    """The filters, each offering only what leads to something, and what they let through."""
    rows = (
        Input.objects.visible_to(request.reader)
        .read_by(request.reader)
        .filter(contribution__call=call, chosen=[])
    )
    given = Contribution.objects.visible_to(request.reader).read_by(request.reader).filter(call=call)
    questions = Question.objects.visible_to(request.reader).of(call)
    filters = InputFilters(
        request.GET,
        questions=questions,
        objectives=Objective.objects.filter(questions__call=call).distinct().order_by("number"),
        regions=Region.objects.order_by("code"),
        languages=given.order_by("language").values_list("language", flat=True).distinct(),
        themes=Theme.objects.visible_to(request.reader).filter(call=call).order_by("pk"),
    )
    found = rows.matching(**filters.wanted()).as_rows().with_uses_for(request.reader)
    return filters, found.order_by("question__number", "contribution__sent_at", "pk")


def standing(reader, call):
    """How many contributions there are, and how many of their inputs have come how far."""
    rows = Input.objects.visible_to(reader).read_by(reader).filter(contribution__call=call, chosen=[])
    given = Contribution.objects.visible_to(reader).read_by(reader).filter(call=call)
    return given.aggregate(contributions=Count("pk")) | rows.aggregate(
        inputs=Count("pk", distinct=True),
        unread=Count("pk", filter=Q(read_at=None), distinct=True),
        untagged=Count("pk", filter=Q(themes=None), distinct=True),
    )


def chosen(reader, call):
    """How often each choice was made: [(question, how many answered, [(words, how many)])]."""
    rows = Input.objects.visible_to(reader).read_by(reader).filter(contribution__call=call).exclude(chosen=[])
    counts = rows.annotate(one=Func(F("chosen"), function="unnest")).order_by()
    counted = {
        (row["question"], row["one"]): row["number"]
        for row in counts.values("question", "one").annotate(number=Count("pk"))
    }
    answered = dict(rows.order_by().values_list("question").annotate(number=Count("pk")))
    questions = Question.objects.visible_to(reader).of(call).as_form().filter(pk__in=answered)
    return [
        (
            row,
            answered[row.pk],
            [(words, counted.get((row.pk, name), 0)) for name, words in row.choices(get_language())],
        )
        for row in questions
    ]


def carry_out(request, call, form):
    """Do with the ticked inputs what the button says; False, with what is wrong in the form, where it cannot be."""
    rows = ticked(request, call)
    if "read" in request.POST:
        acts.mark_read(rows, by=request.user)
    elif "follow" in request.POST:
        acts.note(rows, needs_follow_up=request.POST["follow"] == "1", by=request.user)
    elif not form.carry_out(acts.tag, rows, by=request.user):
        return False
    said = ngettext("%(number)s input is marked.", "%(number)s inputs are marked.", len(rows))
    messages.success(request, said % {"number": len(rows)})
    return True


def ticked(request, call):
    """Those of the call's inputs whose boxes are ticked."""
    keys = []
    for word in request.POST.getlist("input"):
        try:
            keys.append(uuid.UUID(word))
        except ValueError:
            continue
    rows = Input.objects.visible_to(request.reader).read_by(request.reader)
    return list(rows.filter(contribution__call=call, key__in=keys))
