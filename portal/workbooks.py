"""Tables as workbooks (XLSX): every cell is what it was, a number or a text, and never a formula or a link."""

from contextlib import ExitStack, closing, nullcontext
from io import BytesIO
from itertools import chain, islice
from tempfile import TemporaryDirectory, TemporaryFile

from django.http import FileResponse, HttpResponse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from portal import languages
from portal.errors import Refused

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# Each row goes to a file as soon as the next begins, or all of them stay in memory until their widths are known.
LONG, SHORT = {"constant_memory": True}, {"in_memory": True}
LONGEST = 32_767  # signs that a cell can hold, those beyond the first plane of Unicode counted twice
FITTED = 1_000  # rows of a list whose columns are as wide as what stands in them
WIDE = 24  # characters that stand in a column of a longer list
MOST = 50_000  # rows; of fourteen columns they take four seconds of a processor
TOO_LONG = _(
    "A workbook holds at most %(number)s rows of such a list. Please take the CSV file: it holds them all."
)


def answer(name, columns, rows):
    """A workbook for the browser to keep; in Arabic its columns run from right to left."""
    rows = iter(rows)
    first = list(islice(rows, FITTED + 1))
    if len(first) > FITTED:
        return stream(name, columns, chain(first, rows))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made(columns, first), content_type=MEDIA_TYPE, headers=headers)


def stream(name, columns, rows):
    """The same for a long list, kept in temporary files meanwhile, and refused where it is too long.

    The process holds one row at a time, but temporary files take room where they lie: where /tmp is in memory, as in
    docker-compose.yml, the sheet lies there as it is written and as it is packed until the answer has left.
    """
    with TemporaryDirectory() as meanwhile, ExitStack() as refused:
        content = refused.enter_context(TemporaryFile())
        _fill(content, LONG | {"tmpdir": meanwhile}, columns, rows)
        refused.pop_all()  # the answer closes it
    content.seek(0)
    return FileResponse(content, as_attachment=True, filename=name, content_type=MEDIA_TYPE)


def refuse_more_than_fit(number):
    """Refuse a list of so many rows before the first of them is fetched and written; for lists that can be counted."""
    if number > MOST:
        raise Refused(TOO_LONG % {"number": MOST})


def made(columns, rows):
    """The bytes of a workbook of one sheet, its first row fixed."""
    content = BytesIO()
    _fill(content, SHORT, columns, rows)
    return content.getvalue()


def _fill(content, way, columns, rows):
    from xlsxwriter import Workbook  # noqa: PLC0415 - only who takes a file waits for it

    # Never as a context, which would put together and pack at its end what was refused, only to be thrown away.
    book = Workbook(content, PLAIN | way)
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    with closing(sheet.row_data_fh) if sheet.row_data_fh else nullcontext():
        if languages.direction(get_language()) == "rtl":
            sheet.right_to_left()
        sheet.freeze_panes(1, 0)
        for column, title in enumerate(columns):
            sheet.write_string(0, column, str(title), bold)
        for line, row in enumerate(rows, 1):
            refuse_more_than_fit(line)
            for column, value in enumerate(row):
                _write(sheet, line, column, value)
        if way is SHORT:
            sheet.autofit()
        else:
            sheet.set_column(0, len(columns) - 1, WIDE)
        book.close()


def _write(sheet, line, column, value):
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(line, column, value)
    else:
        sheet.write_string(line, column, _held(str(value)))


def _held(text):
    """A text as a cell can hold it; one that is too long says that it goes on."""
    if _length(text) <= LONGEST:
        return text
    said = gettext(
        "[The rest is left out: a cell of a workbook holds no more. The CSV file has all of this text.]"
    )
    room = (LONGEST - _length(said) - 2) * 2
    return f"{text.encode('utf-16-le')[:room].decode('utf-16-le', 'ignore')}\n\n{said}"


def _length(text):
    return len(text.encode("utf-16-le")) // 2
