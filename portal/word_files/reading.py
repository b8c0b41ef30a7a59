"""A text that was written in Word, as title and sections of Markdown; read in a process of its own (safety.md, D14)."""

import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal import bounded, files
from portal.errors import Refused

CHILD = Path(__file__).resolve().parent / "child.py"
DAMAGED = _("This Word file is damaged and cannot be read. Please save it again as .docx.")
REASONS = {
    "none": DAMAGED,
    "hostile": _("This Word file holds declarations that no Word file needs. It is not read."),
    "macros": _("This Word file holds macros. Please save it as .docx without them."),
    "deep": _("In this Word file tables or lists stand too deep in each other. Please make it plainer."),
    "large": _("This Word file is too large to be read at once. Please take in a part of it."),
}


@dataclass(frozen=True)
class Section:
    """A heading (or none, before the first) and the Markdown under it."""

    heading: str
    text: str


@dataclass(frozen=True)
class Sections:
    """What stands in a Word file. `notices` are sentences for the person about what was decided for him or her."""

    title: str
    sections: tuple[Section, ...]
    changes: int = 0
    comments: int = 0

    @property
    def notices(self):
        counted = ((self.changes, CHANGES), (self.comments, COMMENTS))
        return [words % {"count": count} for count, words in counted if count]


CHANGES = ngettext_lazy(
    "%(count)s tracked change was accepted: look whether the text says what was agreed.",
    "%(count)s tracked changes were accepted: look whether the text says what was agreed.",
    "count",
)
COMMENTS = ngettext_lazy(
    "%(count)s comment in the margin was left out.",
    "%(count)s comments in the margin were left out.",
    "count",
)


def read(upload):
    """What an uploaded .docx holds, as Sections; refused in words where it is none, too large or hostile.

    Takes at most five seconds and 200 MB, in another process. Pictures are left out, links lead to the web or mail.
    """
    found = _found(upload)
    if not found["sections"] and not found["title"]:
        raise Refused(_("There is no text in this Word file."), "file")
    sections = tuple(Section(heading, text) for heading, text in found["sections"])
    return Sections(found["title"], sections, found["changes"], found["comments"])


def read_rows(upload):
    """The rows of the tables of an uploaded .docx, as lists of texts; refused like any other Word file."""
    return _found(upload, "rows")["rows"]


def _found(upload, *words):
    if PurePosixPath(upload.name or "").suffix.lower() != ".docx":
        raise Refused(_("Only Word files (.docx) are taken here."), "file")
    if upload.size > files.LARGEST:
        raise Refused(_("This file is larger than %(limit)s MB.") % {"limit": files.MEGABYTES}, "file")
    upload.seek(0)
    found = _asked(upload.read(files.LARGEST + 1), *words)
    if "refused" in found:
        raise Refused(REASONS[found["refused"]], "file")
    return found


def _asked(content, *words):
    """What the child says; a child that died or took too long says that the file is damaged or too large."""
    try:
        return json.loads(bounded.ask(CHILD, content, *words))
    except bounded.Overrun:
        return {"refused": "large"}
    except bounded.Broken:
        return {"refused": "none"}
