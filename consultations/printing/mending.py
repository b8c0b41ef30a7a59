"""What typst gets wrong in right-to-left text, mended in the finished file, so that it is copied and heard as written.

A letter and the vowel mark over it are each given the text of both, and a line that such a mark breaks into pieces is
tagged from left to right, some of it without word that it runs the other way. What is seen on the page is not touched.
"""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass

import pikepdf

SAYS = re.compile(r"<([0-9A-F]{4})> <([0-9A-F]+)>")
# Pieces of one line stand no farther above each other than a mark stands above its letter, in points.
LINE = 12
# Typst says of most drawings that run from right to left that they do, but not of all.
REVERSED = pikepdf.ContentStreamInstruction([pikepdf.Name.ReversedChars], pikepdf.Operator("BMC"))
ENDED = pikepdf.ContentStreamInstruction([], pikepdf.Operator("EMC"))


def mend(file):
    """Mend an open PDF that typst made."""
    for font in file.objects:
        if isinstance(font, pikepdf.Dictionary) and "/ToUnicode" in font and "/DescendantFonts" in font:
            font.ToUnicode.write(_mended(font))
    pieces = {page.objgen: _pieces(page) for page in file.pages}
    for node in file.objects:
        if isinstance(node, pikepdf.Dictionary) and "/S" in node and "/Pg" in node and "/K" in node:
            _sort(node, pieces[node.Pg.objgen])


# Letters


def _mended(font):
    """What the drawings of a font say, without letters said twice.

    Typst gives a letter and the mark over it both the text of the two: who copies or hears it would get it twice.
    """
    letters = font.ToUnicode.read_bytes().decode("ascii")
    texts = {place: bytes.fromhex(code).decode("utf-16-be") for place, code in SAYS.findall(letters)}
    widths = _widths(font.DescendantFonts[0])
    over = {place: _marks(text) for place, text in texts.items() if not widths[int(place, 16)]}
    doubled = {texts[place] for place, marks in over.items() if marks}

    def said(match):
        text = texts[match[1]]
        if over.get(match[1]):
            text = over[match[1]]
        elif text in doubled:
            text = text.translate(dict.fromkeys(map(ord, _marks(text)))) or text
        return f"<{match[1]}> <{text.encode('utf-16-be').hex().upper()}>"

    return SAYS.sub(said, letters).encode("ascii")


def _marks(text):
    return "".join(sign for sign in text if unicodedata.category(sign) == "Mn")


def _widths(font):
    """How wide each drawing of a font is: {number: width}."""
    widths, table = defaultdict(lambda: float(font.get("/DW", 1000))), list(font.get("/W", []))
    while table:
        first, second = int(table.pop(0)), table.pop(0)
        if isinstance(second, pikepdf.Array):
            widths |= {first + place: float(width) for place, width in enumerate(second)}
        else:
            widths |= dict.fromkeys(range(first, int(second) + 1), float(table.pop(0)))
    return widths


# Order


@dataclass(frozen=True)
class Piece:
    """A marked piece of a page: where it begins, whether it runs from right to left, whether it is but a space."""

    x: float
    y: float
    is_rtl: bool
    is_space: bool = False


def _sort(node, pieces):
    """Let the pieces of a line follow each other from right to left, wherever nothing but spaces stands between them."""
    if not isinstance(node.K, pikepdf.Array):
        return
    lines, before = [], None
    for child in node.K:
        piece = None if isinstance(child, pikepdf.Object) else pieces.get(int(child))
        goes_on = piece and before and (piece.is_rtl or piece.is_space) and abs(piece.y - before.y) <= LINE
        if not goes_on:
            lines.append([])
        lines[-1].append((piece, child))
        before = piece if piece and (piece.is_rtl or goes_on) else None
    node.K = pikepdf.Array([child for line in lines for child in _without_its_end(line)])


def _without_its_end(line):
    """A line in its order; the spaces after its last piece belong to what follows, and stay where they are."""
    end = len(line)
    while end > 1 and line[end - 1][0] and line[end - 1][0].is_space:
        end -= 1
    return [*_from_the_right(line[:end]), *(child for _piece, child in line[end:])]


def _from_the_right(line):
    """The pieces of a line; a mark, drawn before the letter that it stands at, comes after it."""
    if len(line) == 1:
        return [line[0][1]]
    rows = sorted(enumerate(line), key=lambda row: (-row[1][0].x, -row[0]))
    return [child for _place, (_piece, child) in rows]


def _pieces(page):
    """The marked pieces of a page by their numbers; on the way, what its letters say is mended too."""
    found, stack, font, at = {}, [], None, (0.0, 0.0)
    fonts = {name: Font(_letters(one), _widths(one.DescendantFonts[0])) for name, one in _fonts(page)}
    instructions = []
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, str(instruction.operator)
        shown = [instruction]
        if operator == "BMC":
            stack.append({"/Tag": str(operands[0])})
        elif operator == "BDC":
            stack.append(operands[1])
        elif operator == "EMC":
            stack.pop()
        elif operator == "cm":
            at = (float(operands[4]), float(operands[5]))
        elif operator == "Tf":
            font = fonts[str(operands[0])]
        elif operator in {"Tj", "TJ"}:
            drawn = _codes(operands[0])
            for told in stack:
                _mend_said(told, drawn, font)
            number = next((int(told["/MCID"]) for told in reversed(stack) if "/MCID" in told), None)
            text = "".join(font.letters.get(code, "") for code in drawn)
            if number is not None:
                place, before = found.get(number, (at, ""))
                found[number] = (place, before + text)
            if len(drawn) > 1 and _is_rtl(text) and not any(map(_is_told, stack)):
                shown = [REVERSED, instruction, ENDED]
        instructions += shown
    page.Contents.write(pikepdf.unparse_content_stream(instructions))
    return {number: Piece(*place, _is_rtl(text), text.isspace()) for number, (place, text) in found.items()}


@dataclass(frozen=True)
class Font:
    """What each drawing of a font says, by its two bytes, and how wide it is, by its number."""

    letters: dict
    widths: dict


def _is_told(piece):
    """Whether it is said already how a piece reads."""
    return "/ActualText" in piece or piece.get("/Tag") == "/ReversedChars"


def _fonts(page):
    return page.Resources.get("/Font", {}).items()


def _mend_said(told, drawn, font):
    """Where a drawing is told to say a letter with its mark: the mark says the mark, the letter the letter."""
    said = str(told["/ActualText"]) if "/ActualText" in told else ""
    if marks := _marks(said):
        widths = [font.widths[int.from_bytes(code)] for code in drawn]
        rest = said.translate(dict.fromkeys(map(ord, marks)))
        if not any(widths):
            told["/ActualText"] = pikepdf.String(marks)
        elif all(widths) and rest:
            told["/ActualText"] = pikepdf.String(rest)


def _codes(drawn):
    pieces = drawn if isinstance(drawn, pikepdf.Array) else [drawn]
    raw = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
    return [raw[place : place + 2] for place in range(0, len(raw), 2)]


def _is_rtl(text):
    """Whether a piece runs from right to left; a mark alone goes with the letters around it."""
    sorts = set(map(unicodedata.bidirectional, text))
    return bool(sorts & {"R", "AL"}) or (sorts == {"NSM"})


def _letters(font):
    text = font.ToUnicode.read_bytes().decode("ascii")
    return {
        bytes.fromhex(place): bytes.fromhex(code).decode("utf-16-be") for place, code in SAYS.findall(text)
    }
