"""What people typed leaves as text: in cells, in calendars, in headers of mail (safety.md, G27).

Each payload goes out through the one writer of its kind and comes back through a parser that is not ours, as it was.
"""

import ast
import csv
import io
import tempfile
from email import message_from_bytes, policy
from weakref import WeakSet
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from xlsxwriter import Workbook

from consultations import calendars
from consultations.models import Meeting
from portal import sheets, workbooks
from portal.errors import Refused
from portal.mail.letters import Addressee, Letter, Part
from portal.models import Reader
from tests import factories
from tests.consultations.test_circulars import opened
from tests.test_habits import ROOT, SOURCES

STARTS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢", "﹣", "﹫"]
BEFORE = ["", " ", "\u00a0", "\u3000", "\u200b", "\u2060", "\ufeff", "\u202e", "\u00ad", "\ufe0f", "\u034f"]
FORMULAS = [f"{before}{start}SUM(1)" for before in BEFORE for start in STARTS]
LIVE = [
    *FORMULAS,
    "\tx",
    "\rx",
    "\nx",
    "\n=1",
    " \n=1",
    '=HYPERLINK("http://evil.example","x")',
    "=cmd|' /C x'!A0",
]
QUOTED = [f"'{text}" for text in LIVE] + [f"''{text}" for text in LIVE]
FOLDED = [
    "x" * 74,
    "x" * 200,
    "é" * 90,
    "😀" * 40,
    "كلمة " * 30,
    "a\u2028b",
    "x;y,z\\n:w",
    "a\\;b",
    '"x";TZID=1',
    "^n^'",
]
TEXTS = ["", "x=1", "it's", "a,b", 'say "x"', "one\ntwo", "007", "Care\u00a0= help", *FOLDED]


def runs(cell):
    """Whether a spreadsheet may run a cell, as the guides to attack have it, not as our own rule does."""
    bare = cell.lstrip("".join(BEFORE)) if cell[:1] != "'" else cell
    return bare[:1] in [*STARTS, "\t", "\r", "\n"] or cell[:1] in ["\t", "\r", "\n"]


def read(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def test_a_cell_of_values_runs_nothing_and_comes_back_as_it_was():
    given = [*LIVE, *QUOTED, *TEXTS]
    ((_title,), *rows) = read(sheets.answer("x.csv", ["="], [[text] for text in given]))
    cells = ["".join(row) for row in rows]
    assert [cell for cell in cells if runs(cell)] == []
    untouched = set(TEXTS)
    assert [cell if cell in untouched else cell[1:] for cell in cells] == given
    assert all(runs(text) for text in LIVE)  # what was given would have run


def test_control_values_that_are_written_as_they_are_would_run(monkeypatch):
    monkeypatch.setattr(sheets, "safe", str)
    rows = read(sheets.answer("x.csv", ["x"], [[text] for text in LIVE]))
    assert [row[0] for row in rows[1:] if runs(row[0])] == LIVE


def test_a_cell_of_a_workbook_comes_back_as_it_was():
    given = [
        text.replace("\r", "\t") for text in (*LIVE, *QUOTED, *TEXTS) if text
    ]  # XML knows one end of line
    rows, _is_rtl, live = opened(workbooks.made(["x"], [[text] for text in given]))
    assert [row[0] for row in rows[1:]] == given
    assert live == []


@pytest.mark.parametrize("sign", ["x", "😀"])
def test_a_text_too_long_for_a_cell_says_that_it_goes_on(sign):
    fits, too_long = sign * (workbooks.LONGEST // (len(sign.encode("utf-16-le")) // 2)), sign * 40_000
    rows, _is_rtl, _live = opened(workbooks.made(["x"], [[fits], [too_long]]))
    assert rows[1] == [fits]
    assert len(rows[2][0].encode("utf-16-le")) // 2 <= workbooks.LONGEST
    kept, said = rows[2][0].split("\n\n")
    assert too_long.startswith(kept)
    assert said.startswith("[The rest is left out")


class Row(list):
    """A row of which one sees how long it is kept."""

    __hash__ = object.__hash__


@pytest.mark.django_db
def test_of_a_long_list_few_rows_are_held_at_once_and_too_long_a_one_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "FITTED", 10)
    monkeypatch.setattr(workbooks, "MOST", 200)
    kept, most = WeakSet(), 0

    def rows(number):
        nonlocal most
        for line in range(number):
            row = Row([f"Row {line}", line])
            kept.add(row)
            most = max(most, len(kept))
            yield row

    answer = workbooks.answer("x.xlsx", ["x", "y"], rows(200))
    book, _is_rtl, _live = opened(b"".join(answer))
    answer.close()
    assert book == [["x", "y"], *([f"Row {line}", str(line)] for line in range(200))]
    assert most < 20
    with pytest.raises(Refused, match=r"at most 200 rows .* CSV"):
        workbooks.answer("x.xlsx", ["x", "y"], rows(201))


@pytest.mark.django_db
def test_a_list_that_is_too_long_is_never_put_together_and_leaves_nothing_behind(monkeypatch, tmp_path):
    put_together, store = [], Workbook._store_workbook
    monkeypatch.setattr(workbooks, "MOST", 20)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(Workbook, "_store_workbook", lambda book: put_together.append(book) or store(book))
    with pytest.raises(Refused, match="at most 20 rows"):
        workbooks.stream("x.xlsx", ["x"], ([line] for line in range(21)))
    assert (put_together, list(tmp_path.iterdir())) == ([], [])
    workbooks.stream("x.xlsx", ["x"], ([line] for line in range(20))).close()
    assert (len(put_together), list(tmp_path.iterdir())) == (1, [])


def test_every_file_of_values_and_every_workbook_is_written_in_one_way():
    """So what holds of these two writers holds of every column of every file, of those to come too."""
    writers = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", None) or node.names[0].name]
        if name.partition(".")[0] in {"csv", "xlsxwriter", "openpyxl"}
    }
    reader = "portal/table_files/child.py"
    assert writers - {reader} == {"portal/sheets.py", "portal/workbooks.py"}
    calendar_writers = {
        str(path.relative_to(ROOT)) for path in SOURCES if "icalendar" in path.read_text("utf-8")
    }
    assert calendar_writers == {"consultations/calendars.py"}


