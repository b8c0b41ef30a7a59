"""What people choose to be told, and how: by kind, and within a kind by objective."""

from django.db import transaction

from portal.models import Choice
from portal.operations import log

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
def choose_all(recipient, *, by, **hows):
    """Decide how a recipient is told of every kind at once: {name of the kind: how}."""
    for name, how in hows.items():
        Choice.objects.update_or_create(recipient=recipient, kind=name, objective=None, defaults={"how": how})
    log.record("choices of messages changed", recipient, by=by)
    return recipient


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
