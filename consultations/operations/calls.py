"""Calls: drafted, announced, opened for contributions within a window, closed; their openings told once."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from consultations.models import Call, CallInvitation
from consultations.notifications import CallMissing, CallOpened
from portal import clock, dates
from portal.errors import Refused
from portal.notifications import notify
from portal.operations import log, publication, records

MOST = 200  # openings told by one sweep: the next takes the others
MOST_TIMES, APART = (
    2,
    timedelta(hours=48),
)  # how often, and how far apart, somebody is asked who has not answered


@transaction.atomic
def create(model=Call, *, by, **values):
    """Draft a call from its facts and its texts per language."""
    return records.create(model, **_checked(model(), values), by=by)


@transaction.atomic
def edit(call, *, by, **values):
    """Change a call from the version that was shown; a deadline that moves keeps what it was."""
    if call.status == Call.Status.OPEN and not values.get("closes_at", call.closes_at):
        raise Refused(_("Set a deadline: organizations must know until when they can answer."), "closes_at")
    return records.edit(call, **_checked(call, values), by=by)


publish, withdraw = records.publish, records.withdraw


@transaction.atomic
def open_for_answers(call, *, by):
    """Take contributions from now, or from the moment that is set; who may answer is told when it opens."""
    call, now = records.lock(call), clock.now()
    call.move_to(Call.Status.OPEN)
    if words := why_not_open(call, now):
        raise Refused(words)
    call.make_slug()
    call = _moved_on(call, "opened", by=by)
    if call.is_open(now):
        _tell(call, by=by)
    return call


@transaction.atomic
def close(call, *, by):
    """Take no more contributions; from now those who may read them do, as far as each organization consents."""
    call = records.lock(call)
    call.move_to(Call.Status.CLOSED)
    return _moved_on(call, "closed", by=by)


@transaction.atomic
def invite_missing(call, *, organizations, by):
    """Ask organizations that have not answered to do so: each at most twice, and not two days running."""
    call, now = records.lock(call), clock.now()
    if not call.is_open(now):
        raise Refused(_("This call is closed."))
    invited = CallInvitation.objects.filter(call=call)
    lately = set(invited.filter(invited_at__gt=now - APART).values_list("organizations", flat=True))
    counted = invited.values_list("organizations").annotate(times=Count("pk"))
    often = {pk for pk, times in counted if times >= MOST_TIMES}
    due = [row for row in organizations if row.pk not in lately | often]
    if not due:
        raise Refused(_("All of them were asked already, in the last two days or twice."))
    made = CallInvitation.objects.create(call=call, invited_by=by)
    made.organizations.set(due)
    log.record("missing organizations invited", call, by=by)
    notify(CallMissing, made, by=by)
    return made


def why_not_open(call, at):
    """What is missing before a call can be opened, in words; None if nothing is."""
    if not call.text("title", call.original_language):
        return _("Give it a title in its original language first.")
    if not call.questions.asked().exists():
        return _("Ask at least one question first.")
    if call.closes_at is None or call.closes_at <= at:
        return _("Set a deadline that lies ahead first.")
    return None


def tell_opened():
    """Tell of the calls that have opened by their clock, each in a transaction of its own; return how many."""
    for done in range(MOST):
        if not _tell_one():
            return done
    return MOST


@transaction.atomic
def _tell_one():
    due = Call.objects.taking(clock.now()).filter(told_at__isnull=True).order_by("opens_at", "pk")
    call = due.select_for_update(of=["self"], skip_locked=True).first()
    if call is not None:
        _tell(call, by=None)
    return call is not None


def _tell(call, *, by):
    """Once only: a call that is opened again is news to nobody."""
    if call.told_at is None:
        call.told_at = clock.now()
        Call.objects.filter(pk=call.pk).update(told_at=call.told_at)
        notify(CallOpened, call, by=by)


def _moved_on(call, what, *, by):
    call.changed_by = by
    call.save()
    publication.changed(call)
    log.record(f"call {what}", call, by=by)
    return call


def _checked(call, values):
    """The facts, if they go together; the days of a call are those of its window, in lists and on calendars."""
    _refuse_what_does_not_fit(lambda name: values.get(name, getattr(call, name)))
    for day, moment in (("begins_on", "opens_at"), ("ends_on", "closes_at")):
        if values.get(moment) is not None:
            zone = dates.zone_of(values.get("time_zone", call.time_zone))
            values[day] = values[moment].astimezone(zone).date()
            values[f"{day[:-3]}_precision"] = "day"
    return values


def _refuse_what_does_not_fit(fact):
    opens, closes, access = fact("opens_at"), fact("closes_at"), fact("access")
    if opens and closes and closes <= opens:
        raise Refused(_("It cannot close before it opens."), "closes_at")
    if fact("takes_strangers") and access != Call.Access.PUBLIC:
        raise Refused(_("People without account can answer only what everybody sees."), "takes_strangers")
    if fact("answerers") == Call.Answerers.PARTICIPANTS and fact("consultation") is None:
        raise Refused(_("Say to which consultation it belongs."), "consultation")
    reach = [Call.Shows.NOBODY, Call.Shows.MEMBERS, Call.Shows.PUBLIC]
    widest = {Call.Access.PUBLIC: 2, Call.Access.MEMBERS: 1, Call.Access.INVITED: 0}[access]
    if reach.index(fact("shows")) > widest:
        raise Refused(_("The contributions cannot be shown to more readers than the call itself."), "shows")
