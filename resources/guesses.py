"""What may be guessed of a PDF whose sender said nothing: its title, its language. A person looks at it afterwards."""

import re
from pathlib import PurePosixPath

LONGEST = 300  # characters of a title
ARABIC = re.compile("[\u0620-\u064a]")
LETTER = re.compile(r"[^\W\d_]")
WORD = re.compile(r"[^\W\d_]+")
# Small words that are frequent in one of the languages and none, or rare, in the others.
SMALL = {
    "en": {"and", "are", "by", "for", "is", "of", "that", "the", "this", "to", "with"},
    "fr": {"au", "aux", "avec", "ce", "dans", "des", "du", "est", "et", "le", "les", "nous", "pour", "une"},
    "es": {"al", "con", "del", "el", "en", "las", "los", "para", "por", "se", "sobre", "su", "una", "y"},
}
# Titles that a program gave: "Microsoft Word - draft.docx", "Untitled 1", "Document2", "x.indd".
BY_PROGRAM = re.compile(
    r"Microsoft \w+ - .*|(?:untitled|document|sans titre|sin título|presentation)[\s\d]*|.*\.\w{2,5}", re.I
)

CODE = re.compile(
    r"(?<=\w)[ _.-](?:ar|en|es|fr)\Z", re.I
)  # "plan_fr": the language of a file among its sisters


def title(content):
    """The title of a clean PDF: the one it gave itself, or its file's name made readable."""
    if LETTER.search(content.title) and not BY_PROGRAM.fullmatch(content.title):
        return content.title[:LONGEST]
    stem = CODE.sub("", PurePosixPath(content.name).stem)
    stem = " ".join(re.sub(r"[_\-.]+", " ", stem).split())
    return f"{stem[:1].upper()}{stem[1:]}"[:LONGEST]


def language(words, default):
    """The language of some words: Arabic by its letters, the others by their small words; else the default."""
    if len(ARABIC.findall(words)) * 2 > len(LETTER.findall(words)):
        return "ar"
    said = [word.lower() for word in WORD.findall(words)]
    counts = {code: sum(word in small for word in said) for code, small in SMALL.items()}
    likely = max(counts, key=counts.get)
    return likely if counts[likely] else default
