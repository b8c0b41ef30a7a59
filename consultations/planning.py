"""What a meeting needs: how many delegates listen in which language, with which access needs."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, F, Sum
from django.utils.translation import get_language, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from consultations.models import (
    Attendance,
    Delegate,
    Meeting,
    Question,
    Registration,
    RegistrationAnswer,
)
from portal.templatetags.portal import language_name, list_text

COLUMNS = [
    _("Order"),
    _("Organization"),
    pgettext_lazy("how something stands", "State"),
    _("Place in line"),
    _("Full name"),
    _("E-mail address"),
    _("Language of messages"),
    _("Interpretation"),
    _("Access needs"),
    _("Other needs"),
]

NEEDS = {
    Delegate.Need.CAPTIONS: ngettext_lazy(
        "%(number)s needs live captions", "%(number)s need live captions", "number"
    ),
    Delegate.Need.SIGN: ngettext_lazy(
        "%(number)s needs sign language interpretation",
        "%(number)s need sign language interpretation",
        "number",
    ),
    Delegate.Need.PHONE: ngettext_lazy(
        "%(number)s joins by telephone", "%(number)s join by telephone", "number"
    ),
    Delegate.Need.STEP_FREE: ngettext_lazy(
        "%(number)s needs step-free access", "%(number)s need step-free access", "number"
    ),
}


@dataclass
class Listeners:
    """Delegates who need the same interpretation (none, if the code is empty), and their access needs."""

    language: str
    count: int = 0
    needs: dict = field(default_factory=dict)

    @property
    def said_needs(self):
        """In words, each access need that somebody has, and how many."""
        return [NEEDS[need] % {"number": number} for need, number in sorted(self.needs.items())]


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


def unnamed(consultation):
    """How many places that are held have no name yet."""
    held = consultation.registrations.seated().annotate(named=Count("delegate"))
    return held.aggregate(unnamed=Sum(F("delegates_count") - F("named")))["unnamed"] or 0


@dataclass
class Round:
    """A meeting to which delegates came: how many, in which language, with which needs."""

    meeting: Meeting
    count: int
    listeners: list


def rounds(consultation, reader):
    """The meetings of which attendance was taken, in order, in two queries; those who have left count no more."""
    rows = Attendance.objects.visible_to(reader).filter(meeting__consultation=consultation)
    rows = rows.order_by().values_list("meeting", "delegate__interpretation", "delegate__needs")
    counted = {}
    for meeting, code, needs, count in rows.annotate(Count("pk")):
        counted.setdefault(meeting, []).append((code or "", needs or [], count))
    meetings = Meeting.objects.filter(pk__in=counted).in_order().select_related("repeats")
    return [
        Round(meeting, sum(count for *_what, count in counted[meeting.pk]), _summed(counted[meeting.pk]))
        for meeting in meetings
    ]


def _listeners(consultation):
    confirmed = Delegate.objects.filter(
        registration__consultation=consultation, registration__status=Registration.Status.CONFIRMED
    )
    return _summed(confirmed.order_by().values_list("interpretation", "needs").annotate(Count("pk")))


def _summed(rows):
    """(language, needs, number) summed by language."""
    found = {}
    for code, needs, count in rows:
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
