"""Cells of spreadsheets: what people typed stays text, and is never taken for a formula (safety.md, G27)."""

import csv

from django.http import HttpResponse

# A spreadsheet runs what begins so; a leading apostrophe makes it read the cell as text.
LIVE = ("=", "+", "-", "@", "\t", "\r")


def safe(value):
    """A value as a cell that no spreadsheet runs."""
    if isinstance(value, int | float):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(LIVE) else text


def answer(name, columns, rows):
    """A file of separated values for the browser to keep; Arabic opens right in every spreadsheet."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8", headers=headers)
    writer = csv.writer(response)
    for row in (columns, *rows):
        writer.writerow(safe(cell) for cell in row)
    return response
