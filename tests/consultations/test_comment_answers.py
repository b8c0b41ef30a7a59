"""What becomes of comments: words land in the text, each decision is told, and can be taken back."""

import pytest

from consultations import commenting
from consultations.models import Comment, Paper
from consultations.operations import comment_answers, comment_rounds, comments, drafting
from portal.errors import Refused
from portal.models import Notice
from tests import factories

pytestmark = pytest.mark.django_db

DOORS, FAMILIES = 1, 2


@pytest.fixture
def editor():
    return factories.coordinator()


@pytest.fixture
def opened(editor):
    return factories.comment_round(factories.paper("Doors", by=editor), by=editor)


@pytest.fixture
def section(opened):
    return opened.paper.sections.get()


def text_of(section, language="en"):
    return drafting.working_text(section, language)


def accept(comment, by, **fields):
    values = {"version": comment.version, "number": 1, "language": "en"}
    return comment_answers.accept(comment, **(values | fields), by=by)


def decline(comment, by, **fields):
    values = {"version": comment.version, "answer": "It is said above.", "language": "en"}
    return comment_answers.decline(comment, **(values | fields), by=by)


def told(comment):
    return Notice.objects.filter(kind="comment-answered", object_id=comment.pk).count()


def test_accepted_words_land_in_the_text_with_their_origin(opened, section, editor):
    said = factories.comment(opened, proposed="Open all doors.")
    accepted = accept(said, editor, answer="Thank you.")
    assert text_of(section) == "## What we ask\n\nOpen all doors.\n\nKeep families together."
    assert (accepted.status, accepted.answer, accepted.answer_language) == ("accepted", "Thank you.", "en")
    assert (accepted.edit.number, accepted.edit.edited_by) == (2, editor)
    assert list(accepted.edit.origins.all()) == [said]
    assert told(said) == 1


def test_a_comment_without_proposed_words_is_accepted_as_it_is(opened, section, editor):
    accepted = accept(factories.comment(opened), editor, number=0)
    assert (accepted.status, accepted.edit, accepted.answer_language) == ("accepted", None, "")
    assert drafting.last_number(section, "en") == 1


def test_adapted_words_are_the_drafters_own(opened, section, editor):
    said = factories.comment(opened)
    values = {"version": 1, "number": 1, "markdown": "Open every door.", "language": "en", "by": editor}
    adapted = comment_answers.adapt(said, **values)
    assert (adapted.status, adapted.edit.number) == ("adapted", 2)
    assert "Open every door." in text_of(section)


def test_words_proposed_for_a_translation_land_there_and_wait_for_approval(editor):
    paper = factories.paper("Doors", title_ar="الأبواب", title_en="Doors", by=editor)
    section = paper.sections.get()
    words = {row.key: f"نص {row.position}" for row in section.paragraphs.standing()}
    drafting.translate(section, language="ar", number=0, paragraphs=words, approved=words.keys(), by=editor)
    opened = factories.comment_round(paper, by=editor)
    said = factories.comment(opened, proposed="افتحوا كل الأبواب.", language="ar")
    accepted = accept(said, editor)
    assert "افتحوا كل الأبواب." in text_of(section, "ar")
    assert (accepted.edit.language, text_of(section)[:13]) == ("ar", "## What we as")
    assert said.paragraph.texts.get(language="ar").state == "draft"
    reopened = comment_answers.reopen(accepted, version=accepted.version, by=editor)
    assert "نص 1" in text_of(section, "ar")
    assert not reopened.words_stay


def test_words_do_not_land_over_what_somebody_else_wrote(opened, section, editor):
    said = factories.comment(opened, proposed="Open all doors.")
    drafting.edit(section, language="en", number=1, markdown="## What we ask\n\nOpen doors now.", by=editor)
    with pytest.raises(Refused, match="Somebody else saved this section"):
        accept(said, editor)
    said.refresh_from_db()
    assert (said.status, told(said)) == ("open", 0)
    assert accept(said, editor, number=2).edit.number == 3


def test_words_land_in_the_paragraph_that_took_the_place(opened, section, editor):
    said = factories.comment(opened, proposed="Keep all families together.", place=FAMILIES)
    whole = "## What we ask\n\nOpen the doors. Families belong side by side."
    drafting.edit(section, language="en", number=1, markdown=whole, by=editor)
    accept(said, editor, number=2)
    assert text_of(section) == "## What we ask\n\nKeep all families together."


def test_where_no_paragraph_stands_any_more_nothing_lands(opened, section, editor):
    said = factories.comment(opened, proposed="Open all doors.")
    drafting.remove(section, by=editor)
    assert commenting.where(said.paragraph) is None
    with pytest.raises(Refused, match="not in the text any more"):
        accept(said, editor)
    assert decline(said, editor).status == "declined"


