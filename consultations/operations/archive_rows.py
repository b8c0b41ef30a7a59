"""Rows that come from an archive: made, brought in step with a newer file, left where people changed them."""

from functools import cached_property

from consultations.models import Consultation
from consultations.operations import archive_values as values
from portal import languages
from portal.models import Country, Organization, Principle, Region
from portal.operations import sources


class Compact:
    """The regions, principles and States by what archives call them: looked up once one is named."""

    @cached_property
    def principles(self):
        return _by_names(Principle.objects.all(), "title", "slug", "number")

    @cached_property
    def regions(self):
        return _by_names(Region.objects.all(), "title", "code")

    @cached_property
    def countries(self):
        return _by_names(Country.objects.prefetch_related("regions"), "name", "iso2", "iso3")

    def place(self, entry):
        """Put the region and the country of an entry beside its columns; what is not known stays words."""
        for name, known in (("region", "regions"), ("country", "countries")):
            said = getattr(entry, name)
            if not said:
                continue
            row = getattr(self, known).get(said.casefold())
            if row:
                entry.columns[f"{name}_id"] = row.pk
            else:
                entry.notes[name] = said
                words = f"“{values.shorten(said, 60)}” is not known; kept as a source note"
                entry.remarks.append((name, words))
        entry.principles = sorted({row.slug for row in self._known(entry, "principles")})
        entry.regions = sorted({row.code for row in self._known(entry, "regions")})

    def _known(self, entry, name):
        """The rows that an entry names; words that name none stay as a note."""
        words = getattr(entry, name)
        rows = getattr(self, name) if words else {}
        unknown = [word for word in words if word.casefold() not in rows]
        if unknown:
            entry.notes[name] = unknown
            entry.remarks.append((name, "not all known; kept as a source note"))
        return [rows[word.casefold()] for word in words if word.casefold() in rows]


def _by_names(rows, field, *codes):
    found = {}
    for row in rows:
        for name in (*codes, *(f"{field}_{code}" for code in languages.CODES)):
            if getattr(row, name):
                found.setdefault(str(getattr(row, name)).casefold(), row)
    return found


def stated(entry, model, translations):
    """({column: text}, the columns that the record itself carries); its own title wins over ours."""
    own, ours = {}, {}
    for code, found in entry.texts.items():
        own |= {column(model, name, code): text for name, text in found.items()}
    for code, records in translations.items():
        ours |= {column(model, name, code): text for name, text in records.get(entry.id, {}).items()}
    return _fitting(ours | own), sorted(own)


def column(model, name, code):
    """The column of a title or summary in a language: an organization's title is its name."""
    return f"{'name' if name == 'title' and model is Organization else name}_{code}"


def _fitting(words):
    most = Organization._meta.get_field("name").max_length
    return {
        name: values.shorten(text, most) if name.startswith("name_") else text for name, text in words.items()
    }


def make(entry, model, words, own, today):
    """Make the row of a new entry, all but what refers to other rows."""
    thing = model(archive_id=entry.id, original_language=entry.original_language)
    thing.status = _status(entry, model, today)
    sources.make(thing, _facts(entry, model), words, own)
    if thing.archive_values["facts"].get("country_id"):
        thing.regions.set(thing.country.regions.all())
    return thing


def mend(entry, thing, words, own, today):
    """Bring a row in step with what the archive gives now, but for what people changed; whether it changed."""
    before = thing.archive_values["facts"]
    is_over = thing.status == "announced" and _status(entry, type(thing), today) == "archived"
    if is_over:
        thing.status = "archived"
        thing.save()
    change, kept = sources.mend(thing, _facts(entry, type(thing)), words, own)
    _announce_move(thing, before, change)
    entry.remarks += [(name, "kept as people changed it") for name in kept]
    return bool(change) or is_over


def translate(thing, words):
    """Bring the translations of a row in step with a file of texts that comes without its record."""
    given = thing.archive_values
    ours = {name: text for name, text in _fitting(words).items() if name not in given["own"]}
    own = {name: given["texts"][name] for name in given["own"]}
    change, kept = sources.mend(thing, given["facts"], own | ours, given["own"])
    return bool(change), [name for name in kept if name in ours]


def _status(entry, model, today):
    """What a record of the archive is: published, known, or for an event behind us or still ahead."""
    if model is Organization:
        return Organization.Status.KNOWN.value
    if model is not Consultation:
        return model.Status.PUBLISHED.value
    last = entry.columns.get("ends_on") or entry.columns.get("begins_on")
    precision = entry.columns.get("ends_precision") or entry.columns.get("begins_precision")
    is_ahead = last is not None and values.last_day(last, precision) >= today
    return (Consultation.Status.ANNOUNCED if is_ahead else Consultation.Status.ARCHIVED).value


def _facts(entry, model):
    """Everything that the archive says of a row, as JSON keeps it."""
    sets = {"objectives": entry.objectives, "principles": sorted(entry.principles)}
    if entry.regions:  # those of an organization follow from its country
        sets["regions"] = entry.regions
    facts = sets | entry.columns | {"source_notes": entry.notes}
    return {name: sources.plain(value) for name, value in facts.items() if hasattr(model, name)}


def _announce_move(thing, before, change):
    """Keep the dates that a newer file moves, unless it only says them more exactly."""
    was, now = _written(before), _written(before | change)
    if was[0] and was != now and not now[0].startswith(was[0]):
        thing.moved_dates.get_or_create(
            field="dates", was_start=was[0], was_end=was[1], defaults={"source_url": before["source_url"]}
        )


def _written(facts):
    return tuple(
        (facts.get(f"{name}_on") or "")[: {"year": 4, "month": 7}.get(facts.get(f"{name}_precision"), 10)]
        for name in ("begins", "ends")
    )
