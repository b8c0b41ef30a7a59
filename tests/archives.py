"""Archives for tests: small ones made in place, and the shipped one loaded once for all tests of a module."""

from contextlib import contextmanager
from itertools import count

from django.apps import apps
from django.db import transaction

from consultations.operations import archive
from portal.operations import reference

HOUSE = ("portal", "resources", "consultations")
LANGUAGES = ("ar", "fr", "es")
numbers = count(1)


@contextmanager
def standing(blocker, *loaders):
    """Have what these functions load stand for all tests of a module, and take it back at its end."""
    with blocker.unblock(), transaction.atomic():
        for load in loaders:
            load()
        yield
        transaction.set_rollback(True)


def shipped(name):
    return (reference.FOLDER / f"{name}.json").read_bytes()


def load_shipped(**options):
    return archive.load_files(
        shipped("archive"), [shipped(f"archive_texts.{code}") for code in LANGUAGES], **options
    )


def record(kind="document", **fields):
    """A record of the archive's form that lacks nothing it must have."""
    number = next(numbers)
    given = {
        "id": f"rec-{kind}-{number}",
        "title": {"en": f"Record {number}"},
        "source": "https://source.example/page",
    }
    return {"kind": kind, **given, **fields}


def load(*records, texts=(), **options):
    """Load some records, with files of texts given as {language: {id: texts}}."""
    files = [{"language": code, "records": found} for code, found in dict(texts).items()]
    return archive.load({"records": list(records)}, files, **options)


def counts(report):
    return {name: len(rows) for name, rows in vars(report).items() if rows}


def everything():
    """Every row of every table of the house, as it stands."""
    models = [model for model in apps.get_models() if model._meta.app_label in HOUSE]
    rows = {}
    for model in models:
        rows[model.__name__] = list(model.objects.order_by("pk").values())
        for field in model._meta.local_many_to_many:
            tie = getattr(model, field.name).through
            rows[tie.__name__] = list(tie.objects.order_by("pk").values())
    return rows
