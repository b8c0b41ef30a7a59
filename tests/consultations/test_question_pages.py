"""Coordinators build questions: choices row by row without script, each language beside the others, in order."""

from uuid import uuid4

import pytest
from django.urls import reverse

from consultations.models import Question, RegistrationAnswer
from tests import factories

pytestmark = pytest.mark.django_db


def listing(owner):
    of = "call" if type(owner).__name__ == "Call" else "consultation"
    return reverse(f"consultations:{of}-questions", args=[owner.key])


def new(owner):
    return listing(owner) + "new/"


def on(question, act):
    return reverse(f"consultations:question-{act}", args=[question.key])


def sent(*labels, **changes):
    """What the browser sends of a question with these choices."""
    values = {
        "once": str(uuid4()),
        "kind": "choice",
        "prompt_en": "How do you travel?",
        "prompt_ar": "كيف تسافرون؟",
        "help_en": "Think of the last leg.",
        "is_required": "on",
        "rows": str(len(labels) or 1),
    }
    values |= {f"label_{number}_en": label for number, label in enumerate(labels, 1)}
    return values | changes


@pytest.mark.parametrize("make", [factories.open_consultation, factories.call])
def test_a_coordinator_asks_a_question_and_sees_it_as_an_organization_does(client, make):
    owner = make()
    client.force_login(factories.coordinator_of(owner))
    assert "Nothing is asked yet." in client.get(listing(owner)).content.decode()
    response = client.post(new(owner), sent("By train", "By boat", label_2_ar="بالقارب"), follow=True)
    assert response.redirect_chain == [(listing(owner), 302)]
    page = response.content.decode()
    question = Question.objects.get()
    assert (question.owner, question.is_required, question.help_en) == (owner, True, "Think of the last leg.")
    assert (question.prompt_ar, question.in_order[1].label_ar) == ("كيف تسافرون؟", "بالقارب")
    for text in ("How do you travel?", "must be answered", "As an organization sees it", 'type="radio"'):
        assert text in page
    arabic = client.get(listing(owner).replace("/en/", "/ar/")).content.decode()
    assert "بالقارب" in arabic


def test_nothing_typed_is_lost_and_each_error_stands_by_its_field(client):
    owner = factories.open_consultation()
    client.force_login(factories.coordinator())
    response = client.post(new(owner), sent("By train", label_2_fr="En bateau", rows="3", prompt_en=""))
    page = response.content.decode()
    assert response.status_code == 422
    for text in ('value="By train"', 'value="En bateau"', "كيف تسافرون؟", "Think of the last leg."):
        assert text in page
    for name in ("prompt_en", "label_2_en"):
        assert f'id="id_{name}_error"' in page
    response = client.post(new(owner), sent("By train"))
    assert "Give at least two choices." in response.content.decode()
    assert not Question.objects.exists()


def test_choices_are_added_moved_and_taken_away_without_script(client):
    owner = factories.open_consultation()
    client.force_login(factories.coordinator())
    typed = sent("Train", "Boat", "Foot", label_2_es="Barco")

    def labels(**button):
        page = client.post(new(owner), typed | button)
        assert page.status_code == 200
        form = page.context["form"]
        assert form["prompt_ar"].value() == "كيف تسافرون؟"
        return [[row.fields[place].value() or "" for place in (0, 3)] for row in form.options]

    assert labels(up="2") == [["Boat", "Barco"], ["Train", ""], ["Foot", ""]]
    assert labels(up="1") == [["Train", ""], ["Boat", "Barco"], ["Foot", ""]]
    assert labels(remove="1") == [["Boat", "Barco"], ["Foot", ""]]
    assert labels(add="1")[3] == ["", ""]
    assert len(labels(remove="9")) == 3
    assert not Question.objects.exists()


def test_a_question_depends_on_answers_to_an_earlier_one(client):
    owner = factories.open_consultation()
    how = factories.question(owner, "How?", kind="choice", options=["Train", "Boat", "Foot"])
    stays = factories.question(owner, "Do you stay?", kind="yes-no")
    client.force_login(factories.coordinator())
    page = client.get(new(owner)).content.decode()
    for text in ("How?", "Boat", "Do you stay?"):
        assert text in page
    line = {"kind": "line"}
    both = [f"{how.key}:2", f"{stays.key}:yes"]
    assert "Tick answers to one question only." in (
        client.post(new(owner), sent(**line, condition=both)).content.decode()
    )
    assert client.post(new(owner), sent(**line, condition=[f"{uuid4()}:1"])).status_code == 422
    sailing = [f"{how.key}:2", f"{how.key}:3"]
    page = client.post(new(owner), sent(**line, condition=sailing), follow=True).content.decode()
    made = Question.objects.last()
    assert (made.shown_if, made.shown_for) == (how, ["2", "3"])
    assert "Only if you answered “Boat” or “Foot” to “<bdi>How?</bdi>”" in page
    edit = client.get(on(made, "edit")).content.decode()
    assert edit.count("checked") == 3  # both answers, and that it must be answered


