"""Questions of a consultation or a call: what the database refuses, what applies to whom, what is said of them."""

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from consultations.forms.answers import conditions
from consultations.models import Option, Question, RegistrationAnswer
from consultations.models.questions import applying
from consultations.operations import questions
from portal.errors import Refused
from portal.models import Actor, LogEntry
from tests import factories

pytestmark = pytest.mark.django_db


def refuses(constraint, make):
    """The database says which fact would be broken; some facts are looked at when a transaction ends."""

    def make_now():
        make()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_now()


def test_a_question_belongs_to_a_consultation_or_to_a_call():
    consultation, call = factories.consultation(), factories.call()
    fact = "question_is_of_a_consultation_or_a_call"
    refuses(fact, lambda: factories.question(consultation, call=call))
    refuses(fact, lambda: Question.objects.create(number=1, prompt_en="Whose?"))


def test_a_condition_names_a_question_and_what_was_chosen_there():
    consultation = factories.consultation()
    first = factories.question(consultation, kind="yes-no")
    fact = "question_depends_on_an_answer"
    refuses(fact, lambda: factories.question(consultation, shown_if=first))
    refuses(fact, lambda: factories.question(consultation, shown_for=["yes"]))
    refuses(
        "question_depends_on_another",
        lambda: Question.objects.filter(pk=first.pk).update(shown_if=first, shown_for=["yes"]),
    )


def test_two_questions_and_two_options_never_stand_in_one_place():
    consultation, call = factories.consultation(), factories.call()
    first = factories.question(consultation, kind="choice", options=["By train", "By boat"])
    factories.question(call)  # another owner counts for itself
    refuses("question_number_in_consultation", lambda: factories.question(consultation, number=1))
    refuses("question_number_in_call", lambda: factories.question(call, number=1))
    refuses(
        "option_key_in_question",
        lambda: Option.objects.create(question=first, key="1", number=3, label_en="On foot"),
    )
    refuses(
        "option_number_in_question",
        lambda: Option.objects.create(question=first, key="3", number=2, label_en="On foot"),
    )


def test_questions_and_options_have_words():
    consultation = factories.consultation()
    question = factories.question(consultation, kind="choice")
    refuses("question_has_prompt", lambda: factories.question(consultation, ""))
    refuses("option_has_label", lambda: Option.objects.create(question=question, key="1", number=1))


def test_an_answer_says_one_thing_once():
    registration = factories.registration()
    question = factories.question(registration.consultation)
    answer = {"registration": registration, "question": question}
    fact = "registrationanswer_says_one_thing"
    refuses(fact, lambda: RegistrationAnswer.objects.create(**answer))
    refuses(fact, lambda: RegistrationAnswer.objects.create(**answer, text="Peace", chosen=["1"]))
    RegistrationAnswer.objects.create(**answer, text="Peace")
    refuses(
        "registrationanswer_is_one_per_question",
        lambda: RegistrationAnswer.objects.create(**answer, text="Rest"),
    )


def test_words_fall_back_to_the_original_and_say_so():
    question = factories.question(
        factories.consultation(),
        "How do you travel?",
        kind="choice",
        options=["By train"],
        prompt_fr="Comment voyagez-vous ?",
        original_language="fr",
    )
    shown = question.text("prompt", "ar")
    assert (shown.text, shown.language, shown.is_fallback) == ("Comment voyagez-vous ?", "fr", True)
    assert question.choices("fr") == [("1", "By train")]


def test_a_condition_counts_only_what_was_really_asked():
    consultation = factories.consultation()
    comes = factories.question(consultation, kind="yes-no")
    how = factories.question(
        consultation, kind="choice", options=["By train", "By boat"], shown_if=comes, shown_for=["yes"]
    )
    port = factories.question(consultation, shown_if=how, shown_for=["2"])
    questions = [port, how, comes]

    assert applying(questions, {comes.pk: ["yes"], how.pk: ["2"]}) == [comes, how, port]
    assert applying(questions, {comes.pk: ["yes"], how.pk: ["1"]}) == [comes, how]
    assert applying(questions, {comes.pk: ["no"], how.pk: ["2"]}) == [comes]
    assert applying(questions, {}) == [comes]


KEYS = ["1", "2", "3"]


@st.composite
def trees(draw):
    """Questions of which some depend on answers to earlier ones, and what somebody chose in each."""
    questions = []
    for number in range(1, draw(st.integers(1, 8)) + 1):
        question = Question(pk=number, number=number, kind="choices")
        if questions and draw(st.booleans()):
            question.shown_if = draw(st.sampled_from(questions))
            question.shown_for = draw(st.lists(st.sampled_from(KEYS), min_size=1, unique=True))
        questions.append(question)
    chosen = {row.pk: draw(st.lists(st.sampled_from(KEYS), unique=True)) for row in questions}
    return questions, chosen


