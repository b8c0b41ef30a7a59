"""Several registrations at once: confirmed, declined with one reason, written to."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Circular, Registration
from consultations.notifications import CircularSent
from consultations.operations import lines, registrations
from portal.errors import Refused
from portal.notifications import notify
from portal.operations import log

# Which registrations each act concerns.
CONCERNED = {
    "confirm": (Registration.Status.PENDING,),
    "decline": (Registration.Status.PENDING, Registration.Status.WAITLISTED),
    "message": Registration.HELD,
}


@transaction.atomic
def confirm_all(consultation, *, keys, by):
    """Approve these pending registrations in order of arrival; return those that were still pending."""
    rows = _concerned(consultation, "confirm", keys)
    return [registrations.confirm(row, by=by) for row in rows]


@transaction.atomic
def decline_all(consultation, *, keys, reason, by):
    """Decline these registrations, all with the same reason."""
    # The last first: nobody is promoted who is about to be declined.
    rows = _concerned(consultation, "decline", keys)[::-1]
    return [registrations.decline(row, reason=reason, by=by) for row in rows]


@transaction.atomic
def write(consultation, *, keys, subject, words, by):
    """Write to the people of the organizations of these registrations."""
    rows = _concerned(consultation, "message", keys)
    circular = Circular.objects.create(consultation=consultation, subject=subject, words=words, sent_by=by)
    circular.registrations.set(rows)
    log.record("message sent to registered organizations", circular, by=by)
    notify(CircularSent, circular, by=by)
    return circular


def _concerned(consultation, act, keys):
    consultation = lines.lock(consultation)
    rows = consultation.registrations.filter(key__in=keys, status__in=CONCERNED[act])
    rows = list(rows.select_related("consultation", "organization").order_by("seq"))
    if not rows:
        raise Refused(_("None of the registrations that you chose can be treated so any more."))
    return rows
