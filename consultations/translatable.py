"""What of consultations and papers is translated."""

from collections import Counter
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
    F,
    FilteredRelation,
    Min,
    OuterRef,
    Q,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Least
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations import working_texts
from consultations.models import (
    AccreditationTrack,
    Announcement,
    Call,
    Commitment,
    Consultation,
    Meeting,
    Option,
    Paper,
    ParagraphText,
    Question,
    Section,
    Submission,
)
from consultations.operations import announcements, questions
from portal import languages, side_by_side, translating
from portal.models import Assignment, Record, TextState
from portal.translatable import SHOWN_OR_BEGUN

State = TextState.State


@dataclass(frozen=True, eq=False)
class Papers(translating.Source):
    """Title and summary of papers; their text is translated section by section, and goes out in one file with them."""

    def listed(self, reader, language, now):
        return self.waiting(reader, language, now).exclude(thing__in=_given_whole(language))

    def parts(self, thing, reader, language):
        sections = translating.of("paper-section")
        rows = sections.things(reader, language).filter(paper=thing).select_related("paper").as_written()
        return [
            (
                sections.title(row, language),
                State(working_texts.standing(row, language).state),
                sections.address(row, language),
            )
            for row in rows
        ]

    def files(self, thing, language):
        return translating.files("consultations:paper-translation", thing.key, language)


@dataclass(frozen=True, eq=False)
class PaperSections(translating.Source):
    """Sections of papers, translated paragraph by paragraph, each paragraph with a state of its own."""

    def things(self, reader, language):
        rows = self.model._default_manager.filter(self.where).exclude(paper__original_language=language)
        return rows.filter(self.may(reader, language))

    def paragraphs(self, sections, language):
        """The paragraphs of some sections that wait, in the original."""
        states = ParagraphText.objects.filter(paragraph=OuterRef("paragraph"), language=language)
        rows = ParagraphText.objects.filter(
            paragraph__section__in=sections,
            paragraph__removed_at__isnull=True,
            language=F("paragraph__section__paper__original_language"),
        )
        rows = rows.annotate(there=Subquery(states.values("state")[:1])).annotate(
            paragraph_rank=translating.rank("there")
        )
        return rows.filter(paragraph_rank__lt=translating.DONE).order_by()

    def waiting(self, reader, language, now, *, sections=None):
        sections = self.things(reader, language) if sections is None else sections
        rows = self.paragraphs(sections, language)
        rows = rows.values(thing=F("paragraph__section")).annotate(
            source=Value(self.name, output_field=CharField()),
            rank=Min("paragraph_rank"),
            words=Sum(translating.Words(F("markdown"))),
            due=Min(self.next_due(now)),
        )
        return translating.in_columns(rows)

    def listed(self, reader, language, now):
        within = self.not_alone(reader, language).filter(paper__in=_given_whole(language))
        sections = self.things(reader, language).exclude(pk__in=within.values("pk"))
        return self.waiting(reader, language, now, sections=sections)

    def not_alone(self, reader, language):
        """The sections that were not given to anybody alone."""
        alone = Assignment.objects.open().of(self, language)
        return self.things(reader, language).exclude(pk__in=alone.values("object_id"))

    def whole_of(self, thing):
        return thing.paper

    def named(self, ids):
        rows = Section.objects.filter(pk__in=ids).as_written()
        rows = rows.select_related("paper__consultation", "paper__process")
        return {row.pk: row for row in rows}

    def title(self, thing, language):
        return working_texts.heading(working_texts.blocks(thing, language), language)

    def place(self, thing, language):
        return thing.paper.text("title", language)

    def address(self, thing, language):
        return reverse("consultations:section-translate", args=[thing.key, language])

    def files(self, thing, language):
        return translating.files("consultations:section-translation", thing.key, language)


