"""Tables as workbooks (XLSX): every cell is what it was, a number or a text, and never a formula or a link."""

from io import BytesIO

from django.http import HttpResponse
from django.utils.translation import get_language

from portal import languages

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LONGEST = 32_767  # characters that a cell can hold


def answer(name, columns, rows):
    """A workbook for the browser to keep; in Arabic its columns run from right to left."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made(columns, rows), content_type=MEDIA_TYPE, headers=headers)


def made(columns, rows):
    """The bytes of a workbook of one sheet, its first row fixed."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only who takes a file waits for it

    content = BytesIO()
    with Workbook(content, PLAIN) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        if languages.direction(get_language()) == "rtl":
            sheet.right_to_left()
        sheet.freeze_panes(1, 0)
        for column, title in enumerate(columns):
            sheet.write_string(0, column, str(title), bold)
        for line, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                _write(sheet, line, column, value)
        sheet.autofit()
    return content.getvalue()


def _write(sheet, line, column, value):
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(line, column, value)
    else:
        sheet.write_string(line, column, str(value)[:LONGEST])
