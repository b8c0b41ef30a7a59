"""The facts of the Compact, shipped in portal/reference/ with their sources, brought into the database."""

import json
from collections import Counter
from pathlib import Path

from django.db import transaction

from portal import languages
from portal.models import Country, Objective, Principle, Region
from portal.operations import log, publication, sources

FOLDER = Path(__file__).resolve().parent.parent / "reference"


def read(name):
    """Return the content of a shipped file."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@transaction.atomic
def load(*, by=None):
    """Bring objectives, principles, regions and States in step with the files; what people changed stays.

    Returns {model: Counter of "made", "changed", "same", "kept"}.
    """
    found = {
        Objective: _bring(Objective, "number", _objectives(), by=by),
        Principle: _bring(Principle, "number", _principles(), by=by),
        Region: _bring(Region, "code", _regions(), by=by),
        Country: _bring(Country, "iso2", _countries(), by=by),
    }
    for objective in Objective.objects.all():
        publication.changed(objective)
    return found


def is_loaded():
    """Whether the 23 objectives stand in the database."""
    return Objective.objects.count() == len(read("gcm_objectives")["objectives"])


def _objectives():
    for row in read("gcm_objectives")["objectives"]:
        yield {
            "number": row["number"],
            "roundtable": row["imrf_roundtable"],
            "label_sources": _sources(row["short_labels"]),
            **_texts("label", row["short_labels"]),
            **_titles(row["titles"]),
        }


def _principles():
    for row in read("gcm_principles")["principles"]:
        yield {name: row[name] for name in ("number", "letter", "slug")} | _titles(row["names"])


def _regions():
    for row in read("regions")["regions"]:
        reviews = {name.removeprefix("review_"): row[name] for name in row if name.startswith("review_")}
        facts = {name: row[name] for name in ("code", "commission", "commission_name")}
        yield facts | {"reviews": reviews} | _titles(row["names"])


def _countries():
    for row in read("countries")["countries"]:
        names = {f"name_{code}": row["names"][code] for code in languages.CODES}
        facts = {name: row[name] for name in ("iso2", "iso3", "m49")}
        yield facts | names | {"subregion": row["m49_subregion"], "regions": sorted(row["regions"])}


def _titles(texts):
    return _texts("title", texts) | {"title_sources": _sources(texts)}


def _texts(field, texts):
    return {f"{field}_{code}": texts[code]["text"] for code in languages.CODES}


def _sources(texts):
    """Per language where the wording comes from: "verified" on a page, "from memory", or ours."""
    return {
        code: {name: text[name] for name in ("source", "page", "note") if text.get(name)}
        for code, text in texts.items()
    }


def _bring(model, key, facts, *, by):
    """Make the rows that are missing and mend those that nobody changed since the last load."""
    rows = {getattr(row, key): row for row in _rows(model)}
    count, touched, made = Counter(), {"made": [], "changed": [], "same": []}, []
    for new in facts:
        row = rows.get(new[key])
        if row is None:
            made.append(new)
            continue
        change, kept = sources.merge(row.given, _current(row, new), new)
        if change or row.given != new:
            _mend(row, change, new)
        outcome = "changed" if change else "same"
        touched[outcome].append(row)
        count["kept"] += len(kept)
    touched["made"] = _make(model, made)
    for outcome in ("made", "changed"):
        log.record_all(f"reference {outcome}", touched[outcome], by=by)
    return count + Counter({outcome: len(things) for outcome, things in touched.items()})


def _rows(model):
    return model.objects.prefetch_related("regions") if model is Country else model.objects.all()


def _current(row, new):
    values = {name: getattr(row, name) for name in new if name != "regions"}
    if "regions" in new:
        values["regions"] = sorted(region.code for region in row.regions.all())
    return values


def _make(model, facts):
    made = []
    for new in facts:
        columns = {name: value for name, value in new.items() if name != "regions"}
        made.append(model(**columns, given=new))
    made = model.objects.bulk_create(made)
    if model is Country:
        regions = {region.code: region for region in Region.objects.all()}
        tie = Country.regions.through
        tie.objects.bulk_create(
            tie(country=row, region=regions[code]) for row in made for code in row.given["regions"]
        )
    return made


def _mend(row, change, new):
    for name, value in change.items():
        if name != "regions":
            setattr(row, name, value)
    row.given = new
    row.save()
    if "regions" in change:
        row.regions.set(Region.objects.filter(code__in=change["regions"]))
