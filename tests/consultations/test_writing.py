"""Writing together: sections, translations beside their originals, and the history of both, on their pages."""

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from consultations.models import ParagraphText, SectionEdit
from consultations.operations import drafting, translations
from consultations.permissions import can_approve_translation
from portal.errors import Refused
from portal.models import GroupMember, Role
from tests import factories

pytestmark = pytest.mark.django_db

TEXT = "## What we ask\n\nOpen the doors.\n\nKeep families together."


@pytest.fixture
def writer():
    return factories.coordinator()


@pytest.fixture
def section(writer):
    return factories.paper(sections=[TEXT], by=writer).sections.get()


def address(name, thing, *more):
    return reverse(f"consultations:{name}", args=[thing.key, *more])


def text_of(response):
    return response.content.decode()


def approved(section, by, language="ar", words="كلمات"):
    """A translation of each paragraph, approved."""
    rows = {row.key: f"{words} {row.position}" for row in section.paragraphs.standing()}
    number = drafting.last_number(section, language)
    drafting.translate(
        section, language=language, number=number, paragraphs=rows, approved=frozenset(rows), by=by
    )


def test_a_section_is_added_once_however_often_the_form_is_sent(client, writer):
    paper = factories.paper(sections=[], by=writer)
    client.force_login(writer)
    once = str(client.get(address("section-new", paper)).context["form"]["once"].value())
    sent = {"markdown": TEXT, "once": once}
    answers = [client.post(address("section-new", paper), sent) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert drafting.working_text(paper.sections.get(), "en") == TEXT
    assert client.post(address("section-new", paper), {"markdown": " "}).status_code == 422


def test_a_preview_shows_what_was_typed_and_saves_nothing(client, writer, section):
    client.force_login(writer)
    sent = {"number": 1, "markdown": "## Anew\n\nSome *words* <script>", "preview": "1"}
    shown = client.post(section.get_absolute_url(), sent)
    assert shown.status_code == 200
    assert "<em>words</em> &lt;script&gt;" in text_of(shown)
    assert "Some *words* &lt;script&gt;" in text_of(shown)
    piece = client.post(address("section-preview", section.paper), sent)
    assert "<em>words</em>" in text_of(piece)
    assert "<html" not in text_of(piece)
    assert section.edits.count() == 1


def test_what_somebody_saved_meanwhile_is_shown_beside_what_was_typed_word_by_word(client, writer, section):
    drafting.edit(section, language="en", number=1, markdown=TEXT.replace("doors", "gates"), by=writer)
    client.force_login(factories.role(Role.Kind.DRAFTER, section.paper))
    mine = TEXT.replace("families", "people")
    answer = client.post(section.get_absolute_url(), {"number": 1, "markdown": mine})
    page = text_of(answer)
    assert answer.status_code == 409
    assert ("Open the gates." in page, "Keep people together." in page) == (True, True)
    assert {piece.text for piece in answer.context["pieces"] if not piece.is_same} == {
        "gates",
        "doors",
        "families",
        "people",
    }
    decided = client.post(
        section.get_absolute_url(), {"number": answer.context["form"]["number"].value(), "markdown": mine}
    )
    assert decided.status_code == 302
    assert drafting.working_text(section, "en") == mine


def test_a_form_that_is_sent_twice_is_one_edit(client, writer, section):
    client.force_login(writer)
    sent = {"number": 1, "markdown": "## Other\n\nWords."}
    assert [client.post(section.get_absolute_url(), sent).status_code for _time in range(2)] == [302, 302]
    assert section.edits.count() == 2


def test_an_empty_form_is_shown_again(client, writer, section):
    client.force_login(writer)
    assert client.post(section.get_absolute_url()).status_code == 422


def test_a_section_says_what_it_is_about(client, writer, section):
    objective, call = factories.objective(7), factories.open_call()
    theme = factories.theme("Lights", call=call)
    section.paper.process = call.process = factories.process()
    section.paper.save()
    call.save()
    client.force_login(writer)
    sent = {"objectives": [objective.pk], "themes": [theme.pk]}
    assert client.post(address("section-about", section), sent).status_code == 302
    assert (list(section.objectives.all()), list(section.themes.all())) == ([objective], [theme])
    assert client.post(address("section-about", section), {"objectives": [0]}).status_code == 422


def test_sections_are_moved_by_buttons_and_taken_out_after_a_question(client, writer):
    paper = factories.paper(sections=["## One\n\nA.", "## Two\n\nB."], by=writer)
    one, two = paper.sections.order_by("position")
    client.force_login(writer)
    client.post(address("section-up", two))
    assert list(paper.sections.order_by("position")) == [two, one]
    client.post(address("section-down", two))
    assert list(paper.sections.order_by("position")) == [one, two]
    client.post(address("section-up", one))
    assert list(paper.sections.order_by("position")) == [one, two]
    assert client.get(address("section-remove", one)).status_code == 200
    client.post(address("section-remove", one))
    assert list(paper.sections.standing()) == [two]
    client.post(address("section-up", one))
    assert "was taken out" in text_of(client.get(one.get_absolute_url()))
    draft = address("paper-draft", paper)
    assert [row.heading for row in client.get(draft).context["removed"]] == ["One"]
    assert [client.post(address("section-put-back", one)).status_code for _time in range(2)] == [302, 302]
    assert list(paper.sections.standing().order_by("position")) == [two, one]
    assert drafting.working_text(one, "en") == "## One\n\nA."
    assert not client.get(draft).context["removed"]


def test_nobody_writes_in_a_text_that_stands_still(client, writer, section):
    section.paper.status = "frozen"
    section.paper.save()
    client.force_login(writer)
    sent = {"number": 1, "markdown": "Other words."}
    assert client.post(section.get_absolute_url(), sent).status_code == 422
    assert "Other words." in text_of(client.post(section.get_absolute_url(), sent))
    added = client.post(address("section-new", section.paper), {"markdown": "Words typed."})
    assert (added.status_code, "Words typed." in text_of(added)) == (422, True)
    assert client.get(address("section-new", section.paper)).status_code == 403
    assert client.post(address("section-remove", section)).status_code == 403
    first = section.paragraphs.standing().order_by("position")[0]
    sent = {"number": 0, "original": 1, f"text_{first.key}": "كلمات"}
    translated = client.post(address("section-translate", section, "ar"), sent)
    assert (translated.status_code, "كلمات" in text_of(translated)) == (422, True)
    assert "stands still" in text_of(client.get(section.get_absolute_url()))
    assert drafting.working_text(section, "en") == TEXT


def test_people_of_the_drafting_group_write_and_others_find_nothing(client, writer, section):
    group, person = factories.working_group(), factories.lead()
    section.paper.group = group
    section.paper.save()
    client.force_login(person)
    names = ("section", "section-sources", "section-remove")
    assert {client.get(address(name, section)).status_code for name in names} == {404}
    GroupMember.objects.create(group=group, user=person, organization=person.organization)
    assert {client.get(address(name, section)).status_code for name in names} == {200}


# Translations


def translation(client, section, language="ar", **values):
    """The form of a translation as it is shown, with some of its fields changed."""
    form = client.get(address("section-translate", section, language)).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {
        name: value for name, value in (shown | values).items() if value is not None and value is not False
    }


def test_a_drafter_translates_and_a_translator_of_the_language_approves(client, writer, section):
    first = section.paragraphs.standing().order_by("position")[0]
    drafter = factories.role(Role.Kind.DRAFTER, section.paper)
    translator = factories.user()
    Role.objects.create(user=translator, kind=Role.Kind.TRANSLATOR, language="ar")
    client.force_login(drafter)
    sent = translation(client, section, **{f"text_{first.key}": "ما نطلبه", f"approved_{first.key}": "on"})
    assert client.post(address("section-translate", section, "ar"), sent).status_code == 302
    assert ParagraphText.objects.get(language="ar").state == "draft"
    client.force_login(translator)
    sent = translation(client, section, **{f"approved_{first.key}": "on"})
    assert client.post(address("section-translate", section, "ar"), sent).status_code == 302
    text = ParagraphText.objects.get(language="ar")
    assert (text.state, text.approved_by) == ("approved", translator)
    assert client.get(section.get_absolute_url()).status_code == 404
    assert client.get(address("section-translate", section, "fr")).status_code == 403
    assert client.get(address("paper-draft", section.paper)).context["translates"] == ["ar"]


def test_translations_are_approved_by_coordinators_and_translators_within_their_scope(writer, section):
    paper, other, hidden = (
        section.paper,
        factories.paper(by=writer),
        factories.paper(by=writer, access="invited"),
    )
    spoken = factories.user()
    Role.objects.create(user=spoken, kind=Role.Kind.TRANSLATOR, language="ar")
    scoped = factories.role(Role.Kind.TRANSLATOR, paper)
    of_process = factories.role(Role.Kind.TRANSLATOR, factories.process())
    people = {
        "coordinator": writer,
        "of a language": spoken,
        "of everything": factories.translator(),
        "of the paper": scoped,
        "of another process": of_process,
        "drafter": factories.role(Role.Kind.DRAFTER, paper),
        "lead": factories.lead(),
    }
    asked = [(paper, "ar"), (paper, "fr"), (other, "ar"), (hidden, "ar")]
    assert {
        name: [can_approve_translation(person, *one) for one in asked] for name, person in people.items()
    } == {
        "coordinator": [True, True, True, True],
        "of a language": [True, False, True, False],
        "of everything": [True, True, True, False],
        "of the paper": [True, True, False, False],
        "of another process": [False, False, False, False],
        "drafter": [False, False, False, False],
        "lead": [False, False, False, False],
    }


def test_saving_another_paragraph_takes_no_approval_away(client, writer, section):
    approved(section, writer)
    last = section.paragraphs.standing().order_by("-position")[0]
    client.force_login(factories.role(Role.Kind.DRAFTER, section.paper))
    sent = translation(client, section, **{f"text_{last.key}": "جديد"})
    assert client.post(address("section-translate", section, "ar"), sent).status_code == 302
    rows = ParagraphText.objects.filter(language="ar").order_by("paragraph__position")
    assert [row.state for row in rows] == ["approved", "approved", "draft"]


def test_nothing_is_approved_where_nothing_is_written(client, writer, section):
    first = section.paragraphs.standing().order_by("position")[0]
    client.force_login(writer)
    sent = translation(client, section, **{f"approved_{first.key}": "on"})
    answer = client.post(address("section-translate", section, "ar"), sent)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [f"text_{first.key}"]


def test_a_translator_sees_what_changed_in_the_original_since_it_was_approved(client, writer, section):
    approved(section, writer)
    drafting.edit(section, language="en", number=1, markdown=TEXT.replace("doors", "gates"), by=writer)
    drafting.edit(section, language="en", number=2, markdown=TEXT.replace("doors", "walls"), by=writer)
    client.force_login(writer)
    rows = client.get(address("section-translate", section, "ar")).context["rows"]
    changed = [row for row in rows if row["original_pieces"]]
    assert [row["block"].state for row in rows] == ["approved", "stale", "approved"]
    assert [piece.text for piece in changed[0]["original_pieces"] if not piece.is_same] == ["doors", "walls"]


def test_a_translation_saved_meanwhile_is_shown_beside_what_was_typed(client, writer, section):
    first = section.paragraphs.standing().order_by("position")[0]
    client.force_login(writer)
    sent = translation(client, section, **{f"text_{first.key}": "ما نريد"})
    approved(section, writer)
    answer = client.post(address("section-translate", section, "ar"), sent)
    assert answer.status_code == 409
    assert ("ما نريد" in text_of(answer), "كلمات 0" in text_of(answer)) == (True, True)
    assert str(answer.context["form"]["number"].value()) == "1"


def test_nothing_is_approved_against_an_original_that_the_translator_did_not_see(client, writer, section):
    first = section.paragraphs.standing().order_by("position")[0]
    client.force_login(writer)
    sent = translation(client, section, **{f"text_{first.key}": "ما نطلبه", f"approved_{first.key}": "on"})
    drafting.edit(section, language="en", number=1, markdown=TEXT.replace("ask", "demand"), by=writer)
    answer = client.post(address("section-translate", section, "ar"), sent)
    assert answer.status_code == 409
    assert "ما نطلبه" in text_of(answer)
    assert not ParagraphText.objects.filter(language="ar").exists()
    with pytest.raises(Refused):
        translations.save(section, language="ar", number=0, original=1, paragraphs={}, by=writer)


def test_what_was_typed_for_a_paragraph_that_is_gone_is_not_lost(client, writer, section):
    last = section.paragraphs.standing().order_by("-position")[0]
    client.force_login(writer)
    sent = translation(client, section, **{f"text_{last.key}": "أبقوا العائلات معاً."})
    drafting.edit(section, language="en", number=1, markdown="## What we ask\n\nOpen the doors.", by=writer)
    answer = client.post(address("section-translate", section, "ar"), sent)
    assert (answer.status_code, answer.context["gone"]) == (409, ["أبقوا العائلات معاً."])
    assert "أبقوا العائلات معاً." in text_of(answer)


def test_the_language_that_one_translates_into_is_another_than_that_of_the_page(client, writer, section):
    client.force_login(writer)
    assert "Translate into Arabic" in text_of(client.get(address("section-translate", section, "ar")))
    paper = client.get(reverse("consultations:paper-draft", args=[section.paper.key]), {"language": "ar"})
    assert '<strong lang="ar">' in paper.content.decode()


def test_a_section_is_translated_into_our_languages_only(client, writer, section):
    client.force_login(writer)
    answers = [client.get(address("section-translate", section, code)) for code in ("en", "xx", "fr")]
    assert [answer.status_code for answer in answers] == [404, 404, 200]


# History


def test_the_history_marks_what_each_edit_changed_and_takes_an_edit_back(client, writer, section):
    drafting.edit(
        section, language="en", number=1, markdown=TEXT.replace("doors", "gates"), note="Wider", by=writer
    )
    client.force_login(writer)
    history = address("section-history", section, "en")
    answer = client.get(history)
    edits = answer.context["edits"]
    assert [(edit.number, edit.note) for edit, _pieces in edits] == [(2, "Wider"), (1, "")]
    assert [piece.text for piece in edits[0][1] if not piece.is_same] == ["doors", "gates"]
    first = SectionEdit.objects.get(section=section, number=1)
    assert client.post(address("section-take-back", first), {"number": 2}).status_code == 302
    assert drafting.working_text(section, "en") == TEXT
    assert section.edits.get(number=3).note == "The text of edit 1 is restored"
    client.post(address("section-take-back", first), {"number": 2})
    assert section.edits.count() == 3


def test_an_edit_of_a_translation_is_taken_back_and_waits_for_approval(client, writer, section):
    approved(section, writer)
    approved(section, writer, words="غيرها")
    first = SectionEdit.objects.get(language="ar", number=1)
    client.force_login(writer)
    client.post(address("section-take-back", first), {"number": 2})
    rows = ParagraphText.objects.filter(language="ar").order_by("paragraph__position")
    assert [row.markdown for row in rows] == ["كلمات 0", "كلمات 1", "كلمات 2"]
    assert {row.state for row in rows} == {"draft"}


def test_a_translator_takes_no_edit_of_the_original_back(client, writer, section):
    translator = factories.translator()
    client.force_login(translator)
    answer = client.post(address("section-take-back", section.edits.get()), {"number": 1})
    assert answer.status_code == 403
    assert client.get(address("section-history", section, "en")).status_code == 200
    assert client.get(address("section-history", section, "fr")).status_code == 404


def test_the_history_costs_the_same_for_one_edit_and_ten(cost, writer):
    few, many = (factories.paper(by=writer).sections.get() for _time in range(2))
    for number in range(1, 10):
        drafting.edit(many, language="en", number=number, markdown=f"## A\n\nWords {number}.", by=writer)
    drafting.edit(few, language="en", number=1, markdown="## A\n\nWords.", by=writer)
    one, ten = (cost(address("section-history", section, "en"), writer) for section in (few, many))
    assert one == ten


# What a change of the original does to its translations

WORDS = st.sampled_from(["doors", "families", "work", "schools", "borders", "rights", "names", "home"])
SENTENCE = st.lists(WORDS, min_size=4, max_size=9, unique=True).map(
    lambda words: f"We ask for {', '.join(words)}."
)


class TestStaleness(TestCase):
    """Whoever edits says what it is: the meaning or the wording."""

    @given(
        sentences=st.lists(SENTENCE, min_size=2, max_size=5, unique=True),
        touched=st.data(),
        changes_meaning=st.booleans(),
        languages=st.sets(st.sampled_from(["ar", "fr", "es"]), min_size=1),
    )
    @settings(max_examples=20, deadline=None)
    def test_a_new_meaning_makes_stale_exactly_what_it_touched_and_a_wording_nothing(
        self, sentences, touched, changes_meaning, languages
    ):
        by = factories.user()
        paper = factories.paper(sections=["\n\n".join(["## Ask", *sentences])], by=by)
        section = paper.sections.get()
        for language in languages:
            approved(section, by, language)
        chosen = touched.draw(st.sets(st.integers(0, len(sentences) - 1)))
        new = [f"{said} Now." if place in chosen else said for place, said in enumerate(sentences)]
        drafting.edit(
            section,
            language="en",
            number=1,
            markdown="\n\n".join(["## Ask", *new]),
            changes_meaning=changes_meaning,
            by=by,
        )
        rows = ParagraphText.objects.exclude(language="en").filter(paragraph__section=section)
        stale = {(row.language, row.paragraph.position - 1) for row in rows if row.state == "stale"}
        expected = {(language, place) for language in languages for place in chosen}
        assert stale == (expected if changes_meaning else set())
        assert rows.count() == len(languages) * (len(sentences) + 1)
        assert {row.state for row in rows} <= {"approved", "stale"}
