"""A paper as a Word file: real headings, lists, links and tables, its language and direction, nobody's name in it."""

from io import BytesIO

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from portal import languages, trees
from portal.word_files.shapes import DocxShapes

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def answer(title, content):
    """A Word file for the browser to keep, called by its title."""
    name = "".join(char for char in title if char.isalnum() or char in " -_").strip()[:80]
    headers = {"Content-Disposition": content_disposition_header(True, f"{name or 'text'}.docx")}
    return HttpResponse(content, content_type=TYPE, headers=headers)


def write(paper):
    """The bytes of a .docx of anything that has a `title`, a `language` and `sections` of `heading` and `text`."""
    shapes = DocxShapes(paper.language, paper.title)
    shapes.title(paper.title)
    for section in paper.sections:
        if section.heading:
            shapes.heading(
                [{"kind": "text", "text": section.heading}], 1, languages.direction(paper.language)
            )
        for block in trees.of(section.text, under=1 if section.heading else 0):
            _write(shapes, block)
    content = BytesIO()
    shapes.document.save(content)
    return content.getvalue()


def write_abreast(title, note, tables, spoken):
    """The bytes of a .docx of tables in which texts stand as they are typed beside each other, under a title and a note.

    `tables` are [(title or None, rows)], `spoken` the languages of their columns, "" of the first; the document is in
    that of the last.
    """
    shapes = DocxShapes(spoken[-1], title.text)
    shapes.heading([{"kind": "text", "text": title.text}], 1, title.direction)
    shapes.paragraph([{"kind": "text", "text": note.text}], note.direction)
    for heading, rows in tables:
        if heading is not None:
            shapes.heading([{"kind": "text", "text": heading.text}], 2, heading.direction)
        shapes.abreast(rows, spoken)
    content = BytesIO()
    shapes.document.save(content)
    return content.getvalue()


def _write(shapes, block, depth=0):
    """One block; what stands in a list or quotation stands in it by its depth."""
    kind = block["kind"]
    if kind == "heading":
        shapes.heading(block["words"], block["level"], block["direction"])
    elif kind == "paragraph":
        shapes.paragraph(block["words"], block["direction"])
    elif kind == "list":
        _write_list(shapes, block, depth)
    elif kind == "quote":
        for inner in block["blocks"]:
            if inner["kind"] == "paragraph":
                shapes.paragraph(inner["words"], inner["direction"], style="Quote")
            else:
                _write(shapes, inner, depth)
    elif kind == "table":
        shapes.table(block["head"], block["rows"])
    elif kind == "code":
        for line in block["text"].split("\n"):
            shapes.paragraph([{"kind": "code", "text": line}], "ltr")
    elif kind == "rule":
        shapes.rule()


def _write_list(shapes, block, depth):
    number = shapes.numbered(block["is_ordered"], block["start"], depth)
    for item in block["items"]:
        is_first = True
        for inner in item:
            if inner["kind"] == "paragraph":
                shapes.paragraph(
                    inner["words"], inner["direction"], number=number if is_first else None, depth=depth
                )
            else:
                _write(shapes, inner, depth + 1)
            is_first = False
