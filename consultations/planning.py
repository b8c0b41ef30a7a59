"""What a meeting needs: how many delegates listen in which language, with which access needs."""

from dataclasses import dataclass, field

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from consultations.models import Delegate, Registration
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

    @property
    def total(self):
        return sum(rows for _status, _label, rows, _delegates in self.states)


def of(consultation):
    """The plan of a consultation in three queries, whatever its size; needs are counted among the confirmed."""
    counted = consultation.registrations.order_by().values("status")
    counted = {
        row["status"]: (row["rows"], row["delegates"])
        for row in counted.annotate(rows=Count("pk"), delegates=Sum("delegates_count"))
    }
    states = [
        (status.value, status.label, *counted[status]) for status in Registration.Status if status in counted
    ]
    return Plan(states, _listeners(consultation))


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
