"""Names of organizations, compared as people would confuse them (safety.md, D15)."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

# Letters of other scripts that look like Latin ones in common fonts: Cyrillic and Greek, lower case.
LOOKALIKES = str.maketrans("аеорсухіјѕһԁԛԝɡοαενρτυικ", "aeopcyxijshdqwgoaevptuik")
ARABIC = str.maketrans("أإآٱىئؤیگک", "اااايءءيكك")


def _doubles(rows):
    """A translation of letters to those that they are taken for; in the rows their doubles stand behind these."""
    pairs = (row.split(":") for row in rows.split())
    return str.maketrans({double: letter for letter, doubles in pairs for double in doubles})


# For the closer look before an organization is verified: a capital of another script is the double of another
# letter than its small one, so these stand apart (Greek Ν and ν).
SCRIPTS = _doubles(
    "a:аαɑ b:ьƅ c:сϲς d:ԁ e:еεҽ g:ɡ h:һհ i:іιɩ j:јϳ k:кκ l:ӏ m:м n:пηո o:оοσօ p:рρ q:ԛգ r:г s:ѕ "
    "t:тτ u:υսʋ v:νѵ w:ԝωѡ x:хχ y:уүγ z:ᴢ "
    "A:АΑᎪ B:ВΒᏴ C:СϹᏟ D:Ꭰ E:ЕΕᎬ F:Ϝ G:Ԍ H:НΗᎻ I:ІΙӀ J:ЈͿ K:КΚᏦ L:Ꮮ M:МΜ N:Ν O:ОΟՕ P:РΡᏢ Q:Ԛ "
    "S:ЅՏᏚ T:ТΤ V:ѴᏙ W:ԜᎳ X:ХΧ Y:ҮΥУ Z:ΖᏃ"
)
LETTERS = _doubles(
    "ا:ٱٲٳٵ ب:ٮ ي:ىیېےۍ و:ۆۇۈۋ ك:کڪگݢ ه:ةہھەۃ ن:ں ف:ڡ ق:ٯ "
    "o:øơ l:ł d:đ h:ħ i:ı O:Ø L:Ł D:Đ H:Ħ ae:æ oe:œ AE:Æ OE:Œ"
)
LONGEST = 200  # of what is kept to compare
CAPITAL = str.maketrans("I", "l")
SHAPES = str.maketrans("01|", "oll")
# Without a shape, though Unicode counts them among letters, marks and symbols.
FILLERS = frozenset("\u034f\u115f\u1160\u180b\u180c\u180d\u180f\u2800\u3164") | {
    chr(0xFE00 + n) for n in range(16)
}


def _visible(text):
    """Without what takes no room or cannot be seen; marks stay."""
    unseen = {"Cf", "Cc", "Co", "Cn", "Cs"}
    return "".join(char for char in text if unicodedata.category(char) not in unseen and char not in FILLERS)


def _plain(text):
    """Letters and digits without accents, vowel signs and hamzas, each digit as the one of its value."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if unicodedata.category(char) != "Mn")
    return "".join(str(unicodedata.decimal(char, char)) for char in bare if char != "ـ").translate(LETTERS)


# What is taken out of a name, one after the other, until only its look stays; each can be told in a sentence.
STEPS = {
    "widths": lambda text: unicodedata.normalize("NFKC", text),
    "unseen": _visible,
    "marks": _plain,
    "scripts": lambda text: text.translate(SCRIPTS),
    "capitals": str.casefold,
    "shapes of capitals": lambda text: text.translate(CAPITAL),
    "shapes": lambda text: text.translate(SHAPES).replace("rn", "m").replace("vv", "w"),
    "spaces": lambda text: "".join(char for char in text if char.isalnum()),
}
# In small letters first, whose doubles are others; and as it stands, where a capital I is the double of l.
WAYS = (
    ("widths", "unseen", "marks", "capitals", "scripts", "shapes", "spaces"),
    ("widths", "unseen", "marks", "scripts", "shapes of capitals", "capitals", "shapes", "spaces"),
)


def fold(name):
    """Reduce a name to what the eye compares: compatibility forms, case, accents, invisibles removed."""
    text = unicodedata.normalize("NFKD", name).casefold()
    kept = (
        char
        for char in text
        if unicodedata.category(char) not in {"Mn", "Cf", "Cc", "Co", "Cn"} and char != "ـ"
    )
    return " ".join("".join(kept).translate(ARABIC).translate(LOOKALIKES).split())


# Each who signs an open letter is compared with all who signed before: these names, some MB of them, are kept.
@lru_cache(maxsize=10_000)
def looks(name):
    """How a name looks, once as it stands and once in small letters: names that share one are taken for each other."""
    return frozenset(_taken(name, way)[-1][1][:LONGEST] for way in WAYS) - {""}


def likeness(one, other):
    """What one must overlook to take one name for the other, as words of STEPS; None if they do not look alike."""
    for way in WAYS:
        steps = list(zip(_taken(one, way), _taken(other, way), strict=True))
        (_step, look), (_same, other_look) = steps[-1]
        if look == other_look:
            return _overlooked(one, other, steps)
    return None


def _taken(name, way):
    """The name after each step of a way: [(step, what is left)]."""
    taken = []
    for step in way:
        name = STEPS[step](name)
        taken.append((step, name))
    return taken


def _overlooked(one, other, steps):
    """The steps that bring both names nearer to each other."""
    apart, found = _apart(one, other), []
    for (step, left), (_step, other_left) in steps:
        nearer = _apart(left, other_left)
        if nearer < apart:
            found.append(step.split()[0])
        apart = nearer
    return list(dict.fromkeys(found))


def _apart(one, other):
    """How many characters stand in one only."""
    one, other = Counter(one), Counter(other)
    return (one - other).total() + (other - one).total()


def scripts(word):
    """Return the scripts whose letters stand in a word: "LATIN", "CYRILLIC", "GREEK", "ARABIC" …"""
    found = {unicodedata.name(char, "").split(" ")[0] for char in word if char.isalpha()}
    return found - {"MODIFIER", "FEMININE", "MASCULINE"}


def mixed_words(name):
    """The words of a name that mix scripts, as look-alike names do; two scripts beside each other are none."""
    visible = _visible(unicodedata.normalize("NFKD", name))
    bare = "".join(char for char in visible if unicodedata.category(char) != "Mn")
    return [word for word in re.findall(r"[^\W\d_]+", bare) if len(scripts(word)) > 1]


def mixes_scripts(name):
    """Whether any single word of the name mixes scripts."""
    return bool(mixed_words(name))
