"""Coordinators build what a consultation or a call asks: question by question, in order, seen as others see it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consultations.forms.answers import AsksQuestions, condition
from consultations.forms.questions import QuestionForm
from consultations.models import Call, Consultation, Question
from consultations.operations import questions
from consultations.permissions import can_edit
from portal.permissions import require

OWNERS = {"consultation": Consultation, "call": Call}
ACTS = {
    "up": (questions.move_up, _("The question is asked earlier now.")),
    "down": (questions.move_down, _("The question is asked later now.")),
    "remove": (questions.remove, _("The question is not asked any more.")),
    "again": (questions.ask_again, _("The question is asked again.")),
}


@require_safe
def listing(request, key, of):
    """What is asked, in order, what was asked before, and the form as an organization sees it."""
    owner = owner_of(request, key, of)
    rows = list(Question.objects.visible_to(request.reader).of(owner).as_form().select_related("objective"))
    asked = [row for row in rows if row.is_asked]
    context = {
        "owner": owner,
        "is_consultation": of == "consultation",
        "address_of_new": reverse(f"consultations:{of}-question-new", args=[owner.key]),
        "asked": [(row, *condition(row)) for row in asked],
        "retired": [row for row in rows if not row.is_asked],
        "form": AsksQuestions(questions=asked),
    }
    return render(request, "consultations/questions.html", context)


def new(request, key, of):
    """Ask one more thing, after all others."""
    owner = owner_of(request, key, of)
    asked = {"request": request, "owner": owner, "earlier": chosen_from(request, owner)}
    form = QuestionForm(request.POST or None, **asked)
    if QuestionForm.is_rearranged(request.POST):
        form = QuestionForm(initial=form.rearranged(), **asked)
    elif request.method == "POST" and form.carry_out(questions.add, owner, by=request.user):
        messages.success(request, _("The question is added."))
        return redirect(form.result)
    back = reverse(f"consultations:{of}-questions", args=[owner.key])
    return page(request, owner, form, back=back)


def edit(request, key):
    """Change a question; what somebody saved meanwhile is not overwritten: both texts are shown."""
    found = question_of(request, key)
    earlier = [row for row in chosen_from(request, found.owner) if row.number < found.number]
    asked = {"request": request, "owner": found.owner, "question": found, "earlier": earlier}
    form = QuestionForm(request.POST or None, **asked)
    if QuestionForm.is_rearranged(request.POST):
        form = QuestionForm(initial=form.rearranged(), **asked)
    elif request.method == "POST" and form.carry_out(questions.change, found, by=request.user):
        messages.success(request, _("The question is changed."))
        return redirect(form.result)
    found = question_of(request, key)
    differences = None
    if form.is_bound and form.cleaned_data.get("version") not in (None, found.version):
        differences = form.differences(found)
    return page(
        request, found.owner, form, back=found.get_absolute_url(), question=found, differences=differences
    )


@require_POST
def act(request, key, act):
    """Move a question, ask it no more, or ask it again."""
    found = question_of(request, key)
    operation, said = ACTS[act]
    operation(found, by=request.user)
    messages.success(request, said)
    return redirect(found)


def page(request, owner, form, *, back, question=None, differences=None):
    context = {"owner": owner, "form": form, "back": back, "question": question, "differences": differences}
    context["is_answered"] = question is not None and questions.is_answered(question)
    status = (409 if differences else 422) if form.is_bound else 200
    return render(request, "consultations/question_edit.html", context, status=status)


def owner_of(request, key, of):
    """The consultation or the call, for who coordinates it."""
    found = get_object_or_404(OWNERS[of].objects.visible_to(request.reader), key=key)
    require(can_edit(request.user, found))
    return found


def question_of(request, key):
    rows = (
        Question.objects.visible_to(request.reader)
        .as_form()
        .select_related("consultation", "call", "changed_by")
    )
    found = get_object_or_404(rows, key=key)
    require(can_edit(request.user, found.owner))
    return found


def chosen_from(request, owner):
    """The questions whose answers another one may depend on."""
    rows = Question.objects.visible_to(request.reader).of(owner).asked()
    return list(rows.filter(kind__in=Question.CHOSEN).as_form())
