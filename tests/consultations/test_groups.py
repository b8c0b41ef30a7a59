"""What belongs to a working group: added and taken away, each once."""

import uuid

import pytest

from consultations.models import GroupConsultation, GroupDocument
from consultations.operations import groups
from portal.errors import Refused
from portal.models import LogEntry
from tests import factories

pytestmark = pytest.mark.django_db


def acts():
    return list(LogEntry.objects.order_by("pk").values_list("act", flat=True))


def work(group):
    documents = GroupDocument.objects.filter(group=group).values_list("document", flat=True)
    return [*documents], [
        *GroupConsultation.objects.filter(group=group).values_list("consultation", flat=True)
    ]


def test_documents_and_consultations_are_added_singly_or_together():
    group, coordinator = factories.working_group(), factories.coordinator()
    document, consultation = factories.document(), factories.open_consultation()
    groups.add_work(group, document=document, by=coordinator)
    assert work(group) == ([document.pk], [])
    groups.add_work(group, consultation=consultation, by=coordinator)
    assert work(group) == ([document.pk], [consultation.pk])
    other, another = factories.document(), factories.open_consultation()
    groups.add_work(group, document=other, consultation=another, by=coordinator)
    assert [sorted(found) for found in work(group)] == [
        [document.pk, other.pk],
        [consultation.pk, another.pk],
    ]
    assert acts() == ["work of a group added"] * 3


def test_what_belongs_to_it_already_is_not_added_again():
    group, document = factories.working_group(), factories.document()
    for _ in range(2):
        groups.add_work(group, document=document, by=factories.coordinator())
    assert work(group) == ([document.pk], [])


def test_what_is_taken_away_leaves_the_rest_and_other_groups_alone():
    group, other, coordinator = factories.working_group(), factories.working_group(), factories.coordinator()
    document, kept, consultation = factories.document(), factories.document(), factories.open_consultation()
    for of in (group, other):
        groups.add_work(of, document=document, consultation=consultation, by=coordinator)
    groups.add_work(group, document=kept, by=coordinator)

    groups.remove_work(group, keys=[document.key, consultation.key, uuid.uuid4()], by=coordinator)
    assert (work(group), work(other)) == (([kept.pk], []), ([document.pk], [consultation.pk]))
    assert acts()[3:] == ["work of a group removed"]


def test_what_is_not_there_cannot_be_taken_away():
    group, document = factories.working_group(), factories.document()
    for keys in ([], [document.key]):
        with pytest.raises(Refused, match="Somebody has already removed this"):
            groups.remove_work(group, keys=keys, by=factories.coordinator())
    assert acts() == []
