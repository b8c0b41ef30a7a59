"""Submissions: handed over on a day that has come, with a receipt, and what came of them afterwards."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from consultations.models import Submission
from consultations.operations import submissions
from portal import clock
from portal.errors import Refused
from portal.models import LogEntry, SearchEntry, StoredFile
from tests import factories

pytestmark = pytest.mark.django_db
Stage = Submission.Stage
DAY, WORDS, EVIDENCE = date(2026, 3, 1), "Quoted in the report.", "https://evidence.example/report"
TITLES = {"en": {"title": "Twelve asks", "summary": ""}}


def acts():
    return list(LogEntry.objects.order_by("pk").values_list("act", flat=True))


def drafted(**facts):
    values = {"titles": TITLES, "addressee": "The sub-group", "by": factories.coordinator()}
    return submissions.create(Submission, **values | facts)


def edited(submission, **facts):
    values = {"version": submission.version, "titles": TITLES, "by": factories.coordinator()}
    return submissions.edit(submission, **values | facts)


def outcomes(submission):
    return list(submission.outcomes.order_by("pk").values_list("on", "what", "evidence_url"))


def test_a_submission_is_drafted_without_a_receipt_and_keeps_the_one_that_comes():
    made = drafted()
    assert (made.title_en, made.addressee, made.receipt_file, made.stage) == (
        "Twelve asks",
        "The sub-group",
        None,
        Stage.DUE,
    )
    changed = edited(made, receipt=factories.pdf("receipt.pdf"), handed_over_on=DAY)
    assert (changed.receipt_file.name, changed.stage) == ("receipt.pdf", Stage.HANDED_OVER)
    assert acts() == ["submission drafted", "submission changed"]


def test_another_receipt_takes_the_place_of_the_one_before_whose_file_is_gone(
    django_capture_on_commit_callbacks,
):
    made = drafted(receipt=factories.pdf("first.pdf"))
    before = made.receipt_file.blob
    with django_capture_on_commit_callbacks(execute=True):
        changed = edited(made, receipt=factories.pdf("second.pdf", pages=2))
    assert [kept.name for kept in StoredFile.objects.all()] == ["second.pdf"]
    exists = before.storage.exists
    assert (exists(before.name), exists(changed.receipt_file.blob.name)) == (False, True)
    again = edited(changed)
    assert (again.receipt_file_id, StoredFile.objects.count()) == (changed.receipt_file_id, 1)


def test_a_receipt_that_is_none_is_refused_beside_its_field_and_nothing_is_drafted():
    with pytest.raises(Refused) as refused:
        drafted(receipt=SimpleUploadedFile("receipt.pdf", b"no such thing", "application/pdf"))
    assert (refused.value.field, Submission.objects.count(), acts()) == ("receipt", 0, [])


def test_nothing_was_handed_over_on_a_day_that_has_come_nowhere():
    latest = clock.latest_day()
    made = drafted(handed_over_on=latest)
    for act in (lambda **facts: drafted(**facts), lambda **facts: edited(made, **facts)):
        with pytest.raises(Refused, match="This day is still to come") as refused:
            act(handed_over_on=latest + timedelta(days=1))
        assert refused.value.field == "handed_over_on"
    made.refresh_from_db()
    assert (made.handed_over_on, Submission.objects.count()) == (latest, 1)


def test_what_came_of_it_is_said_once_it_was_handed_over():
    made, coordinator = factories.submission(), factories.coordinator()
    with pytest.raises(Refused, match="Say first on which day it was handed over"):
        submissions.add_outcome(made, on=DAY, what=WORDS, by=coordinator)
    Submission.objects.filter(pk=made.pk).update(handed_over_on=DAY)

    for _ in range(2):
        submissions.add_outcome(made, on=DAY, what=WORDS, evidence_url=EVIDENCE, by=coordinator)
    assert (outcomes(made), Submission.objects.get(pk=made.pk).stage) == (
        [(DAY, WORDS, EVIDENCE)],
        Stage.ANSWERED,
    )
    assert acts() == ["outcome of a submission added"] * 2


def test_nothing_came_of_it_on_a_day_that_has_come_nowhere():
    made, latest = factories.submission(handed_over_on=DAY), clock.latest_day()
    submissions.add_outcome(made, on=latest, what=WORDS, by=factories.coordinator())
    with pytest.raises(Refused, match="An update is about a day that has come") as refused:
        submissions.add_outcome(made, on=latest + timedelta(days=1), what="Later", by=factories.coordinator())
    assert (refused.value.field, outcomes(made)) == ("on", [(latest, WORDS, "")])


def test_an_outcome_entered_by_mistake_is_removed_once():
    made, coordinator = factories.submission(handed_over_on=DAY), factories.coordinator()
    submissions.add_outcome(made, on=DAY, what=WORDS, by=coordinator)
    outcome = made.outcomes.get()
    assert submissions.remove_outcome(made.outcomes.get(), by=coordinator) == made
    with pytest.raises(Refused, match="Somebody has already removed this"):
        submissions.remove_outcome(outcome, by=coordinator)
    assert outcomes(made) == []
    assert acts() == ["outcome of a submission added", "outcome of a submission removed"]


def test_published_it_is_found_and_withdrawn_it_is_not():
    made, coordinator = drafted(), factories.coordinator()
    submissions.publish(made, by=coordinator)
    found = SearchEntry.objects.filter(kind="submission", object_id=made.pk)
    assert [*found.values_list("title", flat=True)] == ["Twelve asks"]
    submissions.withdraw(made, by=coordinator)
    assert not found.exists()
    assert acts() == ["submission drafted", "submission published", "submission withdrawn"]
