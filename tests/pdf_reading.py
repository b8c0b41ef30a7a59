"""Reads a tagged PDF as software does that speaks it aloud: by its tree of tags, each drawing by the text it stands for.

Readers that go by the page alone turn the letters of Arabic ligatures round; the files have them right.
"""

import io
import re

import pikepdf

SAYS = re.compile(r"<([0-9A-F]{4})> <([0-9A-F]+)>")


def words(content):
    """The text of a tagged PDF, block by block, in the order of its tags."""
    with pikepdf.open(io.BytesIO(content)) as file:
        said = {page.objgen: _marked(page) for page in file.pages}
        return "".join(_spoken(file.Root.StructTreeRoot, None, said))


BLOCKS = {"/P", "/LI", "/LBody", "/Lbl", "/TD", "/TH", "/Title", "/H1", "/H2", "/H3", "/Document"}


def _spoken(node, page, said):
    page = node.get("/Pg", page)
    children = node.get("/K", [])
    if str(node.get("/S", "")) in BLOCKS:
        yield "\n"
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            if child.get("/Type") == "/MCR":
                yield said[child.get("/Pg", page).objgen].get(int(child.MCID), "")
            elif "/S" in child:
                yield from _spoken(child, page, said)
        else:
            yield said[page.objgen].get(int(child), "")


def _marked(page):
    """What each marked piece of a page says: {its number: text}."""
    found, stack, letters = {}, [], {}
    fonts = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    for operands, operator in pikepdf.parse_content_stream(page):
        operator = str(operator)
        if operator in {"BDC", "BMC"}:
            told = operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
            stack.append({"tag": str(operands[0]), "told": told, "drawn": []})
        elif operator == "EMC":
            _close(stack, found)
        elif operator == "Tf":
            letters = fonts[str(operands[0])]
        elif operator in {"Tj", "TJ"} and stack:
            pieces = operands[0] if operator == "TJ" else operands
            raw = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
            stack[-1]["drawn"].append([letters[raw[place : place + 2]] for place in range(0, len(raw), 2)])
    return found


def _close(stack, found):
    piece = stack.pop()
    drawn = piece["drawn"]
    if "/ActualText" in piece["told"]:
        drawn = [[str(piece["told"]["/ActualText"])]]
    if piece["tag"] == "/ReversedChars":
        drawn = [run[::-1] for run in drawn[::-1]]
    is_turned = piece["tag"] == "/ReversedChars" or piece.get("is_turned")
    if "/MCID" in piece["told"]:
        runs = drawn[::-1] if is_turned else drawn
        found[int(piece["told"]["/MCID"])] = "".join(letter for run in runs for letter in run)
    elif stack:
        stack[-1]["drawn"] += drawn
        stack[-1]["is_turned"] = stack[-1].get("is_turned") or is_turned


def _letters(font):
    text = font.ToUnicode.read_bytes().decode("ascii")
    return {
        bytes.fromhex(place): bytes.fromhex(code).decode("utf-16-be") for place, code in SAYS.findall(text)
    }
