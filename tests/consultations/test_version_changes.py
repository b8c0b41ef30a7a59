"""What changed between two versions, word by word, and because of whom."""

import pytest
from django.urls import reverse

from consultations import version_changes
from consultations.models import PaperVersion
from consultations.operations import comment_answers, comment_rounds, comments, drafting, versions
from portal.models import Reader
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.coordinator()


@pytest.fixture
def paper(editor):
    return factories.paper("Doors", by=editor)


@pytest.fixture
def opened(paper, editor):
    return factories.comment_round(paper, by=editor)


def next_round(opened, editor):
    comment_rounds.close(opened, by=editor)
    return factories.comment_round(opened.paper, by=editor)


def compared(opened, again, person, language="en"):
    texts = PaperVersion.objects.select_related("paper").with_texts()
    before, after = (texts.get(pk=row.version_id) for row in (opened, again))
    return version_changes.between(before, after, Reader.of(person), language)


def accept(comment, by, number=1):
    return comment_answers.accept(comment, version=comment.version, number=number, language="en", by=by)


def decline(comment, by):
    return comment_answers.decline(comment, version=comment.version, answer="No.", language="en", by=by)


def test_each_paragraph_that_changed_stands_with_what_landed_in_it(opened, editor):
    member = factories.lead()
    landed = accept(factories.comment(opened, proposed="Open all doors."), editor)
    refused = decline(factories.comment(opened), editor)
    waits = factories.comment(opened, place=2)
    found = compared(opened, next_round(opened, editor), member)
    told = [(row.kind, row.landed, row.declined, row.waiting) for row in found.told]
    assert told == [("changed", [landed], [refused], []), ("same", [], [], [waits])]
    assert (found.quiet, found.changes[1].before, found.changes[1].after) == (
        1,
        "Open the doors.",
        "Open all doors.",
    )


def test_what_is_new_and_what_was_taken_out_stand_in_their_place(opened, editor):
    section = opened.paper.sections.get()
    whole = "## What we ask\n\nOpen the doors.\n\nA wholly new thought about ports."
    drafting.edit(section, language="en", number=1, markdown=whole, by=editor)
    found = compared(opened, next_round(opened, editor), editor)
    assert [(row.kind, row.before or row.after) for row in found.changes] == [
        ("same", "What we ask"),
        ("same", "Open the doors."),
        ("taken-out", "Keep families together."),
        ("added", "A wholly new thought about ports."),
    ]


def test_what_stood_first_and_was_taken_out_stays_first(paper, editor):
    drafting.add_section(paper, language="en", markdown="## Next\n\nMore.", by=editor)
    opened = factories.comment_round(paper, by=editor)
    mine = factories.comment(opened)
    drafting.remove(paper.sections.order_by("position").first(), by=editor)
    found = compared(opened, next_round(opened, editor), editor)
    assert [row.kind for row in found.changes] == ["taken-out"] * 3 + ["same"] * 2
    assert found.changes[1].waiting == [mine]


def test_what_was_said_of_a_paragraph_of_neither_version_is_not_lost(opened, editor):
    mine = factories.comment(opened)
    drafting.remove(opened.paper.sections.get(), by=editor)
    drafting.add_section(opened.paper, language="en", markdown="## Next\n\nMore.", by=editor)
    second = next_round(opened, editor)
    drafting.edit(
        opened.paper.sections.standing().get(), language="en", number=1, markdown="More!", by=editor
    )
    found = compared(second, next_round(second, editor), editor)
    assert found.gone.waiting == [mine]


def test_a_merged_comment_stands_with_the_other(opened, editor):
    into, said = factories.comment(opened, proposed="Open all doors."), factories.comment(opened)
    comment_answers.merge(said, version=1, into=into, language="en", by=editor)
    accept(into, editor)
    found = compared(opened, next_round(opened, editor), editor)
    assert found.told[0].landed == [into, said]


def test_what_is_decided_later_was_still_open_then(opened, editor):
    said = factories.comment(opened)
    again = next_round(opened, editor)
    decline(said, editor)
    assert compared(opened, again, editor).told[0].waiting == [said]
    third = next_round(again, editor)
    assert compared(again, third, editor).told[0].declined == [said]


def test_names_are_shown_as_each_consents_and_some_not_at_all(opened, editor):
    member = factories.lead()
    for name, consent in (("Loud", "named"), ("Quiet", "kind"), ("Silent", "never")):
        factories.comment(opened, factories.organization(name), consent=consent)
    took_back = factories.comment(opened, factories.organization("Gone"))
    again = next_round(opened, editor)
    comments.withdraw(took_back, by=None)

    def shown_to(person):
        rows = compared(opened, again, person).told[0].waiting
        return [str(row.organization) if row.shows_name else "" for row in rows]

    assert shown_to(member) == ["Loud", ""]
    assert shown_to(editor) == ["Loud", "Quiet", "Silent"]


def test_the_language_is_the_readers_if_both_versions_have_it(editor):
    paper = factories.paper("Doors", title_en="Doors", title_ar="الأبواب", by=editor)
    section = paper.sections.get()
    words = {row.key: f"نص {row.position}" for row in section.paragraphs.standing()}
    opened = factories.comment_round(paper, by=editor)
    drafting.translate(section, language="ar", number=0, paragraphs=words, approved=words.keys(), by=editor)
    again = next_round(opened, editor)
    assert compared(opened, again, editor, "ar").language == "en"
    third = next_round(again, editor)
    found = compared(again, third, editor, "ar")
    assert (found.language, found.direction) == ("ar", "rtl")


def test_the_page_compares_with_the_version_before_or_with_the_one_that_is_asked_for(client, opened, editor):
    member = factories.lead()
    accept(factories.comment(opened, proposed="Open all doors."), editor)
    again = next_round(opened, editor)
    third = next_round(again, editor)
    client.force_login(member)
    address = reverse("consultations:version-changes", args=[third.version.key])
    page = client.get(address)
    assert page.context["before"] == again.version
    assert "Nothing changed between these two versions." in page.content.decode()
    page = client.get(address, {"from": opened.version.key})
    assert page.context["before"] == opened.version
    assert "<ins>" in page.content.decode()
    assert client.get(address, {"from": "nonsense"}).status_code == 404
    first = client.get(reverse("consultations:version-changes", args=[opened.version.key]))
    assert "no earlier version" in first.content.decode()


def test_who_sees_no_earlier_version_compares_with_none(client, opened, editor):
    final = versions.make(opened.paper, purpose="final", by=editor)
    comment_rounds.close(opened, by=editor)
    factories.published(opened.paper, version=final)
    address = reverse("consultations:version-changes", args=[final.key])
    assert client.get(address).context["before"] is None
    client.force_login(factories.lead())
    assert client.get(address).context["before"] == opened.version


def test_the_page_costs_the_same_for_one_comment_and_many(cost, opened, editor):
    member = factories.lead()
    for _time in range(2):
        factories.comment(opened)
    again = next_round(opened, editor)
    address = reverse("consultations:version-changes", args=[again.version.key])
    few = cost(address, member)
    for _time in range(9):
        factories.comment(again)
    third = next_round(again, editor)
    assert cost(reverse("consultations:version-changes", args=[third.version.key]), member) == few <= 20