ENDS = {"\\n": "\n", "\\N": "\n", "\\;": ";", "\\,": ",", "\\\\": "\\"}


def unescaped(value):
    """The text of a property, by the rules of RFC 5545, 3.3.11."""
    found, rest = [], value
    while rest:
        take = 2 if rest[:2] in ENDS else 1
        found.append(ENDS.get(rest[:2], rest[0]))
        rest = rest[take:]
    return "".join(found)


def properties(content):
    """[(name, text)] of a calendar, unfolded by bytes as RFC 5545, 3.1 says, without the library that wrote it."""
    lines = content.replace(b"\r\n ", b"").decode().rstrip("\r\n").split("\r\n")
    return [
        (name.partition(";")[0], unescaped(value))
        for name, _colon, value in (one.partition(":") for one in lines)
    ]


HEADERS = [
    "x\r\nBEGIN:VEVENT",
    "x\nATTENDEE:mailto:x@evil.example",
    "x\r\n ATTENDEE:y",
    "\\nDTEND:1",
    "x\u0085y",
]


@pytest.mark.django_db
def test_no_text_breaks_out_of_its_property_of_a_calendar():
    for text in [*LIVE[:60:7], *TEXTS[1:], *HEADERS]:
        thing = factories.open_consultation(text, place=text, meeting=False)
        began = timezone.now()
        Meeting.objects.create(
            consultation=thing,
            title_en=text,
            starts_at=began,
            time_zone=str(ZoneInfo("Europe/Paris")),
            languages=["en"],
        )
        content = calendars.of_consultation(thing, Reader.nobody())
        found = properties(content)
        names = [name for name, _value in found]
        assert (names.count("BEGIN"), names.count("DTEND"), names.count("ATTENDEE")) == (2, 0, 0), text
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))
        written = text.replace("\r\n", "\n")
        assert dict(found)["SUMMARY"] == f"{written}: {written}"
        assert dict(found)["LOCATION"] == written


SUBJECTS = [
    *FORMULAS,
    "x" * 300,
    "é" * 90,
    "عن العودة " * 12,
    "😀" * 60,
    "=?utf-8?b?QmNjOiBh?=",
    "a =?utf-8?q?x?= b",
    "Bcc: x",
]


@pytest.mark.parametrize("text", SUBJECTS)
def test_a_subject_comes_back_as_it_was(text):
    letter = Letter(
        subject=text.strip(), language="en", text=Part(text, "text/plain"), sender_name=text.strip()
    )
    written = letter.written(Addressee("reader@example.org", "<x@example.org>"))
    message = message_from_bytes(written, policy=policy.default)
    assert message["Subject"] == text.strip()
    assert "Bcc" not in message
    assert all(len(line) <= 998 for line in written.split(b"\r\n"))


@pytest.mark.parametrize("text", ["x\r\nBcc: a@evil.example", "x\nBcc: a", "x\rBcc: a", "x\x00"])
def test_a_subject_that_would_begin_another_header_is_refused(text):
    letter = {"language": "en", "text": Part("x", "text/plain")}
    with pytest.raises(ValueError, match="Subject would break the header"):
        Letter(subject=text, **letter)
