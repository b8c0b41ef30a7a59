"""Lists as files to keep: for spreadsheets (CSV, XLSX) and for programs (JSON), as long as they are (tables.py).

What a reader gets is what the page of the list shows this reader. Rows are fetched, told and sent some at a time, so
that a list of any length needs little memory and a few statements for so many rows.
"""

from django.contrib.auth.decorators import login_not_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import StreamingHttpResponse
from django.urls import path
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal import sheets, workbooks
from portal.pages.machines.answers import too_many
from portal.pages.machines.tables import TABLES
from portal.taking import may_take

AS_WRITTEN = DjangoJSONEncoder(ensure_ascii=False)


def lines(table, rows, language):
    """A list line by line, each in the language of its reader though the answer is on its way already."""
    for row in rows.iterator(chunk_size=sheets.TOGETHER):
        with translation.override(language):
            line = table.line(row, language)
        yield line


def as_csv(table, rows, language):
    return sheets.stream(f"{table.name}.csv", table.labels, lines(table, rows, language))


def as_xlsx(table, rows, language):
    workbooks.refuse_more_than_fit(rows.count())
    return workbooks.stream(f"{table.name}.xlsx", table.labels, lines(table, rows, language))


def as_json(table, rows, _language):
    headers = {"Content-Disposition": f'attachment; filename="{table.name}.json"'}
    return StreamingHttpResponse(
        objects(table, rows), content_type="application/json; charset=utf-8", headers=headers
    )


def objects(table, rows):
    """A list as one object of JSON, in pieces."""
    told = (AS_WRITTEN.encode(table.tell(row)) for row in rows.iterator(chunk_size=sheets.TOGETHER))
    yield f'{{"{table.name}": ['
    yield next(told, "")
    yield from (f",\n{one}" for one in told)
    yield "]}\n"


FORMS = {"csv": as_csv, "xlsx": as_xlsx, "json": as_json}


def download(table):
    """The view that answers with a list as a file, within the limit of lists that one may take."""

    @login_not_required
    @require_safe
    def file(request, form):
        if not may_take(request):
            return too_many()
        return FORMS[form](table, table.rows(request), get_language())

    return file


urlpatterns = [
    path(f"{table.name}.<form:form>", download(table), name=f"{table.name}-file") for table in TABLES
]
