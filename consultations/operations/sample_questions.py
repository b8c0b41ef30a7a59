"""What sample consultations and calls ask, and what sample organizations answer."""

from consultations.models import Consultation, Option, Question
from consultations.operations import sample_rows
from portal.models import Objective


def bring(shelf, name, asked):
    """Ask the questions of a sample consultation or call, each once; what was changed or taken away stays so."""
    owner = shelf.rows[name]
    given = owner.archive_values.get("questions", [])
    new = [key for key in asked if key not in given]
    for key in new:
        _make(owner, name, key, asked[key])
    if new:
        sample_rows.remember(owner, questions=[*given, *new])
        shelf.changed.append(f"questions of {name}")


def answers(shelf, name, organization):
    """What a sample organization answers: {question pk: value}."""
    return found(name, shelf.story["answers"].get(name, {}).get(organization, {}))


def found(name, said):
    """Values by the key of their question in the story, as {question pk: value}; without those taken away."""
    questions = {key: _found(name, key) for key in said}
    return {questions[key].pk: value for key, value in said.items() if questions[key] is not None}


def _make(owner, name, key, facts):
    of = "consultation" if isinstance(owner, Consultation) else "call"
    number = Question.objects.of(owner).count() + 1
    question = Question(key=_key(name, key), number=number, kind=facts["kind"], **{of: owner})
    question.objective = Objective.objects.filter(number=facts.get("objective")).first()
    question.is_required = facts.get("is_required", False)
    if "shown_if" in facts:
        question.shown_if, question.shown_for = _found(name, facts["shown_if"]), facts["shown_for"]
    _write(question, {"prompt": facts["prompts"], "help": facts.get("helps", {})})
    for place, labels in enumerate(facts.get("options", ()), 1):
        _write(Option(question=question, key=str(place), number=place), {"label": labels})


def _write(thing, texts):
    for field, said in texts.items():
        for code, text in said.items():
            thing.set_text(field, code, text)
    thing.save()


def _found(name, key):
    return Question.objects.filter(key=_key(name, key)).first()


def _key(name, key):
    return sample_rows.key_of(f"{name}/asks/{key}")
