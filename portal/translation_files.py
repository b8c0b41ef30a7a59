"""Texts that go out to be translated elsewhere and come back: tables with each paragraph beside its original.

The first cell of a table says which text this is and what stood on both sides when it went out; the first of each row, which
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


@dataclass(frozen=True)
class Returned:
    """What somebody wrote elsewhere: what was `seen` when it went out, and the passages that differ, {mark: words}."""

    seen: str
    passages: dict

    def is_in(self, text):
        """Whether all that it brings stands in a text already."""
        return self.passages.items() <= {row.mark: row.translation for row in text.passages}.items()


def word_file(title, texts):
    """The bytes of a .docx of some texts, their translations in the direction of that language; alone, one needs no title."""
    note = languages.Text(gettext(NOTE), get_language())
    spoken = ("", texts[0].original_language, texts[0].language)
    tables = [(text.title if len(texts) > 1 else None, text.rows) for text in texts]
    return word_files.write_abreast(title, note, tables, spoken)


def table(texts):
    """All rows of some texts, the head first."""
    return [row for text in texts for row in text.rows]


def read(upload, texts):
    """What an uploaded file brings for these texts, [(text, Returned)]; refused in words where it is of none, or not whole."""
    known = {(text.source, text.key): text for text in texts}
    found = []
    for (source, key, language, amount, seen), rows in _parts(_cells(upload)):
        text = known.get((source, key))
        if text is not None and language != text.language:
            raise Refused(_("This file is of a translation into another language."))
        if text is not None:
            found.append((text, Returned(seen, _passages(rows, int(amount)))))
    if not found:
        raise Refused(_("This file is of another text."))
    return found


def _parts(cells):
    """What stands under each head: [(what it says, [(mark, words)])]; a row without a third cell says nothing: None.

    What stands above the first head is no business of ours.
    """
    found = []
    for row in cells:
        mark, words = " ".join(row[0].split()) if row else "", row[2].strip() if len(row) > 2 else None
        if head := HEAD.fullmatch(mark):
            if not words:
                raise Refused(NO_TRANSLATION)
            found.append((head.groups(), []))
        elif found:
            found[-1][1].append((mark, words))
    if not found:
        raise Refused(_("This is no file that was taken out here, or its first column was changed."))
    return found


def _passages(rows, amount):
    """The passages that differ from what went out, {mark: words}, of rows of which each must be there once."""
    found = [(MARK.fullmatch(mark), words) for mark, words in rows]
    if any(mark is None and words for mark, words in found):
        raise Refused(
            _("A row of this file has words but no mark, so nobody knows which paragraph they are of.")
        )
    found = [(*mark.groups(), words) for mark, words in found if mark is not None]
    _refuse_unless_each_once([int(number) for number, *_rest in found], amount)
    return {mark: words for _number, mark, was, words in found if words is not None and _digest(words) != was}


def _cells(upload):
    kind = PurePosixPath(upload.name or "").suffix.lower()
    if kind not in KINDS:
        raise Refused(_("Only .docx, .csv and .xlsx files are taken here."))
    if kind == ".docx":
        return word_files.read_rows(upload)
    # What is too long comes whole enough to be refused where it is typed, even behind the sign of a live cell.
    return [[sheets.typed(cell) for cell in row] for row in reading.read(upload, longest=LONGEST + 2)]


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
