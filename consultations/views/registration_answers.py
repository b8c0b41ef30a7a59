"""What an organization answers in registering: shown, answered again while registration is open, files handed out."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations.forms.answers import AnswersForm
from consultations.models import Registration, RegistrationAnswer
from consultations.operations import answers
from consultations.permissions import can_change as can_change_registration
from portal import files
from portal.permissions import require


def asks(consultation):
    """What the form of registration asks beside the delegates: questions, and what one agrees to.

    Whoever sees the consultation sees both: what was found by its guard is not guarded anew.
    """
    asked = consultation.asked()
    return {
        "questions": questions(consultation) if asked.questions else [],
        "consent_text": consultation.consent_texts.newest_first().first() if asked.text else None,
    }


def questions(consultation):
    return list(consultation.questions.in_order().asked().as_form())


def given(request, registration):
    """The answers of a registration, in the order of the questions, for whoever may read them."""
    rows = RegistrationAnswer.objects.visible_to(request.reader).filter(registration=registration)
    return list(rows.as_answered())


def can_change(request, registration, now):
    """The lead answers again while registration is open, where something is asked."""
    is_open = registration.consultation.is_open(now)
    may = is_open and can_change_registration(request.user, registration)
    return may and registration.consultation.questions.asked().exists()


def change(request, key):
    """Answer again what was asked in registering."""
    rows = Registration.objects.visible_to(request.reader).select_related("consultation", "organization")
    found = get_object_or_404(rows, key=key)
    require(can_change(request, found, timezone.now()))
    asked = {"questions": questions(found.consultation), "given": given(request, found)}
    form = AnswersForm(
        request.POST or None, request.FILES or None, request=request, registration=found, **asked
    )
    if request.method != "POST" or not form.carry_out(answers.change, found, by=request.user):
        context = {"registration": found, "consultation": found.consultation, "form": form}
        status = 422 if form.is_bound else 200
        return render(request, "consultations/registration_answers.html", context, status=status)
    messages.success(request, _("The answers are changed."))
    return redirect(form.result)


@require_safe
def file(request, key):
    """Hand out a file that answers a question, to the organization that gave it and to who coordinates."""
    rows = RegistrationAnswer.objects.visible_to(request.reader).filter(file__isnull=False)
    return files.answer(request, get_object_or_404(rows.select_related("file"), key=key).file)
