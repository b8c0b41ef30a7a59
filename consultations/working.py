"""The working text of a paper beside what was said of it: each comment at the paragraph that stands in its place."""

from dataclasses import dataclass, field

from consultations import commenting
from consultations.models import Comment, CommentRound, Section
from portal import languages, markup


@dataclass
class Block:
    """A paragraph of the working text, with the comments that stand at it; without words where it is gone."""

    paragraph: object = None
    markdown: str = ""
    language: str = ""
    comments: list = field(default_factory=list)

    @property
    def html(self):
        return markup.coordinators(self.markdown)

    @property
    def direction(self):
        return languages.direction(self.language)

    @property
    def section(self):
        return self.paragraph.section if self.paragraph else None


def text_of(paper, language):
    """The working text by paragraph, in order: {key as text: Block}, each in the language, else in the original."""
    found = {}
    for section in Section.objects.filter(paper=paper).standing().as_written():
        for row in section.paragraphs.all():
            row.section = section
            found[str(row.key)] = block(row, language, paper.original_language)
    return found


def block(row, language, original):
    """A paragraph, its texts prefetched, in the language or else in the original."""
    said = {text.language: text.markdown for text in row.texts.all()}
    code = language if language in said else original
    return Block(row, said.get(code, ""), code)


def words(place, language):
    """What a paragraph says now in a language; nothing where it is gone or not translated."""
    text = place.texts.filter(language=language).first() if place is not None else None
    return text.markdown if text else ""


def paragraph(comment, place):
    """The paragraph of a comment as it stands now, in the language of the comment or else in the original."""
    return block(place, comment.language, comment.round.paper.original_language) if place else None


def in_order(paper, text, rows):
    """The ids of comments in the order of the paragraphs at which they stand now, those of gone ones last."""
    spots, order = commenting.places(paper, text), {key: number for number, key in enumerate(text)}
    found = rows.order_by("pk").values_list("pk", "paragraph")
    return [pk for pk, at in sorted(found, key=lambda row: (order.get(spots[row[1]], len(order)), row[0]))]


def groups(reader, paper, text, keys):
    """These comments as [Block], each with its own, in the order of the ids."""
    spots = commenting.places(paper, text)
    rows = {row.pk: row for row in Comment.objects.visible_to(reader).filter(pk__in=keys).as_rows()}
    newest = CommentRound.objects.visible_to(reader).filter(paper=paper).order_by("-number").first()
    found = {}
    for pk in keys:
        row = rows[pk]
        row.is_carried = row.round_id != newest.pk
        place = spots[row.paragraph_id]
        row.shows_name = row.is_named_to(reader, writes=True)
        at = text.get(place) or Block()
        row.before = at.markdown if at.language == row.language else ""
        found.setdefault(place, at).comments.append(row)
    return list(found.values())
