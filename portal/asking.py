"""What was typed into the search, as the dictionaries of each language understand it.

The database reads it once, into one tsquery for each language; whatever looks for it is then given these, as text.
"""

import re
import unicodedata
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, Func, Q, Value
from django.db.models.functions import Cast

from portal import languages, prepared, synonyms
from portal.models.search import READ_BY

SHORTEST_BEGINNING = 3
MINUSES = re.compile(r"-(?:\s*-)+")  # the database counts each anew, and gives up at thirty
MOST_WORDS = 8  # of which some may be missing; a longer question is read as it stands


class Matches(Func):
    """Whether the words of a row answer a question."""

    template, arg_joiner = "%(expressions)s", " @@ "
    output_field = BooleanField()


READ = """
SELECT language, coalesce(string_agg(word, ' & ' ORDER BY place), '') FROM (
  SELECT language, place, '(' || string_agg(nullif(query::text, ''), ' | ') || ')' AS word FROM (
    SELECT language, place, CASE
      WHEN NOT is_beginning THEN portal_query(language, word)
      -- Strokes that only lengthen a word are letters to Python; folded, nothing is left of them.
      WHEN language = 'ar' THEN to_tsquery(portal_config(language), coalesce(nullif(arabic_fold(word), '') || ':*', ''))
      ELSE to_tsquery(portal_config(language), word || ':*') END AS query
    FROM unnest(%(languages)s::text[], %(places)s::int[], %(words)s::text[], %(beginnings)s::boolean[])
      AS given(language, place, word, is_beginning)) AS readings
  GROUP BY language, place) AS words
GROUP BY language
"""


def understood(asked):
    """{language: the question as its dictionaries read it}, the families of its words and its beginnings included."""
    given = [(code, *row) for code in languages.CODES for row in _words(asked, code)]
    names = ("languages", "places", "words", "beginnings")
    return dict(prepared.rows(READ, dict(zip(names, map(list, zip(*given, strict=True)), strict=True))))


def answering(asked):
    """The condition of a search row that it answers, each by the dictionaries of its language."""
    return reduce(
        or_,
        (
            READ_BY[code] & Q(Matches("words", Cast(Value(words), SearchQueryField())))
            for code, words in understood(asked).items()
        ),
    )


def any_word(asked):
    """A question that some of the words answer, where that means less than all of them; else None."""
    words = asked.split()
    return " or ".join(words) if _is_plain(asked) and 1 < len(words) <= MOST_WORDS else None


def _words(asked, language):
    """(place, word, whether it is a beginning): of those in one place any answers; the last may also be a beginning."""
    # As the database will fold it: a sign may stand for several words (ﷺ), or for one in brackets (⑴).
    asked = " ".join(unicodedata.normalize("NFKC", asked).split())
    asked = MINUSES.sub("-", asked)
    words = asked.split()
    if not _is_plain(asked) or len(words) > MOST_WORDS:
        return [(0, asked, False)]
    rows = [
        (place, one, False)
        for place, word in enumerate(words)
        for one in (word, *synonyms.of(word, language))
    ]
    beginning = "".join(char for char in words[-1] if char.isalnum())
    return rows + [(len(words) - 1, beginning, True)] * (len(beginning) >= SHORTEST_BEGINNING)


def _is_plain(asked):
    """Whether a question is words only, without the signs by which one leaves out, chooses or quotes."""
    return not any(sign in asked for sign in '"-') and " or " not in asked.lower()
