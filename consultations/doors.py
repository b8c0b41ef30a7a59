"""Which doors of a process are one's own: what is known of each, weighed against a few plain answers."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from consultations.models import AccreditationTrack

Purpose = AccreditationTrack.Purpose


@dataclass(frozen=True)
class Answers:
    """What somebody said of her organization and of what it wants; what was left open narrows nothing."""

    constituency: str = ""
    has_status: str = ""
    was_earlier: str = ""
    wants: tuple = ()


@dataclass
class Door:
    """A door as it stands for these answers: "fits", "may" or "not", with what speaks against it."""

    track: AccreditationTrack
    fit: str
    against: list = field(default_factory=list)
    lacks: list = field(default_factory=list)  # what is wanted and this door does not lead to
    notes: list = field(default_factory=list)


def weigh(track, answers):
    """How a door stands for these answers: what is not known of it, or was not answered, stays open."""
    checks = {
        _("It is for others than you."): _among(track.constituencies, answers.constituency),
        _("It depends on consultative status, and your answer differs."): _same(
            track.needs_status, answers.has_status
        ),
        _("It depends on an earlier accreditation, and your answer differs."): _same(
            track.needs_earlier, answers.was_earlier
        ),
        _("It does not lead to what you want to do."): _leads(track.leads_to, answers.wants),
    }
    against = [words for words, agrees in checks.items() if agrees is False]
    known = [track.constituencies, track.needs_status, track.needs_earlier, track.leads_to]
    is_sure = any(known) and all(
        agrees for agrees, value in zip(checks.values(), known, strict=True) if value
    )
    fit = "not" if against else "fits" if is_sure else "may"
    lacks = [
        Purpose(value).label for value in answers.wants if track.leads_to and value not in track.leads_to
    ]
    return Door(track, fit, against, lacks if fit != "not" else [])


def _among(known, said):
    return said in known if known and said else None


def _same(known, said):
    return known == said if known and said else None


def _leads(known, wanted):
    return bool(set(known) & set(wanted)) if known and wanted else None
