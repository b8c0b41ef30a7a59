"""Addresses: a slug once published, a UUID before; lists as files, by the form of the file."""

import uuid

from django.urls import register_converter


class KeyConverter:
    """Matches a UUID or a slug in any script; the stock slug converter refuses Arabic."""

    regex = r"[-\w]+"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return str(value)


class FileFormConverter:
    """Matches the forms in which a list is kept as a file."""

    regex = "csv|xlsx|json"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(KeyConverter, "key")
register_converter(FileFormConverter, "form")


def by_address(key):
    """The look-up that an address means: {"key": UUID} or {"slug": text}."""
    try:
        return {"key": uuid.UUID(key)}
    except ValueError:
        return {"slug": key}
