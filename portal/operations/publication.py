"""What everybody may read has changed: the search rows follow, and caches learn of it."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Q

from portal.models import Record, SearchEntry, TextState


def changed(thing):
    """Bring the search rows of a record in step with it, in this transaction."""
    if not isinstance(thing, Record) or thing.search_kind is None:
        return
    content_type = ContentType.objects.get_for_model(thing)
    rows = SearchEntry.objects.filter(content_type=content_type, object_id=thing.pk)
    readable = thing.status in thing.SHOWN and thing.access != thing.Access.INVITED and thing.has_title
    codes = thing.languages if readable else []
    rows.exclude(language__in=codes).delete()
    if codes:
        _index(thing, content_type, codes)


def rebuild():
    """Write the search rows of all things anew; yield each kind of thing with how many of it were read.

    The portal stays open meanwhile: each thing is locked and read by itself. What is stopped half way is asked again
    from its beginning, and harms nothing.
    """
    for model in apps.get_models():
        if issubclass(model, Record) and model.search_kind is not None:
            yield model, _rebuild(model)


def _rebuild(model):
    things = model.objects.order_by("pk")
    keys = list(things.values_list("pk", flat=True))
    content_type = ContentType.objects.get_for_model(model)
    SearchEntry.objects.filter(content_type=content_type).exclude(object_id__in=keys).delete()
    for key in keys:
        with transaction.atomic():
            for thing in things.select_for_update().filter(pk=key):
                changed(thing)
    return len(keys)


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


def _index(thing, content_type, codes):
    # A long text may still wait for approval although the title does not: it is not found before it may be read.
    approved = thing.text_states.filter(group="body", state__in=TextState.READABLE).values("language")
    may_be_read = Q(language=thing.original_language) | Q(language__in=approved)
    bodies = dict(thing.bodies.filter(may_be_read, language__in=codes).values_list("language", "markdown"))
    objectives = list(thing.objectives.values_list("pk", flat=True))
    day = thing.begins_on or thing.ends_on
    rows = []
    for code in codes:
        summary = thing.text("summary", code)
        rows.append(
            {
                "type": content_type.pk,
                "id": thing.pk,
                "language": code,
                "access": thing.access,
                "kind": thing.search_kind,
                "objectives": objectives,
                "process": thing.search_process_id,
                "year": day.year if day else None,
                "title": thing.text("title", code).text[:300],
                "excerpt": summary.text if summary.language == code else "",
                "body": bodies.get(code) or "",
                "text": thing.search_text(code),
                "address": thing.address_key,
            }
        )
    with connection.cursor() as cursor:
        cursor.executemany(INDEX, rows)
