"""Papers and postcards in print are read back: their words, tags, fonts, links and pages."""

import io
import json
import re
import unicodedata
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

import fontpkg
import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from consultations.printing import papers, postcards, typesetting
from consultations.printing.papers import PrintedPaper, Section, Tile
from consultations.printing.postcards import PrintedPostcard
from consultations.signatures import Signature
from portal import languages, trees
from tests import pdf_reading

TEXTS = Path(__file__).resolve().parent.parent.parent / "portal" / "reference" / "samples" / "texts"
ADDRESS = "https://portal.example/d/k3f9a2"
KINDS = {
    "ar": "ورقة موقف",
    "en": "Position paper",
    "fr": "Document de position",
    "es": "Documento de posición",
}


def paper(language="en", **fields):
    """The sample paper on detention, as it would be printed in a language."""
    card, _line, body = (TEXTS / f"position-detention.{language}.md").read_text().partition("\n---\n")
    title, _space, summary = card.removeprefix("# ").partition("\n\n")
    sections = [part.partition("\n") for part in body.split("\n## ")[1:]]
    whole = {
        "title": title.strip(),
        "kind": KINDS[language],
        "language": language,
        "dated_on": date(2027, 8, 30),
        "sections": (
            Section("", summary.strip()),
            *(Section(head, text.strip()) for head, _line, text in sections),
        ),
        "address": ADDRESS,
    }
    return PrintedPaper(**(whole | fields))


def card(language="en", **fields):
    whole = {
        "words": {"ar": "لا طفل خلف القضبان."}.get(language, "No child behind bars."),
        "title": "Not behind bars",
        "language": language,
        "address": ADDRESS,
        "dated_on": date(2027, 8, 30),
        "objective": Tile(13, "Detention"),
    }
    return PrintedPostcard(**(whole | fields))


class Read:
    """What stands in a PDF."""

    def __init__(self, content):
        self.file = pikepdf.open(io.BytesIO(content))
        drawn = pypdfium2.PdfDocument(content)
        self.pages = [page.get_textpage().get_text_bounded() for page in drawn]
        drawn.close()
        self.text = "\n".join(self.pages)
        self.root = self.file.Root
        self.metadata = self.root.Metadata.read_bytes().decode()

    @property
    def fonts(self):
        """The fonts that letters are set in: {name: whether the file holds it}."""
        found = [thing for thing in self.file.objects if isinstance(thing, pikepdf.Dictionary)]
        return {
            str(font.FontName).partition("+")[2]: any(f"/FontFile{n}" in font for n in ("", "2", "3"))
            for font in found
            if font.get("/Type") == "/FontDescriptor"
        }

    @property
    def tags(self):
        """The tags of the tree of structure, in reading order."""
        return [str(node.S).strip("/") for node in self._nodes(self.root.StructTreeRoot)]

    def _nodes(self, node):
        children = node.get("/K", [])
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                yield child
                yield from self._nodes(child)

    @property
    def links(self):
        return {
            str(note.A.URI)
            for page in self.file.pages
            for note in page.get("/Annots", [])
            if "/URI" in note.get("/A", {})
        }

    @property
    def leaps(self):
        """How many links lead to another place of the same file."""
        return sum(
            "/URI" not in note.get("/A", {}) for page in self.file.pages for note in page.get("/Annots", [])
        )


