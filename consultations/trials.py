"""Who would move: how the line before a consultation stands before a change and after it."""

import hashlib
from dataclasses import dataclass

from consultations.models import Consultation, Registration


@dataclass(frozen=True)
class Move:
    """A registration that stands otherwise than before, with how many places."""

    registration: Registration
    was: str
    becomes: str
    places: int


@dataclass(frozen=True)
class Trial:
    """All that a change would move, and how full it would be then."""

    moves: list
    consultation: Consultation
    quotas: list

    @property
    def digest(self):
        """Another if anything else would move: what was shown is what is done, or it is shown again."""
        told = sorted((move.registration.pk, move.becomes, move.places) for move in self.moves)
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def standing(consultation):
    """How each registration that counts stands: {id: (status, places)}."""
    rows = consultation.registrations.held().values_list("pk", "status", "delegates_count")
    return {pk: (status, places) for pk, status, places in rows}


def compared(consultation, before):
    """What has moved since it stood so."""
    after = standing(consultation)
    moved = {pk for pk, now in after.items() if now != before.get(pk)}
    rows = Registration.objects.filter(pk__in=moved).select_related("organization").order_by("seq")
    moves = [
        Move(row, Registration.Status(before[row.pk][0]).label, row.get_status_display(), row.delegates_count)
        for row in rows
    ]
    now = Consultation.objects.get(pk=consultation.pk)
    return Trial(moves, now, list(now.quotas.order_by("pk")))
