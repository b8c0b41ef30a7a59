"""Fictitious contents that show how the portal works: clearly marked, in four languages, with dates around today.

They ship in portal/reference/samples/. A load on a later day moves their dates along, so that there is always
something to register for; what people changed stays. Nobody is told of a load.
"""

from dataclasses import dataclass

from django.db import connection, transaction

from consultations.models import AccreditationTrack, Call, Consultation
from consultations.operations import (
    sample_contributions,
    sample_meetings,
    sample_papers,
    sample_people,
    sample_questions,
    sample_rows,
    sample_sections,
)
from portal import clock
from portal.models import Notice, Phase, Process
from portal.operations import reference
from resources.models import Campaign, Document, Practice, ResourcePage

LOCK = 8_027_305_412  # any number that nothing else locks


@dataclass(frozen=True)
class Account:
    """Somebody as whom one can sign in to try the portal."""

    role: str
    address: str
    language: str
    can: str


def accounts():
    """One Account for each role, in the order in which they are printed."""
    for address, person in sample_rows.story()["people"].items():
        if "can" in person:
            yield Account(sample_people.role_of(person), address, person["language"], person["can"])


ACCOUNTS = tuple(accounts())

# In an order in which whatever others refer to comes first.
MODELS = {
    "processes": Process,
    "phases": Phase,
    "tracks": AccreditationTrack,
    "consultations": Consultation,
    "documents": Document,
    "pages": ResourcePage,
    "practices": Practice,
    "campaigns": Campaign,
    "calls": Call,
}


@transaction.atomic
def load(*, today=None, by=None):
    """Bring the samples in step with a day; returns the names of those that were made or changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if not reference.is_loaded():
        reference.load(by=by)
    last_notice = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    shelf = sample_rows.Shelf(today or clock.now().date())
    sample_people.bring_people(shelf)
    sample_people.bring_organizations(shelf)
    for sort, model in MODELS.items():
        for name, facts in shelf.story[sort].items():
            sample_rows.bring(shelf, model, name, facts)
    for name, facts in shelf.story["pages"].items():
        sample_sections.bring(shelf, name, facts)
    for name, facts in shelf.story["consultations"].items():
        sample_meetings.bring(shelf, name, facts["meetings"])
    for name, asked in shelf.story["questions"].items():
        sample_questions.bring(shelf, name, asked)
    for name, told in shelf.story["contributions"].items():
        sample_contributions.bring(shelf, name, told)
    for name, told in shelf.story["papers"].items():
        sample_papers.bring(shelf, name, told)
    sample_people.give_roles(shelf)
    sample_people.bring_registrations(shelf)
    # Those who act here are nobody: what the operations would tell of it is taken back before anybody is told.
    Notice.objects.filter(pk__gt=last_notice, created_by__in=shelf.people.values()).delete()
    return shelf.changed
