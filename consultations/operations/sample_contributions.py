"""What sample organizations answered to sample calls, under which themes it was put, and what became of it."""

from consultations.models import Call, Contribution, Input, Theme
from consultations.operations import contributions, inputs, sample_people, sample_questions, sample_rows
from portal import clock, languages
from portal.operations import records


def bring(shelf, name, told):
    """Give the contributions of a sample call, each once, and sort them; what was withdrawn stays so."""
    call = shelf.rows[name]
    # Nobody is told of a sample, neither now nor by the clock.
    Call.objects.filter(pk=call.pk, told_at=None).update(told_at=shelf.now)
    call.refresh_from_db()
    given = call.archive_values.get("contributions", [])
    new = [organization for organization in told["from"] if organization not in given]
    if not new or not call.is_open(clock.now()):
        return
    for organization in new:
        _give(shelf, call, name, organization, told["from"][organization])
    for facts in told.get("themes", ()):
        _sort(shelf, call, name, facts)
    sample_rows.remember(call, contributions=[*given, *new])
    shelf.changed.append(f"contributions to {name}")


def _give(shelf, call, name, organization, facts):
    row = shelf.rows[organization]
    by = sample_people.lead_of(row)
    made = contributions.begin(call, organization=row, language=facts["language"], by=by)
    answers = sample_questions.found(name, facts["answers"])
    contributions.save(made, answers=answers, by=by)
    if consent := facts.get("consent"):
        said = {"consent_version": 1, "consent_language": facts["language"]}
        contributions.send(made, consent=consent, **said, by=by)


def _sort(shelf, call, name, facts):
    """Put inputs under a theme, and say where one is used."""
    by = shelf.people[sample_people.COORDINATOR]
    rows = [input_of(shelf, name, *place) for place in facts["holds"]]
    rows = [row for row in rows if row is not None]
    if not rows:
        return
    theme = records.create(
        Theme,
        titles={code: {"title": facts["titles"][code], "summary": ""} for code in languages.CODES},
        approved=[code for code in languages.CODES if code != "en"],
        call=call,
        objectives=list(call.objectives.all()),
        by=by,
    )
    inputs.tag(rows, theme=theme, by=by)
    if "used_in" in facts:
        section = facts["titles"][rows[0].contribution.language]
        inputs.use(rows[:1], document=shelf.rows[facts["used_in"]], section=section, by=by)


def input_of(shelf, name, organization, key):
    """What a sample organization sent to one question of a sample call; None where that does not stand."""
    [question] = sample_questions.found(name, {key: None})
    sent = {"contribution__status": Contribution.Status.SENT, "contribution__call": shelf.rows[name]}
    given = Input.objects.filter(
        question=question, contribution__organization=shelf.rows[organization], **sent
    )
    return given.select_related("contribution").first()
