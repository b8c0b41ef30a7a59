"""Public things as programs read them: what each kind says, and how it is said. The OpenAPI description is made of this."""

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from ninja import Schema
from pydantic import Field

from portal import languages
from portal.pages.machines import public

Texts = dict[str, str]  # {language: text}


class Fact(Schema):
    """A fact of the Compact: whether a title was seen on an official page is said for each language."""

    title: Texts
    verified_in: list[str] = Field(description="Languages whose wording was seen on an official page.")


class Objective(Fact):
    number: int
    label: Texts
    roundtable: int | None
    addresses: Texts


class Principle(Fact):
    number: int
    letter: str


class Region(Fact):
    code: str
    commission: str


class Country(Schema):
    iso2: str
    iso3: str
    m49: str
    name: Texts
    regions: list[str]


class Record(Schema):
    """What every record says of itself. A day is no more exact than it is known: 2027-09-09, 2027-09 or 2027."""

    key: UUID
    title: Texts
    summary: Texts
    original_language: str
    addresses: Texts = Field(description="The page in each language in which its texts can be read.")
    objectives: list[int]
    begins_on: str | None
    ends_on: str | None
    source: str
    changed_at: datetime


class Process(Record):
    place: str
    is_current: bool


class Phase(Record):
    process: UUID | None
    place: str
    deadline_at: datetime | None
    time_zone: str


class Consultation(Record):
    kind: str
    state: str
    mode: str
    process: UUID | None
    region: str | None
    place: str
    interpretation: list[str]
    takes_registrations: bool
    opens_at: datetime | None
    closes_at: datetime | None
    time_zone: str


class Meeting(Schema):
    key: UUID
    consultation: UUID
    title: Texts
    round: int
    circle: str
    starts_at: datetime | None
    ends_at: datetime | None
    time_zone: str
    is_cancelled: bool
    objectives: list[int]
    changed_at: datetime


class Call(Record):
    kind: str
    state: str
    process: UUID | None
    consultation: UUID | None
    answer_languages: list[str]
    opens_at: datetime | None
    closes_at: datetime | None
    time_zone: str


class File(Schema):
    language: str
    media_type: str
    size: int = Field(description="In bytes.")
    pages: int | None
    checksum: str = Field(description="SHA-256 of its content.")
    address: str


class Document(Record):
    kind: str
    process: UUID | None
    symbol: str
    languages: list[str]
    published_at: datetime | None
    files: list[File]


class Paper(Record):
    kind: str
    state: str
    process: UUID | None
    consultation: UUID | None
    document: UUID | None
    endorse_from: datetime | None
    endorse_until: datetime | None
    published_at: datetime | None
    licence: str
    versions: list[UUID] = Field(description="The newest first.")


class Version(Schema):
    key: UUID
    paper: UUID
    number: int
    purpose: str
    changes_meaning: bool
    change_note: Texts
    shown_at: datetime
    title: Texts
    summary: Texts
    checksums: Texts = Field(description="SHA-256 of title, summary and words in each language.")


class Endorsement(Schema):
    """Of an organization that lets everybody see its name; how many others there are stands on the paper's page."""

    key: UUID
    paper: UUID
    version: UUID
    organization: Texts
    is_reserved: bool
    given_at: datetime


class Report(Schema):
    on: date
    what: str
    evidence: str


class Commitment(Record):
    kind: str
    made_by: str
    process: UUID | None
    country: str | None
    updates: list[Report]


class Submission(Record):
    addressee: str
    process: UUID | None
    due_at: datetime | None
    time_zone: str
    handed_over_on: date | None
    door: str
    stage: str
    outcomes: list[Report]


class Practice(Record):
    kind: str
    by: str


class Campaign(Record):
    process: UUID | None
    hashtag: str


class ResourcePage(Record):
    process: UUID | None
    above: UUID | None


class PageSection(Schema):
    """A piece of a resource page: a text, or a list that fills itself from what is told here."""

    key: UUID
    page: UUID
    position: int = Field(description="The sections of a page stand in this order.")
    kind: str
    title: Texts
    original_language: str
    addresses: Texts
    objectives: list[int]
    process: UUID | None
    document_kind: str
    campaign: UUID | None
    changed_at: datetime


class Organization(Schema):
    """An organization that chose to be listed: what it did not choose to show is null."""

    key: UUID
    name: Texts
    addresses: Texts
    acronym: str | None
    summary: Texts | None
    constituency: str | None
    sort: str | None
    is_migrant_led: bool | None
    country: str | None
    regions: list[str] | None
    spoken: list[str] | None
    website: str | None
    objectives: list[int] | None
    changed_at: datetime


def plain(row, *names):
    """Values that are said just as they are kept."""
    return {name: getattr(row, name) for name in names}


def numbers(row):
    return sorted(objective.number for objective in row.objectives.all())


def day(value, precision):
    return value.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]] if value else None


def fact(row, *, field="title"):
    return {
        "title": {code: text for code in languages.CODES if (text := getattr(row, f"{field}_{code}"))},
        "verified_in": [code for code in languages.CODES if row.is_verified(code)],
    }


def objective(row):
    path = public.path_of(row)
    addresses = {code: public.in_language(path, code) for code in languages.CODES}
    label = {code: text for code in languages.CODES if (text := getattr(row, f"label_{code}"))}
    return fact(row) | plain(row, "number", "roundtable") | {"label": label, "addresses": addresses}


