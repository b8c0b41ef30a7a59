"""What sample consultations ask in registering, and what sample organizations answer."""

from consultations.models import Option, Question
from consultations.operations import sample_rows


def bring(shelf, name, asked):
    """Ask the questions of a sample consultation, each once; what was changed or taken away stays so."""
    consultation = shelf.rows[name]
    given = consultation.archive_values.get("questions", [])
    new = [key for key in asked if key not in given]
    for key in new:
        _make(consultation, name, key, asked[key])
    if new:
        sample_rows.remember(consultation, questions=[*given, *new])
        shelf.changed.append(f"questions of {name}")


def answers(shelf, name, organization):
    """What a sample organization answers: {question pk: value}."""
    said = shelf.story["answers"].get(name, {}).get(organization, {})
    found = {key: _found(name, key) for key in said}
    return {found[key].pk: value for key, value in said.items() if found[key] is not None}


def _make(consultation, name, key, facts):
    number = Question.objects.of(consultation).count() + 1
    question = Question(key=_key(name, key), consultation=consultation, number=number, kind=facts["kind"])
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
