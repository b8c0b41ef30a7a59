"""A document language by language: what there is to read and to download, how far its translation has come."""

from dataclasses import dataclass

from django.db.models import F, Func, IntegerField

from portal import languages
from portal.models import StoredFile, TextState
from portal.operations import texts


@dataclass(frozen=True)
class Edition:
    """A document in one language, as its readers find it.

    `light_size` counts the bytes of the light text that readers may read; a state is one of TextState's, or
    "original".
    """

    language: str
    is_original: bool
    file: StoredFile | None
    light_size: int
    title_state: str
    light_state: str

    @property
    def exists(self):
        """Whether somebody who reads only this language can read the document."""
        return bool(self.file or self.light_size)

    @property
    def is_spoken(self):
        """Whether it is a language of the interface."""
        return self.language in languages.CODES

    @property
    def state(self):
        """The state of what is read: of the light text where there is one, else of the title."""
        return self.light_state if self.light_size else self.title_state

    @property
    def is_begun(self):
        """Whether a translation stands that no reader sees yet."""
        waiting = {TextState.State.DRAFT, TextState.State.MACHINE}
        return not self.is_original and bool(waiting & {self.title_state, self.light_state})


def of(document):
    """The editions of a document: one for each language we speak, then those in further ones."""
    files = {row.language: row.file for row in document.files.all()}
    states = {(row.group, row.language): row.state for row in document.text_states.all()}
    sizes = light_sizes(document)
    further = sorted((files.keys() | sizes.keys() | {document.original_language}) - {*languages.CODES})
    return [_edition(document, code, files, sizes, states) for code in (*languages.CODES, *further)]


def light_sizes(document):
    """Bytes of each light text, whether readers may see it or not: {language: bytes}, without loading them."""
    size = Func(F("html"), function="octet_length", output_field=IntegerField())
    return dict(document.bodies.exclude(html="").values_list("language", size))


def _edition(document, code, files, sizes, states):
    is_original = code == document.original_language
    title, light = (
        "original" if is_original else states.get((group, code), TextState.State.MISSING)
        for group in (texts.CARD, texts.BODY)
    )
    is_readable = is_original or light in TextState.READABLE
    return Edition(code, is_original, files.get(code), sizes.get(code, 0) if is_readable else 0, title, light)


def body(document, editions, language):
    """The Body to show: in the language, else in the original, else in the first there is; or None."""
    readable = [edition.language for edition in editions if edition.light_size]
    order = dict.fromkeys((language, document.original_language, *readable))
    code = next((code for code in order if code in readable), None)
    return document.bodies.get(language=code) if code else None
