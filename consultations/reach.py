"""Whom an announcement would reach if it were sent now: how many, in which language, and whom it would not."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from consultations.models.announcements import Words
from consultations.notifications import AnnouncementSent
from portal import languages
from portal.models import Choice, Membership, Recipient
from portal.notifications import people_of
from portal.operations import choices

SAMPLE = 3  # readers of each language


@dataclass
class Readers:
    """The readers of one language: how many, some of them by name, and the words that they get."""

    language: str
    words: Words | None
    count: int
    sample: list = field(default_factory=list)


@dataclass
class Reach:
    """How many organizations and addresses, by what becomes of each."""

    organizations: int
    silent: int  # organizations with nobody whom one could write to
    ends: Counter  # of addresses: "now", "summary", "left", "unreachable"
    readers: list

    @property
    def addresses(self):
        return self.ends.total()

    @property
    def told(self):
        return self.ends["now"] + self.ends["summary"]


def of(announcement):
    """The reach of an announcement, in a number of queries that does not grow with it."""
    organizations = announcement.audience()
    people = _people(organizations)
    chosen = choices.chosen(AnnouncementSent, announcement, [row.pk for row in people])
    ends, told = Counter(), {code: [] for code in languages.CODES}
    for row in people:
        end = _end(row, chosen.get(row.pk))
        ends[end] += 1
        if end in ("now", "summary"):
            told[row.language].append(row.pk)
    names = _names([pk for pks in told.values() for pk in pks[:SAMPLE]])
    readers = [
        Readers(code, announcement.words(code), len(pks), [names[pk] for pk in pks[:SAMPLE]])
        for code, pks in told.items()
    ]
    return Reach(organizations.count(), _silent(organizations), ends, readers)


def _people(organizations):
    """Each address once: where a person shares it with a mailbox, the person's."""
    rows = people_of(organizations).annotate(folded=Lower("address")).order_by("user_id", "pk")
    rows = rows.values_list("pk", "folded", "language", "suppressed_at", named=True)
    return list({row.folded or row.pk: row for row in reversed(rows)}.values())


def _end(row, how):
    if how == Choice.How.NEVER:
        return "left"
    if not row.folded or row.suppressed_at:
        return "unreachable"
    return "summary" if how in choices.SUMMED else "now"


def _names(recipients):
    """Who these are, as one calls them: {id: name}."""
    rows = Recipient.objects.filter(pk__in=recipients).select_related("user", "organization")
    return {row.pk: _name(row) for row in rows}


def _name(recipient):
    if recipient.organization:
        return str(recipient.organization)
    return recipient.user.name or _("A person without a name")


def _silent(organizations):
    has_people = Exists(Membership.objects.filter(organization=OuterRef("pk")))
    return organizations.filter(~has_people, mailbox="").count()