@dataclass(frozen=True, eq=False)
class WholePapers(Papers):
    """Papers that are given to one translator whole: title, summary, and each section that nobody was given alone."""

    is_whole = True

    def waiting(self, reader, language, now):
        cards, sections = translating.of("paper"), translating.of("paper-section")
        card = cards.waiting(reader, language, now).filter(thing=OuterRef("pk"))
        text = sections.paragraphs(sections.not_alone(reader, language), language)
        text = text.filter(paragraph__section__paper=OuterRef("pk")).values("paragraph__section__paper")
        rows = self.things(reader, language).annotate(
            source=Value(self.name, output_field=CharField()),
            thing=Cast("pk", BigIntegerField()),
            rank=Least(
                Subquery(card.values("rank")),
                Subquery(text.annotate(least=Min("paragraph_rank")).values("least")),
            ),
            words=Coalesce(Subquery(card.values("words")), 0)
            + Coalesce(Subquery(text.annotate(all=Sum(translating.Words(F("markdown")))).values("all")), 0),
            due=self.next_due(now),
        )
        return translating.in_columns(rows.filter(rank__isnull=False).order_by())

    def kept(self, ids, reader, language, now):
        """Also what is still being written: its sections to come were given with it."""
        written = self.things(reader, language).filter(pk__in=ids, status__in=Paper.BEING_WRITTEN)
        return super().kept(ids, reader, language, now) | set(written.values_list("pk", flat=True))

    def listed(self, reader, language, now):
        return self.waiting(reader, language, now).filter(thing__in=_given_whole(language))

    def given_within(self, thing):
        sections = thing.sections.values("pk")
        return Q(source="paper", object_id=thing.pk) | Q(source="paper-section", object_id__in=sections)

    def progress(self, things, reader, language, now):
        cards, sections = translating.of("paper"), translating.of("paper-section")
        things = self.things(reader, language).filter(pk__in=things).values_list("pk", flat=True)
        rows = sections.not_alone(reader, language).filter(paper__in=things)
        papers = dict(rows.values_list("pk", "paper"))
        # By their ids: a section that was added or taken back since they were read would belong to no paper of these.
        found = sections.waiting(reader, language, now, sections=list(papers))
        waiting = Counter(papers[row["thing"]] for row in found)
        waiting.update(row["thing"] for row in cards.waiting(reader, language, now).filter(thing__in=things))
        parts = Counter([*things, *papers.values()])
        return {pk: (number - waiting[pk], number) for pk, number in parts.items()}

    def address(self, thing, language):
        return translating.of("paper").address(thing, language)


def _given_whole(language):
    """The papers that somebody was given whole."""
    return Assignment.objects.open().of(translating.of("whole-paper"), language).values("object_id")


@dataclass(frozen=True, eq=False)
class Questions(translating.Source):
    """Questions of consultations and calls, with what can be chosen; what is written of them may be read."""

    def is_for_more(self):
        owners = ("consultation__access", "call__access")
        return Q(*(~Q(**{access: Record.Access.INVITED}) for access in owners))

    def waiting(self, reader, language, now):
        options = Option.objects.filter(question=OuterRef("pk"))
        has_gaps = (
            _is_empty("prompt", language)
            | (_is_empty("help", language) & _has_original("help"))
            | Exists(options.filter(_is_empty("label", language)))
        )
        labels = options.order_by().values("question").annotate(all=StringAgg(_original_label(), Value(" ")))
        rows = self.things(reader, language).filter(self.waits)
        rows = rows.annotate(
            state=FilteredRelation("text_states", condition=Q(text_states__language=language)),
            options_words=translating.Words(Subquery(labels.values("all"))),
            source=Value(self.name, output_field=CharField()),
            thing=Cast("pk", BigIntegerField()),
            rank=Case(
                When(state__state__in=side_by_side.DRAFTS, then=translating.rank("state__state")),
                When(has_gaps, then=Value(translating.WAITING.index(State.MISSING))),
                When(state__state=State.STALE, then=Value(translating.WAITING.index(State.STALE))),
                default=Value(translating.DONE),
            ),
            due=self.next_due(now),
        )
        rows = rows.annotate(words=translating.Words(self._card()) + F("options_words"))
        return translating.in_columns(rows.filter(rank__lt=translating.DONE).order_by())

    @property
    def fields(self):
        return ["prompt", "help"]

    def title(self, thing, language):
        return thing.text("prompt", language)

    def place(self, thing, language):
        return thing.owner.text("title", language)


def _is_empty(field, language):
    return Q(**{f"{field}_{language}": None}) | Q(**{f"{field}_{language}": ""})


def _has_original(field):
    """The condition of having words in the original language."""
    return reduce(or_, (Q(original_language=code) & ~_is_empty(field, code) for code in languages.CODES))


def _original_label():
    whens = [When(question__original_language=code, then=F(f"label_{code}")) for code in languages.CODES]
    return Case(*whens, default=Value(""), output_field=TextField())


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
    Questions(
        "question",
        _("Question"),
        Question,
        due=("consultation__opens_at", "consultation__closes_at", "call__opens_at", "call__closes_at"),
        waits=Q(retired_at__isnull=True)
        & ~Q(consultation__status__in=("closed", "archived", "withdrawn"))
        & ~Q(call__status__in=("closed", "withdrawn")),
        related=("consultation", "call"),
        save=questions.translate,
    ),
    # What is sent is corrected on its own page, where one sees who had read what.
    translating.Source(
        "announcement",
        _("Announcement"),
        Announcement,
        due=("publish_at",),
        where=SHOWN_OR_BEGUN,
        waits=Q(status=Announcement.Status.DRAFT),
        save=announcements.translate,
    ),
    # Of papers, as Paper.translated_within has it: who translates a consultation does not translate its papers.
    Papers(
        "paper",
        _("Paper"),
        Paper,
        due=("publish_at", "sign_on_closes_at"),
        where=SHOWN_OR_BEGUN,
        scopes=("", "process"),
        related=("consultation", "process"),
        whole="whole-paper",
    ),
    WholePapers(
        "whole-paper",
        _("Whole paper"),
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
        whole="whole-paper",
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
