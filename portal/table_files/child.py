"""Reads one table, CSV or XLSX, in a process of its own, which is small, short of time and thrown away. The file comes
on standard input, JSON goes to standard output. How many characters of a cell are read may be said.

Run by portal/bounded.py within its limits, so it takes neither Django nor anything else of ours.
"""

import csv
import io
import json
import re
import sys
import zipfile

MOST_ROWS, MOST_COLUMNS, LONGEST = 2_001, 40, 1_000
LARGEST = 40 * 1024 * 1024  # bytes of all parts of a workbook, unpacked
# As which a text is read, the first that fits: what spreadsheets save; Arabic and Western Windows last.
MIXED = re.compile("[A-Za-z][\u0621-\u0652]|[\u0621-\u0652][A-Za-z]")
ENCODINGS = ("utf-8-sig", "cp1256", "cp1252")


class Unfit(Exception):
    """A file that is not read, and why, as one word for the process that asked."""


def read(content, longest=LONGEST):
    """The rows of a table that hold anything, as lists of texts; the first sheet of a workbook."""
    rows = []
    for row in of_workbook(content) if content.startswith(b"PK") else of_text(content):
        if any(row):
            rows.append([cell[:longest] for cell in row[:MOST_COLUMNS]])
        if len(rows) > MOST_ROWS:
            raise Unfit("long")
    return rows


def of_text(content):
    text = decoded(content)
    if "\0" in text:
        raise Unfit("none")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield [cell.strip() for cell in row]


def decoded(content):
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # The Arabic page of Windows fits most bytes; where its letters stand within Latin words, it was the Western one.
        if encoding != "cp1256" or not MIXED.search(text):
            return text
    raise Unfit("none")


def of_workbook(content):
    import openpyxl  # noqa: PLC0415 - only who brings a workbook waits for it

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST:
            raise Unfit("large")
        if any(part.filename.lower().endswith("vbaproject.bin") for part in archive.infolist()):
            raise Unfit("macros")
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    for row in book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True):
        yield [told(cell) for cell in row]


def told(cell):
    """What a cell says: a whole number without its point, nothing for an empty one."""
    if cell is None:
        return ""
    return str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell).strip()


def main():
    try:
        answer = {"rows": read(sys.stdin.buffer.read(), *map(int, sys.argv[1:]))}
    except Unfit as unfit:
        answer = {"refused": str(unfit)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
