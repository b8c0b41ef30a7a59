"""Names as an impostor would write them, and as honest organizations do: both made from small tables of words.

The tables of doubles name Unicode's letters, so that they owe nothing to those of portal/names.py.
"""

import unicodedata
from itertools import product

LATIN_NAMES = (
    "Caritas Internationalis",
    "Oxfam",
    "Horizon Commerce",
    "PAX SOCIETY",
    "Open Modern House",
    "Casa del Migrante",
    "Réseau Coexister",
    "IOM Watch",
)
ARABIC_NAMES = (
    "منظمة الأمل",
    "جمعية حقوق المهاجرين",
    "شبكة كرامة الإنسان",
    "مؤسسة بيت الهجرة",
    "اتحاد نقابات العمال",
)


def _listed(row):
    return row.split(", ")


def _named(row):
    """{letter: the name of its double}, from "a ALPHA, i IOTA"."""
    return dict(pair.split(" ", 1) for pair in _listed(row))


CYRILLIC = _named(
    "a A, c ES, e IE, i BYELORUSSIAN-UKRAINIAN I, j JE, o O, p ER, s DZE, x HA, y U, h SHHA, d KOMI DE, w WE, "
    "q QA, v IZHITSA"
)
CYRILLIC_CAPITALS = _named(
    "A A, B VE, C ES, E IE, H EN, I BYELORUSSIAN-UKRAINIAN I, K KA, M EM, O O, P ER, S DZE, T TE, X HA, Y U"
)
GREEK = _named(
    "a ALPHA, i IOTA, k KAPPA, n ETA, o OMICRON, p RHO, t TAU, u UPSILON, v NU, w OMEGA, x CHI, y GAMMA"
)
GREEK_CAPITALS = _named(
    "A ALPHA, B BETA, E EPSILON, H ETA, I IOTA, K KAPPA, M MU, N NU, O OMICRON, P RHO, T TAU, X CHI, Y UPSILON, "
    "Z ZETA"
)
ARABIC_DOUBLES = {
    "ا": ("ALEF WASLA", "ALEF WITH HAMZA ABOVE", "ALEF WITH MADDA ABOVE", "ALEF WITH WAVY HAMZA ABOVE"),
    "أ": ("ALEF", "ALEF WITH HAMZA BELOW"),
    "ي": ("FARSI YEH", "ALEF MAKSURA", "YEH WITH HAMZA ABOVE"),
    "ك": ("KEHEH", "SWASH KAF"),
    "ه": ("HEH GOAL", "HEH DOACHASHMEE", "AE", "TEH MARBUTA"),
    "ة": ("HEH", "TEH MARBUTA GOAL"),
    "و": ("WAW WITH HAMZA ABOVE", "OE"),
    "ن": ("NOON GHUNNA",),
}
UNSEEN = _listed(
    "ZERO WIDTH SPACE, ZERO WIDTH NON-JOINER, ZERO WIDTH JOINER, WORD JOINER, SOFT HYPHEN, ZERO WIDTH NO-BREAK SPACE, "
    "LEFT-TO-RIGHT MARK, RIGHT-TO-LEFT OVERRIDE, ARABIC LETTER MARK, INVISIBLE SEPARATOR, COMBINING GRAPHEME JOINER, "
    "VARIATION SELECTOR-16, HANGUL FILLER, HALFWIDTH HANGUL FILLER, BRAILLE PATTERN BLANK, MONGOLIAN VOWEL SEPARATOR"
)
SPACES = _listed("NO-BREAK SPACE, THIN SPACE, IDEOGRAPHIC SPACE, HYPHEN-MINUS, NON-BREAKING HYPHEN, LOW LINE")
MARKS = ("COMBINING ACUTE ACCENT", "COMBINING DOT BELOW", "COMBINING CEDILLA")
VOWELS = ("ARABIC FATHA", "ARABIC SHADDA", "ARABIC SUKUN", "ARABIC TATWEEL")
STYLES = ("FULLWIDTH LATIN", "MATHEMATICAL BOLD", "MATHEMATICAL SANS-SERIF", "MATHEMATICAL MONOSPACE")
SHAPES = (("o", "0"), ("O", "0"), ("l", "1"), ("l", "I"), ("I", "l"), ("m", "rn"), ("rn", "m"), ("w", "vv"))


def pairs():
    """(name, name that can be taken for it), each different."""
    found = set()
    for name in LATIN_NAMES:
        found |= {(name, other) for other in _latin(name)}
    for name in ARABIC_NAMES:
        found |= {(name, other) for other in _arabic(name)}
    return sorted((name, other) for name, other in found if name != other)


