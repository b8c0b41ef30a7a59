"""The working text of sample papers: written section by section, drawn from sources, translated, worded anew."""

from consultations.models import VoiceConsent
from consultations.operations import (
    drafting,
    papers,
    sample_contributions,
    sample_people,
    sample_rows,
    sources,
    voices,
)
from portal import languages, paragraphs
from portal.models import Country, Objective

TRANSLATOR = "translator@sample.example"
A_YEAR = 365  # days for which a person agreed to be drawn on


class Workshop:
    """A sample paper in the making: who acts, its sections, and the comments by their names in the story."""

    def __init__(self, shelf, name, told):
        self.shelf, self.name, self.told = shelf, name, told
        self.by = shelf.people[told["by"]]
        self.original = told["original_language"]
        self.wordings = sample_rows.wordings(name)
        self.sections, self.comments = [], {}
        self.paper = self._begin()
        for number, facts in enumerate(told["sections"]):
            self._add_section(number, facts)

    def reword(self, at, lands):
        """Give a paragraph new words in its own language and in those that keep up; the others grow stale."""
        paragraph = self.paragraph(at)
        number = drafting.last_number(paragraph.section, self.original)
        drafting.replace(
            paragraph, language=self.original, number=number, markdown=lands[self.original], by=self.by
        )
        self.translate_one(paragraph, lands)

    def paragraph(self, at):
        section, number = at
        return self._paragraphs(self.sections[section - 1])[number]

    def translate_one(self, paragraph, lands):
        for code in self._others(lands):
            self._translate(paragraph.section, code, {paragraph.key: lands[code]})

    def _begin(self):
        facts = dict(self.told["facts"])
        for link in ("process", "consultation"):
            if link in facts:
                facts[link] = self.shelf.rows[facts[link]]
        return papers.create(
            key=sample_rows.key_of(self.name),
            original_language=self.original,
            titles={
                code: {"title": said.title, "summary": said.summary} for code, said in self.wordings.items()
            },
            approved=[code for code in languages.CODES if code != self.original],
            by=self.by,
            **facts | {"objectives": objectives_of(facts["objectives"])},
        )

    def _add_section(self, number, facts):
        texts = {code: _sections(said.body)[number] for code, said in self.wordings.items()}
        objectives = objectives_of(facts["objectives"])
        section = drafting.add_section(
            self.paper,
            language=self.original,
            markdown=texts[self.original],
            objectives=objectives,
            by=self.by,
        )
        self.sections.append(section)
        rows = self._paragraphs(section)
        for code in self._others(texts):
            words = [block.markdown for block in paragraphs.split(texts[code])]
            self._translate(section, code, dict(zip([row.key for row in rows], words, strict=True)))
        self._name_sources(section, facts)

    def _name_sources(self, section, facts):
        rows = [sample_contributions.input_of(self.shelf, *place) for place in facts.get("inputs", ())]
        if any(rows):
            sources.add_inputs(section, inputs=[row for row in rows if row is not None], by=self.by)
        for name in facts.get("documents", ()):
            sources.add_document(section, document=self.shelf.rows[name], by=self.by)
        for name in facts.get("consultations", ()):
            sources.add_consultation(section, consultation=self.shelf.rows[name], by=self.by)
        voice = _give_voice(self.shelf, facts["voice"]) if "voice" in facts else None
        if voice is not None:
            sources.add_voice(section, voice=voice, purpose=VoiceConsent.Purpose.QUOTATION, by=self.by)

    def _translate(self, section, code, words):
        drafting.translate(
            section,
            language=code,
            number=drafting.last_number(section, code),
            paragraphs=words,
            approved=frozenset(words),
            by=self.shelf.people[TRANSLATOR] if code == "ar" else self.by,
        )

    def _others(self, texts):
        return [code for code in languages.CODES if code in texts and code != self.original]

    @staticmethod
    def _paragraphs(section):
        return list(section.paragraphs.standing().select_related("section").order_by("position", "pk"))


def objectives_of(numbers):
    """The objectives of these numbers."""
    return list(Objective.objects.filter(number__in=numbers))


def _give_voice(shelf, name):
    """A voice of the story; None where its organization gives none any more."""
    facts = shelf.story["voices"][name]
    organization = shelf.rows[facts["from"]]
    if not organization.is_member:
        return None
    return voices.give(
        organization,
        objectives=objectives_of(facts["objectives"]),
        purposes=[VoiceConsent.Purpose.QUOTATION],
        consent_language=facts["language"],
        text_version=1,
        agreed_on=shelf.today,
        ends_on=shelf.day(A_YEAR),
        by=sample_people.lead_of(organization),
        process=shelf.rows["process"],
        language=facts["language"],
        text=facts["text"],
        alias=facts["alias"],
        country=Country.objects.get(iso2=facts["country"]),
    )


def _sections(body):
    """The sections of a text, each with its heading."""
    return [f"## {part}".strip() for part in f"\n{body}".split("\n## ")[1:]]
