"""What people choose to be told, and how: by kind, and within a kind by objective."""

from django.db import transaction

from portal.models import Choice
from portal.notifications import DigestGathered, registry
from portal.operations import log

SUMMED = {Choice.How.DAILY, Choice.How.WEEKLY}
# Where several objectives of a thing ask for different ways, the one that tells soonest wins.
SOONEST = {how: place for place, how in enumerate(Choice.How.values)}


@transaction.atomic
def choose(recipient, kind, *, how, objective=None, by):
    """Decide how a recipient is told of a kind, or of a kind on one objective."""
    choice, _made = Choice.objects.update_or_create(
        recipient=recipient, kind=kind.name, objective=objective, defaults={"how": how}
    )
    log.record("choice of messages changed", recipient, by=by)
    return choice


@transaction.atomic
def choose_all(recipient, *, quiet_days=(), by, **hows):
    """Decide how a recipient is told of every kind, {name of the kind: how}, and on which days of the week not at all."""
    for name, how in hows.items():
        Choice.objects.update_or_create(recipient=recipient, kind=name, objective=None, defaults={"how": how})
    if SUMMED & set(hows.values()):
        # Whoever asks for a summary again wants it sent, although one was stopped before.
        Choice.objects.filter(recipient=recipient, kind=DigestGathered.name).delete()
    recipient.quiet_days = sorted(int(day) for day in quiet_days)
    recipient.save(update_fields=["quiet_days"])
    log.record("choices of messages changed", recipient, by=by)
    return recipient


@transaction.atomic
def forget(recipient, choice, *, by):
    """Let what was chosen for a kind as a whole hold again for an objective; `choice` is the id of the exception."""
    rows = recipient.choices.filter(objective__isnull=False)
    if str(choice).isdecimal() and rows.filter(pk=choice).delete()[0]:
        log.record("choice of messages withdrawn", recipient, by=by)


def exceptions(recipient):
    """What was chosen for single objectives: [(choice, kind)]."""
    rows = recipient.choices.filter(objective__isnull=False).select_related("objective")
    rows = rows.order_by("objective__number", "kind")
    return [(row, registry[row.kind]) for row in rows if row.kind in registry]


def chosen(kind, thing, recipients):
    """How each of these recipients (ids) wants to be told of the thing: {id: how}, the rest at once."""
    if not kind.can_be_left:
        return {}
    objectives = thing.objectives.values_list("pk", flat=True) if hasattr(thing, "objectives") else ()
    rows = Choice.objects.filter(recipient__in=recipients, kind=kind.name)
    found, particular = {}, {}
    for recipient, objective, how in rows.values_list("recipient", "objective", "how"):
        if objective is None:
            found[recipient] = how
        elif objective in objectives:
            soonest = particular.get(recipient, how)
            particular[recipient] = min(how, soonest, key=SOONEST.__getitem__)
    return found | particular
