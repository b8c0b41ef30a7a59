"""Whether a word that can be noun or verb stands as a verb: the words beside it say so, more often than not.

Arabic needs none of this: its verbs are written otherwise.
"""

from dataclasses import dataclass


def _set(words):
    return frozenset(words.split())


@dataclass(frozen=True)
class Habits:
    """What stands beside nouns and verbs of a language, in small letters."""

    words: frozenset  # what can be both, in the shortest form
    nouns: frozenset  # after these stands a noun
    subjects: frozenset  # after these stands a verb
    objects: frozenset  # before these stands a verb, where nothing else says that it is a noun
    always: frozenset = frozenset()  # what only accents part from a noun
    helpers: frozenset = frozenset()  # after these stands a verb in its shortest form
    pointers: frozenset = frozenset()  # after these stands a verb that ends in "s"
    adverbs: frozenset = frozenset()  # these are looked past


HABITS = {
    "en": Habits(
        words=_set(
            "archive ask campaign comment consent delegate digest document draft export hearing lead meeting notice "
            "place plan pledge process return training voice"
        ),
        nouns=_set(
            "a an another any each every her his its many more most my no other our several some the their these "
            "those your"
        ),
        subjects=_set("he it she who"),
        objects=_set(
            "a an every her him his how if it its me my our the their them these this us what whether you your"
        ),
        helpers=_set(
            "can could did do does don i let ll may might must never please shall should t they to us we will would "
            "you"
        ),
        pointers=_set("this"),
        adverbs=_set("again all also always both not now often only still then therefore"),
    ),
    "fr": Habits(
        words=_set("demande pratique réserve"),
        always=_set("demandé demandés pratiqué pratiqués réservé réservés"),
        nouns=_set("aucune cette chaque d de l la leur ma notre sa ta toute une votre"),
        subjects=_set("ça cela elle il j je le lui me n ne nous on qui s se te vous"),
        objects=_set("à au aux la le les leurs nos qu que ses si un une"),
    ),
    "es": Habits(
        words=_set("consulta demanda enmienda firma reserva"),
        always=_set("practica"),
        nouns=_set("cada de en esa esta la mi ninguna nuestra otra por sin su toda una"),
        subjects=_set("él ella le les lo me no nos que quien quién se te usted"),
        objects=_set("el la las los nuestra nuestras nuestro nuestros si su sus un una"),
    ),
}


def is_verb(word, language, before, after):
    """Whether a word stands as a verb behind the words before it, the nearest first, and before the one after it."""
    habits = HABITS.get(language)
    if habits is None or word in habits.always:
        return habits is not None
    is_short = word in habits.words
    if not is_short and not (habits.pointers and word.removesuffix("s") in habits.words):
        return False
    near = next((one for one in before if one not in habits.adverbs), "")
    if near in habits.nouns or near.isdigit():
        return False
    if after in habits.objects:
        return True
    if "ing" in word:
        return False
    return near in habits.subjects or near in (habits.helpers if is_short else habits.pointers)
