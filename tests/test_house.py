"""Habits of the look: one sheet for both directions, nothing inline, no template without use."""

import re
from pathlib import Path

import pytest

from portal.static_files import SHEET, bundle

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
CSS = ROOT / "portal" / "static" / "portal" / "css"
STYLES = sorted(CSS.rglob("*.css"))
PAGES = sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
SOURCES = [
    path for app in ("portal", "resources", "consultations") for path in sorted((ROOT / app).rglob("*.py"))
]

SIDES = "left|right|top|bottom"
PHYSICAL = re.compile(
    rf"""(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:{SIDES})(?:-\w+)?|{SIDES}
    |(?:min-|max-)?(?:width|height)|border-(?:top|bottom)-(?:left|right)-radius|overflow-[xy])\s*:
    |(?:float|clear|text-align|caption-side)\s*:\s*(?:left|right)""",
    re.VERBOSE,
)
SIDED = re.compile(r"(?<![\w-])(?:margin|padding|inset)\s*:\s*([^;{}]+)[;}]")
INCLUDED = re.compile(r"""\{%\s*include\s+"([^"]+)"([^%]*?)\s*%\}""")
PICTURE = re.compile(r"!\[([^]]*)\]\(([^)]+)\)")
GIVES_TOKEN = "csrf_token=csrf_token"
MEDIA = re.compile(r"@media[^{]*\{")


def rules(path):
    """The text of a sheet without comments and conditions: (min-width: …) asks about the window."""
    return MEDIA.sub("@media {", re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL))


def four_values(path):
    """Declarations of four values, whose second and fourth would be a right and a left."""
    values = SIDED.findall(rules(path))
    while any("(" in value for value in values):
        values = [re.sub(r"\w*\([^()]*\)", "f", value) for value in values]
    return [value for value in values if len(value.split()) == 4]


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_know_no_left_and_no_right(path):
    found = PHYSICAL.findall(rules(path))
    # A wide table scrolls along the line it is written on in both directions.
    assert [text for text in found if not text.startswith("overflow-x")] == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_give_no_four_values_whose_sides_would_not_turn(path):
    assert four_values(path) == []


def test_the_test_of_styles_finds_what_it_bans(tmp_path):
    sheet = tmp_path / "bad.css"
    sheet.write_text(
        "a { margin-left: 1px; padding: 1px 2px 3px calc(1px + 2px); text-align: right; width: 2px }"
    )
    assert len(PHYSICAL.findall(rules(sheet))) == 3
    assert len(four_values(sheet)) == 1


@pytest.mark.parametrize(
    "path", [path for path in STYLES if path.parent.name == "components"], ids=lambda p: p.name
)
def test_components_take_colours_and_type_from_the_tokens(path):
    colours = re.findall(r"#[0-9a-fA-F]{3,8}\b", rules(path))
    # A QR code is read by a machine: black on white, day and night.
    assert [colour for colour in colours if colour not in {"#ffffff", "#000000"}] == []
    assert ":lang(" not in rules(path)


def test_the_sheet_holds_only_imports_and_imports_every_part():
    text = (CSS / "portal.css").read_text()
    imported = set(re.findall(r'@import "([^"]+)" layer\(\w+\);', text))
    assert re.sub(r"@layer [\w, ]+;|@import [^;]+;|\s", "", text) == ""
    assert imported == {str(path.relative_to(CSS)) for path in STYLES} - {"portal.css"}


def test_the_bundle_is_one_small_file():
    import brotli

    css = bundle(ROOT / "portal" / "static" / SHEET)
    assert "@import" not in css
    assert css.count("{") == css.count("}")
    assert len(brotli.compress(css.encode())) <= 8_000


INLINE = re.compile(
    r"""<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:|<script(?![^>]*\b(?:src=|type="application/(?:ld\+)?json"))""",
    re.I,
)


def markup_of(path):
    """A template without its comments, tags and variables, in which HTML attributes do not stand."""
    return re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(), flags=re.DOTALL)


def test_pages_hold_no_inline_style_and_no_inline_script():
    found = [
        f"{path.relative_to(TEMPLATES)}: {match.group(0)}"
        for path in PAGES
        if "emails" not in path.relative_to(TEMPLATES).parts
        for match in INLINE.finditer(markup_of(path))
    ]
    assert found == []


