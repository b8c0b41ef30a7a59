"""A text that goes out to be translated elsewhere and comes back: a table with each paragraph beside its original.

The first cell says which text this is and what stood on both sides when it went out; the first of each row, which
paragraph it is and what its translation was. Such marks are words like others: every program carries them along.
"""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from portal import languages, sheets, word_files
from portal.errors import Refused
from portal.table_files import reading

LONGEST = 100_000  # characters of a passage
HEAD = re.compile(r"([\w-]+)/([0-9a-f-]{36})/([\w-]+)/(\d{1,5})/([\w-]{1,40})")
MARK = re.compile(r"(\d{1,5}) (\S+) (\S+)")
MOST_NAMED = 20  # paragraphs, when some are not as they should be
KINDS = (".docx", ".csv", ".xlsx")
NOTE = _(
    "Write the translation into the last column and leave the first two as they are. Signs such as ** and # belong to"
    " the text: keep them. Then bring this file back to the page that you took it from."
)
UNKNOWN = _("This is no file that was taken out here, or its first column was changed.")
NO_TRANSLATION = _(
    "The column of the translation is missing in this file. Bring it back with all its columns."
)


@dataclass(frozen=True)
class Outgoing:
    """A text in two languages, of passages that have a `mark`, an `original` and a `translation`.

    `source` and `key` say which it is, `seen` what stands on both sides, in one word.
    """

    source: str
    key: str
    title: languages.Text
    original_language: str
    language: str
    seen: str
    passages: list

    @property
    def rows(self):
        """The table: what marks it, then the two languages."""
        head = f"{self.source}/{self.key}/{self.language}/{len(self.passages)}/{self.seen}"
        found = [[head, languages.name(self.original_language), languages.name(self.language)]]
        for number, passage in enumerate(self.passages, 1):
            mark = f"{number} {passage.mark} {_digest(passage.translation)}"
            found.append([mark, passage.original, passage.translation])
        return found

    @property
    def word_file(self):
        """The bytes of a .docx of it, its last column in the direction of that language."""
        note = languages.Text(gettext(NOTE), get_language())
        return word_files.write_abreast(
            self.title, note, self.rows, ("", self.original_language, self.language)
        )


@dataclass(frozen=True)
class Returned:
    """What somebody wrote elsewhere: what was `seen` when it went out, and the passages that differ, {mark: words}."""

    seen: str
    passages: dict

    def is_in(self, text):
        """Whether all that it brings stands in a text already."""
        return self.passages.items() <= {row.mark: row.translation for row in text.passages}.items()


def read(upload, text):
    """What an uploaded file brings for a text; refused in words where it is not of it, or not whole."""
    rows = _tidy(_cells(upload))
    source, key, language, amount, seen = _head(rows)
    if (source, key) != (text.source, text.key):
        raise Refused(_("This file is of another text."))
    if language != text.language:
        raise Refused(_("This file is of a translation into another language."))
    found = [(MARK.fullmatch(mark), words) for mark, words in rows if not HEAD.fullmatch(mark)]
    if any(mark is None and words for mark, words in found):
        raise Refused(
            _("A row of this file has words but no mark, so nobody knows which paragraph they are of.")
        )
    found = [(*mark.groups(), words) for mark, words in found if mark is not None]
    _refuse_unless_each_once([int(number) for number, *_rest in found], int(amount))
    found = [row for row in found if row[-1] is not None]
    return Returned(seen, {mark: words for _number, mark, was, words in found if _digest(words) != was})


def _cells(upload):
    kind = PurePosixPath(upload.name or "").suffix.lower()
    if kind not in KINDS:
        raise Refused(_("Only .docx, .csv and .xlsx files are taken here."))
    if kind == ".docx":
        return word_files.read_rows(upload)
    # What is too long comes whole enough to be refused where it is typed, even behind the sign of a live cell.
    return [[sheets.typed(cell) for cell in row] for row in reading.read(upload, longest=LONGEST + 2)]


def _tidy(cells):
    """[(mark, words)]: the first and the third cell of each row; without a third, it says nothing: None."""
    return [(" ".join(row[0].split()), row[2].strip() if len(row) > 2 else None) for row in cells if row]


def _head(rows):
    """What the first mark says; what stands above it is no business of ours."""
    while rows:
        if head := HEAD.fullmatch(rows[0][0]):
            if not rows[0][1]:
                raise Refused(NO_TRANSLATION)
            return head.groups()
        del rows[0]
    raise Refused(UNKNOWN)


def _refuse_unless_each_once(numbers, amount):
    doubled = [number for number, times in Counter(numbers).items() if times > 1]
    if doubled:
        said = ngettext(
            "Paragraph %(numbers)s stands twice in this file. Please take one of the two out.",
            "Paragraphs %(numbers)s stand twice in this file. Please take one of the two out each time.",
            len(doubled),
        )
        raise Refused(said % {"numbers": _listed(doubled)})
    missing = sorted(set(range(1, amount + 1)) - set(numbers))
    if missing:
        said = ngettext(
            "Paragraph %(numbers)s is missing in this file. Bring it back with all its rows; what is not translated stays empty.",
            "Paragraphs %(numbers)s are missing in this file. Bring it back with all its rows; what is not translated stays empty.",
            len(missing),
        )
        raise Refused(said % {"numbers": _listed(missing)})


def _listed(numbers):
    """Numbers for a sentence, the first of them where there are many."""
    return ", ".join([*map(str, numbers[:MOST_NAMED]), *["…"] * (len(numbers) > MOST_NAMED)])


def _digest(words):
    return hashlib.sha256(words.strip().encode()).hexdigest()[:8] if words.strip() else "-"
