"""Names of organizations, compared as people would confuse them (safety.md, D15)."""

import unicodedata

# Letters of other scripts that look like Latin ones in common fonts: Cyrillic and Greek, lower case.
LOOKALIKES = str.maketrans("аеорсухіјѕһԁԛԝɡοαενρτυικ", "aeopcyxijshdqwgoaevptuik")
ARABIC = str.maketrans("أإآٱىئؤیگک", "اااايءءيكك")


def fold(name):
    """Reduce a name to what the eye compares: compatibility forms, case, accents, invisibles removed."""
    text = unicodedata.normalize("NFKD", name).casefold()
    kept = (
        char
        for char in text
        if unicodedata.category(char) not in {"Mn", "Cf", "Cc", "Co", "Cn"} and char != "ـ"
    )
    return " ".join("".join(kept).translate(ARABIC).translate(LOOKALIKES).split())


def scripts(word):
    """Return the scripts whose letters stand in a word: "LATIN", "CYRILLIC", "GREEK", "ARABIC" …"""
    return {unicodedata.name(char, "").split(" ")[0] for char in word if char.isalpha()}


def mixes_scripts(name):
    """Whether any single word of the name mixes scripts, as look-alike names do."""
    return any(len(scripts(word) - {"MODIFIER", "FEMININE", "MASCULINE"}) > 1 for word in name.split())
