"""What the sections of a resource page show to one reader: their words, and the lists that fill themselves."""

from dataclasses import dataclass, field

from portal import panels
from portal.operations import texts
from resources.models import Campaign, Document, PageSection

MOST = 10  # documents of a list; the library shows the rest
Kind = PageSection.Kind


@dataclass
class Block:
    """A section with what it shows in one language; which list is filled, its kind says."""

    section: PageSection
    body: object = None
    documents: list = field(default_factory=list)
    children: list = field(default_factory=list)
    campaign: Campaign | None = None
    panels: list = field(default_factory=list)


def of(page, children, reader, language):
    """The standing sections of a page in their order, as Blocks."""
    rows = list(PageSection.objects.visible_to(reader).standing().filter(page=page).as_shown())
    return [_block(section, children, reader, language) for section in rows]


def _block(section, children, reader, language):
    block = Block(section, texts.readable_body(section, language))
    if section.kind == Kind.DOCUMENTS:
        block.documents = list(_documents(section, reader)[:MOST])
    elif section.kind == Kind.CHILDREN:
        block.children = children
    elif section.kind == Kind.CAMPAIGN:
        rows = Campaign.objects.visible_to(reader).published()
        block.campaign = rows.filter(pk=section.campaign_id).first()
    block.panels = panels.of(section, reader, language)
    return block


def _documents(section, reader):
    """The newest documents of the kind, in the process, on one of the objectives; each only where it is named."""
    rows = Document.objects.visible_to(reader).published()
    wanted = {"kind": section.document_kind, "process": section.process_id}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if numbers := [objective.pk for objective in section.objectives.all()]:
        rows = rows.filter(objectives__in=numbers).distinct()
    return rows.as_rows().newest_first()
