"""When something is over for whoever registered for it or answered it: then the time runs for which answers are kept."""

from django.db.models import Exists, OuterRef, Q

from consultations.models.calls import Call
from consultations.models.consultations import Consultation
from consultations.models.meetings import Meeting
from portal.models import ended_before
from portal.models.records import not_begun_after

MEETINGS = Meeting.objects.filter(consultation=OuterRef("pk"))


def consultations_over(moment):
    """The consultations that were over before a moment, with their process.

    Where the end of the process is not known, and it is not the current one, the consultation's own end counts; what
    has no date at all is never over.
    """
    is_over = ended_before(moment.date(), "process__") | (_process_without_end() & _met_or_dated())
    return _all_behind(moment).filter(is_over)


def held_before(moment):
    """The consultations of which every date that is known, and one is, lies before a moment, whatever their process."""
    return _all_behind(moment).filter(_met_or_dated())


def calls_over(moment):
    """The calls that were over before a moment, with their process and their consultation."""
    rows = Call.objects.filter(
        _past(moment), Q(consultation__isnull=True) | Q(consultation__in=consultations_over(moment))
    )
    return rows.filter(
        ended_before(moment.date(), "process__")
        | (_process_without_end() & (_dated() | Q(consultation__isnull=False)))
    )


def _all_behind(moment):
    """The consultations of which no date that is known lies ahead of the moment, those of their meetings included."""
    later = Q(ends_at__gte=moment) | Q(ends_at__isnull=True, starts_at__gte=moment)
    return Consultation.objects.filter(_past(moment), ~Exists(MEETINGS.filter(later)))


def _met_or_dated():
    return _dated() | Exists(MEETINGS.filter(starts_at__isnull=False))


def _past(moment):
    """No date that is known of it lies ahead of the moment."""
    closed = Q(closes_at__isnull=True) | Q(closes_at__lt=moment)
    return closed & not_begun_after(moment.date()) & (Q(ends_on__isnull=True) | ended_before(moment.date()))


def _dated():
    return Q(closes_at__isnull=False) | Q(ends_on__isnull=False)


def _process_without_end():
    return Q(process__isnull=True) | Q(process__ends_on__isnull=True, process__is_current=False)
