"""What a draft has not taken up: themes and objectives that no section is about, inputs that none draws on."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property

from consultations import provenance
from consultations.models import Call, Section, Source, Theme
from portal.models import Objective


@dataclass(frozen=True)
class Coverage:
    """The coverage of a paper's working text, as far as this reader sees the calls that it draws on."""

    paper: object
    reader: object

    @cached_property
    def calls(self):
        """Those of its consultation and its process, and those whose inputs it draws on."""
        rows = Call.objects.visible_to(self.reader)
        within = Q(contributions__answers__sources__section__in=self._sections)
        if self.paper.process_id:
            within |= Q(process=self.paper.process_id) | Q(consultation__process=self.paper.process_id)
        if self.paper.consultation_id:
            within |= Q(consultation=self.paper.consultation_id)
        return list(rows.filter(within).distinct().order_by("pk"))

    @property
    def _sections(self):
        return Section.objects.filter(paper=self.paper).standing()

    @cached_property
    def themes(self):
        """[(theme, whether a section is about it, or draws on an input under it)], those that are missing first."""
        about = self._sections.filter(themes=OuterRef("pk"))
        drawn = Source.objects.filter(section__in=self._sections, input__themes=OuterRef("pk"))
        rows = Theme.objects.visible_to(self.reader).filter(call__in=self.calls)
        rows = rows.annotate(is_cited=Exists(about) | Exists(drawn.filter(provenance.standing_inputs())))
        return [(row, row.is_cited) for row in rows.order_by("is_cited", "number", "pk")]

    @cached_property
    def objectives(self):
        """[(objective, whether a section is about it, or draws on an answer about it)] of the paper and its calls."""
        about = self._sections.filter(objectives=OuterRef("pk"))
        drawn = Source.objects.filter(section__in=self._sections, input__question__objective=OuterRef("pk"))
        mine = Q(pk__in=self.paper.objectives.values("pk"))
        asked = Q(pk__in=Objective.objects.filter(call__in=self.calls).values("pk"))
        asked |= Q(pk__in=Objective.objects.filter(questions__call__in=self.calls).values("pk"))
        rows = Objective.objects.filter(mine | asked)
        rows = rows.annotate(is_cited=Exists(about) | Exists(drawn.filter(provenance.standing_inputs())))
        return [(row, row.is_cited) for row in rows.order_by("number")]

    @cached_property
    def unused(self):
        """Inputs that this reader sees, that no section draws on and that nobody set aside or merged with others."""
        used = Source.objects.filter(section__in=self._sections, input=OuterRef("pk"))
        rows = provenance.offered(self.paper, self.reader).filter(contribution__call__in=self.calls)
        rows = rows.filter(~Exists(used), chosen=[], not_used_because="", merged_into__isnull=True)
        return rows.as_rows().order_by(
            "contribution__call", "question__number", "contribution__sent_at", "pk"
        )

    @property
    def missing(self):
        """How many themes and objectives nothing takes up."""
        return sum(not is_cited for _thing, is_cited in (*self.themes, *self.objectives))
