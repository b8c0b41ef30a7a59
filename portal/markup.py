"""The one place where people's text becomes HTML (safety.md, D13).

Coordinators write Markdown without raw HTML; everybody else paragraphs, lists, emphasis and links. Both are
cleaned against a list of what is allowed. Nothing else in the portal marks text as safe.
"""

import json
import unicodedata

import nh3
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
_small = MarkdownIt("zero").enable(
    ["newline", "escape", "emphasis", "balance_pairs", "list", "link", "autolink"]
)

SMALL = {"p", "br", "ul", "ol", "li", "em", "strong", "a"}
LARGE = SMALL | {"h2", "h3", "h4", "h5", "h6", "blockquote", "code", "pre", "hr"}
LARGE |= {"table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"*": {"dir", "lang"}, "a": {"href"}, "ol": {"start"}}

# A block that holds other blocks cannot ask the browser for `auto`: it looks past children that have a direction.
HOLDERS = {"bullet_list_open", "ordered_list_open", "blockquote_open", "table_open"}
LEAVES = {"paragraph_open", "heading_open", "list_item_open", "th_open", "td_open"}


def coordinators(text):
    """Return the HTML of Markdown written by coordinators; its largest heading becomes the second level."""
    tokens = _markdown.parse(text or "")
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    down = max(0, 2 - min(levels, default=2))
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + down, 6)}"
    return _safe(_markdown, tokens, LARGE, "noopener noreferrer", {"http", "https", "mailto"})


def tokens(text):
    """Return the tokens of coordinators' Markdown, for what is drawn without HTML: print, Word files."""
    return _markdown.parse(text or "")


def first_direction(text):
    """Return "ltr" or "rtl" after the first strong letter of a text, "auto" where it has none."""
    strong = next((sign for sign in map(unicodedata.bidirectional, text) if sign in {"L", "R", "AL"}), "")
    return {"": "auto", "L": "ltr"}.get(strong, "rtl")


def everybody(text):
    """Return the HTML of what anybody may write: paragraphs, lists, emphasis and links to the web."""
    return _safe(_small, _small.parse(text or ""), SMALL, "noopener noreferrer nofollow", {"http", "https"})


def stored(html):
    """Return HTML that this module made and the database kept, cleaned once more."""
    return mark_safe(_clean(html or "", LARGE, "noopener noreferrer", {"http", "https", "mailto"}))  # noqa: S308


def _safe(markdown, tokens, tags, rel, schemes):
    _set_directions(tokens)
    html = markdown.renderer.render(tokens, markdown.options, {})
    return mark_safe(_clean(html, tags, rel, schemes))  # noqa: S308


def _clean(html, tags, rel, schemes):
    return nh3.clean(html, tags=tags, attributes=ATTRIBUTES, link_rel=rel, url_schemes=schemes)


def _set_directions(tokens):
    """Give every block a direction: text blocks `auto`, blocks of blocks that of their first strong letter."""
    for position, token in enumerate(tokens):
        if token.type in LEAVES:
            token.attrSet("dir", "auto")
        elif token.type in HOLDERS:
            token.attrSet("dir", _first_direction(tokens[position:]))
        elif token.type in {"fence", "code_block"}:
            token.attrSet("dir", "ltr")


def _first_direction(tokens):
    return first_direction("".join(token.content for token in tokens if token.type == "inline"))


# In these signs a browser could read the end of a block of data, or the beginning of a comment.
SIGNS = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def data(value):
    """A value as JSON that can stand between script tags: whatever people typed in it, it ends where it ends."""
    return mark_safe(json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(SIGNS))  # noqa: S308
