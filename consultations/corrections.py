"""What a correction would change: the text as it is being written beside the version that is published."""

from dataclasses import dataclass

from consultations.operations import drafting


@dataclass(frozen=True)
class Correction:
    """A section in which the two part, in the paper's own language; empty where it has come or gone."""

    published: str
    written: str


def of(version, paper):
    """The sections that differ, in the order of the text that is being written; those taken out come last."""
    language = paper.original_language
    published = {
        section["key"]: "\n\n".join(block["markdown"] for block in section["paragraphs"])
        for section in version.texts.get(language=language).sections
    }
    found = []
    for section in paper.sections.standing().order_by("position", "pk"):
        before = published.pop(str(section.key), "")
        after = drafting.working_text(section, language).removeprefix("## ")
        if before != after:
            found.append(Correction(before, after))
    return found + [Correction(before, "") for before in published.values()]
