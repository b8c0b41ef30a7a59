"""Who asks for places, and what is typed on the way: one coordinator, four organizations in the order they come.

One of the organizations speaks another language than the coordinator, who writes in one language alone.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from portal import dates
from portal.models import Organization
from tests import factories
from tests.browser import inside

ZONE = "Africa/Tunis"
OTHER = {"ar": "es", "fr": "en"}
TODAY = datetime.now(UTC).date()  # read once: a walk may last over midnight
YOUTH = Organization.Constituency.YOUTH


@dataclass(frozen=True)
class Story:
    """What the coordinator writes, and when it is."""

    title: str
    rounds: tuple
    question: str  # asked of everybody
    room: str  # its first choice
    telephone: str
    arrival: str  # asked of those who come into the room
    evening: str  # what they answer
    region: str
    quotas: tuple
    reason: str

    def on(self, days, hour=14):
        """An hour on the clock of the event, so many days from now."""
        return datetime.combine(TODAY + timedelta(days=days), time(hour), ZoneInfo(ZONE))

    def subject(self, visitor, sentence, days):
        """The subject of a message to this visitor, which names a day."""
        return visitor.words(sentence, day=visitor.in_words(dates.day, self.on(days)), title=self.title)


STORIES = {
    "ar": Story(
        "خدمات للجميع",
        ("الجولة الأولى", "الجولة الثانية"),
        "كيف تشاركون؟",
        "في القاعة",
        "عبر الهاتف",
        "متى تصلون؟",
        "مساء الاثنين",
        "أفريقيا",
        ("منظمات أفريقيا", "المجتمع المدني"),
        "القاعة مشغولة",
    ),
    "fr": Story(
        "Des services pour tous",
        ("Premier tour", "Deuxième tour"),
        "Comment participez-vous ?",
        "Dans la salle",
        "Par téléphone",
        "Quand arrivez-vous ?",
        "Lundi soir",
        "Afrique",
        ("Organisations africaines", "Société civile"),
        "La salle est prise",
    ),
}


class Cast:
    """Each of them at a browser, opened when they first come."""

    def __init__(self, browser, site, language, **device):
        region = {"title_en": "Africa", f"title_{language}": STORIES[language].region}
        africa = [factories.region("africa", **region)]
        self.everybody, self.open = [], partial(inside.signed_in, browser, site, **device)
        self.people = {
            "coordinator": factories.coordinator(language=language),
            "atlas": lead_of("Atlas", language, africa),
            "baobab": lead_of("Baobab", language, africa, constituency=YOUTH),
            "citadel": lead_of("Citadel", language, africa),
            "delta": lead_of("Delta", OTHER[language], constituency=YOUTH),
        }

    def __getattr__(self, name):
        if name not in self.__dict__.get("people", ()):
            raise AttributeError(name)
        visitor = self.open(self.people[name])
        self.everybody.append(visitor)
        setattr(self, name, visitor)
        return visitor


def lead_of(name, language, regions=(), **fields):
    """The lead of an organization of some regions, named in the language that its people speak."""
    person = factories.user(language=language, name=f"Lead of {name}")
    made = factories.organization(name, lead=person, original_language=language, **fields)
    made.regions.set(regions)
    return person
