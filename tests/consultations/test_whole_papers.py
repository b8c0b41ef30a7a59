"""A paper is given to one translator whole: one notice, one reminder, one row on the desk, one taking back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import Paper
from consultations.operations import drafting
from portal import tasks, translating
from portal.models import Assignment, Reader, Role
from portal.operations import assignments, texts
from tests import factories, sessions

pytestmark = pytest.mark.django_db
SECTIONS = tuple(f"## Part {number}\n\nSome words." for number in (1, 2, 3))
DAY = (timezone.localdate() + timedelta(days=9)).isoformat()


@pytest.fixture
def paper():
    return factories.paper("Open doors", sections=SECTIONS)


@pytest.fixture
def amal():
    return speaker("Amal")


def speaker(name):
    person = factories.user(name=name)
    Role.objects.create(user=person, kind="translator", language="fr")
    return person


def place(thing, source="whole-paper", route="give"):
    return reverse(f"translation-{route}", args=[source, thing.key, "fr"])


def give(client, thing, person, **at):
    return client.post(place(thing, **at), {"person": person.pk, "due_at": DAY})


def section_of(paper, number):
    return paper.sections.order_by("position")[number]


def translate(section):
    rows = {row.key: "Des mots." for row in section.paragraphs.standing()}
    drafting.translate(
        section, language="fr", number=0, paragraphs=rows, approved=rows.keys(), by=factories.coordinator()
    )


def rows(client, **asked):
    """What the desk lists: {title: (kind, done of all, who has it)}."""
    page = client.get(reverse("translations"), {"language": "fr"} | asked)
    return {
        str(row["title"]): (
            row["source"].name,
            row["progress"],
            str(row["assignment"] and row["assignment"].user),
        )
        for row in page.context["rows"]
    }


def test_a_paper_is_given_whole_told_of_once_and_taken_back_at_once(client, mailoutbox, paper, amal):
    sessions.sign_in(client, factories.coordinator())
    assert place(paper) in client.get(paper.get_absolute_url()).text
    assert client.get(reverse("translations"), {"language": "fr"}).text.count(place(paper)) == 1
    assert len(rows(client)) == 4
    give(client, paper, amal)
    assert [(message.to, "Open doors" in message.subject) for message in mailoutbox] == [([amal.email], True)]
    assert "the whole paper" in mailoutbox[0].body
    assert reverse("translation", args=["paper", paper.key, "fr"])[3:] in mailoutbox[0].body

    # Nobody else gets a part of it: its pages lead to the whole.
    section = section_of(paper, 0)
    for thing, source in ((section, "paper-section"), (paper, "paper")):
        assert client.get(place(thing, source=source)).url == place(paper)
        assert "alert" not in client.get(place(paper)).text
        assert give(client, thing, amal, source=source).url == place(paper)
        assert "Somebody has this text already. Take it back first." in client.get(place(paper)).text
    assert Assignment.objects.count() == 1

    page = client.get(place(paper))
    taken = {"assignment": page.context["assignment"].key, "words": "It waits."}
    client.post(place(paper, route="take-back"), taken)
    assert [message.to for message in mailoutbox] == [[amal.email]] * 2
    assert {who for _kind, _done, who in rows(client).values()} == {"None"}


def test_the_desk_has_one_row_for_a_whole_and_says_how_much_of_it_is_done(client, paper, amal):
    factories.assignment(paper, source="whole-paper", user=amal)
    translate(section_of(paper, 0))
    texts.save_texts(paper, {"fr": {"title": "Portes ouvertes"}}, approve=True)
    factories.paper("Another", sections=SECTIONS[:1])
    sessions.sign_in(client, amal)
    assert rows(client, given="me") == {"Open doors": ("whole-paper", (2, 4), "Amal")}
    assert rows(client, source="whole-paper").keys() == {"Open doors"}
    assert rows(client, given="nobody").keys() == {"Another", "Part 1"}
    assert "2 of 4 translated" in client.get(reverse("translations"), {"language": "fr"}).text
    for address in (
        reverse("translation", args=["paper", paper.key, "fr"]),
        reverse("consultations:section-translate", args=[section_of(paper, 1).key, "fr"]),
    ):
        page = client.get(address).text
        assert "Given to <bdi>Amal</bdi>" in page
        assert "2 of 4 translated" in page


def test_what_somebody_else_has_of_it_stays_there_and_what_the_person_has_becomes_part_of_it(
    client, paper, amal
):
    bea = speaker("Bea")
    mine, hers = section_of(paper, 0), section_of(paper, 1)
    given_first = factories.assignment(mine, source="paper-section", user=amal)
    factories.assignment(hers, source="paper-section", user=bea)
    card = factories.assignment(paper, source="paper", user=bea)
    sessions.sign_in(client, factories.coordinator())
    refused = give(client, paper, amal)
    assert refused.status_code == 422
    assert "Somebody has its title and summary already. Take these back first." in refused.text
    given_first.refresh_from_db()
    assert given_first.status == "open"

    card.delete()
    give(client, paper, amal)
    given_first.refresh_from_db()
    assert given_first.status == "taken-back"
    assert rows(client) == {
        "Open doors": ("whole-paper", (0, 3), "Amal"),
        "Part 2": ("paper-section", None, "Bea"),
    }


def test_a_whole_is_reminded_of_once_and_over_when_all_of_it_is_done(
    mailoutbox, django_capture_on_commit_callbacks, paper, amal
):
    now = timezone.now()
    soon = {"given_at": now - timedelta(days=9), "due_at": now + timedelta(days=2)}
    whole = factories.assignment(paper, source="whole-paper", user=amal, **soon)
    texts.save_texts(paper, {"fr": {"title": "Portes ouvertes"}}, approve=True)
    for number in (0, 1):
        translate(section_of(paper, number))
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            tasks.mind_assignments()
    assert [message.to for message in mailoutbox] == [[amal.email]]
    published = {"status": Paper.Status.PUBLISHED, "published_at": now, "document": factories.document()}
    Paper.objects.update(**published)
    tasks.mind_assignments()
    whole.refresh_from_db()
    assert whole.status == "open"
    translate(section_of(paper, 2))
    tasks.mind_assignments()
    whole.refresh_from_db()
    assert whole.status == "over"


@pytest.mark.parametrize("status", Paper.BEING_WRITTEN)
def test_a_section_written_after_all_was_done_is_of_the_whole_too(amal, status):
    paper = factories.paper("Open doors", sections=())
    texts.save_texts(paper, {"fr": {"title": "Portes ouvertes"}}, approve=True)
    whole = factories.assignment(paper, source="whole-paper", user=amal)
    Paper.objects.update(status=status)
    assignments.end_done()
    section = drafting.add_section(paper, language="en", markdown=SECTIONS[0], by=factories.coordinator())
    assert translating.given(translating.of("paper-section"), "fr", [section]) == {section.pk: whole}


def test_a_whole_that_is_still_written_is_over_for_one_who_may_not_translate_it_any_longer(paper, amal):
    whole = factories.assignment(paper, source="whole-paper", user=amal)
    Role.objects.all().delete()
    assignments.end_done()
    whole.refresh_from_db()
    assert whole.status == "over"


def test_what_is_by_invitation_stands_on_no_desk_but_of_those_whose_role_is_for_it(client):
    hidden = factories.paper("Behind doors", sections=SECTIONS, access="invited")
    amal = factories.role(Role.Kind.TRANSLATOR, hidden, name="Amal")
    factories.assignment(hidden, source="whole-paper", user=amal)
    sessions.sign_in(client, speaker("Bea"))
    assert rows(client) == {}
    assert client.get(place(hidden)).status_code == 404
    sessions.sign_in(client, amal)
    assert rows(client) == {"Behind doors": ("whole-paper", (0, 4), "Amal")}


def test_what_has_a_page_of_its_own_is_not_translated_on_another(client, paper, amal):
    sessions.sign_in(client, amal)
    for source, thing in (("whole-paper", paper), ("paper-section", section_of(paper, 0))):
        for route in ("translation", "translation-file", "translation-table"):
            assert client.get(reverse(route, args=[source, thing.key, "fr"])).status_code == 404


def test_a_section_that_is_taken_back_while_the_desk_is_read_does_not_break_it(paper, amal, monkeypatch):
    factories.assignment(section_of(paper, 0), source="paper-section", user=speaker("Bea"))
    sections = translating.of("paper-section")
    read = type(sections).waiting

    def meanwhile(*things, **asked):
        Assignment.objects.all().delete()
        return read(*things, **asked)

    monkeypatch.setattr(type(sections), "waiting", meanwhile)
    progress = translating.of("whole-paper").progress([paper.pk], Reader.of(amal), "fr", timezone.now())
    assert progress == {paper.pk: (0, 3)}


def test_the_desk_costs_the_same_for_one_whole_and_ten(cost, paper, amal):
    address = reverse("translations") + "?language=fr"
    factories.assignment(paper, source="whole-paper", user=amal)
    factories.paper()
    one = cost(address, amal)
    for _ in range(9):
        factories.assignment(factories.paper(sections=SECTIONS), source="whole-paper", user=amal)
        factories.paper(sections=SECTIONS)
    assert cost(address, amal) == one <= 30
