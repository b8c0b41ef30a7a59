"""Commitments, submissions and answers as files: what their reader may see, in CSV for spreadsheets and JSON for machines."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import dates, languages

COMMITMENT_COLUMNS = (
    _("Kind"),
    _("Title"),
    _("Summary"),
    _("By whom"),
    _("State"),
    _("Date"),
    _("Process"),
    _("Objectives"),
    _("What was reported"),
    _("Source"),
    _("Address"),
)
SUBMISSION_COLUMNS = (
    _("Title"),
    _("Summary"),
    _("Addressee"),
    _("Process"),
    _("Due"),
    _("Time zone"),
    _("Handed over on"),
    _("By which door"),
    pgettext_lazy("of a submission", "Where it stands"),
    _("What came of it"),
    _("Objectives"),
    _("Address"),
)


def answer_cells(registration, questions, language, site):
    """What a registration answered, a cell for each question; a file by its name and its address."""
    said = {row.question_id: row for row in registration.answered}
    return [answer_cell(said.get(question.pk), language, site) for question in questions]


def answer_cell(answer, language, site):
    if answer is None:
        return ""
    words = answer.said(language)
    return f"{words} {site}{answer.get_absolute_url()}" if answer.file_id else words


def commitment_line(row, language, site):
    """A commitment as a line of a sheet."""
    return [
        row.get_kind_display(),
        row.text("title", language).text,
        row.text("summary", language).text,
        row.made_by,
        row.country.text("name", language).text if row.country else "",
        written(row.begins_on, row.begins_precision),
        title_of(process_of(row), language),
        numbers(row),
        told(row.updates),
        row.source_url,
        site + row.get_absolute_url(),
    ]


def submission_line(row, language, site):
    """A submission as a line of a sheet."""
    return [
        row.text("title", language).text,
        row.text("summary", language).text,
        row.addressee,
        title_of(process_of(row), language),
        row.due_at.astimezone(dates.zone_of(row.time_zone)).strftime("%Y-%m-%d %H:%M") if row.due_at else "",
        row.time_zone if row.due_at else "",
        row.handed_over_on or "",
        row.door_words,
        row.stage.label,
        told(row.outcomes),
        numbers(row),
        site + row.get_absolute_url(),
    ]


def commitment_object(row, site):
    """A commitment as an object of JSON, its texts in every language in which they may be read."""
    return {
        "kind": row.kind,
        "made_by": row.made_by,
        "country": row.country.iso2 if row.country else None,
        "updates": reports(row.updates),
        **common(row, site),
    }


def submission_object(row, site):
    """A submission as an object of JSON."""
    return {
        "addressee": row.addressee,
        "due": row.due_at.isoformat() if row.due_at else None,
        "time_zone": row.time_zone,
        "handed_over_on": row.handed_over_on.isoformat() if row.handed_over_on else None,
        "door": row.door_words,
        "stage": row.stage.value,
        "outcomes": reports(row.outcomes),
        **common(row, site),
    }


def common(row, site):
    """What every record says of itself."""
    codes = [code for code in row.languages if code in languages.CODES]
    return {
        "key": str(row.key),
        "title": {code: value for code in codes if (value := getattr(row, f"title_{code}"))},
        "summary": {code: value for code in codes if (value := getattr(row, f"summary_{code}"))},
        "original_language": row.original_language,
        "date": written(row.begins_on, row.begins_precision) or None,
        "objectives": [objective.number for objective in row.objectives.all()],
        "process": str(process.key) if (process := process_of(row)) else None,
        "source": row.source_url,
        "address": site + row.get_absolute_url(),
    }


def process_of(row):
    """The process of a row, where everybody may know of it: a file goes from hand to hand."""
    process = row.process
    is_public = process and process.status in process.SHOWN and process.access == process.Access.PUBLIC
    return process if is_public else None


def title_of(thing, language):
    return thing.text("title", language).text if thing else ""


def written(day, precision):
    """A day no more exact than it is known: 2027-09-09, 2027-09 or 2027."""
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]] if day else ""


def numbers(row):
    return ", ".join(str(objective.number) for objective in row.objectives.all())


def told(rows):
    """Dated words, the newest first, one on each line."""
    found = sorted(rows.all(), key=lambda row: (row.on, row.pk), reverse=True)
    return "\n".join(f"{row.on.isoformat()}: {row.what} {row.evidence_url}".strip() for row in found)


def reports(rows):
    found = sorted(rows.all(), key=lambda row: (row.on, row.pk))
    return [{"on": row.on.isoformat(), "what": row.what, "evidence": row.evidence_url} for row in found]
