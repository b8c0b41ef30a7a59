"""Cells of spreadsheets: what people typed stays text, and is never taken for a formula (safety.md, G27)."""

import csv
from io import StringIO
from unicodedata import category, normalize

from django.http import HttpResponse, StreamingHttpResponse

SIGNS = tuple("=+-@")  # a spreadsheet runs what begins so
STARTS = ("\t", "\r", "\n")  # it drops these, and reads what follows
UNSEEN = ("Z", "C", "M")  # as it may drop spaces, invisible signs and marks without a letter


def safe(value):
    """A value as a cell that no spreadsheet runs: a leading apostrophe makes it read the cell as text."""
    if isinstance(value, int | float):
        return value
    text = str(value)
    # Who takes one apostrophe off has what was typed, whether or not that began with apostrophes.
    return f"'{text}" if is_live(text.lstrip("'")) else text


def typed(cell):
    """What was typed into a cell that `safe` made."""
    return cell[1:] if cell.startswith("'") and is_live(cell.lstrip("'")) else cell


def is_live(text):
    """Whether a spreadsheet may run a text: by its first sign that is seen, which may be a wide or a small one."""
    seen = next((sign for sign in text if category(sign)[0] not in UNSEEN), "")
    return text.startswith(STARTS) or normalize("NFKC", seen).startswith(SIGNS)


def answer(name, columns, rows):
    """A file of separated values for the browser to keep; Arabic opens right in every spreadsheet."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8", headers=headers)
    writer = csv.writer(response)
    for row in (columns, *rows):
        writer.writerow(safe(cell) for cell in row)
    return response


PIECE = 16_000  # characters of a long list that leave together
TOGETHER = 500  # rows of a long list that are fetched at once


def stream(name, columns, rows):
    """The same file for a list of any length: what is written leaves at once, so that it is never held whole."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(
        pieces(columns, rows), content_type="text/csv; charset=utf-8", headers=headers
    )


def pieces(columns, rows):
    """The file in pieces."""
    piece = StringIO()
    piece.write("\ufeff")
    writer = csv.writer(piece)
    writer.writerow(safe(cell) for cell in columns)
    for row in rows:
        writer.writerow(safe(cell) for cell in row)
        if piece.tell() > PIECE:
            yield piece.getvalue()
            piece.seek(0)
            piece.truncate()
    yield piece.getvalue()
