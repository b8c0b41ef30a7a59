"""Questions of a consultation or a call: what the database refuses, what applies to whom, what is said of them."""

import pytest
from django.db import IntegrityError, connection, transaction

from consultations.models import Option, Question, RegistrationAnswer
from consultations.models.questions import applying
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
