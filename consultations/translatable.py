"""What of consultations and papers is translated."""

from dataclasses import dataclass

from django.db.models import CharField, F, Min, OuterRef, Q, Subquery, Sum, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations import working_texts
from consultations.models import (
    AccreditationTrack,
    Call,
    Commitment,
    Consultation,
    Meeting,
    Paper,
    ParagraphText,
    Section,
    Submission,
)
from portal import translating
from portal.translatable import SHOWN_OR_BEGUN


@dataclass(frozen=True, eq=False)
class PaperSections(translating.Source):
    """Sections of papers, translated paragraph by paragraph, each paragraph with a state of its own."""

    def things(self, reader, language):
        rows = self.model._default_manager.filter(self.where).exclude(paper__original_language=language)
        return rows.filter(self.may(reader, language))

    def waiting(self, reader, language, now):
        states = ParagraphText.objects.filter(paragraph=OuterRef("paragraph"), language=language)
        rows = ParagraphText.objects.filter(
            paragraph__section__in=self.things(reader, language),
            paragraph__removed_at__isnull=True,
            language=F("paragraph__section__paper__original_language"),
        )
        rows = rows.annotate(there=Subquery(states.values("state")[:1])).annotate(
            paragraph_rank=translating.rank("there")
        )
        rows = rows.filter(paragraph_rank__lt=translating.DONE).order_by()
        rows = rows.values(thing=F("paragraph__section")).annotate(
            source=Value(self.name, output_field=CharField()),
            rank=Min("paragraph_rank"),
            words=Sum(translating.Words(F("markdown"))),
            due=Min(self.next_due(now)),
        )
        return translating.in_columns(rows)

    def named(self, ids):
        rows = Section.objects.filter(pk__in=ids).select_related("paper").as_written()
        return {row.pk: row for row in rows}

    def title(self, thing, language):
        return working_texts.heading(working_texts.blocks(thing, language), language)

    def place(self, thing, language):
        return thing.paper.text("title", language)

    def address(self, thing, language):
        return reverse("consultations:section-translate", args=[thing.key, language])


@dataclass(frozen=True, eq=False)
class Meetings(translating.Source):
    """Meetings of consultations."""

    def place(self, thing, language):
        return thing.consultation.text("title", language)


for _source in (
    translating.Source(
        "consultation", _("Consultation"), Consultation, due=("closes_at",), where=SHOWN_OR_BEGUN
    ),
    Meetings(
        "meeting",
        _("Meeting"),
        Meeting,
        due=("starts_at",),
        access="consultation__access",
        where=Q(cancelled_at__isnull=True) & ~Q(consultation__status="withdrawn"),
        related=("consultation",),
    ),
    translating.Source("call", _("Call"), Call, due=("closes_at",), where=SHOWN_OR_BEGUN),
    # Of papers, as Paper.translated_within has it: who translates a consultation does not translate its papers.
    translating.Source(
        "paper",
        _("Paper"),
        Paper,
        due=("publish_at", "sign_on_closes_at"),
        where=SHOWN_OR_BEGUN,
        scopes=("", "process"),
    ),
    PaperSections(
        "paper-section",
        _("Section of a paper"),
        Section,
        due=("paragraph__section__paper__publish_at", "paragraph__section__paper__sign_on_closes_at"),
        access="paper__access",
        scopes=("paper", "paper__process"),
        where=Q(removed_at__isnull=True, paper__status__in=Paper.WRITABLE),
    ),
    translating.Source(
        "accreditation-track",
        _("Way to accreditation"),
        AccreditationTrack,
        due=("deadline_at",),
        where=SHOWN_OR_BEGUN,
    ),
    translating.Source("submission", _("Submission"), Submission, due=("due_at",), where=SHOWN_OR_BEGUN),
    translating.Source("commitment", _("Commitment"), Commitment, where=SHOWN_OR_BEGUN),
):
    translating.register(_source)
