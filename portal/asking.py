"""What was typed into the search, as the dictionaries of each language understand it.

The database reads it once, into one tsquery for each language; whatever looks for it is then given these, as text.
"""

import re
import unicodedata
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchQueryField
from django.db import connection
from django.db.models import BooleanField, Func, Q, Value
from django.db.models.functions import Cast

from portal import languages, synonyms
from portal.models.search import READ_BY

SHORTEST_BEGINNING = 3
MINUSES = re.compile(r"-(?:\s*-)+")  # the database counts each anew, and gives up at thirty
MOST_WORDS = 8  # of which some may be missing; a longer question is read as it stands


class Matches(Func):
    """Whether the words of a row answer a question."""

    template, arg_joiner = "%(expressions)s", " @@ "
    output_field = BooleanField()


def understood(asked):
    """{language: the question as its dictionaries read it}, the families of its words and its beginnings included."""
    read = [_question(asked, code) for code in languages.CODES]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(f"({sql})::text" for sql, _values in read),
            [value for _sql, values in read for value in values],
        )
        return dict(zip(languages.CODES, cursor.fetchone(), strict=True))


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


def _question(asked, language):
    """SQL and its values for the question in one language; the last word may also be a beginning."""
    # As the database will fold it: a sign may stand for several words (ﷺ), or for one in brackets (⑴).
    asked = " ".join(unicodedata.normalize("NFKC", asked).split())
    asked = MINUSES.sub("-", asked)
    if not _is_plain(asked) or len(asked.split()) > MOST_WORDS:
        return _read(language, [asked])
    *head, last = [_read(language, [word, *synonyms.of(word, language)]) for word in asked.split()]
    beginning = "".join(char for char in asked.split()[-1] if char.isalnum())
    if len(beginning) >= SHORTEST_BEGINNING:
        # Strokes that only lengthen a word are letters to Python; folded, nothing is left of them.
        folded = "nullif(arabic_fold(%s), '')" if language == "ar" else "%s"
        begun = (f"to_tsquery(portal_config(%s), coalesce({folded} || ':*', ''))", [language, beginning])
        last = _joined(" || ", [last, begun])
    return _joined(" && ", [*head, last])


def _read(language, words):
    """SQL and its values for any of these words."""
    return _joined(" || ", [("portal_query(%s, %s)", [language, word]) for word in words])


def _joined(sign, pieces):
    sql = sign.join(sql for sql, _values in pieces)
    return f"({sql})", [value for _sql, values in pieces for value in values]


def _is_plain(asked):
    """Whether a question is words only, without the signs by which one leaves out, chooses or quotes."""
    return not any(sign in asked for sign in '"-') and " or " not in asked.lower()
