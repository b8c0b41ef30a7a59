"""What is urgent: coordinators ask for some time, each organization marks up to so many themes."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from consultations.models import Priority, Theme
from consultations.notifications import UrgentAsked
from portal import clock
from portal.errors import Refused
from portal.notifications import notify
from portal.operations import log, publication, records


@transaction.atomic
def ask(call, *, themes, most, until, by):
    """Ask organizations which of these themes are urgent, each for as many as it may mark; they are told once."""
    call, now = records.lock(call), clock.now()
    if until <= now:
        raise Refused(_("Set a deadline that lies ahead first."), "until")
    if len(themes) <= most:
        raise Refused(_("Offer more themes than one may mark: else there is nothing to choose."), "themes")
    used = Priority.objects.filter(call=call, place__gt=most)
    if used.exists():
        raise Refused(_("Somebody has marked more themes already."), "most")
    _show(call, themes, by=by)
    is_new = call.urgent_most is None
    call.urgent_most, call.urgent_until = most, until
    call.save(update_fields=["urgent_most", "urgent_until"])
    log.record("asked what is urgent", call, by=by)
    if is_new:
        notify(UrgentAsked, call, by=by)
    return call


@transaction.atomic
def mark(call, *, organization, themes, by):
    """Mark the themes that are urgent for an organization, in place of those that it marked before."""
    now = clock.now()
    call = records.lock(call)
    if not call.asks_what_is_urgent(now):
        raise Refused(_("What is urgent is not asked now."))
    if not call.admits(organization):
        raise Refused(_("This organization cannot answer this call."), "organization")
    if any(theme.call_id != call.pk or theme.status != Theme.Status.PUBLISHED for theme in themes):
        raise Refused(_("One of these themes is not offered any more."), "themes")
    if len(themes) > call.urgent_most:
        raise Refused(
            ngettext_lazy("Mark at most %(number)s theme.", "Mark at most %(number)s themes.", "number")
            % {"number": call.urgent_most},
            "themes",
        )
    Priority.objects.filter(call=call, organization=organization).delete()
    Priority.objects.bulk_create(
        Priority(call=call, organization=organization, theme=theme, place=place, marked_by=by)
        for place, theme in enumerate(themes, 1)
    )
    log.record("marked what is urgent", organization, by=by)
    return call


def _show(call, themes, *, by):
    """Publish the themes that are offered; those that are not offered any more lose what was marked."""
    for theme in themes:
        if theme.status != Theme.Status.PUBLISHED:
            records.publish(theme, by=by)
    gone = Theme.objects.filter(call=call, status=Theme.Status.PUBLISHED).exclude(
        pk__in=[theme.pk for theme in themes]
    )
    for theme in gone:
        if theme.priorities.exists():
            raise Refused(_("Somebody has marked a theme that you took away."), "themes")
        records.withdraw(theme, by=by)
    publication.changed(call)
