"""The agreed words of the field and of the portal in four languages, and where a text uses them.

Shipped in portal/reference/glossary.json; of its groups the buttons are left out: they are labels, not words of texts.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from portal import languages, names, verbs
from portal.operations import reference
from portal.synonyms import bare

GROUPS = ("field", "portal")
LONGEST_QUESTION = 100

# Arabic vowel signs are part of a word; what stands in an address is none.
_TOKEN = re.compile(
    r"(?P<address>https?://\S+|\]\([^()\s]{0,2000}\))|[^\W_](?:\w|[\u0300-\u036f\u064b-\u0655\u0670])*"
)
_BETWEEN = re.compile(r"[*_]{0,2}[,،]?([^\S\n]+|[^\S\n]*\n[^\S\n]*|['’‑-])[*_]{0,2}")  # two words of one term
_BESIDE = re.compile(r"[*_]{0,2}([^\S\n]+|[^\S\n]*\n[^\S\n]*|['’])[*_]{0,2}")  # two words of one clause

# What is written together with an Arabic word: "and", "so", prepositions, the article; "their", "its" …
_FRONT = [
    joined + preposition
    for joined in ("", "و", "ف")
    for preposition in ("", "ب", "ك", "ل", "ال", "بال", "كال", "لل")
]
_BACK = ("", "ه", "ها", "هم", "هن", "هما", "نا", "كم")
_JOINED = (("ت", "ة"), ("اي", "اء"), ("او", "اء"))  # how a word ends before these, and alone
_SHORTEST = 3  # letters of a word from which all this was taken
_LONGEST = 40  # letters of a word that is looked up; what is longer is none


@dataclass(frozen=True, eq=False)
class Term:
    """One thing and the word for it in each language; `also` is what texts say for it besides."""

    key: str
    group: str
    words: dict
    also: dict
    definition: str
    note: str

    def said(self, language):
        """All that a text in a language may say for it."""
        return [*([self.words[language]] if language in self.words else ()), *self.also.get(language, ())]


@dataclass(frozen=True)
class Piece:
    """Some text, and the terms that it stands for; most of a text stands for none."""

    text: str
    terms: tuple = ()


@dataclass(frozen=True)
class Agreed:
    """A term of a text, its word in that language, and the one that was agreed for another."""

    term: Term
    here: languages.Text
    there: languages.Text


@dataclass(frozen=True)
class Gloss:
    """A text in pieces, with its terms marked, and what was agreed for each of these."""

    pieces: list
    agreed: list


@cache
def terms():
    """Every Term, in the order of the file."""
    return [
        Term(
            row["key"],
            row["group"],
            {code: row[code] for code in languages.CODES if code in row},
            row.get("also", {}),
            row["definition"],
            row.get("note", ""),
        )
        for row in reference.read("glossary")["terms"]
        if row["group"] in GROUPS
    ]


def find(asked):
    """The terms that hold all that is asked for: in any of their languages, or in what they mean."""
    wanted = [bare(word, "ar") for word in asked[:LONGEST_QUESTION].split()]
    return [term for term in terms() if all(word in _all_of(term) for word in wanted)]


@cache
def _all_of(term):
    said = [words for code in languages.CODES for words in term.said(code)]
    return names.fold(" ".join([*said, term.definition]))


def gloss(text, language, into):
    """A text for who translates it into another language: the longest terms are marked, none within another."""
    spans = _spans(text, language) if {language, into} <= {*languages.CODES} else ()
    pieces, agreed, end = [], {}, 0
    for start, stop, found in spans:
        pieces += [Piece(text[end:start]), Piece(text[start:stop], found)]
        agreed |= {term.key: term for term in found}
        end = stop
    pieces.append(Piece(text[end:]))
    return Gloss(
        [piece for piece in pieces if piece.text],
        [
            Agreed(
                term,
                languages.Text(term.words[language], language),
                languages.Text(term.words[into], into),
            )
            for term in agreed.values()
            if {language, into} <= term.words.keys()
        ],
    )


def agreed_in(glosses):
    """The terms of several texts, each once, as they come."""
    return list(dict.fromkeys(row.term for gloss in glosses for row in gloss.agreed))


def _spans(text, language):
    """Where terms stand in a text: (start, end, terms), in order."""
    words, place = list(_TOKEN.finditer(text)), 0
    while place < len(words):
        count, found = _longest(text, words, place, language)
        if count > 1 or (count and not _is_verb(text, words, place, language)):
            yield words[place].start(), words[place + count - 1].end(), found
        place += count or 1


def _longest(text, words, place, language):
    """How many words from a place on are a term, the most that are, and of which terms."""
    if not _is_word(words[place]):
        return 0, ()
    index = _index(language)
    starting = [row for reading in readings(words[place][0], language) for row in index.get(reading, ())]
    found = [(1 + len(rest), term) for rest, term in starting if _goes_on(text, words, place, rest, language)]
    most = max((count for count, _term in found), default=0)
    return most, tuple(dict.fromkeys(term for count, term in found if count == most))


def _is_verb(text, words, place, language):
    before, after = (_beside(text, words, place, step) for step in (-1, 1))
    return verbs.is_verb(words[place][0].casefold(), language, before, next(after, ""))


def _beside(text, words, place, step):
    """The words on one side of a place, the nearest first, as far as nothing parts them."""
    while 0 <= place + step < len(words):
        first, second = sorted((place, place + step))
        if not _BESIDE.fullmatch(text, words[first].end(), words[second].start()):
            return
        place += step
        yield words[place][0].casefold()


def _is_word(token):
    return not token["address"] and len(token[0]) <= _LONGEST


def _goes_on(text, words, place, rest, language):
    """Whether the rest of a term stands behind a place, parted by nothing that parts sentences."""
    standing = words[place : place + 1 + len(rest)]
    return len(standing) == 1 + len(rest) and all(
        _is_word(word)
        and _BETWEEN.fullmatch(text, before.end(), word.start())
        and found & _agreeing(readings(word[0], language), language)
        for found, (before, word) in zip(rest, pairwise(standing), strict=True)
    )


@cache
def _index(language):
    """Which terms begin with a form of a word: {form: [(forms of each further word, term)]}."""
    index = {}
    for term in terms():
        for said in term.said(language):
            first, *rest = (forms(word[0], language) for word in _TOKEN.finditer(said))
            rest = tuple(_agreeing(row, language) for row in rest)
            for form in first:
                index.setdefault(form, []).append((rest, term))
    return index


@lru_cache(maxsize=20_000)
def readings(word, language):
    """The forms that a word of a text may be of, once taken from what is written together with it."""
    if language != "ar":
        return forms(word, language)
    word, found = names.fold(word), set()
    for front in _FRONT:
        for back in _BACK:
            inner = word[len(front) : len(word) - len(back)]
            if len(inner) >= _SHORTEST and word == front + inner + back:
                found |= _arabic(inner)
                for joined, alone in _JOINED if back else ():
                    if inner.endswith(joined):
                        found |= _arabic(inner.removesuffix(joined) + alone)
    return frozenset(found | {word})


@lru_cache(maxsize=20_000)
def forms(word, language):
    """A word as it is compared: without case and accents, as it stands and in what may be its singular."""
    word = names.fold(word)
    if language == "ar":
        alone = word.removeprefix("ال")
        return frozenset(_arabic(alone if len(alone) >= _SHORTEST else word))
    return frozenset(
        {
            word,
            *(
                f"{word.removesuffix(end)}{new}"
                for end, new in _PLURALS.get(language, ())
                if word.endswith(end)
            ),
        }
    )


_PLURALS = {
    "en": [("s", ""), ("es", ""), ("ies", "y")],
    "fr": [("s", ""), ("x", ""), ("aux", "al")],
    "es": [("s", ""), ("es", "")],
}


def _arabic(word):
    """The same for Arabic: sound plurals, and what is typed for its last letter."""
    found = {word}
    if word.endswith("ات"):
        found |= {word[:-2], f"{word[:-2]}ة"}
    elif word.endswith(("ون", "ين")):
        found.add(word[:-2])
    elif word.endswith("ه"):
        found.add(f"{word[:-1]}ة")
    return found


def _agreeing(found, language):
    """The forms of a further word of a term; in Arabic it may follow the gender of the first."""
    return frozenset(form.removesuffix("ة") for form in found) if language == "ar" else found
