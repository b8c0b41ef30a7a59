"""What the page of a paper shows of its publication: where it stands in the library, its files, its postcards."""

from dataclasses import dataclass, field

from consultations import citing
from consultations.models import Paper, PaperVersion, Postcard, Print, Submission
from consultations.operations import publishing


@dataclass
class Part:
    """What readers find, and what coordinators can do next."""

    paper: Paper
    version: PaperVersion | None
    can_manage: bool
    citation: str = ""
    address: str = ""
    prints: list = field(default_factory=list)  # the text as files in the language of the page, or in all
    other_prints: list = field(default_factory=list)  # in the other languages
    cards: list = field(default_factory=list)  # (PostcardText, its picture, its file to print)
    submissions: list = field(default_factory=list)
    late: list = field(default_factory=list)
    is_owed: bool = False
    is_stuck: bool = False

    @property
    def picture(self):
        """The picture that stands for the paper where it is shared: of its first postcard that has one."""
        return next((picture for _words, picture, _file in self.cards if picture), None)


def on_page(paper, reader, language):
    """None where there is nothing to read of it and nothing to do."""
    can_manage = reader.coordinates(paper)
    if paper.status != Paper.Status.PUBLISHED:
        return Part(paper, None, can_manage) if can_manage else None
    version = publishing.final(paper)
    text = version.text_in(language)
    part = Part(
        paper, version, can_manage, citing.citation(paper, text, language), citing.address(paper.document)
    )
    standing = Print.objects.visible_to(reader).filter(version=version, replaced_at__isnull=True)
    made = list(standing.filter(made_at__isnull=False).select_related("file").order_by("language", "circle"))
    texts = [row for row in made if row.form == Print.Form.PDF]
    part.prints = [row for row in texts if row.language == language] or texts
    part.other_prints = [row for row in texts if row not in part.prints]
    part.cards = list(_cards(paper, reader, language, made))
    shown = Submission.objects.visible_to(reader).published()
    part.submissions = list(shown.filter(document=paper.document_id).as_rows().order_by(*Submission.NEWEST))
    if can_manage:
        part.late = publishing.late_languages(paper)
        owed = version.prints.filter(made_at__isnull=True, replaced_at__isnull=True)
        attempts = list(owed.values_list("attempts", flat=True))
        part.is_owed, part.is_stuck = bool(attempts), any(n >= Print.MOST_ATTEMPTS for n in attempts)
    return part


def _cards(paper, reader, language, made):
    """The postcards that exist in the language, each with its files."""
    cards = Postcard.objects.visible_to(reader).filter(paper=paper).select_related("objective")
    files = {(row.postcard_id, row.form): row for row in made if row.language == language}
    for card in cards.prefetch_related("texts").order_by("position", "pk"):
        words = card.words_in(language)
        if words is not None and words.is_approved:
            yield words, files.get((card.pk, Print.Form.PICTURE)), files.get((card.pk, Print.Form.POSTCARDS))
