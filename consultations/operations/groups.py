"""What belongs to a working group: documents and consultations, added and taken away by its coordinators."""

from django.db import transaction

from consultations.models import GroupConsultation, GroupDocument
from portal.operations import log, records


@transaction.atomic
def add_work(group, *, document=None, consultation=None, by):
    """Add a document, a consultation, or both, to a working group."""
    group = records.lock(group)
    if document is not None:
        GroupDocument.objects.get_or_create(group=group, document=document)
    if consultation is not None:
        GroupConsultation.objects.get_or_create(group=group, consultation=consultation)
    log.record("work of a group added", group, by=by)
    return group


@transaction.atomic
def remove_work(group, *, keys, by):
    """Take documents and consultations, known by their keys, away from a working group."""
    group = records.lock(group)
    records.remove(
        GroupDocument.objects.filter(group=group, document__key__in=keys),
        GroupConsultation.objects.filter(group=group, consultation__key__in=keys),
    )
    log.record("work of a group removed", group, by=by)
    return group
