"""What an organization tells of a practice or plan in the parts of a form, as the one long text that readers see."""

import re

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from resources.models import Practice

# Organizations write plain words and lists; what would be more in Markdown stands as it was typed.
SIGNS = re.compile(r"([\\`*_\[\]<>&#|~])")
STARTS = re.compile(r"^(-(?! )|[=+])")

OUTCOME = {Practice.Kind.PRACTICE: _("Results"), Practice.Kind.PLAN: _("Partners sought")}


def bodies(proposal):
    """The long texts of a proposal: {language: Markdown}."""
    return {code: body(proposal, code) for code in proposal.languages}


def body(proposal, language):
    """One language's long text, each part under its heading in that language."""
    words = proposal.texts[language]
    with override(language):
        parts = ((heading, words.get(name, "")) for name, heading in headings(proposal.kind))
        return "\n\n".join(f"## {heading}\n\n{plain(told)}" for heading, told in parts if told)


def parts(proposal):
    """What stands in each language, the original first, under headings of the reader: [(language, [(heading, words)])]."""
    named = [("title", gettext("Title")), ("summary", gettext("What")), *headings(proposal.kind)]
    codes = sorted(proposal.languages, key=lambda code: code != proposal.original_language)
    texts = proposal.texts
    return [
        (code, [(heading, texts[code][name]) for name, heading in named if texts[code].get(name)])
        for code in codes
    ]


def headings(kind):
    """The parts of what is told of this kind, after title and summary: [(name, heading)]."""
    return [
        ("partners", gettext("With whom")),
        ("people", gettext("For whom")),
        ("outcome", str(OUTCOME[kind])),
    ]


def titles(proposal):
    """Titles and summaries of a proposal: {language: {"title", "summary"}}."""
    return {
        code: {name: proposal.texts[code].get(name, "") for name in ("title", "summary")}
        for code in proposal.languages
    }


def plain(text):
    """Markdown that shows a text as it was typed: its lines, its paragraphs, its lists."""
    lines = (STARTS.sub(r"\\\1", SIGNS.sub(r"\\\1", line.strip())) for line in text.splitlines())
    return re.sub(r"(?<=\S)\n(?=\S)", "  \n", "\n".join(lines))
