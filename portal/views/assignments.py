"""A coordinator gives a text to somebody who translates it, and takes it back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from portal import translating
from portal.forms.assignments import AssignmentForm, TakeBackForm
from portal.operations import assignments
from portal.permissions import can_coordinate, require
from portal.views import translations


def give(request, name, key, language):
    """Give a text to one of those who may translate it; where somebody has it, say who, and offer to take it back."""
    source, found = one(request, name, key, language)
    if request.method != "POST":
        return page(request, source, found, language)
    form = AssignmentForm(request.POST, request=request, people=assignments.able(found, source, language))
    if form.carry_out(assignments.give, found, source=source, language=language, by=request.user):
        messages.success(request, _("The text is given. The person is told."))
        return redirect(form.result)
    return page(request, source, found, language, form=form)


@require_POST
def take_back(request, name, key, language):
    """Take a text back from whom it was given to."""
    source, found = one(request, name, key, language)
    form = TakeBackForm(request.POST)
    if form.carry_out(assignments.take_back, found, by=request.user):
        messages.success(request, _("The text is taken back. The person is told."))
        return redirect("translation-give", name, key, language)
    return page(request, source, found, language, taking=form)


def one(request, name, key, language):
    """The source of an address and its thing, if this person may give it to others."""
    source, found = translations.one(request, name, key, language)
    require(can_coordinate(request.user, found))
    return source, found


def page(request, source, found, language, form=None, taking=None):
    """Who has it, or who may get it."""
    assignment = translating.given(source, language, [found]).get(found.pk)
    is_within = assignment is not None and assignment.source != source.name
    # A refusal is said here where its form is not shown again: there is nothing to give, or nothing to take back.
    reasons = []
    if form is not None and assignment is not None:
        reasons = form.non_field_errors() or [assignments.HELD]
    elif taking is not None and (assignment is None or is_within):
        reasons = taking.non_field_errors()
    for reason in reasons:
        messages.error(request, reason)
    if is_within:
        return redirect(translating.of(source.whole).giving(source.whole_of(found), language))
    if form is None and assignment is None:
        form = AssignmentForm(request=request, people=assignments.able(found, source, language))
    is_refused = taking is not None or (form is not None and form.is_bound)
    context = {
        "source": source,
        "found": found,
        "title": source.title(found, get_language()),
        "language": language,
        "address": source.address(found, language),
        "assignment": assignment,
        "form": form,
        "taking": taking or TakeBackForm(initial={"assignment": assignment and assignment.key}),
    }
    return render(request, "portal/translation_give.html", context, status=422 if is_refused else 200)
