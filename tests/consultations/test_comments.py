"""What organizations say of a draft: while a round is open, each as it consents; and withdrawn at any time."""

import pytest

from consultations.models import Comment, CommentRound
from consultations.operations import comment_answers, comment_rounds, comments, drafting
from portal import clock
from portal.errors import Refused
from portal.models import Organization, Reader
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.coordinator()


@pytest.fixture
def opened(editor):
    return factories.comment_round(factories.paper("Doors", by=editor), by=editor)


def seen_by(person):
    return set(Comment.objects.visible_to(Reader.of(person)).values_list("text", flat=True))


def test_a_member_comments_and_proposes_words(opened):
    member = factories.lead()
    said = factories.comment(opened, member.organization, text="Say by when.", by=member)
    other = factories.comment(opened, member.organization, text="", proposed="Open all doors.", by=member)
    assert (said.status, said.kind, said.written_by) == ("open", "comment", member)
    assert (other.kind, other.proposed, other.round) == ("proposal", "Open all doors.", opened)


def test_what_says_nothing_is_refused(opened):
    with pytest.raises(Refused, match="Say something"):
        factories.comment(opened, text="")
    with pytest.raises(Refused, match="these stand there already"):
        factories.comment(opened, proposed="Open the doors.")
    with pytest.raises(Refused, match="these stand there already"):
        factories.comment(opened, kind="proposal")
    with pytest.raises(Refused, match="not in this language"):
        factories.comment(opened, proposed="Ouvrez.", language="fr")


def test_a_comment_may_be_in_another_language_than_the_draft(opened):
    assert factories.comment(opened, text="قولوا متى.", language="ar").direction == "rtl"


def test_only_what_the_version_holds_is_commented_on(opened, editor):
    section = opened.paper.sections.get()
    drafting.edit(
        section, language="en", number=1, markdown="## What we ask\n\nOpen the doors.\n\nNew.", by=editor
    )
    with pytest.raises(Refused, match="does not stand in the text"):
        factories.comment(opened, paragraph=section.paragraphs.standing().get(texts__markdown="New."))


@pytest.mark.parametrize(
    "fields", [{"status": "pending"}, {"status": "suspended"}, {"constituency": "state"}]
)
def test_only_verified_civil_society_comments(opened, fields):
    with pytest.raises(Refused, match="Verified organizations"):
        factories.comment(opened, factories.organization(**fields))


def test_after_the_deadline_of_the_databases_clock_nothing_is_taken(opened):
    said = factories.comment(opened)
    CommentRound.objects.update(closes_at=clock.now())
    with pytest.raises(Refused, match="is closed"):
        factories.comment(opened)
    with pytest.raises(Refused, match="is closed"):
        changed(said)


def test_a_round_closed_by_hand_takes_nothing_before_its_deadline(opened, editor):
    comment_rounds.close(opened, by=editor)
    with pytest.raises(Refused, match="is closed"):
        factories.comment(opened)


def changed(comment, *, version=1, **fields):
    values = {"kind": "comment", "language": "en", "text": "Changed.", "consent": "kind", "by": None}
    return comments.change(comment, version=version, **(values | fields))


def test_a_comment_is_changed_from_the_version_that_was_shown(opened):
    said = factories.comment(opened)
    now = changed(said)
    assert (now.text, now.consent, now.version) == ("Changed.", "kind", 2)
    with pytest.raises(Refused, match="Compare both texts"):
        changed(said, text="Changed otherwise.")
    proposal = changed(said, version=2, kind="proposal", proposed="Open them.")
    assert (proposal.kind, proposal.proposed) == ("proposal", "Open them.")
    assert changed(said, version=3).proposed == ""


def test_what_is_answered_is_not_changed(opened, editor):
    said = factories.comment(opened)
    comment_answers.decline(said, version=1, answer="It is said.", language="en", by=editor)
    with pytest.raises(Refused, match="answered already"):
        changed(said, version=2)


def test_withdrawing_deletes_every_word(opened):
    said = comments.withdraw(factories.comment(opened, proposed="Open all."), by=None)
    said.refresh_from_db()
    assert (said.status, said.text, said.proposed) == ("withdrawn", "", "")
    with pytest.raises(Refused, match="cannot become"):
        comments.withdraw(said, by=None)


def test_what_was_merged_with_a_withdrawn_comment_stands_by_itself_again(opened, editor):
    into, said = factories.comment(opened), factories.comment(opened)
    comment_answers.merge(said, version=1, into=into, answer="The same.", language="en", by=editor)
    comments.withdraw(into, by=None)
    said.refresh_from_db()
    assert (said.status, said.merged_into, said.answer, said.decided_at) == ("open", None, "", None)


def test_each_reads_what_consent_lets_be_shown(opened, editor):
    mine = factories.lead()
    for consent in ("named", "kind", "never"):
        factories.comment(opened, mine.organization, text=consent, consent=consent)
    member, outsider = factories.lead(), factories.user()
    assert seen_by(member) == {"named", "kind"}
    assert seen_by(mine) == seen_by(editor) == {"named", "kind", "never"}
    assert seen_by(outsider) == set()


def test_changing_the_consent_counts_at_once(opened):
    said, member = factories.comment(opened), factories.lead()
    assert seen_by(member) == {"Say why."}
    comments.choose_consent(said, consent="never", by=None)
    assert seen_by(member) == set()


def test_a_suspended_organization_is_shown_to_nobody_and_named_to_nobody(opened, editor):
    said, member = factories.comment(opened), factories.lead()
    Organization.objects.filter(pk=said.organization_id).update(status="suspended")
    said = Comment.objects.select_related("organization").get()
    assert seen_by(member) == set()
    assert not said.is_named_to(Reader.of(editor), writes=True)


def test_a_comment_is_named_as_its_organization_consents(opened, editor):
    mine, member = factories.lead(), factories.lead()
    said = factories.comment(opened, mine.organization, consent="kind")

    def named_to(person, *, writes=False):
        return said.is_named_to(Reader.of(person), writes=writes)

    assert (named_to(mine), named_to(member), named_to(editor, writes=True)) == (True, False, True)
    said.consent = "named"
    assert named_to(member)


def test_what_was_withdrawn_only_its_own_people_still_see(opened, editor):
    mine, member = factories.lead(), factories.lead()
    comments.withdraw(factories.comment(opened, mine.organization), by=mine)
    assert [len(seen_by(person)) for person in (mine, member, editor)] == [1, 0, 0]
