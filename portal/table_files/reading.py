"""A table that somebody brings, CSV or XLSX, as rows of texts; read in a process of its own, kept nowhere (D14)."""

import json
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from portal import bounded
from portal.errors import Refused

CHILD = Path(__file__).resolve().parent / "child.py"
MEGABYTES = 5
DAMAGED = _("This file cannot be read as a table. Please save it again as .xlsx or as .csv.")
REASONS = {
    "none": DAMAGED,
    "large": _("This table is too large to be read at once. Please take in a part of it."),
    "long": _("This table has more than 2,000 rows. Please take in a part of it."),
    "macros": _("This workbook holds macros. Please save it as .xlsx without them."),
}


def read(upload, *, longest=1_000):
    """The rows of an uploaded table, the first with its headings; refused in words where it cannot be read.

    Of each cell so many characters are read.
    """
    if upload.size > MEGABYTES * 1024 * 1024:
        raise Refused(_("This file is larger than %(limit)s MB.") % {"limit": MEGABYTES}, "file")
    upload.seek(0)
    found = _asked(upload.read(), str(longest))
    if "refused" in found:
        raise Refused(REASONS[found["refused"]], "file")
    if len(found["rows"]) < 2:
        raise Refused(_("There is no row under the headings of this table."), "file")
    return found["rows"]


def _asked(content, *words):
    try:
        return json.loads(bounded.ask(CHILD, content, *words))
    except bounded.Overrun:
        return {"refused": "large"}
    except bounded.Broken:
        return {"refused": "none"}
