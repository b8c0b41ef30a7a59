"""Reads one Word file in a process of its own, which is small, short of time and thrown away: whatever a file does
there, nothing else feels it. The file comes on standard input, JSON goes to standard output: its title and sections, or
with the word "rows" the rows of its tables.

Run by portal/bounded.py within its limits, so it takes neither Django nor anything else of ours.
"""

import html
import io
import json
import re
import sys
import zipfile
from itertools import groupby
from xml.parsers import expat

import mammoth
import nh3
from mammoth import documents
from markdownify import MarkdownConverter

LARGEST = 20 * 1024 * 1024  # bytes of one part, unpacked
MOST_PARTS = 2_000
DEEPEST = 150
# All that text needs; pictures, fonts, macros, embedded and linked things are never unpacked.
PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|word/(?:document|styles|numbering|footnotes|endnotes)\d*\.xml"
    r"|word/_rels/document\d*\.xml\.rels"
)
MAIN = re.compile(r"word/document\d*\.xml")
WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
TRACKED = {"ins", "del", "moveFrom", "moveTo"}
TAGS = {"p", "br", "ul", "ol", "li", "em", "strong", "a", "blockquote", "code", "pre"}
TAGS |= {"h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "td": {"colspan"}, "th": {"colspan"}}
STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
"""
TITLE = re.compile(r'<h1 class="title">(.*?)</h1>', re.S)
BACK = re.compile(r'<a href="#[^"]*-ref-\d+">↑</a>')
INNER = re.compile(r'<a (?:id="[^"]*"|href="#[^"]*")[^>]*>(.*?)</a>', re.S)
HEAD = re.compile(r"<th\b.*?</th>", re.S)


class Unfit(Exception):
    """A file that is not read, and why, as one word for the process that asked."""


def read(content):
    """What a file holds: its title, [[heading, Markdown]], how many tracked changes and comments it had."""
    parts = unpacked(content)
    counts = {name: counted(part) for name, part in parts.items()}
    changes, comments = next(count for name, count in counts.items() if MAIN.fullmatch(name))
    title, sections = divided(*as_html(parts))
    return {"title": title, "sections": sections, "changes": changes, "comments": comments}


def read_rows(content):
    """The rows of all tables of a file, each cell as it is typed: what Word itself made strong or a list, in signs."""
    parts = unpacked(content)
    for part in parts.values():
        counted(part)
    found = []
    opened(parts, transform_document=lambda document: found.append(document) or document)
    tables = [block for block in found[0].children if isinstance(block, documents.Table)]
    return {"rows": [[typed(cell) for cell in row.children] for table in tables for row in table.children]}


def typed(cell):
    return "\n\n".join(typed_paragraph(block) for block in leaves(cell, documents.Paragraph)).strip()


def typed_paragraph(paragraph):
    looks = groupby(leaves(paragraph, documents.Run), key=lambda run: 2 * run.is_bold + run.is_italic)
    words = "".join(marked("".join(map(typed_run, runs)), "*" * stars) for stars, runs in looks)
    if paragraph.numbering is None or not words.strip():
        return words
    sign = "1. " if paragraph.numbering.is_ordered else "- "
    return f"{'  ' * int(paragraph.numbering.level_index)}{sign}{words}"


def typed_run(run):
    return "".join(
        part.value if isinstance(part, documents.Text) else "\t" if isinstance(part, documents.Tab) else "\n"
        for part in leaves(run, (documents.Text, documents.Tab, documents.Break))
    )


def marked(words, signs):
    """Words between signs, which stand close to them."""
    bare = words.strip()
    return words.replace(bare, f"{signs}{bare}{signs}") if bare else words


def leaves(element, kind):
    """What of a kind stands in an element, however deep; nothing that stands in one of them."""
    for child in getattr(element, "children", ()):
        if isinstance(child, kind):
            yield child
        else:
            yield from leaves(child, kind)


def unpacked(content):
    """The parts of the file that hold its text, each within bounds."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        names = dict.fromkeys(archive.namelist())
    except Exception as error:
        raise Unfit("none") from error
    if len(names) > MOST_PARTS:
        raise Unfit("large")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unfit("macros")
    if not any(map(MAIN.fullmatch, names)) or "[Content_Types].xml" not in names:
        raise Unfit("none")
    return {name: unpacked_part(archive, name) for name in names if PARTS.fullmatch(name)}


def unpacked_part(archive, name):
    try:
        with archive.open(name) as part:
            # What a part says of its own size is the word of whoever made it.
            content = part.read(LARGEST + 1)
    except MemoryError:
        raise
    except Exception as error:
        # Each way of compressing has errors of its own.
        raise Unfit("none") from error
    if len(content) > LARGEST:
        raise Unfit("large")
    return content


def counted(part):
    """How many tracked changes and comments a part has; one with a document type or too deep is refused."""
    found, depth = {"changes": 0, "comments": 0}, 0

    def begins(name, _attributes):
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Unfit("deep")
        local = name.rpartition(" ")[2]
        if name.startswith(WORD) and local in TRACKED:
            found["changes"] += 1
        if name.startswith(WORD) and local == "commentReference":
            found["comments"] += 1

    def ends(_name):
        nonlocal depth
        depth -= 1

    def refuse(*_declared):
        raise Unfit("hostile")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = begins, ends
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise Unfit("none") from error
    return found["changes"], found["comments"]


def opened(parts, **asked):
    """What mammoth makes of these parts."""
    small = io.BytesIO()
    with zipfile.ZipFile(small, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    try:
        made = mammoth.convert_to_html(small, style_map=STYLES, convert_image=lambda image: [], **asked)
    except (KeyError, ValueError, AttributeError, OSError, TypeError) as error:
        raise Unfit("none") from error
    return made.value


def as_html(parts):
    """The text as HTML of few tags, and the title: tracked changes as accepted, without comments and pictures."""
    made = opened(parts)
    title = TITLE.search(made)
    text = INNER.sub(r"\1", BACK.sub("", made))
    # The head of a table is bold by itself.
    text = HEAD.sub(lambda cell: re.sub(r"</?strong>", "", cell[0]), text)
    clean = nh3.clean(
        text, tags=TAGS, attributes=ATTRIBUTES, link_rel=None, url_schemes={"http", "https", "mailto"}
    )
    return clean, plain(title[1]) if title else ""


def divided(text, title):
    """The title and the sections under the largest headings there are."""
    if title:
        text = re.sub(r"<h1>.*?</h1>", "", text, count=1, flags=re.S)
    levels = sorted(set(re.findall(r"<h([1-6])>", text)))
    if not title and len(levels) > 1 and len(re.findall(f"<h{levels[0]}>", text)) == 1:
        # One heading above all others is the title.
        above = re.search(f"<h{levels[0]}>(.*?)</h{levels[0]}>", text, re.S)
        title, text = plain(above[1]), text.replace(above[0], "", 1)
        levels = levels[1:]
    rows = re.split(f"<h{levels[0]}>(.*?)</h{levels[0]}>", text, flags=re.S) if levels else [text]
    pairs = [["", rows[0]], *([plain(head), body] for head, body in zip(rows[1::2], rows[2::2], strict=True))]
    sections = [[head, as_markdown(body)] for head, body in pairs]
    return title, [section for section in sections if any(section)]


def plain(text):
    # A space that must not break a line stays one.
    return re.sub(r"[ \t\r\n]+", " ", html.unescape(re.sub(r"<[^>]*>", "", text))).strip()


class AsMarkdown(MarkdownConverter):
    """What was only typed stays only typed: a word that begins like a list or a heading of Markdown is none."""

    def escape(self, text, parent_tags):
        typed = super().escape(text, parent_tags)
        typed = re.sub(r"^(\s*\d{1,9})([.)])(?=\s)", r"\1\\\2", typed)
        typed = re.sub(r"^(\s*)([#>+-])(?=[\s#>+-]|$)", r"\1\\\2", typed)
        return typed.replace("`", "\\`").replace("](", "]\\(")

    def convert_td(self, cell, text, parent_tags):
        return super().convert_td(cell, text.replace("|", "\\|"), parent_tags)

    def convert_th(self, cell, text, parent_tags):
        return super().convert_th(cell, text.replace("|", "\\|"), parent_tags)


def as_markdown(text):
    made = AsMarkdown(heading_style="ATX", bullets="-", table_infer_header=True).convert(text)
    return re.sub(r"\n{3,}", "\n\n", made).strip()


def main():
    try:
        answer = (read_rows if "rows" in sys.argv else read)(sys.stdin.buffer.read())
    except Unfit as reason:
        answer = {"refused": str(reason)}
    except RecursionError:
        answer = {"refused": "deep"}
    except MemoryError:
        answer = {"refused": "large"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
