"""What a meeting needs: how many delegates listen in which language, with which access needs."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations.models import Delegate, Question, Registration, RegistrationAnswer
from portal.templatetags.portal import language_name, list_text

COLUMNS = [
    _("Order"),
    _("Organization"),
    _("State"),
    _("Place in line"),
    _("Full name"),
    _("E-mail address"),
    _("Language of messages"),
    _("Interpretation"),
    _("Access needs"),
    _("Other needs"),
]


@dataclass
class Listeners:
    """Delegates who need the same interpretation (none, if the code is empty), and their access needs."""

    language: str
    count: int = 0
    needs: dict = field(default_factory=dict)

    @property
    def said_needs(self):
        """[(label, number)] of each access need that somebody has."""
        return [(Delegate.Need(need).label, number) for need, number in sorted(self.needs.items())]


@dataclass
class Plan:
    """A consultation's registrations, counted."""

    states: list  # [(status, label, registrations, delegates)]
    listeners: list
    answers: list  # [(question, [(what could be chosen, organizations that chose it)])]

    @property
    def total(self):
        return sum(rows for _status, _label, rows, _delegates in self.states)


def of(consultation):
    """The plan of a consultation in a few queries, whatever its size; the confirmed alone need and choose something."""
    counted = consultation.registrations.order_by().values("status")
    counted = {
        row["status"]: (row["rows"], row["delegates"])
        for row in counted.annotate(rows=Count("pk"), delegates=Sum("delegates_count"))
    }
    states = [
        (status.value, status.label, *counted[status]) for status in Registration.Status if status in counted
    ]
    return Plan(states, _listeners(consultation), _answers(consultation))


def _listeners(consultation):
    confirmed = Delegate.objects.filter(
        registration__consultation=consultation, registration__status=Registration.Status.CONFIRMED
    )
    found = {}
    for code, needs, count in (
        confirmed.order_by().values_list("interpretation", "needs").annotate(Count("pk"))
    ):
        listeners = found.setdefault(code, Listeners(code))
        listeners.count += count
        for need in needs:
            listeners.needs[need] = listeners.needs.get(need, 0) + count
    return sorted(found.values(), key=lambda row: (not row.language, -row.count, row.language))


def _answers(consultation):
    """How many organizations chose what, question by question."""
    rows = RegistrationAnswer.objects.filter(
        registration__consultation=consultation, registration__status=Registration.Status.CONFIRMED
    )
    counted = Counter()
    for question, chosen, number in (
        rows.exclude(chosen=[]).order_by().values_list("question", "chosen").annotate(Count("pk"))
    ):
        counted.update({(question, key): number for key in chosen})
    asked = Question.objects.of(consultation).filter(pk__in={question for question, _key in counted})
    return [
        (question, [(label, counted[question.pk, key]) for key, label in question.choices(get_language())])
        for question in asked.as_form()
    ]


def lines(registration, language, answered=()):
    """The cells of a registration in a spreadsheet, a line for each delegate, each with what was `answered`."""
    for delegate in registration.delegates:
        yield [
            registration.seq,
            registration.organization.text("name", language).text,
            registration.get_status_display(),
            registration.line or "",
            delegate.name,
            delegate.email,
            language_name(delegate.language),
            language_name(delegate.interpretation) if delegate.interpretation else "",
            list_text([Delegate.Need(need).label for need in delegate.needs]) if delegate.needs else "",
            delegate.other_needs,
            *answered,
        ]
