"""The sections of the sample pages: made once; from then on they are their coordinators'."""

from consultations.operations import sample_rows
from resources.models import PageSection
from resources.operations import sections


def bring(shelf, name, facts):
    """Make the sections of a sample page that were never made, in four languages."""
    page = shelf.rows[name]
    for section, told in facts.get("sections", {}).items():
        key = sample_rows.key_of(section)
        if not PageSection.objects.filter(key=key).exists():
            sections.add(page, key=key, by=None, **told, **_words(section, page.original_language))
            shelf.changed.append(section)


def _words(name, original):
    said = sample_rows.wordings(name)
    translated = said.keys() - {original}
    return {
        "titles": {code: {"title": text.title} for code, text in said.items()},
        "bodies": {code: text.body for code, text in said.items()},
        "approved": translated,
        "approved_bodies": translated,
    }
