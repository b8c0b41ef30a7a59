"""The shapes that a Word file is made of, as python-docx draws them, with what it leaves to us: direction and lists."""

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from portal import languages

BRAND, INK = RGBColor(0x0B, 0x5D, 0x57), RGBColor(0x17, 0x30, 0x2C)
FAINT = RGBColor(0x6B, 0x6B, 0x6B)
BULLETS, NUMBERS = 90, 91
LEVELS = 9
ABREAST = (Cm(2), Cm(6.6), Cm(6.6))  # wide are a mark, an original and its translation
INDENT = 360  # twentieths of a point, for each level


class DocxShapes:
    """A new document in one language, to which paragraphs are added one after the other."""

    def __init__(self, language, title):
        self.language = language
        self.document = Document()
        self._forget_makers(title)
        self._dress()
        self._add_lists()

    def title(self, text):
        self._paragraph("Title", [{"kind": "text", "text": text}], languages.direction(self.language))

    def heading(self, words, level, direction):
        self._paragraph(f"Heading {level}", words, direction)

    def paragraph(self, words, direction, *, style="Normal", number=None, depth=0):
        """A paragraph; with the number of a list, an item of it at that depth."""
        made = self._paragraph(style, words, direction)
        if number is not None:
            place = made._p.get_or_add_pPr().get_or_add_numPr()
            place.get_or_add_ilvl().val = min(depth, LEVELS - 1)
            place.get_or_add_numId().val = number
        return made

    def numbered(self, is_ordered, start, depth):
        """The number of a new list, which begins to count anew."""
        numbering = self.document.part.numbering_part.element
        number = numbering.add_num(NUMBERS if is_ordered else BULLETS)
        if is_ordered:
            number.add_lvlOverride(ilvl=min(depth, LEVELS - 1)).add_startOverride(start)
        return number.numId

    def table(self, head, rows):
        """A table whose first row heads it, on each page that it runs over."""
        made = self.document.add_table(rows=0, cols=len(head), style="Table Grid")
        if self._is_rtl(None):
            made._tbl.tblPr.append(OxmlElement("w:bidiVisual"))
        for place, row in enumerate([head, *rows]):
            line = made.add_row()
            for cell, words in zip(line.cells, row, strict=False):
                heads = [{"kind": "strong", "words": words}] if place == 0 else words
                self._fill(cell.paragraphs[0], heads, None)
            if place == 0:
                line._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        self.document.add_paragraph()

    def abreast(self, rows, spoken):
        """A table of marks and of texts as they are typed, each column but the first in a language; its first row heads it."""
        made = self.document.add_table(rows=0, cols=len(spoken), style="Table Grid")
        made.autofit = False
        for column, width in zip(made.columns, ABREAST, strict=True):
            column.width = width
        if self._is_rtl(None):
            made._tbl.tblPr.append(OxmlElement("w:bidiVisual"))
        for place, row in enumerate(rows):
            line = made.add_row()
            for cell, text, language in zip(line.cells, row, spoken, strict=True):
                self._type(cell.paragraphs[0], text, language, heads=place == 0)
            if place == 0:
                line._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    def rule(self):
        border = f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="1" w:color="DCD5C6"/></w:pBdr>'
        self.document.add_paragraph()._p.get_or_add_pPr().append(parse_xml(border))

    # Parts

    def _paragraph(self, style, words, direction):
        made = self.document.add_paragraph(style=style)
        self._fill(made, words, direction)
        return made

    def _fill(self, paragraph, words, direction):
        if self._is_rtl(direction):
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        self._add(paragraph, paragraph._p, words, {"is_rtl": self._is_rtl(direction)})

    def _type(self, paragraph, text, language, *, heads):
        """A text as it is typed; what is in no language is a mark for machines."""
        is_rtl = languages.direction(language) == "rtl"
        if is_rtl:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        look = {"is_rtl": is_rtl, "strong": heads and language, "language": language}
        self._run(paragraph, paragraph._p, {"kind": "text", "text": text}, look)
        if not language:
            paragraph.runs[0].font.size, paragraph.runs[0].font.color.rgb = Pt(6), FAINT

    def _is_rtl(self, direction):
        return (direction if direction in {"ltr", "rtl"} else languages.direction(self.language)) == "rtl"

    def _add(self, paragraph, into, words, look):
        for word in words:
            if word["kind"] == "link":
                link = OxmlElement("w:hyperlink")
                link.set(qn("r:id"), self._led_to(word["address"]))
                into.append(link)
                self._add(paragraph, link, word["words"], look | {"is_link": True})
            elif word["kind"] in {"strong", "emphasis"}:
                self._add(paragraph, into, word["words"], look | {word["kind"]: True})
            else:
                self._run(paragraph, into, word, look)

    def _run(self, paragraph, into, word, look):
        run = paragraph.add_run()
        if word["kind"] == "break":
            run.add_break()
        else:
            run.text = word["text"]
        font = run.font
        if look.get("strong"):
            font.bold = font.cs_bold = True
        if look.get("emphasis"):
            font.italic = font.cs_italic = True
        if look.get("is_link"):
            font.underline, font.color.rgb = True, BRAND
        if look["is_rtl"]:
            font.rtl = True
        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:bidi" if look["is_rtl"] else "w:val"), look.get("language", self.language))
        run._r.get_or_add_rPr().append(spoken)
        into.append(run._r)

    def _led_to(self, address):
        return self.document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    # Making

    def _forget_makers(self, title):
        """Leave no name of a person or a program."""
        told = self.document.core_properties
        told.author = told.last_modified_by = told.comments = told.keywords = ""
        told.title, told.language = title[:250], self.language

    def _dress(self):
        styles = self.document.styles
        styles["Normal"].font.size = Pt(11)
        for name in ("Title", *(f"Heading {level}" for level in range(1, 7))):
            styles[name].font.color.rgb = BRAND if name in {"Title", "Heading 1"} else INK
        default = styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
        default.set(qn("w:bidi" if self._is_rtl(None) else "w:val"), self.language)

    def _add_lists(self):
        """Two sorts of lists, each of nine levels: python-docx's own know no depth and never begin anew."""
        numbering = self.document.part.numbering_part.element
        for number, form in ((BULLETS, "bullet"), (NUMBERS, "decimal")):
            levels = "".join(self._level(level, form) for level in range(LEVELS))
            made = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
            numbering.insert(0, parse_xml(made))

    def _level(self, level, form):
        text = "•" if form == "bullet" else f"%{level + 1}."
        return (
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="start"/><w:pPr><w:ind w:start="{INDENT * (level + 1)}" w:hanging="{INDENT}"/></w:pPr></w:lvl>'
        )
