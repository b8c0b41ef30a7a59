"""Which other organization a name would be taken for, and by what: said in words beside both names."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from portal import names
from portal.models import Organization
from portal.templatetags.portal import list_text

WORDS = {
    "widths": gettext_lazy("Letters or spaces of another width or form stand for the usual ones."),
    "unseen": gettext_lazy("One of the names holds characters that nobody sees."),
    "marks": gettext_lazy("Accents, vowel signs or forms of a letter differ."),
    "scripts": gettext_lazy("Letters of another script stand for letters that look the same."),
    "capitals": gettext_lazy("Capital and small letters differ."),
    "shapes": gettext_lazy("Signs of the same shape stand for each other: 0 for O, 1 or I for l, rn for m."),
    "spaces": gettext_lazy("Spaces, hyphens or other signs between the letters differ."),
}


@dataclass(frozen=True)
class Likeness:
    """Another organization, the two names that look alike, and by what they do."""

    organization: Organization
    name: str
    other_name: str
    words: list


@dataclass(frozen=True)
class Mixture:
    """A word of a name, and its letters by script."""

    word: str
    letters: str


def mark(organizations, reader):
    """Give each organization its `likenesses` to others, and its `mixtures`; one query, however many there are."""
    looks = {look for row in organizations for look in row.looks}
    known = defaultdict(list)
    for other in Organization.objects.visible_to(reader).filter(looks__overlap=sorted(looks)).order_by("pk"):
        for look in other.looks:
            known[look].append(other)
    for row in organizations:
        others = {other.pk: other for look in row.looks for other in known[look] if other.pk != row.pk}
        row.likenesses = [found for other in others.values() for found in _between(row, other)]
        row.mixtures = [_mixture(word) for name in row.called for word in names.mixed_words(name)]


def _between(one, other):
    """The first two names of both that look alike."""
    for name in one.called:
        for other_name in other.called:
            found = names.likeness(name, other_name)
            if found is not None:
                return [Likeness(other, name, other_name, _words(name, other_name, found))]
    return []


def _words(name, other_name, found):
    if name == other_name:
        return [_("Both names are the same, letter by letter.")]
    return [str(WORDS[step]) for step in found] or [_("What differs between both names is hardly seen.")]


def _mixture(word):
    """The letters of a word by script, those of the rarest first: these are the strangers."""
    by_script = defaultdict(list)
    for char in word:
        by_script[" ".join(sorted(names.scripts(char)))].append(char)
    amounts = Counter({script: len(chars) for script, chars in by_script.items()})
    rarest_first = sorted(amounts, key=lambda script: (amounts[script], script))
    parts = [
        pgettext("letters of a script", "%(letters)s (%(script)s)")
        % {"letters": " ".join(by_script[script]), "script": _script(script)}
        for script in rarest_first
    ]
    return Mixture(word, list_text(parts))


def _script(name):
    called = {
        "LATIN": pgettext("script", "Latin"),
        "CYRILLIC": pgettext("script", "Cyrillic"),
        "GREEK": pgettext("script", "Greek"),
        "ARABIC": pgettext("script", "Arabic"),
    }
    return called.get(name, pgettext("script", "another script"))
