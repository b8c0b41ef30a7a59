"""Commitments: updates by coordinators at once, reports of whoever made one after a look; nothing of days to come."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from consultations.models import CommitmentReport, CommitmentUpdate
from consultations.operations import commitments
from portal import clock
from portal.errors import Refused
from portal.models import LogEntry
from tests import factories

pytestmark = pytest.mark.django_db
Status = CommitmentReport.Status
DAY, WORDS, EVIDENCE = date(2026, 3, 1), "Three shelters opened.", "https://evidence.example/shelters"


def acts():
    return list(LogEntry.objects.order_by("pk").values_list("act", flat=True))


def updates(commitment):
    rows = CommitmentUpdate.objects.filter(commitment=commitment).order_by("pk")
    return list(rows.values_list("on", "what", "evidence_url"))


def pledge(lead=None, **fields):
    lead = lead or factories.lead()
    return factories.commitment(organization=lead.organization, **fields)


def reported(commitment=None, *, on=DAY, by=None, **facts):
    commitment = commitment or pledge()
    return commitments.report(
        commitment,
        organization=commitment.organization,
        by=by or factories.user(),
        **{"on": on, "what": WORDS} | facts,
    )


def test_an_update_of_a_coordinator_stands_at_once_and_moves_the_commitment():
    made, coordinator = pledge(), factories.coordinator()
    before = made.changed_at
    commitments.add_update(made, on=DAY, what=WORDS, by=coordinator)
    made.refresh_from_db()
    assert updates(made) == [(DAY, WORDS, "")]
    assert made.changed_at > before
    assert acts() == ["commitment updated"]


def test_the_same_update_stands_once_and_gains_the_evidence_that_comes_later():
    made, coordinator = pledge(), factories.coordinator()
    for evidence in ("", EVIDENCE, ""):
        commitments.add_update(made, on=DAY, what=WORDS, evidence_url=evidence, by=coordinator)
    assert updates(made) == [(DAY, WORDS, EVIDENCE)]


def test_nothing_is_said_of_a_day_that_has_come_nowhere():
    made, latest = pledge(), clock.latest_day()
    commitments.add_update(made, on=latest, what=WORDS, by=factories.coordinator())
    for say in (
        lambda on: commitments.add_update(made, on=on, what="Later", by=factories.coordinator()),
        lambda on: reported(made, on=on),
    ):
        with pytest.raises(Refused, match="An update is about a day that has come") as refused:
            say(latest + timedelta(days=1))
        assert refused.value.field == "on"
    assert (updates(made), CommitmentReport.objects.count()) == ([(latest, WORDS, "")], 0)


def test_an_update_entered_by_mistake_is_removed_once():
    made, coordinator = pledge(), factories.coordinator()
    commitments.add_update(made, on=DAY, what=WORDS, by=coordinator)
    update = made.updates.get()
    assert commitments.remove_update(made.updates.get(), by=coordinator) == made
    with pytest.raises(Refused, match="Somebody has already removed this"):
        commitments.remove_update(update, by=coordinator)
    assert (updates(made), acts()) == ([], ["commitment updated", "update of a commitment removed"])


def test_what_its_organization_reports_waits_and_is_shown_once_accepted():
    lead = factories.lead()
    made, coordinator = pledge(lead), factories.coordinator()
    report = reported(made, evidence_url=EVIDENCE, by=lead)
    assert (report.status, report.given_by, updates(made)) == (Status.WAITING, lead, [])
    assert [*CommitmentReport.objects.waiting()] == [report]

    accepted = commitments.accept(report, by=coordinator)
    assert (accepted.status, accepted.version, accepted.answered_at is not None) == (Status.ACCEPTED, 2, True)
    assert updates(made) == [(DAY, WORDS, EVIDENCE)]
    assert acts() == ["report on a commitment given", "report on a commitment accepted"]


def test_what_is_declined_says_why_and_is_not_shown():
    report = reported()
    declined = commitments.decline(report, reason="No source is given.", by=factories.coordinator())
    assert (declined.status, declined.reason, updates(report.commitment)) == (
        Status.DECLINED,
        "No source is given.",
        [],
    )
    assert acts() == ["report on a commitment given", "report on a commitment declined"]


def test_the_database_keeps_nothing_declined_without_a_reason():
    report = reported()
    with pytest.raises(IntegrityError, match="commitmentreport_declined_says_why"), transaction.atomic():
        commitments.decline(report, reason="", by=factories.coordinator())
    report.refresh_from_db()
    assert report.status == Status.WAITING


@pytest.mark.parametrize("first", ["accept", "decline"])
def test_a_report_is_answered_once(first):
    report, coordinator = reported(), factories.coordinator()
    answers = {
        "accept": lambda: commitments.accept(report, by=coordinator),
        "decline": lambda: commitments.decline(report, reason="Not this.", by=coordinator),
    }
    answers[first]()
    shown = updates(report.commitment)
    for again in answers.values():
        with pytest.raises(Refused, match="and cannot become"):
            again()
    assert (updates(report.commitment), len(acts())) == (shown, 2)


def test_nobody_reports_on_what_another_organization_has_promised():
    other = factories.lead()
    with pytest.raises(Refused, match="Only the organization that made a commitment reports on it"):
        commitments.report(pledge(), organization=other.organization, on=DAY, what=WORDS, by=other)
    assert CommitmentReport.objects.count() == 0


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_one_reports_on_a_commitment_only_while_it_is_published(status):
    with pytest.raises(Refused, match="One can report on a commitment only while it is published"):
        reported(pledge(status=status))
    assert (CommitmentReport.objects.count(), acts()) == (0, [])
