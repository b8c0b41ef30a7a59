"""Who stands behind a text, as it is said: counted, and sorted by name or by country.

Nothing here knows a name that is withheld: such a signature comes in as a number alone.
"""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import ngettext

from portal import ordering


@dataclass(frozen=True)
class Signature:
    """One that may be shown: the name of an organization, its country in the reader's language, its reservation."""

    name: str
    country: str = ""
    reservation: str = ""


@dataclass(frozen=True)
class Country:
    """The signatures from one country; those whose country is not said stand under an empty name."""

    name: str
    signatures: tuple


def counted(total, unnamed=0):
    """How many signed, as a figure and words: "41, of which 6 not named"; "41" where all are named."""
    if not unnamed:
        return str(total)
    said = ngettext(
        "%(total)s, of which %(unnamed)s not named", "%(total)s, of which %(unnamed)s not named", unnamed
    )
    return said % {"total": total, "unnamed": unnamed}


def said(total, unnamed=0):
    """The same in sentences: "41 organizations signed. 6 of them are not named."."""
    signed = ngettext("%(total)s organization signed.", "%(total)s organizations signed.", total)
    apart = ngettext("%(unnamed)s of them is not named.", "%(unnamed)s of them are not named.", unnamed)
    sentences = [signed % {"total": total}, apart % {"unnamed": unnamed}]
    return " ".join(sentences[: 2 if unnamed else 1])


def by_name(signatures, language):
    """Signatures in the order of their names in a language."""
    return sorted(signatures, key=lambda one: ordering.key(one.name, language))


def by_country(signatures, language):
    """Signatures by country, both in the order of a language: a list of Country, the unsaid one last."""
    placed = sorted(by_name(signatures, language), key=lambda one: _place(one.country, language))
    return [Country(name, tuple(group)) for name, group in groupby(placed, key=lambda one: one.country)]


def _place(country, language):
    return (not country, ordering.key(country, language))
