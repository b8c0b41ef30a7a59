"""Round packs: the questions of a call as one small text file, filled in offline and read again, however it was saved.

Lines that begin with ### are the machine's; what stands under >>> is the answer. Whatever else a person wrote
between the lines of a question belongs to its answer too, so that nothing is lost.
"""

import html
import re
import unicodedata
import uuid
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from consultations import clocks
from consultations.forms.answers import condition
from consultations.models import Question
from consultations.models.questions import SAID
from portal import languages
from portal.errors import Refused
from portal.forms.fields import PassageField, clean_line

LARGEST = 400_000  # bytes of an upload
SHORT = 12  # figures of a question's key: enough within a call
SIGN = "###"
ANSWER = ">>>"
OTHERS = {  # how files of other programs begin
    b"PK\x03\x04": _("This is a Word file. Open it there and save it as plain text, then send that."),
    b"{\\rtf": _("This is a Word file. Open it there and save it as plain text, then send that."),
    b"\xd0\xcf\x11\xe0": _("This is a Word file. Open it there and save it as plain text, then send that."),
    b"%PDF": _("This is a PDF. Fill in the text file and send that."),
}
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff]")
MACHINE = re.compile(r"^\s*#[ \t]*#[ \t]*#[ \t]*(.*)$")
MARKED = re.compile(r"^\s*[>»]+[ \t]*>*(.*)$")
BOX = re.compile(r"^\s*\[(.*?)\]\s*([\w-]{1,12})\)")
NAME = re.compile(r"[0-9a-f]{12}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|end")
LONG = 36  # signs of a call's key; of a question's there are fewer
# Of a page saved from a browser. A tag ends before the next one begins, and what is never closed ends with the text:
# so whatever is sent is read once, and not again from each of its signs.
UNSAID = re.compile(r"<(style|script)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
HEAD = re.compile(r"<head\b.*?(?:</head\s*>|(?=<(?:body|p|div)\b)|\Z)", re.I | re.S)
BREAKS = re.compile(r"<\s*(?:br|/p|/div|/li|/tr|/h\d)\b[^<>]*>", re.I)
TAG = re.compile(r"<[^<>]*>")
NO_SIGN = re.compile(r"&#[0-9]{9,};?")  # no sign has so long a number, and so long a one is refused by int()
MOST_MARKS = 30  # on one letter, as Unicode advises; sorting thousands takes minutes
LEGACY = {"ar": "cp1256"}


@dataclass
class Pack:
    """What a filled pack says: to which call, the answers by question, and words that found no place."""

    call: uuid.UUID
    answers: dict = field(default_factory=dict)
    strays: list = field(default_factory=list)


def name_of(call, language):
    return f"round-pack-{call.key.hex[:6]}-{language}.txt"


def write(call, questions, language):
    """The pack in one language, as bytes that every editor of texts opens."""
    with translation.override(language):
        parts = [line for number, row in enumerate(questions, 1) for line in _lines(row, number, language)]
        head = [*_head(call, language), "", f"{SIGN} {call.key} {language}"]
    return b"\xef\xbb\xbf" + "\r\n".join([*head, *parts, "", f"{SIGN} end", ""]).encode()


def _head(call, language):
    """What a person needs to know before the first question."""
    address = settings.SITE_URL + reverse("consultations:contribution-new", args=[call.key])
    closes = "; ".join(clocks.said(call.closes_at, call.time_zone)) if call.closes_at else ""
    return [
        now("Round pack"),
        str(call.text("title", language)),
        now("The call closes: %(moments)s.") % {"moments": closes} if closes else "",
        "",
        now("Write each answer under the line that begins with >>>, as long as you like."),
        now("Where there are brackets, put an x between those that you choose."),
        now("Leave the lines that begin with ### as they are."),
        now("Save the file as text and send it on this page: %(address)s") % {"address": address},
    ]


def _lines(question, number, language):
    """The lines of one question: the machine's, what is asked, where the answer goes."""
    answers, earlier = condition(question)
    lines = ["", f"{SIGN} {number} {question.key.hex[:SHORT]}"]
    if question.objective:
        label = question.objective.text("label", language)
        lines.append(f"{now('Objective %(number)s') % {'number': question.objective.number}}: {label}")
    if answers:
        said = {"answers": answers, "question": earlier}
        lines.append(now("Only if you answered %(answers)s to “%(question)s”") % said)
    lines += str(question.text("prompt", language)).splitlines()
    lines += str(question.text("help", language)).splitlines()
    if question.max_length:
        lines.append(now("At most %(number)s characters.") % {"number": question.max_length})
    if question.kind == Question.Kind.FILE:
        return [*lines, now("A file can be added only on the page.")]
    if question.kind in Question.CHOSEN:
        choices = SAID.items() if question.kind == Question.Kind.YES_NO else question.choices(language)
        return [*lines, *(f"[ ] {key}) {words}" for key, words in choices)]
    return [*lines, ANSWER, ""]


def read(upload, call, questions):
    """What a filled pack says, or a refusal in words: of another call, or no pack at all."""
    if upload.size > LARGEST:
        raise Refused(_("This file is too large to be a round pack."), "file")
    content = upload.read()
    for beginning, words in OTHERS.items():
        if content.startswith(beginning):
            raise Refused(words, "file")
    head, sections = _sections(_text(content))
    pack = Pack(_call_of(sections))
    if pack.call != call.key:
        raise Refused(_("This round pack belongs to another call. Send it there."), "file")
    by_key = {row.key.hex[:SHORT]: (row, _in_all_languages(_lines, row, 0)) for row in questions}
    _keep_strays(pack, head, own=_in_all_languages(_head, call))
    for name, lines in sections:
        if name in by_key:
            _answer(pack, *by_key[name], lines)
        else:
            _keep_strays(pack, lines)
    return pack


def _text(content):
    """The words of a file in whatever way they were saved."""
    for mark, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if content.startswith(mark):
            return _plain(content.decode(name, errors="replace"))
    if b"\0" in content:
        name = "utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be"
        return _plain(content.decode(name, errors="replace"))
    try:
        return _plain(content.decode())
    except UnicodeDecodeError:
        found = re.search(rb"#\s*[0-9a-f-]{36} (\w\w)", content)
        legacy = LEGACY.get(found[1].decode() if found else "", "cp1252")
        return _plain(content.decode(legacy, errors="replace"))


def _plain(text):
    """Without the marks of a page saved from a browser or an editor, and without what nobody sees."""
    if re.match(r"\s*<(?:!doctype|html|\?xml|meta|p|div)\b", text, re.I):
        text = TAG.sub("", BREAKS.sub("\n", HEAD.sub("", UNSAID.sub("", text))))
        text = html.unescape(NO_SIGN.sub("\ufffd", text))
    text = unicodedata.normalize("NFC", _few_marks(text.replace("\r\n", "\n").replace("\r", "\n")))
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text)