def test_pages_ask_nothing_of_other_sites():
    outside = re.compile(
        r"""(?:src|srcset|action|poster)\s*=\s*["'](?:https?:)?//|<link[^>]+href=["'](?:https?:)?//"""
    )
    assert [str(path.relative_to(TEMPLATES)) for path in PAGES if outside.search(path.read_text())] == []


def test_sentences_are_trimmed():
    untrimmed = [
        f"{path.relative_to(TEMPLATES)}: {match.group(0)}"
        for path in PAGES
        for match in re.finditer(r"\{%\s*block(?:translate|trans)\b[^%]*%\}", path.read_text())
        if " trimmed" not in match.group(0) or "blocktranslate" not in match.group(0)
    ]
    assert untrimmed == []


def test_components_say_what_they_take():
    silent = [
        path.name
        for path in (TEMPLATES / "components").glob("*.html")
        if not path.read_text().startswith("{# ")
    ]
    assert silent == []


def test_a_piece_with_a_form_is_given_the_token_against_forgery():
    """What is included with `only` knows nothing else: its buttons would lead to "This form has expired"."""
    texts = {str(path.relative_to(TEMPLATES)): path.read_text() for path in PAGES if path.suffix == ".html"}
    needy = {name for name, text in texts.items() if "{% csrf_token %}" in text or GIVES_TOKEN in text}
    assert [
        (name, piece)
        for name, text in texts.items()
        for piece, given in INCLUDED.findall(text)
        if piece in needy and given.endswith(" only") and "csrf_token=" not in given
    ] == []


def test_components_are_included_with_only():
    bare = [
        f"{path.relative_to(TEMPLATES)}: {match.group(0)}"
        for path in PAGES
        for match in re.finditer(r"""\{%\s*include\s+["']components/[^%]*%\}""", path.read_text())
        if not re.search(r"\bonly\s*%\}", match.group(0))
    ]
    assert bare == []


# What is no text of a page by itself: sentences that are translated whole, what templates do, tags, what is not shown.
NO_TEXT = re.compile(
    r"\{%\s*(?:blocktranslate|comment)\b.*?\{%\s*end(?:blocktranslate|comment)\s*%\}"
    r"|<(style|script)\b.*?</\1>|\{\{.*?\}\}|\{[%#].*?[%#]\}|<[^>]*>",
    re.DOTALL,
)


def test_the_sign_after_a_label_is_the_languages_own():
    """French parts it from the word: templates write {% translate ":" context "after a label" %}."""
    bare = [
        f"{path.relative_to(TEMPLATES)}: {line.strip()}"
        for path in PAGES
        if path.suffix in {".html", ".txt"}
        for line in NO_TEXT.sub("", path.read_text()).splitlines()
        if ":" in line
    ]
    assert bare == []


# Found by name by Django, allauth and the telling of notices.
BY_CONVENTION = ("allauth/", "account/", "mfa/", "django/", "admin/", "emails/")
BY_STATUS = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))], ids=lambda page: page.name
)
def test_every_picture_of_the_documents_is_there_and_says_what_it_shows(page):
    shown = PICTURE.findall(page.read_text())
    assert [(words, name) for words, name in shown if not words or not (page.parent / name).is_file()] == []


def test_no_template_is_unused():
    texts = [path.read_text() for path in (*PAGES, *SOURCES)]
    named = set(re.findall(r"""["']([\w./-]+\.(?:html|txt|xml|svg))["']""", "\n".join(texts)))
    unused = [
        name
        for path in PAGES
        if not (name := str(path.relative_to(TEMPLATES))).startswith(BY_CONVENTION)
        and name not in BY_STATUS
        and name not in named
    ]
    assert unused == []


@pytest.mark.parametrize("name", ["account", "mfa", "allauth"])
def test_templates_of_allauth_replace_ones_that_exist(name):
    import allauth

    theirs = Path(allauth.__file__).parent / "templates"
    invented = [
        str(path.relative_to(TEMPLATES))
        for path in (TEMPLATES / name).rglob("*.*")
        if not (theirs / path.relative_to(TEMPLATES)).exists()
    ]
    assert invented == []
