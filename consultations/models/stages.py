"""Where a consultation stands at a moment: open now, ahead of us, or behind us."""

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from consultations.models.consultations import Consultation
from consultations.models.meetings import Meeting

# Open by what closes first, ahead by what begins first, behind us the newest first.
ORDER = (
    Case(When(stage="open", then=0), When(stage="ahead", then=1), default=2),
    Case(When(stage="open", then="closes_at")).asc(nulls_last=True),
    Case(When(stage="ahead", then="begins_on")).asc(nulls_last=True),
    F("begins_on").desc(nulls_last=True),
    "-pk",
)


def at(moment):
    """The expression that says "open", "ahead" or "past"."""
    is_open = Q(status=Consultation.Status.OPEN) & _window_stands(moment) & _is_not_behind(moment)
    opens_later = Q(status=Consultation.Status.OPEN, opens_at__gt=moment)
    return Case(
        When(is_open, then=Value("open")),
        When(opens_later | _is_ahead(moment), then=Value("ahead")),
        default=Value("past"),
    )


def _window_stands(at):
    return (Q(opens_at__isnull=True) | Q(opens_at__lte=at)) & (
        Q(closes_at__isnull=True) | Q(closes_at__gt=at)
    )


def _is_not_behind(at):
    """One without deadline is open only while its day has not passed."""
    return Q(closes_at__isnull=False) | Q(begins_on__isnull=True) | _is_dated_ahead(at)


def _is_ahead(at):
    """Something of it is still to come: a meeting, or its day; or it is announced without a day."""
    rows = Meeting.objects.filter(consultation=OuterRef("pk"), cancelled_at__isnull=True)
    meets = Exists(rows.filter(Q(starts_at__gt=at) | Q(ends_at__gt=at)))
    undated = Q(status=Consultation.Status.ANNOUNCED, begins_on__isnull=True, ends_on__isnull=True)
    shown = ~Q(status=Consultation.Status.ARCHIVED)
    return shown & (Q(meets) | _is_dated_ahead(at) | undated)


def _is_dated_ahead(at):
    """Its last day has not passed, a month's or a year's where no more is known."""
    today = at.date()
    month, year = today.replace(day=1), today.replace(month=1, day=1)
    return (
        Q(begins_on__gte=today)
        | Q(ends_on__gte=today)
        | Q(begins_precision="month", begins_on__gte=month)
        | Q(begins_precision="year", begins_on__gte=year)
    )