@given(trees())
def test_what_the_sheet_shows_is_what_the_server_asks(tree):
    """The sheet shows what all its marks lead to, ticked anywhere in the form, also where nothing is seen any more."""
    questions, chosen = tree
    marks, opens = conditions(questions)
    lit = {mark for pk, keys in chosen.items() for key in keys for mark in opens.get(pk, {}).get(key, ())}
    shown = [row for row in questions if set(marks[row.pk]) <= lit]
    assert shown == applying(questions, chosen)


@given(trees())
def test_what_was_chosen_where_nothing_is_asked_counts_for_nothing(tree):
    questions, chosen = tree
    asked = applying(questions, chosen)
    kept = {row.pk: chosen[row.pk] for row in asked}
    assert applying(questions, kept) == asked
    for question in asked:
        on = question.shown_if
        assert on is None or (on in asked and {*question.shown_for} & {*chosen[on.pk]})


def test_an_answer_in_words():
    registration = factories.registration()
    how = factories.question(
        registration.consultation, kind="choices", options=["By train", "By boat", "On foot"]
    )
    answer = RegistrationAnswer(registration=registration, question=how, chosen=["1", "3"])
    assert answer.said("en") == "By train, On foot"
    comes = factories.question(registration.consultation, kind="yes-no")
    assert RegistrationAnswer(question=comes, chosen=["no"]).said("en") == "No"
    assert RegistrationAnswer(question=comes, chosen=["no"]).said("ar") != ""


def words(prompt="How do you travel?", **others):
    return {code: {"prompt": text} for code, text in ({"en": prompt} | others).items()}


def choices(*labels, keys=()):
    """Rows of options: those with a key are there already."""
    keys = [*keys, *[""] * len(labels)]
    return [{"key": key, "labels": {"en": label}} for key, label in zip(keys, labels, strict=False)]


def add(owner, prompt="How do you travel?", **facts):
    return questions.add(owner, texts=words(prompt), by=factories.user(), **facts)


def change(question, *, version=None, texts=None, options=(), **facts):
    question.refresh_from_db()
    facts = {"kind": question.kind} | facts
    version = version or question.version
    texts = texts or words()
    return questions.change(
        question, version=version, texts=texts, options=options, by=factories.user(), **facts
    )


def order(owner):
    return [row.text("prompt", "en").text for row in Question.objects.of(owner).asked()]


def answered(question, **said):
    question.consultation.refresh_from_db()
    registration = factories.registration(question.consultation)
    return RegistrationAnswer.objects.create(registration=registration, question=question, **said)


@pytest.mark.parametrize("make", [factories.consultation, factories.call])
def test_a_question_comes_after_all_others_of_its_owner(make):
    owner, person = make(), factories.coordinator()
    add(make())
    first = questions.add(
        owner,
        kind="choice",
        texts=words(fr="Comment voyagez-vous ?"),
        options=choices("By train", "By boat"),
        is_required=True,
        by=person,
    )
    add(owner, "When?")
    assert order(owner) == ["How do you travel?", "When?"]
    assert (first.owner, first.is_required, first.prompt_fr) == (owner, True, "Comment voyagez-vous ?")
    assert first.choices("en") == [("1", "By train"), ("2", "By boat")]
    entry = LogEntry.objects.filter(act="question added", object_id=owner.pk).first()
    assert entry.actor_key == Actor.objects.get(user=person).key


def test_a_question_needs_words_in_its_original_language():
    with pytest.raises(Refused, match="original language") as refused:
        questions.add(factories.consultation(), texts=words("", fr="Pourquoi ?"), by=factories.user())
    assert refused.value.field == "prompt_en"
    assert not Question.objects.exists()


@pytest.mark.parametrize("labels", [(), ("By train",)])
def test_a_choice_is_between_two_at_least(labels):
    with pytest.raises(Refused, match="two choices"):
        add(factories.consultation(), kind="choice", options=choices(*labels))