def _latin(name):
    for script, small, large in (
        ("CYRILLIC", CYRILLIC, CYRILLIC_CAPITALS),
        ("GREEK", GREEK, GREEK_CAPITALS),
    ):
        doubles = {one: unicodedata.lookup(f"{script} SMALL LETTER {other}") for one, other in small.items()}
        doubles |= {
            one: unicodedata.lookup(f"{script} CAPITAL LETTER {other}") for one, other in large.items()
        }
        yield from (name.replace(one, other, 1) for one, other in doubles.items())
        yield name.translate(str.maketrans(doubles))
        yield name.upper().translate(str.maketrans(doubles))
    for style in STYLES:
        yield "".join(_styled(style, char) for char in name)
    yield from (name.replace(one, other) for one, other in SHAPES)
    yield from _with(name, 2, (*UNSEEN, *MARKS))
    yield from (name.replace(" ", unicodedata.lookup(space)) for space in SPACES)
    yield from (name.upper(), name.lower(), name.replace(" ", ""), f"“{name}”", f"{name}.")
    yield "".join(char for char in unicodedata.normalize("NFD", name) if not unicodedata.combining(char))


def _arabic(name):
    for one, others in ARABIC_DOUBLES.items():
        yield from (name.replace(one, unicodedata.lookup(f"ARABIC LETTER {other}")) for other in others)
    yield from _with(name, 2, (*UNSEEN, *VOWELS))
    yield "".join(_presented(char) for char in name)
    yield name.replace(" ", unicodedata.lookup("NO-BREAK SPACE"))


def _with(name, place, signs):
    yield from (name[:place] + unicodedata.lookup(sign) + name[place:] for sign in signs)


def _styled(style, char):
    """The letter in another style; "FULLWIDTH LATIN CAPITAL LETTER C", "MATHEMATICAL BOLD CAPITAL C"."""
    size = "CAPITAL" if char.isupper() else "SMALL"
    letter = "LETTER " if "LATIN" in style else ""
    return (
        unicodedata.lookup(f"{style} {size} {letter}{char.upper()}")
        if char.isascii() and char.isalpha()
        else char
    )


def _presented(char):
    try:
        return unicodedata.lookup(f"{unicodedata.name(char)} ISOLATED FORM")
    except KeyError:
        return char


# What honest organizations are called.
ENGLISH = (
    (
        "Harbour",
        "Northern",
        "Ulster",
        "Sahel",
        "Pacific",
        "River",
        "Andean",
        "Olive Tree",
        "Kenyan",
        "Mill Lane",
    ),
    ("Migrant", "Refugee", "Women’s", "Youth", "Labour", "Diaspora", "Children’s"),
    ("Network", "Alliance", "Centre", "Forum"),
)
FRENCH = (
    ("Réseau", "Collectif", "Association", "Œuvre", "Fédération", "Maison"),
    (
        "des femmes migrantes",
        "pour l’accueil",
        "d’entraide",
        "Jeunesse & Exil",
        "des travailleurs",
        "sans frontières",
    ),
    ("de Lyon", "du Sahel", "d’Île-de-France", "au Mali", "de Côte d’Ivoire", "romand", "ACSF"),
)
SPANISH = (
    ("Red", "Casa", "Fundación", "Asociación", "Pastoral", "Comité"),
    ("del Migrante", "de Mujeres", "Niñez en Camino", "por la Dignidad", "de Derechos Humanos", "Sin Muros"),
    ("de Tijuana", "del Sur", "Centroamérica", "de Perú", "A.C.", "Nº 7", "(CDMX)"),
)
ARABIC = (
    ("جمعية", "منظمة", "شبكة", "مؤسسة", "مركز", "اتحاد"),
    ("المهاجرين", "حقوق الإنسان", "المرأة", "الشباب", "العمال", "الجاليات"),
    ("في تونس", "الأردنية", "بالمغرب", "بلا حدود", "للتنمية", "NGO", "في لبنان"),
)
OTHERS = _listed(
    "Открытый дом, Гражданское содействие, Ελληνικό Φόρουμ Προσφύγων, Αλληλεγγύη Δίκτυο, خانه‌ها, 4Refugees, "
    "Caritas Jordan / كاريتاس الأردن, Al-Amal الأمل, G100 Women, CCFD–Terre Solidaire, Ümit Derneği, "
    "Åbo Flyktinghjälp, Łódź dla uchodźców, Ħal Far Outreach, Straße der Begegnung"
)


def honest():
    """More than a thousand plausible names in four languages, no two of them the same."""
    made = [" ".join(words) for table in (ENGLISH, FRENCH, SPANISH, ARABIC) for words in product(*table)]
    return [*made, *OTHERS]
