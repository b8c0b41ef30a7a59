"""Printed papers read back: as files (fonts, tags, language, links, words in order) and as the pictures of their pages."""

from io import BytesIO

from docx import Document
from PIL import ImageChops, ImageStat
from pypdfium2 import PdfDocument

from portal import languages, trees
from tests import pdf_reading
from tests.consultations.test_printing import Read, bare_words, in_order, strings

ENOUGH = 0.95  # of the words, found in their order
EDGE = 8  # millimetres at each side of a page in which nothing is written
ALIKE = 24  # how much the lightness of a ground may differ, of 255
FEWEST_DARK, MOST_DARK = 0.002, 0.5  # of the points of a page


class Printed(Read):
    """A PDF, with its words as they are heard: by its tags, from right to left where they run so."""

    def __init__(self, content):
        super().__init__(content)
        self.words = bare_words(pdf_reading.words(content))


def read(content, language):
    """What stands in a file, which is whole: fonts in it, tagged, in its language and direction."""
    found = Printed(content)
    assert set(found.fonts.values()) == {True}
    assert {name.partition("-")[0] for name in found.fonts} <= {"IBMPlexSans", "IBMPlexSansArabic"}
    assert found.root.MarkInfo.Marked
    assert {"H1", "P", "L", "LI", "Link"} <= set(found.tags)
    assert str(found.root.Lang) == language
    turned = "/R2L" if languages.direction(language) == "rtl" else "/L2R"
    assert str(found.root.ViewerPreferences.get("/Direction", "/L2R")) == turned
    return found


def says(found, text):
    """Nearly all words of a text (drafted.Text) stand in the file, in their order."""
    words = [text.title]
    for heading, markdown in text.sections:
        words += [heading, *strings(trees.of(markdown))]
    part = in_order(bare_words(" ".join(words)), found.words)
    assert part >= ENOUGH, f"{part:.0%} of the words"


def names_in(found, names):
    """Which of these names stand in the file."""
    said = f" {' '.join(found.words)} "
    return {name for name in names if f" {' '.join(bare_words(name))} " in said}


def quotes(found, sentence):
    """The file says this sentence; where a line ends in words of another direction, the space there is not heard."""
    return "".join(bare_words(sentence)) in "".join(found.words)


def look_at(content):
    """Each page as a picture: something is on it, and nothing runs over its edges."""
    document = PdfDocument(content)
    for number, page in enumerate(document, 1):
        scale = 1.5
        picture = page.render(scale=scale).to_pil().convert("L")
        dark = picture.point(lambda value: 255 * (value < 128))
        assert FEWEST_DARK < ImageStat.Stat(dark).mean[0] / 255 < MOST_DARK, f"page {number}"
        assert cut_at(picture, round(EDGE / 25.4 * 72 * scale)) == [], f"page {number}"
    document.close()


def cut_at(picture, depth):
    """The edges of a page at which something is written; a ground that runs over the edge is as it should be."""
    width, height = picture.size
    strips = {
        "left": ((0, 0, depth, height), (0, 0, 1, height)),
        "right": ((width - depth, 0, width, height), (depth - 1, 0, depth, height)),
        "top": ((0, 0, width, depth), (0, 0, width, 1)),
        "bottom": ((0, height - depth, width, height), (0, depth - 1, width, depth)),
    }
    found = []
    for name, (box, line) in strips.items():
        strip = picture.crop(box)
        ground = strip.crop(line).resize(strip.size)
        if ImageChops.difference(strip, ground).getextrema()[1] > ALIKE:
            found.append(name)
    return found


def says_in_word(content, text):
    """A Word file has the headings of a text, and nearly all of its words in their order."""
    made = Document(BytesIO(content))
    headings = [row.text for row in made.paragraphs if row.style.name == "Heading 1"]
    assert headings == [heading for heading, _words in text.sections]
    words = [part for _heading, markdown in text.sections for part in strings(trees.of(markdown))]
    said = bare_words(" ".join(row.text for row in made.paragraphs))
    assert in_order(bare_words(" ".join(words)), said) >= ENOUGH