def test_a_declined_comment_has_its_reason(opened, editor):
    declined = decline(factories.comment(opened), editor, language="fr")
    assert (declined.status, declined.answer, declined.answer_language, declined.decided_by) == (
        "declined",
        "It is said above.",
        "fr",
        editor,
    )


def test_of_two_drafters_the_first_decides(opened, editor):
    said = factories.comment(opened)
    decline(said, editor)
    with pytest.raises(Refused, match="Somebody has just changed this"):
        accept(said, factories.coordinator())
    said.refresh_from_db()
    assert (said.status, said.decided_by, told(said)) == ("declined", editor, 1)
    with pytest.raises(Refused, match="cannot become"):
        accept(said, editor)


def merge(comment, into, by, **fields):
    return comment_answers.merge(
        comment, **({"version": comment.version, "into": into, "language": "en"} | fields), by=by
    )


def test_a_merged_comment_shares_the_fate_of_the_other_and_is_told_of_it(opened, editor):
    into, said, third = (factories.comment(opened) for _time in range(3))
    merge(third, said, editor)
    said.refresh_from_db()
    assert merge(said, into, editor).merged_into == into
    third.refresh_from_db()
    assert third.merged_into == into
    assert told(said) == 1
    decline(into, editor)
    assert [told(row) for row in (into, said, third)] == [1, 2, 2]


def test_comments_are_merged_only_with_what_stands_by_itself_on_the_same_paper(opened, editor):
    said, into, third = (factories.comment(opened) for _time in range(3))
    for other in (said, factories.comment(), comments.withdraw(factories.comment(opened), by=None)):
        with pytest.raises(Refused, match="withdrawn meanwhile"):
            merge(said, other, editor)
    merge(third, into, editor)
    with pytest.raises(Refused, match="itself merged"):
        merge(said, third, editor)


def reopen(comment, by):
    return comment_answers.reopen(comment, version=comment.version, by=by)


def test_a_decision_is_taken_back_and_its_words_taken_out(opened, section, editor):
    accepted = accept(factories.comment(opened, proposed="Open all doors."), editor)
    again = reopen(accepted, editor)
    assert (again.status, again.edit, again.answer, again.decided_at) == ("open", None, "", None)
    assert not again.words_stay
    assert "Open the doors." in text_of(section)
    assert decline(again, editor).status == "declined"
    assert told(again) == 2


def test_words_that_were_changed_since_stay_when_a_decision_is_taken_back(opened, section, editor):
    accepted = accept(factories.comment(opened, proposed="Open all doors."), editor)
    changed = text_of(section).replace("all doors", "all the doors")
    drafting.edit(section, language="en", number=2, markdown=changed, by=editor)
    assert reopen(accepted, editor).words_stay
    assert "all the doors" in text_of(section)


def test_words_that_became_two_paragraphs_stay(opened, section, editor):
    accepted = accept(factories.comment(opened, proposed="Open all doors.\n\nAt once."), editor)
    assert reopen(accepted, editor).words_stay
    assert "At once." in text_of(section)


def test_words_of_a_section_that_is_gone_stay_gone(opened, section, editor):
    accepted = accept(factories.comment(opened, proposed="Open all doors."), editor)
    drafting.remove(section, by=editor)
    assert reopen(accepted, editor).words_stay


def test_a_merger_is_taken_back(opened, editor):
    into, said = factories.comment(opened), factories.comment(opened)
    again = reopen(merge(said, into, editor), editor)
    assert (again.status, again.merged_into, again.words_stay) == ("open", None, False)


def test_nothing_is_taken_back_while_the_text_stands_still(opened, editor):
    declined = decline(factories.comment(opened), editor)
    comment_rounds.close(opened, by=editor)
    Paper.objects.update(status="frozen")
    with pytest.raises(Refused, match="stands still"):
        reopen(declined, editor)


def test_what_is_open_is_carried_into_the_next_round(opened, section, editor):
    carried, answered = factories.comment(opened), factories.comment(opened)
    decline(answered, editor)
    comment_rounds.close(opened, by=editor)
    again = factories.comment_round(opened.paper, by=editor)
    rows = Comment.objects.filter(commenting.carried_into(again))
    assert list(rows) == [carried]
    carried.refresh_from_db()
    decline(carried, editor)
    assert list(rows) == [carried]  # it was carried, whatever became of it since
    assert list(Comment.objects.filter(commenting.carried_into(opened))) == []
