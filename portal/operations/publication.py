"""What everybody may read has changed: the search rows follow, and caches learn of it."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from portal.models import Searched, SearchEntry
from portal.signals import thing_changed

LONGEST = 300  # characters of a title


def changed(thing, *, parts=None):
    """Bring the search rows of a thing, and of its parts, in step with them, in this transaction, and tell the apps above.

    `parts` are those whose rows follow; None: all of them.
    """
    if getattr(thing, "search_kind", None) is None:
        return
    said = thing.search_rows()
    rows_of(type(thing)).filter(object_id=thing.pk).exclude(language__in=said).delete()
    _write(thing, said)
    thing_changed.send(type(thing), thing=thing)
    for part in thing.search_parts() if parts is None else parts:
        changed(part)


def removed(thing):
    """Take a thing that is about to be deleted out of the search."""
    rows_of(type(thing)).filter(object_id=thing.pk).delete()


def rows_of(model):
    """The search rows of a kind of thing."""
    return SearchEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))


def rebuild():
    """Write the search rows of all things anew; yield each kind of thing with how many of it were read.

    The portal stays open meanwhile: each thing is locked and read by itself. What is stopped half way is asked again
    from its beginning, and harms nothing.
    """
    for model in apps.get_models():
        if issubclass(model, Searched) and model.search_kind is not None:
            yield model, _rebuild(model)


def _rebuild(model):
    things = model.objects.order_by("pk")
    keys = list(things.values_list("pk", flat=True))
    rows_of(model).exclude(object_id__in=keys).delete()
    for key in keys:
        with transaction.atomic():
            if whole := model.search_whole:
                # First, as by whoever changes it: what the rows of its parts follow stands still until they are written.
                things.select_related(whole).select_for_update(of=[whole], no_key=True).filter(pk=key).first()
            for thing in things.select_for_update(of=["self"]).filter(pk=key):
                changed(thing, parts=())  # they are read as things of their own kind
    return len(keys)


BLANK = {
    "access": "public",
    "objectives": [],
    "process": None,
    "year": None,
    "excerpt": "",
    "body": "",
    "text": "",
}
INDEX = """
INSERT INTO portal_searchentry
  (content_type_id, object_id, language, access, kind, objectives, process_id, year, title, excerpt, address, folded_title, words, changed_at)
VALUES (%(type)s, %(id)s, %(language)s, %(access)s, %(kind)s, %(objectives)s::bigint[], %(process)s, %(year)s,
        %(title)s, %(excerpt)s, %(address)s, portal_fold(%(title)s),
        setweight(portal_words(%(language)s, %(title)s), 'A') || setweight(portal_words(%(language)s, %(excerpt)s), 'B')
        || setweight(portal_words(%(language)s, %(body)s), 'C')
        || setweight(portal_words(%(language)s, %(text)s), 'D'), clock_timestamp())
ON CONFLICT (content_type_id, object_id, language) DO UPDATE SET
  access = excluded.access, kind = excluded.kind, objectives = excluded.objectives,
  process_id = excluded.process_id, year = excluded.year, title = excluded.title, excerpt = excluded.excerpt,
  address = excluded.address, folded_title = excluded.folded_title, words = excluded.words,
  changed_at = excluded.changed_at
"""


def _write(thing, said):
    same = BLANK | {
        "type": ContentType.objects.get_for_model(thing).pk,
        "id": thing.pk,
        "kind": thing.search_kind,
    }
    rows = [same | {"language": code} | row | {"title": row["title"][:LONGEST]} for code, row in said.items()]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(INDEX, rows)
