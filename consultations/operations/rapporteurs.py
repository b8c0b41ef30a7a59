"""Rapporteurs: chosen by the coordinators of a call, to read what was given to it and nothing else."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Call
from portal.errors import Refused
from portal.models import Role
from portal.operations import log, roles


@transaction.atomic
def choose(call, *, email, by):
    """Let a person with an account read what was given to a call; she signs in once more, so that it counts."""
    role = roles.give_by_address(email=email, kind=Role.Kind.RAPPORTEUR, scope=call, by=by)
    log.record("rapporteur chosen", call, by=by)
    return role


@transaction.atomic
def dismiss(call, *, email, by):
    """End that a person reads what was given to a call."""
    role = next((role for role in of(call) if role.user.email == email), None)
    if role is None:
        raise Refused(_("This person does not read for this call."))
    roles.take(role, by=by)
    log.record("rapporteur dismissed", call, by=by)
    return call


def of(call):
    """The roles of those who read for this call alone."""
    kind = ContentType.objects.get_for_model(Call)
    rows = Role.objects.current().filter(kind=Role.Kind.RAPPORTEUR, content_type=kind, object_id=call.pk)
    return rows.select_related("user").order_by("given_at", "pk")
