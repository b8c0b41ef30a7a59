"""What changed between two versions, paragraph by paragraph, and because of whom: as far as each consents."""

from dataclasses import dataclass, field

from django.db.models import Case, DateTimeField, F, Q, When
from django.db.models.functions import Coalesce

from consultations import commenting
from consultations.models import Comment
from portal import languages, markup

LANDED = (Comment.Status.ACCEPTED, Comment.Status.ADAPTED)


@dataclass
class Change:
    """A paragraph as it was and as it is, with the comments that landed in it, were declined, or wait."""

    key: str
    before: str = ""
    after: str = ""
    is_heading: bool = False
    landed: list = field(default_factory=list)
    declined: list = field(default_factory=list)
    waiting: list = field(default_factory=list)

    @property
    def is_same(self):
        return self.before == self.after

    @property
    def html(self):
        """As it is now."""
        return str(markup.coordinators(self.after))

    @property
    def kind(self):
        if not self.before:
            return "added"
        if not self.after:
            return "taken-out"
        return "same" if self.is_same else "changed"

    @property
    def says_something(self):
        return not self.is_same or bool(self.landed or self.declined or self.waiting)


@dataclass
class Comparison:
    """Two versions in one language: [Change] in the order of the later one, and how many paragraphs say nothing new."""

    language: str
    changes: list
    gone: Change

    @property
    def told(self):
        return [row for row in self.changes if row.says_something]

    @property
    def quiet(self):
        return len(self.changes) - len(self.told)

    @property
    def direction(self):
        return languages.direction(self.language)


def between(before, after, reader, language):
    """Compare two versions of a paper, in a language that both have, else in the original."""
    texts = [{row.language: row for row in version.texts.all()} for version in (before, after)]
    code = language if all(language in rows for rows in texts) else after.paper.original_language
    changes = _aligned(*(_blocks(rows[code]) for rows in texts))
    found = Comparison(code, changes, Change(""))
    _place_comments(found, before, after, reader)
    return found


def _blocks(text):
    return [block for section in text.sections for block in section["paragraphs"]]


def _aligned(olds, news):
    """What is in the later version, in its order; what was taken out stands after what it followed."""
    before = {block["key"]: block for block in olds}
    after = {block["key"] for block in news}
    follows, last = {}, None
    for block in olds:
        if block["key"] in after:
            last = block["key"]
        else:
            follows.setdefault(last, []).append(
                Change(block["key"], block["markdown"], "", block["is_heading"])
            )
    rows = list(follows.get(None, []))
    for block in news:
        was = before.get(block["key"], {"markdown": ""})
        rows.append(Change(block["key"], was["markdown"], block["markdown"], block["is_heading"]))
        rows += follows.get(block["key"], [])
    return rows


def _place_comments(found, before, after, reader):
    """Put each comment that this reader may see to its paragraph; what was merged goes with the other."""
    standing = {row.key: row for row in found.changes if row.after}
    spots = commenting.places(after.paper_id, standing)
    own = {row.key: row for row in found.changes}
    rows = _comments(before, after, reader).as_rows()
    for row in commenting.named(rows, after, reader):
        at = standing.get(spots[row.paragraph_id]) or own.get(str(row.paragraph.key)) or found.gone
        is_decided = row.fate_at is not None and row.fate_at <= after.made_at
        if is_decided and row.fate in LANDED:
            at.landed.append(row)
        elif is_decided and row.fate == Comment.Status.DECLINED:
            at.declined.append(row)
        else:
            at.waiting.append(row)


def _comments(before, after, reader):
    """Those decided between the two, and those that waited when the later one was made; `fate`: as each stands."""
    rows = Comment.objects.visible_to(reader).standing().filter(round__paper=after.paper_id)
    rows = rows.annotate(
        fate=Coalesce("merged_into__status", "status"),
        fate_at=Case(
            When(merged_into__isnull=False, then=F("merged_into__decided_at")),
            default=F("decided_at"),
            output_field=DateTimeField(),
        ),
    )
    between_them = Q(fate_at__gt=before.made_at, fate_at__lte=after.made_at)
    waits = Q(fate=Comment.Status.OPEN) | Q(fate_at__gt=after.made_at)
    return rows.filter(between_them | (waits & Q(written_at__lte=after.made_at)))
