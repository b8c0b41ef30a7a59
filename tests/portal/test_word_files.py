"""Word files: what was written there comes in as sections, what is taken out comes back the same, hostile ones do nothing."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from docx import Document

from portal import languages, trees, word_files
from portal.errors import Refused
from portal.word_files import Section, Sections

TEXTS = Path(__file__).resolve().parent.parent.parent / "portal" / "reference" / "samples" / "texts"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
W += ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml"
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELATION = '<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}" {}/>'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
MAIN = RELATIONS.format(RELATION.format("r1", "officeDocument", "word/document.xml", ""))
SAID = "<w:p><w:r><w:t>Said</w:t></w:r></w:p>"
MIXED = """Some *emphasis*, **strong words** and a [link](https://example.org/a_b?c=d).

### Steps

1. One
2. Two
   - Inner
     1. Deeper

Then anew:

1. First again

| What | How many |
| --- | --- |
| Beds \\| chairs | 12 |
| **Workers** | 4 |

> Quoted words

Mail [us](mailto:a@example.org) \\*now\\*

2030\\. A year

\\# No heading, \\`no code\\`, no [link]\\(https://example.org)"""


@dataclass(frozen=True)
class Paper:
    title: str
    language: str
    sections: tuple


def upload(content, name="paper.docx"):
    return SimpleUploadedFile(name, content)


def packed(**parts):
    """A Word file of these parts; whatever is not given is as it should be."""
    content = io.BytesIO()
    names = {"types": "[Content_Types].xml", "main": "_rels/.rels", "document": "word/document.xml"}
    names |= {"links": "word/_rels/document.xml.rels", "macros": "word/vbaProject.bin"}
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in ({"types": TYPES, "main": MAIN} | parts).items():
            if text is not None:
                archive.writestr(names[part], text)
    return content.getvalue()


def document(body, before=""):
    return f'<?xml version="1.0"?>{before}<w:document {W}><w:body>{body}</w:body></w:document>'


def sample(language):
    card, _line, body = (TEXTS / f"position-detention.{language}.md").read_text().partition("\n---\n")
    title = card.partition("\n")[0].removeprefix("# ")
    sections = [part.partition("\n") for part in body.split("\n## ")[1:]]
    return Paper(title, language, tuple(Section(head, text.strip()) for head, _line, text in sections))


@pytest.mark.parametrize("language", languages.CODES)
def test_a_paper_taken_out_and_in_again_is_the_same_in_each_language(language):
    paper = sample(language)
    assert word_files.read(upload(word_files.write(paper))) == Sections(paper.title, paper.sections)


@pytest.mark.parametrize("language", languages.CODES)
def test_lists_links_tables_and_quotations_come_back_as_they_were(language):
    paper = Paper("Title", language, (Section("Head", MIXED), Section("Other", "Words")))
    back = word_files.read(upload(word_files.write(paper)))
    assert [section.heading for section in back.sections] == ["Head", "Other"]
    assert trees.of(back.sections[0].text, under=1) == trees.of(MIXED, under=1)


def test_text_before_the_first_heading_stands_under_none():
    paper = Paper("Title", "en", (Section("", "A summary"), Section("Head", "Words")))
    assert word_files.read(upload(word_files.write(paper))).sections == paper.sections


def test_arabic_runs_from_right_to_left_and_says_its_language():
    written = Document(
        io.BytesIO(
            word_files.write(Paper("عنوان", "ar", (Section("رأس", "| أ | ب |\n|-|-|\n| ج | د |\n\nنص"),)))
        )
    )
    texts = [paragraph for paragraph in written.paragraphs if paragraph.text]
    assert [paragraph.text for paragraph in texts] == ["عنوان", "رأس", "نص"]
    for paragraph in texts:
        assert paragraph._p.pPr.xpath("w:bidi")
        assert [run.font.rtl for run in paragraph.runs] == [True]
        assert paragraph._p.xpath("w:r/w:rPr/w:lang/@w:bidi") == ["ar"]
    assert written.tables[0]._tbl.tblPr.xpath("w:bidiVisual")
    assert written.tables[0].rows[0]._tr.xpath("w:trPr/w:tblHeader")


def test_nobodys_name_stands_in_a_file_taken_out():
    told = Document(io.BytesIO(word_files.write(Paper("Title", "fr", ())))).core_properties
    assert (told.author, told.last_modified_by, told.comments, told.title) == ("", "", "", "Title")


def test_tracked_changes_are_accepted_and_comments_left_out_and_both_are_said():
    change = '<w:p><w:r><w:t xml:space="preserve">We </w:t></w:r><w:del w:id="1"><w:r><w:delText>ask</w:delText></w:r></w:del>'
    change += (
        '<w:ins w:id="2"><w:r><w:t>demand</w:t></w:r></w:ins><w:r><w:commentReference w:id="1"/></w:r></w:p>'
    )
    with translation.override("en"):
        found = word_files.read(upload(packed(document=document(change))))
        assert found.sections == (Section("", "We demand"),)
        assert [str(notice) for notice in found.notices] == [
            "2 tracked changes were accepted: look whether the text says what was agreed.",
            "1 comment in the margin was left out.",
        ]


def test_what_leads_elsewhere_than_to_the_web_leads_nowhere():
    links = RELATIONS.format(
        RELATION.format("r1", "hyperlink", "javascript:alert(1)", 'TargetMode="External"')
        + RELATION.format("r2", "hyperlink", "https://example.org/", 'TargetMode="External"')
        + RELATION.format("r3", "attachedTemplate", "http://192.0.2.1/evil.dotm", 'TargetMode="External"')
        + RELATION.format("r4", "image", "file:///etc/passwd", 'TargetMode="External"')
    )
    body = "".join(
        f'<w:p><w:hyperlink r:id="{name}"><w:r><w:t>{name}</w:t></w:r></w:hyperlink></w:p>'
        for name in ("r1", "r2")
    )
    body += '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:link="r4"/></w:drawing></w:r></w:p>'
    found = word_files.read(upload(packed(document=document(body), links=links)))
    assert found.sections == (Section("", "r1\n\n[r2](https://example.org/)"),)


def nested(times):
    return "<w:tbl><w:tr><w:tc>" * times + SAID + "</w:tc></w:tr></w:tbl>" * times


BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "no zip": (b"GIF89a<script>", "damaged"),
    "empty": (b"", "damaged"),
    "a zip cut short": (packed(document=document(SAID))[:-40], "damaged"),
    "another zip": (packed(document=None), "damaged"),
    "no markup": (packed(document="<w:document"), "damaged"),
    "no types": (packed(types=None, document=document(SAID)), "damaged"),
    "a bomb": (packed(document=document("<w:p>" + " " * 100_000_000 + "</w:p>")), "too large"),
    "many paragraphs": (packed(document=document("<w:p/>" * 3_000_000)), "too large"),
    "much text": (packed(document=document("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 500_000)), "too large"),
    "entities": (
        packed(document=document("<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", BOMB + "]>")),
        "declarations",
    ),
    "a file": (
        packed(document=document(SAID, '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>')),
        "declarations",
    ),
    "entities beside": (packed(document=document(SAID), links="<!DOCTYPE a []><a/>"), "declarations"),
    "nested tables": (packed(document=document(nested(10_000))), "too deep"),
    "macros": (packed(document=document(SAID), macros=b"x"), "macros"),
    "nothing": (packed(document=document("")), "no text"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words(name):
    content, words = HOSTILE[name]
    with translation.override("en"), pytest.raises(Refused) as refusal:
        word_files.read(upload(content))
    assert words in str(refusal.value)
    assert refusal.value.field == "file"


@pytest.mark.parametrize("name", ["paper.doc", "paper.docm", "paper.pdf"])
def test_only_docx_is_taken(name):
    stranger = upload(packed(document=document(SAID)))
    stranger.name = name
    with translation.override("en"), pytest.raises(Refused, match="Only Word files"):
        word_files.read(stranger)
