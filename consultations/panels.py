"""What consultations put on the pages of documents: where one came from, its themes, its commitments, its calls."""

from django.db.models import F, Q

from consultations import linked, signing
from consultations.models import (
    AccreditationTrack,
    Call,
    Commitment,
    Consultation,
    Paper,
    PaperVersion,
    Submission,
    Theme,
    Use,
    VoiceUse,
)
from portal import clock, languages
from portal.models import Organization, Process, WorkingGroup
from portal.panels import Panel, register
from resources.models import Campaign, Document, PageSection, Practice

MOST = 100


def of_document(document, reader, language):
    """Only what this reader may see, and only what there is."""
    found = {
        "themes": _of(Theme, reader, document=document)
        .prefetch_related("objectives")
        .order_by(F("number").asc(nulls_last=True), "pk"),
        "commitments": _of(Commitment, reader, document=document)
        .prefetch_related("updates", "objectives")
        .order_by("kind", "begins_on", "pk"),
        "calls": _of(Call, reader, document=document).order_by(F("ends_on").desc(nulls_last=True), "-pk"),
        "consultations": _of(Consultation, reader, document_links__document=document)
        .as_rows()
        .newest_first(),
    }
    for name, rows in found.items():
        if rows := list(rows[:MOST]):
            yield Panel(TEMPLATES[name], {name: rows, "has_notes": reader.coordinates(document)})


TEMPLATES = {
    "themes": "consultations/_themes_panel.html",
    "commitments": "consultations/_commitments_panel.html",
    "calls": "consultations/_calls_panel.html",
    "consultations": "consultations/_origins_panel.html",
}


def _of(model, reader, **link):
    return model.objects.visible_to(reader).published().filter(**link)


def written_as(document, reader, language):
    """The paper that the document was written as, with its versions, and how many stand behind it."""
    paper = Paper.objects.visible_to(reader).filter(document=document).first()
    if paper is not None:
        version = signing.current(paper)
        tally = signing.tally(version, reader) if version else None
        said = tally.said if tally and tally.total else ""
        found = {"paper": paper, "said": said, "versions": versions_of(paper, reader, language)}
        yield Panel("consultations/_paper_panel.html", found)


def versions_of(paper, reader, language):
    """[(version, what changed)] of a text that was corrected, the newest first; of one that was not, none."""
    rows = list(PaperVersion.objects.visible_to(reader).filter(paper=paper).final().shown())
    notes = (languages.best(row.change_note, language, paper.original_language) for row in rows)
    return list(zip(rows, notes, strict=True)) if len(rows) > 1 else []


def open_now(section, reader, language):
    """What can be joined or answered now, in the block of a resource page that asks for it."""
    if section.kind != PageSection.Kind.OPEN:
        return
    now = clock.now()
    consultations = Consultation.objects.visible_to(reader).open(now)
    calls = Call.objects.visible_to(reader).taking(now)
    if section.process_id:
        consultations = consultations.filter(process=section.process_id)
        calls = calls.filter(Q(process=section.process_id) | Q(consultation__process=section.process_id))
    if numbers := [objective.pk for objective in section.objectives.all()]:
        consultations = consultations.filter(objectives__in=numbers).distinct()
        calls = calls.filter(objectives__in=numbers).distinct()
    soonest = (F("closes_at").asc(nulls_last=True), "pk")
    found = {
        "consultations": list(
            consultations.as_rows().prefetch_related("moved_dates").order_by(*soonest)[:MOST]
        ),
        "calls": list(calls.as_rows().order_by(*soonest)[:MOST]),
    }
    yield Panel("consultations/_open_panel.html", found | {"now": now})


def voices_in(place, reader, language):
    """The voices that stand in a document or a campaign, each as long as its consent stands."""
    name = "document" if isinstance(place, Document) else "campaign"
    uses = VoiceUse.objects.visible_to(reader).shown().filter(**{name: place})
    uses = uses.select_related("voice__country").order_by("used_at", "pk")
    if rows := list(uses[:MOST]):
        yield Panel("consultations/_voices_panel.html", {"uses": rows})


def behind_document(document, reader, language):
    """The contributions that were used in a document, section by section."""
    uses = Use.objects.visible_to(reader).filter(document=document)
    givers = (
        "organization__country",
        "through",
        "giver_country",
        "call__consultation__process",
        "call__process",
    )
    uses = uses.select_related("input__question", *(f"input__contribution__{name}" for name in givers))
    regions = ("organization__regions", "organization__country__regions", "giver_country__regions")
    uses = uses.prefetch_related(
        "input__question__options", *(f"input__contribution__{name}" for name in regions)
    )
    sections = {}
    for use in uses.order_by("pk")[:MOST]:
        reads = reader.reports_on(use.input.contribution.call)
        sections.setdefault(use.section, []).append((use, reads))
    if sections:
        yield Panel("consultations/_uses_panel.html", {"sections": list(sections.items())})


register(Document, written_as)
register(Document, of_document)
register(Document, behind_document)
register(Document, voices_in)
register(Campaign, voices_in)
register(PageSection, open_now)
LINKED = (Process, WorkingGroup, Organization, Document, Campaign, Practice)
LINKED += (Consultation, Commitment, Call, AccreditationTrack, Submission)
for model in LINKED:
    register(model, linked.panel)
