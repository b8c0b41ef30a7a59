"""Fictitious texts in four languages, and what a person would type to find them again; 75 texts a language.

The texts and the questions of each language stand in a file beside this one, written before the search was measured
or tuned on them: a question names the texts that answer it, any of which may stand first.

`questions`: the twenty of each language that the search is held to. `earlier`: what it was tuned on when there were
twelve texts. `unseen`: what it is never tuned for, which tells how much of the other figures is more than memory.
"""

from pathlib import Path

from portal import languages

FOLDER = Path(__file__).parent


def read(code):
    """The sections of a language's file, as lists of cells: {section: [[cell, …], …]}."""
    sections = {}
    for line in (FOLDER / f"{code}.txt").read_text().splitlines():
        if line.startswith("## "):
            section = sections.setdefault(line.removeprefix("## "), [])
        elif line and not line.startswith("#"):
            section.append(line.split(" | "))
    return sections


SECTIONS = {code: read(code) for code in languages.CODES}
TEXTS = {code: sections["texts"] for code, sections in SECTIONS.items()}


def questions(section):
    """{language: [(what is typed, the keys that answer it)]}."""
    return {
        code: [(asked, keys.split()) for asked, keys in found[section]] for code, found in SECTIONS.items()
    }