def test_a_question_is_edited_and_what_a_colleague_saved_meanwhile_is_shown(client):
    owner = factories.open_consultation()
    question = factories.question(owner, "How?", kind="choice", options=["Train", "Boat"])
    client.force_login(factories.coordinator())
    page = client.get(on(question, "edit")).content.decode()
    for text in ('value="How?"', 'value="Train"', 'name="version" value="1"'):
        assert text in page
    keys = {"key_1": "2", "key_2": "1"}
    client.post(on(question, "edit"), sent("By boat", "By train", version="1", **keys))
    assert Question.objects.get().choices("en") == [("2", "By boat"), ("1", "By train")]
    late = sent("Boat", "Train", version="1", **keys, prompt_en="How would you travel?")
    response = client.post(on(question, "edit"), late)
    page = response.content.decode()
    assert response.status_code == 409
    for text in ("Both texts, where they differ", "How do you travel?", "How would you travel?"):
        assert text in page
    assert 'name="version" value="2"' in page
    assert client.post(on(question, "edit"), late | {"version": "2", "once": str(uuid4())}).status_code == 302
    assert Question.objects.get().prompt_en == "How would you travel?"


def test_buttons_move_retire_and_bring_back(client):
    owner = factories.open_consultation()
    first, second = factories.question(owner, "A?"), factories.question(owner, "B?")
    registration = factories.registration(owner)
    RegistrationAnswer.objects.create(registration=registration, question=first, text="Peace")
    client.force_login(factories.coordinator())

    def order():
        return [row.prompt_en for row in Question.objects.of(owner).asked()]

    client.post(on(second, "up"))
    assert order() == ["B?", "A?"]
    client.post(on(second, "down"))
    assert order() == ["A?", "B?"]
    page = client.post(
        on(first, "up"), headers={"referer": f"http://testserver{listing(owner)}"}, follow=True
    )
    assert "already stands first" in page.content.decode()
    client.post(on(first, "remove"))
    client.post(on(second, "remove"))
    assert order() == []
    page = client.get(listing(owner)).content.decode()
    assert "Not asked any more" in page
    assert "B?" not in page
    client.post(on(first, "again"))
    assert order() == ["A?"]


def test_the_editor_of_an_answered_question_is_warned(client):
    owner = factories.open_consultation()
    question = factories.question(owner)
    client.force_login(factories.coordinator())
    warning = "Somebody has answered this question."
    assert warning not in client.get(on(question, "edit")).content.decode()
    RegistrationAnswer.objects.create(
        registration=factories.registration(owner), question=question, text="Peace"
    )
    assert warning in client.get(on(question, "edit")).content.decode()


def test_who_may_build_questions(client):
    seen, hidden = factories.open_consultation(), factories.open_consultation(access="members")
    questions = [factories.question(seen), factories.question(hidden)]
    elsewhere = factories.coordinator_of(factories.process())
    for person in (factories.user(), elsewhere):
        client.force_login(person)
        for question, status in zip(questions, (403, 404), strict=True):
            for address in (listing(question.owner), new(question.owner), on(question, "edit")):
                assert client.get(address).status_code == status
            for act in ("up", "down", "remove", "again"):
                assert client.post(on(question, act)).status_code == status
                assert client.get(on(question, act)).status_code == 405


@pytest.mark.parametrize("make", [factories.open_consultation, factories.call])
def test_the_list_costs_the_same_for_two_questions_and_forty(cost, make):
    owner, person = make(), factories.coordinator()

    def more(number):
        for _ in range(number):
            first = factories.question(owner, kind="choice", options=["Train", "Boat"])
            factories.question(owner, shown_if=first, shown_for=["1"])

    more(1)
    few = cost(listing(owner), person), cost(new(owner), person)
    more(19)
    assert (cost(listing(owner), person), cost(new(owner), person)) == few


@pytest.mark.parametrize("make", [factories.open_consultation, factories.call])
def test_whoever_thinks_better_of_a_question_goes_back_to_the_others(client, make):
    owner = make()
    client.force_login(factories.coordinator_of(owner))
    way_back = f'<a class="more" href="{listing(owner)}">Cancel</a>'
    assert way_back in client.get(new(owner)).content.decode()
    assert way_back in client.get(on(factories.question(owner), "edit")).content.decode()
