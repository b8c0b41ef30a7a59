"""Where the sections of a paper come from, counted for everybody and opened as far as each consent goes.

Nothing is copied: what is withdrawn is gone from here at once.
"""

from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext, ngettext

from consultations.models import Call, Consultation, Contribution, Input, Section, Source, Voice
from consultations.models.sources import voices_speaking
from portal.models import Organization
from resources.models import Document

MOST = 100  # opened under one section; the count says how many there are


@dataclass
class Drawn:
    """What one section draws on, as one reader may learn of it."""

    inputs: int = 0
    givers: set = field(default_factory=set)
    regions: set = field(default_factory=set)
    opened: list = field(default_factory=list)  # (Source, whether this reader reads for its call)
    voices: list = field(default_factory=list)
    documents: list = field(default_factory=list)
    consultations: list = field(default_factory=list)

    @property
    def sentence(self):
        """“Drawn from 14 inputs of 9 organizations in 4 regions”; of other things, what there is."""
        if not self.inputs:
            return gettext("Drawn from other sources") if self.is_there else ""
        counted = {
            "inputs": _counted(ngettext("%(number)s input", "%(number)s inputs", self.inputs), self.inputs),
            "organizations": _counted(
                ngettext("%(number)s organization", "%(number)s organizations", len(self.givers)),
                len(self.givers),
            ),
            "regions": _counted(
                ngettext("%(number)s region", "%(number)s regions", len(self.regions)), len(self.regions)
            ),
        }
        if not self.regions:
            return gettext("Drawn from %(inputs)s of %(organizations)s") % counted
        return gettext("Drawn from %(inputs)s of %(organizations)s in %(regions)s") % counted

    @property
    def is_there(self):
        return bool(self.inputs or self.voices or self.documents or self.consultations)

    @property
    def kept_back(self):
        """How many inputs are counted and not opened to this reader."""
        return self.inputs - len(self.opened)


def of(sections, reader):
    """{section id: Drawn} of sections whose text this reader may read; the same few queries for one and for many."""
    found = {section.pk: Drawn() for section in sections}
    rows = Source.objects.filter(section__in=found)
    _inputs(rows, reader, found)
    for source in rows.filter(voices_speaking(), voice__isnull=False).select_related("voice").order_by("pk"):
        found[source.section_id].voices.append(source)
    _things(rows, "document", Document.objects.visible_to(reader).published(), found)
    _things(rows, "consultation", Consultation.objects.visible_to(reader).published(), found)
    return found


def behind(text, reader):
    """{section key: Drawn} of the sections of a version, which this reader may read."""
    keys = [section["key"] for section in text.sections]
    sections = list(Section.objects.filter(key__in=keys, paper=text.version.paper_id))
    drawn = of(sections, reader)
    return {str(section.key): drawn[section.pk] for section in sections}


def standing_inputs():
    """The condition of a Source whose input still stands: sent, by nobody who was suspended."""
    given = "input__contribution"
    suspended = Organization.Status.SUSPENDED
    return Q(**{f"{given}__status": Contribution.Status.SENT}) & ~(
        Q(**{f"{given}__organization__isnull": False, f"{given}__organization__status": suspended})
        | Q(**{f"{given}__through__isnull": False, f"{given}__through__status": suspended})
    )


def _inputs(rows, reader, found):
    """Count what stands, but of a closed room only for those who read what was said there; open what may be seen."""
    given = "input__contribution"
    open_rooms = Q(input__contribution__call__access__in=[Call.Access.PUBLIC, Call.Access.MEMBERS]) & (
        Q(input__contribution__call__consultation__isnull=True)
        | ~Q(input__contribution__call__consultation__access=Consultation.Access.INVITED)
    )
    read_calls = Call.objects.read_by(reader).filter(pk=OuterRef("input__contribution__call"))
    seen = Contribution.objects.visible_to(reader).sent().filter(pk=OuterRef("input__contribution"))
    sources = rows.filter(standing_inputs()).annotate(is_seen=Exists(seen))
    sources = sources.filter(open_rooms | Q(Exists(read_calls)) | Q(is_seen=True))
    givers = (
        "organization__country",
        "through",
        "giver_country",
        "call__consultation__process",
        "call__process",
    )
    regions = ("organization__regions", "organization__country__regions", "giver_country__regions")
    sources = sources.select_related("input__question", *(f"{given}__{name}" for name in givers))
    sources = sources.prefetch_related(*(f"{given}__{name}" for name in regions))
    for source in sources.order_by("pk"):
        drawn, contribution = found[source.section_id], source.input.contribution
        drawn.inputs += 1
        drawn.givers.add(_giver(contribution))
        drawn.regions.update(region.pk for region in contribution.regions)
        if source.is_seen and len(drawn.opened) < MOST:
            drawn.opened.append((source, reader.reports_on(contribution.call)))


def _giver(contribution):
    """Who gave it, told apart from other givers."""
    if contribution.organization_id:
        return contribution.organization_id
    return contribution.giver_name.casefold(), contribution.giver_country_id


def _things(rows, name, visible, found):
    """Put the things of one sort that this reader may see under their sections."""
    seen = visible.filter(pk=OuterRef(name))
    for source in rows.filter(Exists(seen)).select_related(name).order_by("pk"):
        getattr(found[source.section_id], f"{name}s").append(source)


def _counted(words, number):
    return words % {"number": number}


def offered(paper, reader):
    """What this reader may add to a section: what is sent, and she reads herself or was shown.

    A file says who made it: of those that may not be named she is shown none that she does not read.
    """
    rows = Input.objects.visible_to(reader).filter(contribution__status=Contribution.Status.SENT)
    named = Q(contribution__consent=Contribution.Consent.NAMED)
    own = Q(contribution__organization_id__in=reader.organizations.keys())
    read = Q(contribution__in=Contribution.objects.read_by(reader))
    rows = rows.filter(Q(file__isnull=True) | named | own | read)
    within = Q(pk__in=[])
    if paper.process_id:
        within |= Q(contribution__call__process=paper.process_id)
        within |= Q(contribution__call__consultation__process=paper.process_id)
    if paper.consultation_id:
        within |= Q(contribution__call__consultation=paper.consultation_id)
    if not (paper.process_id or paper.consultation_id):
        within = Q()
    return rows.filter(within)


def voices_offered(paper, reader):
    """Voices that this reader may use for something that the person agreed to."""
    rows = Voice.objects.visible_to(reader).usable_by(reader)
    if paper.process_id:
        rows = rows.filter(Q(process=paper.process_id) | Q(process__isnull=True))
    return rows.order_by(F("given_at").desc(), "-pk")
