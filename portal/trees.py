"""Markdown of coordinators as a tree of plain data: what a page in print or a Word file draws, without any HTML.

A block is {"kind": …}: paragraph and heading (with `words`, heading with its `level`), list (`is_ordered`, `start`,
`items`, each a list of blocks), quote (`blocks`), table (`head`, `rows`, of cells that are words, and `sides`), code
(`text`), rule. Words are {"kind": …}: text and code (`text`), emphasis and strong (`words`), link (`address`, `words`),
break. A paragraph, heading or list knows its `direction`: "ltr", "rtl", or "auto" where no letter says it.
"""

from urllib.parse import urlsplit

from markdown_it.tree import SyntaxTreeNode

from portal import markup

LEADING_ON = {"http", "https", "mailto"}
DEEPEST = 6
SIDES = {"text-align:center": "center", "text-align:right": "end"}


def of(text, *, under=0):
    """The blocks of a text; its largest heading comes one level under the heading above it, and none is skipped."""
    above = []
    return [block for node in _root(text).children for block in _blocks(node, above, under)]


def _root(text):
    return SyntaxTreeNode(markup.tokens(text))


def plain(words):
    """The letters of some words, without what they look like."""
    return "".join(
        " " if word["kind"] == "break" else word.get("text") or plain(word.get("words", ())) for word in words
    )


def _blocks(node, above, under):
    """A node of the parser as no block or one."""
    if node.type == "paragraph":
        yield _spoken({"kind": "paragraph"}, node)
    elif node.type == "heading":
        level = int(node.tag[1])
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        yield _spoken({"kind": "heading", "level": min(under + len(above), DEEPEST)}, node)
    elif node.type in {"bullet_list", "ordered_list"}:
        yield {
            "kind": "list",
            "is_ordered": node.type == "ordered_list",
            "start": int(node.attrs.get("start", 1)),
            "items": [_inner(item, above, under) for item in node.children],
            "direction": _direction_of(node),
        }
    elif node.type == "blockquote":
        yield {"kind": "quote", "blocks": _inner(node, above, under)}
    elif node.type == "table":
        yield _table(node)
    elif node.type in {"fence", "code_block"}:
        yield {"kind": "code", "text": node.content.rstrip("\n")}
    elif node.type == "hr":
        yield {"kind": "rule"}


def _inner(node, above, under):
    """What stands in a list or a quotation; a heading there is a strong paragraph, for it heads nothing."""
    blocks = [block for child in node.children for block in _blocks(child, list(above), under)]
    return [_not_heading(block) for block in blocks]


def _not_heading(block):
    if block["kind"] != "heading":
        return block
    words = [{"kind": "strong", "words": block["words"]}]
    return {"kind": "paragraph", "words": words, "direction": block["direction"]}


def _direction_of(node):
    return markup.first_direction("".join(leaf.content for leaf in node.walk() if leaf.type == "inline"))


def _table(node):
    rows = [row for part in node.children for row in part.children]
    head, *rest = [[_words(cell.children) for cell in row.children] for row in rows]
    sides = [SIDES.get(str(cell.attrs.get("style", "")), "start") for cell in rows[0].children]
    return {"kind": "table", "head": head, "rows": rest, "sides": sides}


def _spoken(block, node):
    words = _words(node.children)
    return block | {"words": words, "direction": markup.first_direction(plain(words))}


def _words(nodes):
    return [word for node in nodes for word in _word(node)]


def _word(node):
    if node.type == "inline":
        yield from _words(node.children)
    elif node.type in {"softbreak", "hardbreak"}:
        yield {"kind": "break"} if node.type == "hardbreak" else {"kind": "text", "text": " "}
    elif node.type in {"em", "strong"}:
        kind = {"em": "emphasis", "strong": "strong"}[node.type]
        yield {"kind": kind, "words": _words(node.children)}
    elif node.type == "code_inline":
        yield {"kind": "code", "text": node.content}
    elif node.type == "link" and urlsplit(str(node.attrs["href"])).scheme in LEADING_ON:
        yield {"kind": "link", "address": str(node.attrs["href"]), "words": _words(node.children)}
    elif node.type == "link":
        yield from _words(node.children)
    elif node.content:
        yield {"kind": "text", "text": node.content}
