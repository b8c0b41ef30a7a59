"""Every address the portal answers, read from its own table of contents."""

from django.urls import URLPattern, URLResolver, get_resolver

FOREIGN = {"admin"}
# What stands in addresses beside keys: the key of nothing, English, objective 7, Africa, Switzerland, a token of nobody.
PARTS = {
    "code": "africa",
    "digest": "x",
    "form": "csv",
    "into": "00000000-0000-4000-8000-000000000000",
    "iso2": "CH",
    "kind": "consultation",
    "language": "en",
    "name": "document",
    "number": 7,
    "pk": 1,
    "token": "x",
}


def routes(resolver=None, namespaces=(), *, foreign=FOREIGN):
    """Yield (name with namespaces, pattern) of every named or unnamed address, foreign apps left out."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace in foreign:
                continue
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from routes(entry, inner, foreign=foreign)
        elif isinstance(entry, URLPattern):
            yield ":".join([*namespaces, entry.name or ""]), entry
