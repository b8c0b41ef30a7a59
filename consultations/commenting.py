"""Where comments stand: a comment goes with its paragraph, and with the one that took its place."""

from dataclasses import dataclass, field

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from consultations.models import Comment, CommentRound, Paper, PaperVersion, Paragraph
from consultations.models.comments import carried_into
from portal import languages, markup

__all__ = [
    "Discussion",
    "Passage",
    "at",
    "carried_into",
    "discussion",
    "in_draft",
    "named",
    "on_page",
    "paragraph",
    "passages",
    "places",
    "where",
    "words_of",
]

FEW = 3  # comments of others at a paragraph on the page of a round; the paragraph's own page has all


def words_of(text):
    """What the paragraphs of a VersionText say: {key as text: Markdown}."""
    return {block["key"]: block["markdown"] for section in text.sections for block in section["paragraphs"]}


def places(paper, keys):
    """For every paragraph that the paper ever had, which of `keys` (texts) stands in its place: {pk: key or None}."""
    rows = Paragraph.objects.filter(section__paper=paper).values_list("pk", "key", "became")
    known, keys = {pk: (str(key), became) for pk, key, became in rows}, set(keys)
    return {pk: _place(pk, known, keys) for pk in known}


def _place(pk, known, keys):
    seen = set()
    while pk in known and pk not in seen:
        seen.add(pk)
        key, became = known[pk]
        if key in keys:
            return key
        pk = became
    return None


def where(paragraph):
    """The paragraph of the working text that stands in the place of this one; None where none does."""
    paper = paragraph.section.paper_id
    standing = Paragraph.objects.standing().filter(section__paper=paper).values_list("key", flat=True)
    key = places(paper, map(str, standing))[paragraph.pk]
    return Paragraph.objects.select_related("section__paper").get(key=key) if key else None


@dataclass
class Passage:
    """A paragraph as a page shows it, with what was said of it."""

    key: str
    markdown: str
    language: str
    is_heading: bool = False
    own: list = field(default_factory=list)
    others: list = field(default_factory=list)
    count: int = 0  # of the comments of others, shown here or not

    @property
    def html(self):
        return markup.coordinators(self.markdown)

    @property
    def direction(self):
        return languages.direction(self.language)

    @property
    def has_more(self):
        return self.count > len(self.others)


def passages(text):
    """The paragraphs of a VersionText by section: [(numbers of its objectives, [Passage])]."""
    return [
        (
            section["objectives"],
            [
                Passage(block["key"], block["markdown"], text.language, block["is_heading"])
                for block in section["paragraphs"]
            ],
        )
        for section in text.sections
    ]


@dataclass
class Discussion:
    """The text of a round with what was said of it, by section; and what was said of paragraphs that are gone."""

    text: object
    sections: list
    gone: list

    @property
    def passages(self):
        return {row.key: row for _objectives, rows in self.sections for row in rows}


def of_round(comment_round, reader):
    """The comments of a round that this reader may see, with those that were carried into it."""
    said_here = Q(round=comment_round) | carried_into(comment_round)
    return Comment.objects.visible_to(reader).standing().filter(said_here)


def discussion(comment_round, reader, language):
    """A round as a reader reads it: the own comments at each paragraph, a few of the others, and how many there are."""
    text = comment_round.version.text_in(language)
    found = Discussion(text, passages(text), [])
    spots, by_key = places(comment_round.paper_id, found.passages), found.passages
    rows = of_round(comment_round, reader)
    own = rows.filter(organization__in=reader.organizations.keys())
    others = rows.exclude(organization__in=reader.organizations.keys())
    counts = others.order_by().values_list("paragraph").annotate(number=Count("pk"))
    for paragraph, number in counts:
        if spots[paragraph] is not None:
            by_key[spots[paragraph]].count += number
    few = others.annotate(nth=Window(RowNumber(), partition_by="paragraph", order_by=F("pk").asc()))
    for row in named(own.as_rows(), comment_round, reader):
        _put(row, by_key.get(spots[row.paragraph_id]), "own", found.gone)
    for row in named(few.filter(nth__lte=FEW).as_rows(), comment_round, reader):
        _put(row, by_key.get(spots[row.paragraph_id]), "others", found.gone)
    for passage in by_key.values():
        del passage.others[FEW:]
    return found


def _put(row, passage, shelf, gone):
    """Put a comment at its paragraph; proposed words are compared with those that stand there in their language."""
    row.before = passage.markdown if passage is not None and passage.language == row.language else ""
    (gone if passage is None else getattr(passage, shelf)).append(row)


def named(rows, place, reader):
    """These comments on one paper, each with what its row must know: whether it is one's own, may be named, was carried.

    `place` is the round, or the version, at which they are shown.
    """
    writes = Paper.objects.written_by(reader).filter(pk=place.paper_id).exists()
    for row in rows:
        row.is_own = row.organization_id in reader.organizations
        row.shows_name = row.is_named_to(reader, writes=writes)
        row.is_carried = isinstance(place, CommentRound) and row.round_id != place.pk
        yield row


def at(comment_round, reader, key, language):
    """One paragraph of a round by its key, with all that was said of it, one's own first; None if it is not there."""
    text = comment_round.version.text_in(language)
    passage = {row.key: row for _numbers, rows in passages(text) for row in rows}.get(str(key))
    if passage is None:
        return None, None
    spots = places(comment_round.paper_id, words_of(text))
    here = [pk for pk, place in spots.items() if place == passage.key]
    rows = of_round(comment_round, reader).filter(paragraph__in=here).as_rows()
    for row in named(rows, comment_round, reader):
        _put(row, passage, "own" if row.is_own else "others", [])
    return text, passage


def paragraph(comment_round, key):
    """A paragraph of the paper of a round, by its key."""
    return Paragraph.objects.get(section__paper=comment_round.paper_id, key=key)


def on_page(paper, reader, language):
    """What the page of a paper shows of its rounds of comments, to those who see them: the newest first.

    `later` is the newest version that was made after them, which says what became of the comments.
    """
    rows = CommentRound.objects.visible_to(reader).filter(paper=paper).select_related("version", "paper")
    rows, now = list(rows.prefetch_related("moved_dates").order_by("-number")), timezone.now()
    for row in rows:
        row.is_open_now = row.is_open(now)
    if not rows:
        return None
    later = PaperVersion.objects.visible_to(reader).filter(paper=paper, shown_at__isnull=False)
    later = later.filter(number__gt=rows[0].version.number).order_by("-number")
    return {"rounds": rows, "later": later.first()}


def in_draft(paper, reader, language):
    """What the page of the working text shows of comments: how many wait, and which round stands, if one does."""
    if not Paper.objects.written_by(reader).filter(pk=paper.pk).exists():
        return None
    said = Comment.objects.visible_to(reader).standing().filter(round__paper=paper)
    rounds = CommentRound.objects.visible_to(reader).filter(paper=paper)
    return {
        "waiting": said.undecided().count(),
        "count": said.count(),
        "round": rounds.standing().first(),
        "runs": reader.coordinates(paper) and paper.status == Paper.Status.DRAFT,
    }