def bare_words(text):
    """The words of a text as the eye finds them: without marks and signs, Arabic letters in their plain form."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(sign for sign in plain if unicodedata.category(sign)[0] not in "MC" or sign.isspace())
    return re.findall(r"\w+", plain.replace("ـ", ""))


def in_order(wanted, found):
    """The part of some words that is found, in their order."""
    matcher = SequenceMatcher(None, wanted, found, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(wanted)


def all_words(one):
    texts = [one.title]
    for section in one.sections:
        texts.append(section.heading)
        texts += strings(trees.of(section.text))
    return bare_words(" ".join(texts))


def strings(tree):
    if isinstance(tree, dict):
        return [tree["text"]] if "text" in tree else strings(list(tree.values()))
    return [text for part in tree for text in strings(part)] if isinstance(tree, list) else []


@pytest.mark.parametrize("language", languages.CODES)
def test_the_words_of_a_paper_are_read_back_in_their_order(language):
    one = paper(language)
    assert in_order(all_words(one), bare_words(pdf_reading.words(papers.pdf(one)))) >= 0.95


@pytest.mark.parametrize("language", languages.CODES)
def test_a_paper_is_tagged_and_says_its_language_title_and_standards(language):
    read = Read(papers.pdf(paper(language)))
    assert str(read.root.Lang) == language
    assert read.root.MarkInfo.Marked
    assert read.root.ViewerPreferences.DisplayDocTitle
    assert str(read.root.ViewerPreferences.get("/Direction", "/L2R")) == (
        "/R2L" if language == "ar" else "/L2R"
    )
    assert "<pdfuaid:part>1</pdfuaid:part>" in read.metadata
    assert re.findall(r"<pdfaid:(?:part|conformance)>(\w)<", read.metadata) == ["2", "A"]
    assert read.tags.count("H1") == len([section for section in paper(language).sections if section.heading])
    assert {"P", "L", "LI", "Lbl", "LBody", "Figure", "Link"} <= set(read.tags)


MARKED = "البرامج التي من الأسرّة؛ ثمنها المُراقَب؛ ومآوٍ باسم ألطف. احتُجزوا وعُرض (ABC) شيءٌ لا يُفترض"


@pytest.mark.parametrize(
    "words", [MARKED, f"**{MARKED}** {MARKED}", f"1. {MARKED}\n2. [{MARKED}](https://example.org)"]
)
def test_vowelled_arabic_is_heard_as_it_is_written(words):
    heard = bare_words(pdf_reading.words(papers.pdf(paper("ar", sections=(Section("", words),)))))
    assert " ".join(bare_words(" ".join(strings(trees.of(words)))[:60])) in " ".join(heard)
    assert in_order(bare_words(" ".join(strings(trees.of(words)))), heard) >= 0.98


def test_arabic_names_among_others_are_heard_in_their_order():
    name, said = "بيت الضوء الكبير", "نتحفظ على الخطوة الثانية"
    made = papers.pdf(
        paper("en", signatures=(Signature(name, "Kenya", said), Signature("Open Quay", "Kenya")))
    )
    heard = " ".join(bare_words(pdf_reading.words(made)))
    places = [heard.find(" ".join(bare_words(words))) for words in ("Kenya", "Open Quay", name, said)]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("language", languages.CODES)
def test_every_font_is_in_the_file_and_ours(language):
    fonts = Read(papers.pdf(paper(language))).fonts
    assert set(fonts.values()) == {True}
    assert {name.partition("-")[0] for name in fonts} <= {"IBMPlexSans", "IBMPlexSansArabic"}


@pytest.mark.parametrize("language", languages.CODES)
def test_our_fonts_have_every_letter_of_the_samples_and_of_the_page_itself(language):
    covered = set()
    for family in typesetting.FONTS:
        with TTFont(fontpkg.path(family)) as font:
            covered |= set(font.getBestCmap())
    text = "".join(path.read_text() for path in TEXTS.glob(f"*.{language}.md"))
    text += json.dumps(papers._data(paper(language, version=2, change_note="1")), ensure_ascii=False)
    assert {sign for sign in text if ord(sign) not in covered and sign not in typesetting.STEERING} == set()


def test_the_same_words_make_the_same_bytes():
    assert papers.pdf(paper("ar")) == papers.pdf(paper("ar"))
    assert postcards.pdf(card()) == postcards.pdf(card())
    assert postcards.picture(card()) == postcards.picture(card())


def test_headings_links_lists_and_tables_are_real():
    text = "### Deep\n\n[out](https://example.org/a) [mail](mailto:a@example.org) [bad](javascript:alert(1)) [here](/x)\n\n"
    text += "##### Deeper\n\n1. one\n\n| a | b |\n|---|---|\n| c | d |\n\n> said"
    read = Read(papers.pdf(paper(sections=(Section("First", text), Section("Second", "Words")))))
    assert [tag for tag in read.tags if re.fullmatch(r"H\d", tag)] == ["H1", "H2", "H3", "H1"]
    assert read.links == {"https://example.org/a", "mailto:a@example.org", ADDRESS}
    assert [read.tags.count(tag) for tag in ("TH", "TD", "TR", "BlockQuote")] == [2, 2, 2, 1]
    assert len(read.pages) == 1


def test_a_paper_of_many_sections_begins_with_a_list_that_leads_to_them():
    few = tuple(Section(f"Section {number}", "Words") for number in range(3))
    assert Read(papers.pdf(paper(sections=few))).leaps == 0
    assert Read(papers.pdf(paper(sections=(*few, Section("Section 3", "Words"))))).leaps == 4


def test_a_later_version_says_so_and_what_changed():
    first, second = (
        Read(papers.pdf(paper(version=number, replaces_another=number == 2, change_note="Ten days."))).pages[
            0
        ]
        for number in (1, 2)
    )
    assert ("This is version 2" in second, "What changed: Ten days." in second) == (True, True)
    assert "This is version" not in first


def test_signatures_stand_on_pages_of_their_own_counted_and_by_country():
    names = (Signature("Open Quay", "Kenya"), Signature("Åland Bridge", "Finland", "Reservation on step 2"))
    read = Read(papers.pdf(paper(signatures=names, unnamed=3)))
    last = " ".join(read.pages[-1].split())
    assert "Signed by 5 organizations signed. 3 of them are not named." in last
    assert (
        last.index("Finland") < last.index("Åland Bridge") < last.index("Reservation") < last.index("Kenya")
    )
    assert "Signed by" not in Read(papers.pdf(paper())).text


def test_five_thousand_signatures_take_no_more_than_seconds():
    import time

    many = tuple(
        Signature(f"Organization {number} of the harbour", f"Country {number % 190}")
        for number in range(5000)
    )
    began = time.process_time()
    read = Read(papers.pdf(paper(signatures=many)))
    assert time.process_time() - began < 20
    assert read.text.count("of the harbour") == 5000


def test_arabic_pages_are_counted_in_the_figures_of_their_dates():
    read = Read(papers.pdf(paper("ar")))
    foot = read.pages[0].splitlines()[-1] + read.pages[0].splitlines()[-2]
    assert ("1" in foot, "١" in foot) == (True, False)


HOSTILE = [
    '#read("/etc/passwd")',
    '#import "@preview/evil:1.0.0": *',
    "$ x^2 $ @ref <label> = Heading",
    "#sys.inputs \\u{41} // comment /* x */",
    '"] #panic("x") [',
    "{number} {pages}",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_peoples_words_are_never_source(words):
    one = paper(
        title=words,
        organization=words,
        sections=(Section(words, f"`{words}`"),),
        signatures=(Signature(words, words),),
    )
    read = Read(papers.pdf(one))
    assert read.text.replace("\r\n", " ").count(words.split()[0]) >= 5
    assert set(read.fonts.values()) == {True}


@pytest.mark.parametrize(
    "words", ["smile 😀", "漢字", "1\u20e3 ❤\ufe0f", "a\x07b", "\u202eturned", "ب\u0301", "א", "\u2028"]
)
def test_a_sign_that_no_font_has_hinders_nothing(words):
    assert len(Read(papers.pdf(paper(title=words, sections=(Section(words, words),)))).pages) == 1
    assert postcards.picture(card(words=words)).startswith(b"\x89PNG")


def test_signs_that_would_not_be_seen_are_named_before():
    assert typesetting.unprintable("a 😀 漢 é ب 漢 \u200f") == ["😀", "漢"]


@pytest.mark.parametrize("language", languages.CODES)
def test_a_postcard_is_one_page_of_a6_with_its_words_and_a_link(language):
    read = Read(postcards.pdf(card(language)))
    assert [[round(float(side) / 72 * 25.4) for side in page.mediabox] for page in read.file.pages] == [
        [0, 0, 148, 105]
    ]
    assert (
        in_order(
            bare_words(card(language).words), bare_words(pdf_reading.words(postcards.pdf(card(language))))
        )
        == 1
    )
    assert (str(read.root.Lang), read.links, set(read.fonts.values())) == (language, {ADDRESS}, {True})


@pytest.mark.parametrize("language", languages.CODES)
@pytest.mark.parametrize("times", [1, 20])
def test_the_picture_to_share_has_its_size_and_stays_light(language, times):
    one = card(language, words=card(language).words * times, number=4, total=12)
    content = postcards.picture(one)
    assert Image.open(io.BytesIO(content)).size == (1200, 630)
    assert len(content) < 200_000
    assert len(Read(postcards.pdf(one)).pages) == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_hashtag_stands_where_else_the_place_of_an_action_point_stands(language):
    words = pdf_reading.words(postcards.pdf(card(language, hashtag="#EveryName")))
    assert ("#EveryName" in words, "#" in pdf_reading.words(postcards.pdf(card(language)))) == (True, False)


def test_a_tile_takes_a_colour_and_nothing_else():
    with pytest.raises(ValueError, match="not a colour"):
        Tile(1, "Data", 'red"); #panic(')
    assert (typesetting.ink_on("#083f3b"), typesetting.ink_on("#e0a93b")) == ("#ffffff", "#17302c")
