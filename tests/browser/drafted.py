"""What a paper is about that is walked from a Word file to its handing over: its texts, and who stands around it."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from docx import Document

from portal import dates, languages
from portal.models import Country
from portal.operations import publication
from tests import factories

TEXTS = Path(__file__).resolve().parent.parent.parent / "portal" / "reference" / "samples" / "texts"
ZONE = "Africa/Tunis"
TODAY = datetime.now(UTC).date()  # read once: a walk may last over midnight
OBJECTIVE = 13
SECTIONS = (0, 1, 3)  # of the sample: three are enough to be translated three times
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ORGANIZATIONS = 30
# Of the others, who are not seen at a browser, in turn.
SHOWN = ("public", "public", "members", "public", "withheld")
# The sentence that one proposes to change, and what is added to another paragraph after a comment on it.
ASKED, PROPOSED = "It asks for four things that somebody can be held to.", "It asks for four dated promises."
ADDED = "None of the children whom they met was locked up again."
WRONG, RIGHT = "Nine organizations", "Ten organizations"
COMMENT = "أضيفوا ما حدث للأطفال."
WHY = "Things have no date."
RESERVED = "Con una condición: que se consulte a quienes viven ahí."
NOTE = {"en": "Ten organizations described programmes, not nine.", "ar": "عشر منظمات لا تسع."}
NAMES = {"en": "Harbour network {}", "es": "Red del puerto {}", "fr": "Réseau du port {}"}
ARABIC = ("شبكة المرفأ", "بيت الضوء", "جمعية الأبواب", "رابطة السواحل", "مركز العبور", "مبادرة الجسور")
ARABIC += ("لجنة الميناء", "ملتقى الدروب")
ADDRESSEE, RECEIPT = "The harbour council", "Ref. 2027-114"


@dataclass(frozen=True)
class Text:
    """The paper in one language, by sections: [(heading, Markdown under it)]."""

    title: str
    summary: str
    sections: tuple

    @classmethod
    def of(cls, language):
        card, _line, body = (TEXTS / f"position-detention.{language}.md").read_text().partition("\n---\n")
        title, _space, summary = card.removeprefix("# ").partition("\n\n")
        parts = [part.partition("\n") for part in body.split("\n## ")[1:]]
        chosen = tuple((parts[number][0], parts[number][2].strip()) for number in SECTIONS)
        return cls(title.strip(), summary.strip(), chosen)

    @property
    def markdown(self):
        """All of it, as the words of a file are compared with it."""
        return "\n\n".join([self.title, *(f"{heading}\n\n{words}" for heading, words in self.sections)])


def word_file(text):
    """The paper as somebody wrote it in Word: real headings and lists, strong words."""
    made = Document()
    for heading, words in text.sections:
        made.add_heading(heading, level=1)
        for line in words.split("\n"):
            item = re.match(r"\d+\. (.*)", line)
            place = made.add_paragraph(style="List Number" if item else None)
            for number, run in enumerate((item[1] if item else line).split("**")):
                place.add_run(run).bold = number % 2 == 1
    content = BytesIO()
    made.save(content)
    return {"name": "draft.docx", "mimeType": WORD, "buffer": content.getvalue()}


@dataclass
class Story:
    """The texts in every language, the coordinator, the leads of all members: five come to a browser."""

    texts: dict = field(default_factory=lambda: {code: Text.of(code) for code in languages.CODES})
    leads: list = field(default_factory=list)

    def __post_init__(self):
        self.coordinator = factories.coordinator(language="en", name="Mary Okoro", time_zone=ZONE)
        countries = list(Country.objects.order_by("pk")[:12])
        for number in range(ORGANIZATIONS):
            language = languages.CODES[number % len(languages.CODES)]
            self.leads.append(lead_of(number, language, countries[number % len(countries)]))

    def lead(self, language, turn=0):
        """One of those who come to a browser, who reads this language."""
        return [person for person in self.leads if person.language == language][turn]

    def on(self, days, hour=18):
        """What is typed for an hour on the clock of the coordinator, so many days from now."""
        return datetime.combine(TODAY + timedelta(days=days), time(hour), ZoneInfo(ZONE))

    def subject(self, visitor, sentence, days=0):
        """The subject of a message to this visitor, which may name a day."""
        day = visitor.in_words(dates.day, self.on(days))
        return visitor.words(sentence, day=day, title=self.texts[visitor.language].title)

    def others_endorse(self, paper, at_browsers):
        """Those who are not seen at a browser endorse; return whose names everybody sees."""
        rest = [person for person in self.leads if person.pk not in {one.pk for one in at_browsers}]
        shown = {person: SHOWN[number % len(SHOWN)] for number, person in enumerate(rest)}
        for person, who in shown.items():
            factories.endorsement(paper, person.organization, shown=who, given_by=person)
        publication.changed(paper)
        return {who: {name_of(one) for one, to in shown.items() if to == who} for who in SHOWN}


def lead_of(number, language, country):
    """The lead of a member, whose name is in the language that its people speak."""
    name = NAMES[language].format(number) if language in NAMES else ARABIC[number // len(languages.CODES)]
    person = factories.user(language=language, name=f"Lead {number}")
    person.organization = factories.organization(
        name, lead=person, country=country, original_language=language
    )
    return person


def name_of(person):
    """The name of the organization that a person leads."""
    return getattr(person.organization, f"name_{person.language}")
