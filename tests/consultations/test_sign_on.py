"""Sign-on: opened from frozen, told to the leads of every member, extended in sight of all, closed by its clock."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from consultations import signing, tasks
from consultations.models import Paper, PaperVersion, SignOnLink, SignOnReminder
from consultations.operations import sign_on
from portal import clock
from portal.errors import Refused
from portal.models import LogEntry, MovedDate, Notice, Reader
from portal.operations import delivery
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return factories.coordinator()


def in_days(number):
    return timezone.now() + timedelta(days=number)


def let_pass(paper, **moments):
    """Let the time pass that a paper waits for."""
    Paper.objects.filter(pk=paper.pk).update(**moments)
    return Paper.objects.get(pk=paper.pk)


def fall_due():
    """Let everything that is owed be due."""
    SignOnReminder.objects.update(due_at=F("due_at") - timedelta(days=40))


def told(kind):
    return Notice.objects.filter(kind=kind).count()


def opened(coordinator, **fields):
    return sign_on.open(
        factories.frozen_paper(by=coordinator, **fields),
        closes_at=in_days(30),
        time_zone="Africa/Tunis",
        by=coordinator,
    )


def test_opening_shows_the_newest_final_version_and_tells_the_leads(coordinator, mailoutbox):
    arabic = factories.lead(language="ar")
    colleague = factories.user()
    factories.organization(lead=factories.user(), colleague=colleague)
    factories.lead(constituency="state")
    paper = factories.frozen_paper("Doors", title_ar="الأبواب", by=coordinator)
    version = factories.final_version(paper)
    paper = sign_on.open(paper, closes_at=in_days(30), time_zone="Africa/Tunis", by=coordinator)
    assert (paper.status, bool(paper.slug), signing.current(paper)) == ("sign-on", True, version)
    assert LogEntry.objects.filter(act="paper opened for endorsement", object_id=paper.pk).count() == 1

    delivery.drain()

    sent = {message.to[0]: message for message in mailoutbox}
    assert len(sent) == 2
    assert colleague.email not in sent
    assert "الأبواب" in sent[arabic.email].subject
    assert SignOnLink.objects.get().token in sent[arabic.email].body
    assert not Paper.objects.filter(pk=paper.pk).exclude(sign_on_opens_at__lte=timezone.now()).exists()


def test_what_cannot_be_endorsed_is_not_opened(coordinator):
    draft = factories.paper(by=coordinator)
    with pytest.raises(Refused, match="cannot become"):
        sign_on.open(draft, closes_at=in_days(1), time_zone="UTC", by=coordinator)
    bare = factories.paper(by=coordinator)
    Paper.objects.filter(pk=bare.pk).update(status="frozen")
    with pytest.raises(Refused, match="Freeze a version"):
        sign_on.open(bare, closes_at=in_days(1), time_zone="UTC", by=coordinator)
    with pytest.raises(Refused, match="by invitation"):
        opened(coordinator, access="invited")
    with pytest.raises(Refused, match="must close") as refusal:
        sign_on.open(
            factories.frozen_paper(by=coordinator),
            closes_at=in_days(1),
            opens_at=in_days(2),
            time_zone="UTC",
            by=coordinator,
        )
    assert refusal.value.field == "closes_at"
    assert told("paper-sign-on-opened") == 0


def test_what_opens_later_is_told_when_it_opens(coordinator):
    paper = sign_on.open(
        factories.frozen_paper(by=coordinator),
        opens_at=in_days(2),
        closes_at=in_days(30),
        time_zone="UTC",
        by=coordinator,
    )
    assert not paper.takes_signatures(timezone.now())
    tasks.remind()
    assert told("paper-sign-on-opened") == 0
    let_pass(paper, sign_on_opens_at=in_days(-1))
    SignOnReminder.objects.filter(about="opening").update(due_at=in_days(-1))
    tasks.remind()
    tasks.remind()
    assert told("paper-sign-on-opened") == 1
    assert SignOnReminder.objects.get(about="opening").sent_at is not None


def test_those_that_did_not_answer_are_reminded_before_it_closes(coordinator, mailoutbox):
    silent, endorsing = factories.lead(), factories.lead()
    paper = opened(coordinator)
    assert paper.sign_on_reminders.count() == 2
    factories.endorsement(paper, endorsing.organization)
    delivery.drain()
    mailoutbox.clear()
    fall_due()
    tasks.remind()
    delivery.drain()
    assert [message.to for message in mailoutbox] == [[silent.email], [silent.email]]
    assert "Last days to endorse" in mailoutbox[0].subject


def test_a_reminder_of_what_is_over_is_dropped(coordinator):
    paper = opened(coordinator)
    fall_due()
    let_pass(paper, sign_on_opens_at=in_days(-9), sign_on_closes_at=in_days(-1))
    tasks.remind()
    assert told("paper-sign-on-closing") == 0
    assert SignOnReminder.objects.filter(dropped_at__isnull=False).count() == 2
    assert str(SignOnReminder.objects.first()).startswith("deadline of")


def test_the_earlier_deadline_stays_visible_and_the_reminders_follow(coordinator):
    paper = opened(coordinator)
    was, later = paper.sign_on_closes_at, in_days(60)
    paper = sign_on.extend(paper, closes_at=later, reason="Ramadan", by=coordinator)
    move = MovedDate.objects.get(field="sign_on_closes_at")
    assert (move.was_start, move.reason, move.moved_by) == (was.isoformat(), "Ramadan", coordinator)
    assert {later - row.due_at for row in paper.sign_on_reminders.all()} == {timedelta(7), timedelta(1)}
    assert sign_on.extend(paper, closes_at=later, by=coordinator) == paper
    assert MovedDate.objects.count() == 1
    with pytest.raises(Refused, match="lies ahead"):
        sign_on.extend(paper, closes_at=in_days(-1), by=coordinator)


def test_what_is_due_too_soon_is_not_caught_up_with(coordinator):
    paper = sign_on.open(
        factories.frozen_paper(by=coordinator), closes_at=in_days(3), time_zone="UTC", by=coordinator
    )
    assert [row.about for row in paper.sign_on_reminders.all()] == ["deadline"]


def test_it_closes_by_a_coordinator_and_says_what_the_deadline_was(coordinator):
    paper = opened(coordinator)
    was = paper.sign_on_closes_at
    paper = sign_on.close(paper, by=coordinator)
    assert paper.status == "frozen"
    assert paper.sign_on_closes_at <= clock.now()
    assert MovedDate.objects.get().was_start == was.isoformat()
    assert not paper.sign_on_reminders.owed().exists()
    for act in (sign_on.close, sign_on.extend):
        with pytest.raises(Refused, match="not open for endorsement"):
            act(paper, by=coordinator, **({"closes_at": in_days(9)} if act is sign_on.extend else {}))


def test_what_never_opened_leaves_no_window(coordinator):
    paper = sign_on.open(
        factories.frozen_paper(by=coordinator),
        opens_at=in_days(2),
        closes_at=in_days(30),
        time_zone="UTC",
        by=coordinator,
    )
    paper = sign_on.close(paper, by=coordinator)
    assert (paper.sign_on_opens_at, paper.sign_on_closes_at) == (None, None)
    assert not Paper.objects.visible_to(Reader.nobody()).exists()


def test_it_closes_by_itself_and_its_readers_go_on_reading(coordinator):
    paper = opened(coordinator)
    let_pass(paper, sign_on_opens_at=in_days(-9), sign_on_closes_at=in_days(-1))
    SignOnReminder.objects.all().delete()
    assert sign_on.do_due() == 1
    paper.refresh_from_db()
    assert paper.status == "frozen"
    assert list(Paper.objects.visible_to(Reader.nobody())) == [paper]
    assert list(PaperVersion.objects.visible_to(Reader.nobody())) == [signing.current(paper)]
    let_pass(paper, status="draft")
    assert not Paper.objects.visible_to(Reader.nobody()).exists()


def test_one_sweep_does_not_go_on_for_ever(coordinator, monkeypatch):
    monkeypatch.setattr(sign_on, "MOST", 1)
    opened(coordinator)
    fall_due()
    assert sign_on.do_due() == 1
    assert SignOnReminder.objects.owed().count() == 1


def test_opening_again_after_a_new_version_says_that_the_text_has_changed(coordinator, mailoutbox):
    person = factories.lead()
    paper = sign_on.close(opened(coordinator), by=coordinator)
    factories.final_version(paper, text="Open every door.")
    delivery.drain()
    mailoutbox.clear()
    sign_on.open(paper, closes_at=in_days(30), time_zone="UTC", by=coordinator)
    delivery.drain()
    assert [message.to for message in mailoutbox] == [[person.email]]
    assert "The text has changed" in mailoutbox[0].body
    assert (SignOnLink.objects.count(), told("paper-sign-on-opened")) == (2, 2)


def test_the_link_leads_to_its_version_and_to_no_other_purpose(coordinator):
    paper = opened(coordinator)
    link = SignOnLink.of(signing.current(paper))
    assert SignOnLink.held_by(link.token) == link
    assert SignOnLink.held_by(link.token[:-1]) is None
    assert link.nonce not in link.token
    assert str(link) == f"link of {link.version_id}"
