"""Names in the order in which each language sorts them: in Python and, letter for letter the same, in the database.

Accents, case, vowel signs and the shapes of alef make no difference to where a name stands, only between names that
are otherwise equal. Spanish ñ follows n. The Arabic article is part of the name and is not passed over. In Arabic,
names in Arabic letters come before all others; elsewhere they come after. No ICU is asked of the database.
"""

import re
import unicodedata
from functools import reduce

from django.db.models import CharField, F, Func, Value
from django.db.models.functions import Coalesce, Collate, Lower, Replace

# Letters that stand where another does: those of search (stack.md 6.1), those of Persian, Kurdish and the north.
LETTERS = ("أإآٱىئؤیگکپچژڤۆە٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹øđðłħı", "اااايءءيككبجزفوه01234567890123456789oddlhi")
DOUBLES = (("æ", "ae"), ("œ", "oe"), ("ß", "ss"), ("þ", "th"))
MARKS = r"[\u0300-\u036f\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c-\u200f\u061c\u202a-\u202e\u2066-\u2069]"
STOPS = r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u060c\u061b\u061f\u066a-\u066d\u2000-\u206f]+"
ARABIC = r"^[\u0600-\u06ff]"
# ñ is a letter of its own in Spanish alone: after every word in n, before o.
ENYE = ("ñ", "n\uf8ff")
# Below every sign that a folded name holds, so that what follows decides only between equals.
THEN = "\u0001"


def key(text, language):
    """The text that a name sorts by in a language: compare two such texts sign by sign."""
    folded = unicodedata.normalize("NFKC", text or "").lower()
    if language == "es":
        folded = folded.replace(*ENYE)
    folded = folded.translate(str.maketrans(*LETTERS))
    folded = re.sub(MARKS, "", unicodedata.normalize("NFKD", folded))
    for double, letters in DOUBLES:
        folded = folded.replace(double, letters)
    folded = re.sub(STOPS, " ", folded).strip(" ")
    if language == "ar":
        folded = ("0" if re.search(ARABIC, folded) else "1") + folded
    return folded + THEN + (text or "")


def by(name, language):
    """The same for a queryset: `order_by(ordering.by("title_en", "en"))`; a column's name, or an expression."""
    given = Coalesce(F(name) if isinstance(name, str) else name, Value(""), output_field=CharField())
    folded = Lower(_normal(given, "NFKC"))
    if language == "es":
        folded = Replace(folded, *map(Value, ENYE))
    folded = _normal(Func(folded, *map(Value, LETTERS), function="translate"), "NFKD")
    folded = _without(folded, MARKS, "")
    folded = reduce(lambda rest, pair: Replace(rest, *map(Value, pair)), DOUBLES, folded)
    folded = Func(_without(folded, STOPS, " "), Value(" "), function="btrim")
    if language == "ar":
        folded = _joined(
            Func(folded, Value(ARABIC), template=FIRST, arg_joiner=" ~ ", output_field=CharField()), folded
        )
    return Collate(_joined(folded, Value(THEN), given), "C")


FIRST = "(CASE WHEN %(expressions)s THEN '0' ELSE '1' END)"


def _normal(text, form):
    return Func(text, template=f"normalize(%(expressions)s, {form})", output_field=CharField())


def _without(text, signs, instead):
    return Func(
        text,
        Value(signs),
        Value(instead),
        Value("g"),
        function="regexp_replace",
        output_field=CharField(),
    )


def _joined(*texts):
    return Func(*texts, template="(%(expressions)s)", arg_joiner=" || ", output_field=CharField())