def principle(row):
    return fact(row) | plain(row, "number", "letter")


def region(row):
    return fact(row) | plain(row, "code", "commission")


def country(row):
    names = {code: text for code in languages.CODES if (text := getattr(row, f"name_{code}"))}
    regions = sorted(region.code for region in row.regions.all())
    return plain(row, "iso2", "iso3", "m49") | {"name": names, "regions": regions}


def record(row):
    return plain(row, "key", "original_language", "changed_at") | {
        "title": public.texts(row, "title"),
        "summary": public.texts(row, "summary"),
        "addresses": public.addresses(row),
        "objectives": numbers(row),
        "begins_on": day(row.begins_on, row.begins_precision),
        "ends_on": day(row.ends_on, row.ends_precision),
        "source": row.source_url,
    }


def of_process(row):
    return record(row) | {"process": public.key_of(row.process)}


def process(row):
    return record(row) | plain(row, "place", "is_current")


def phase(row):
    return of_process(row) | plain(row, "place", "deadline_at", "time_zone")


def consultation(row):
    names = ("kind", "mode", "place", "interpretation", "takes_registrations")
    found = plain(row, *names, "opens_at", "closes_at", "time_zone")
    return of_process(row) | found | {"state": row.status, "region": row.region and row.region.code}


def meeting(row):
    found = plain(row, "key", "circle", "starts_at", "ends_at", "time_zone", "changed_at")
    return found | {
        "consultation": row.consultation.key,
        "title": public.texts(row, "title"),
        "round": row.round_number,
        "is_cancelled": row.cancelled_at is not None,
        "objectives": numbers(row),
    }


def call(row):
    found = plain(row, "kind", "answer_languages", "opens_at", "closes_at", "time_zone")
    found |= {"state": row.status, "consultation": public.key_of(row.consultation)}
    return of_process(row) | found


def document(row):
    found = plain(row, "kind", "symbol", "published_at") | {"languages": row.document_languages}
    return of_process(row) | found | {"files": [file(row, one) for one in row.listed_files]}


def file(document, one):
    with translation.override(public.FIRST):
        path = reverse("resources:file", args=[document.key, one.language])
    found = plain(one.file, "media_type", "size", "pages", "checksum")
    return found | {"language": one.language, "address": settings.SITE_URL + path}


def paper(row):
    return (
        of_process(row)
        | plain(row, "kind", "published_at", "licence")
        | {
            "state": row.status,
            "consultation": public.key_of(row.consultation),
            "document": public.key_of(row.document),
            "endorse_from": row.sign_on_opens_at,
            "endorse_until": row.sign_on_closes_at,
            "versions": [version.key for version in row.public_versions],
        }
    )


def version(row):
    texts = {text.language: text for text in row.texts.all()}
    found = plain(row, "key", "number", "purpose", "changes_meaning", "change_note", "shown_at")
    return found | {
        "paper": row.paper.key,
        "title": {code: text.title for code, text in texts.items()},
        "summary": {code: text.summary for code, text in texts.items() if text.summary},
        "checksums": {code: text.checksum for code, text in texts.items()},
    }


def words_of_version(row):
    return {text.language: text.markdown for text in row.texts.all()}


def endorsement(row):
    return plain(row, "key", "given_at") | {
        "paper": row.version.paper.key,
        "version": row.version.key,
        "organization": public.texts(row.organization, "name"),
        "is_reserved": row.answer == row.Answer.RESERVED,
    }


def reports(rows):
    found = sorted(rows.all(), key=lambda row: (row.on, row.pk))
    return [{"on": row.on, "what": row.what, "evidence": row.evidence_url} for row in found]


def commitment(row):
    found = plain(row, "kind", "made_by") | {"country": row.country and row.country.iso2}
    return of_process(row) | found | {"updates": reports(row.updates)}


def submission(row):
    found = plain(row, "addressee", "due_at", "time_zone", "handed_over_on")
    found |= {"door": row.door_words, "stage": row.stage.value, "outcomes": reports(row.outcomes)}
    return of_process(row) | found


def practice(row):
    return record(row) | {"kind": row.kind, "by": row.organization_words}


def campaign(row):
    return of_process(row) | {"hashtag": row.hashtag}


def resource_page(row):
    return of_process(row) | {"above": public.key_of(row.parent)}


def page_section(row):
    found = plain(row, "key", "position", "kind", "original_language", "document_kind", "changed_at")
    return found | {
        "page": row.page.key,
        "title": public.texts(row, "title"),
        "addresses": public.addresses(row),
        "objectives": numbers(row),
        "process": public.key_of(row.process),
        "campaign": public.key_of(row.campaign),
    }


def organization(row):
    """Name and address of whoever is listed, and beside them what it chose to show."""
    shown = {
        **plain(row, "acronym", "constituency", "sort", "is_migrant_led", "spoken", "website"),
        "summary": public.texts(row, "summary"),
        "country": row.country and row.country.iso2,
        "regions": sorted(region.code for region in row.regions.all()),
        "objectives": numbers(row),
    }
    chosen = {name: value if name in row.shown else None for name, value in shown.items()}
    always = {"name": public.texts(row, "name"), "addresses": public.addresses(row)}
    return plain(row, "key", "changed_at") | always | chosen


def bodies(row):
    """The long texts of a record that may be read, as Markdown."""
    return {code: body.markdown for code, body in row.readable_bodies().items()}