def _few_marks(text):
    """Without the marks on a letter that nobody could read any more."""
    kept, marks = [], 0
    for sign in text:
        marks = marks + 1 if unicodedata.combining(unicodedata.normalize("NFD", sign)[0]) else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def _sections(text):
    """What stands before the first line of the machine's, and [(what that line names, the lines under it)]."""
    head, sections = [], []
    for line in text.split("\n"):
        if name := _named(line):
            sections.append((name, []))
        else:
            (sections[-1][1] if sections else head).append(line)
    return head, sections


def _named(line):
    """What a line of the machine's names: a call, a question or the end; of any other line, nothing."""
    found = MACHINE.match(UNSEEN.sub("", line))
    words = found[1].lower().split() if found else []
    return next((word for word in words if NAME.fullmatch(word)), "")


def _call_of(sections):
    """The call that the pack names; without it, it is none."""
    for name, _lines_of_it in sections:
        if len(name) == LONG:
            return uuid.UUID(name)
    raise Refused(
        _("This file is no round pack of this portal, or the lines with ### were taken out."), "file"
    )


def _clean(question, words):
    """What the field of this question would take."""
    try:
        return clean_line(words) if question.kind == Question.Kind.LINE else PassageField().clean(words)
    except ValidationError as error:
        raise Refused(error.messages[0], "file") from error


def _answer(pack, question, own, lines):
    """The answer of a section: what stands under >>>, and whatever else is not the pack's own."""
    written, chosen, is_answer = [], [], False
    for line in lines:
        bare = UNSEEN.sub("", line)
        if question.kind in Question.CHOSEN and (box := BOX.match(bare)):
            chosen += [box[2].lower()] if box[1].strip() else []
        elif not is_answer and question.kind in Question.WRITTEN and (found := MARKED.match(bare)):
            is_answer = True
            written.append(found[1])
        elif is_answer or _squeezed(line) not in own or (written and not line.strip()):
            written.append(line)
    words = "\n".join(written).strip()
    if question.kind in Question.WRITTEN and words:
        # Two packs that were put together answer a question twice: both answers stand.
        before = pack.answers.get(question.pk, "")
        pack.answers[question.pk] = _clean(question, f"{before}\n\n{words}".strip())
    elif words:
        pack.strays.append(words)
    if chosen:
        keys = [key for key, _words in question.choices(question.original_language)]
        pack.answers[question.pk] = [key for key in keys if key in chosen]


def _keep_strays(pack, lines, own=frozenset({""})):
    """Words that belong to no question are shown to who sent them."""
    found = [line for line in lines if _squeezed(line) not in own]
    if words := "\n".join(found).strip():
        pack.strays.append(words)


def _in_all_languages(lines_of, *things):
    """The lines that a pack has of its own, in whatever language it was taken away: nobody's answer."""
    own = {""}
    for language in languages.CODES:
        with translation.override(language):
            own |= {_squeezed(line) for line in lines_of(*things, language)}
    return own


def _squeezed(line):
    return " ".join(UNSEEN.sub("", line).split())
