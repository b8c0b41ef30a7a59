"""What is public: rows and texts as a visitor who has not signed in may have them, and where their pages are."""

from django.conf import settings
from django.utils import translation

from portal import languages
from portal.models import Process, Reader
from portal.models.texts import OTHERS

FIRST = "en"


def rows(model):
    """The rows of a kind of thing that everybody may see."""
    return model.objects.visible_to(Reader.nobody())


def processes():
    return rows(Process)


def texts(thing, field):
    """A text in every language in which it may be read: {language: text}."""
    found = {code: getattr(thing, f"{field}_{code}") for code in readable(thing)}
    found |= getattr(thing, OTHERS.get(field, ""), None) or {}
    return {code: text for code, text in found.items() if text}


def readable(thing):
    """The languages of the interface in which a thing's texts may be read, its original first."""
    codes = dict.fromkeys((thing.original_language, *languages.CODES))
    known = {*thing.languages, thing.original_language} & {*languages.CODES}
    return [code for code in codes if code in known]


def spoken(thing):
    """The languages of the pages of a thing: those of its texts, or the first where it has none of ours."""
    return readable(thing) or [FIRST]


def path_of(thing):
    """The path of a thing's page in the first language, whatever language the request speaks."""
    with translation.override(FIRST):
        return thing.get_absolute_url()


def in_language(path, code):
    """The address of a page, given by its path in the first language, in another."""
    return f"{settings.SITE_URL}/{code}/{path.removeprefix(f'/{FIRST}/')}"


def addresses(thing):
    """The pages of a thing in the languages of its texts: {language: address}."""
    path = path_of(thing)
    return {code: in_language(path, code) for code in spoken(thing)}


def key_of(thing):
    """The key of what a thing belongs to, where everybody may know of that."""
    if thing is None or thing.status not in thing.SHOWN or thing.access != thing.Access.PUBLIC:
        return None
    return thing.key