def test_a_question_depends_only_on_an_earlier_one_of_its_owner():
    consultation = factories.consultation()
    comes = factories.question(consultation, kind="yes-no")
    name = factories.question(consultation)
    elsewhere = factories.question(factories.consultation(), kind="yes-no")
    retired = factories.question(consultation, kind="yes-no", retired_at="2026-01-01T00:00Z")

    def depends(on, *keys):
        return add(consultation, shown_if=on, shown_for=list(keys))

    assert depends(comes, "yes").shown_if == comes
    for on, keys in [
        (elsewhere, ["yes"]),
        (retired, ["yes"]),
        (name, ["yes"]),
        (comes, []),
        (comes, ["maybe"]),
        (comes, ["yes", "1"]),
    ]:
        with pytest.raises(Refused) as refused:
            depends(on, *keys)
        assert refused.value.field == "condition"
    later = add(consultation, "And later?", kind="yes-no")
    with pytest.raises(Refused, match="before it"):
        change(comes, shown_if=later, shown_for=["yes"])
    with pytest.raises(Refused, match="before it"):
        change(comes, shown_if=comes, shown_for=["yes"])


def test_a_change_starts_from_the_version_that_was_shown():
    question = add(factories.consultation())
    change(question, texts=words("How will you travel?"))
    with pytest.raises(Refused, match="Somebody else saved"):
        change(question, version=1)
    question.refresh_from_db()
    assert (question.version, question.prompt_en) == (2, "How will you travel?")


def test_options_keep_their_keys_through_any_order_and_new_ones_get_others():
    question = add(factories.consultation(), kind="choices", options=choices("Train", "Boat", "Foot"))
    change(question, options=choices("By boat", "By bus", "By train", keys=["2", "", "1"]))
    question = Question.objects.get()
    assert question.choices("en") == [("2", "By boat"), ("4", "By bus"), ("1", "By train")]


def test_what_somebody_answered_keeps_its_meaning():
    consultation = factories.open_consultation()
    question = add(consultation, kind="choice", options=choices("Train", "Boat", "Foot"))
    answered(question, chosen=["2"])
    with pytest.raises(Refused, match="kind stays"):
        change(question, kind="line")
    with pytest.raises(Refused, match="has chosen"):
        change(question, options=choices("Train", "Foot", keys=["1", "3"]))
    # What nobody chose may go, and words may be written better.
    change(question, options=choices("By train", "By boat", keys=["1", "2"]))
    assert RegistrationAnswer.objects.get().said("en") == "By boat"


def test_what_others_depend_on_stays():
    consultation = factories.consultation()
    question = add(consultation, kind="choice", options=choices("Train", "Boat", "Foot"))
    port = add(consultation, "Which port?", shown_if=question, shown_for=["2"])
    with pytest.raises(Refused, match="depends on a choice"):
        change(question, options=choices("Train", "Foot", keys=["1", "3"]))
    with pytest.raises(Refused, match="asked only of some"):
        change(question, kind="line")
    with pytest.raises(Refused, match="Change that one first"):
        questions.remove(question, by=None)
    with pytest.raises(Refused, match="stays after it"):
        questions.move_up(port, by=None)
    with pytest.raises(Refused, match="stays after it"):
        questions.move_down(question, by=None)


def test_questions_change_places_one_by_one_past_retired_ones():
    consultation = factories.consultation()
    first, second, third = (add(consultation, prompt) for prompt in ("A", "B", "C"))
    Question.objects.filter(pk=second.pk).update(retired_at="2026-01-01T00:00Z")
    questions.move_up(third, by=None)
    assert order(consultation) == ["C", "A"]
    questions.move_down(third, by=None)
    assert order(consultation) == ["A", "C"]
    with pytest.raises(Refused, match="first"):
        questions.move_up(first, by=None)
    with pytest.raises(Refused, match="last"):
        questions.move_down(third, by=None)


def test_a_question_goes_unless_it_was_answered_then_it_stays_with_its_answers():
    consultation = factories.open_consultation()
    unanswered, question = add(consultation, "A"), add(consultation, "B")
    answer = answered(question, text="Peace")
    questions.remove(unanswered, by=None)
    questions.remove(question, by=None)
    assert order(consultation) == []
    assert [row.prompt_en for row in Question.objects.all()] == ["B"]
    answer.refresh_from_db()
    questions.ask_again(question, by=None)
    assert order(consultation) == ["B"]


def test_a_retired_question_is_asked_again_only_after_what_it_depends_on():
    consultation = factories.open_consultation()
    comes = add(consultation, kind="yes-no")
    port = add(consultation, "Which port?", shown_if=comes, shown_for=["yes"])
    answered(comes, chosen=["yes"])
    answered(port, text="Bizerte")
    questions.remove(port, by=None)
    questions.remove(comes, by=None)
    with pytest.raises(Refused, match="before it"):
        questions.ask_again(port, by=None)
    questions.ask_again(comes, by=None)
    questions.ask_again(port, by=None)
    assert order(consultation) == ["How do you travel?", "Which port?"]
