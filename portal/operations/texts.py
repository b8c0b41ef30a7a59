"""Texts per language: saved, approved, gone stale when the original changes its meaning."""

import hashlib

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from portal import clock, languages, markup, paragraphs
from portal.models import Body, TextState
from portal.operations import log, publication

CARD = "card"
BODY = "body"


def digest(thing, group=CARD):
    """SHA-256 of the original's texts of a group: what a translation was approved against."""
    return hashlib.sha256("\x1f".join(original_of(thing, group)).encode()).hexdigest()


def fields_of(thing):
    """The names of a thing's translated fields: ("title", "summary") or ("name", "summary")."""
    return [field for field in ("title", "name", "summary") if hasattr(thing, f"{field}_en")]


@transaction.atomic
def save_texts(
    thing,
    texts,
    *,
    approve=False,
    note="",
    official=False,
    changes_meaning=True,
    pairs=None,
    is_all=True,
    by=None,
):
    """Save {language: {field: text}}; translations become drafts, or approved; a new meaning makes others stale.

    `pairs` says, for each language, of which words of the original each was made; else it is the present ones.
    Whoever goes on writing the thing says that this is not all, and calls `publication.changed` in the end.
    """
    before = digest(thing)
    for language, values in texts.items():
        for field, value in values.items():
            setattr(thing, f"{field}_{language}", value or None)
    thing.save()
    written = TextState.State.APPROVED if approve else TextState.State.DRAFT
    states = {
        language: written if _has_text(thing, language) else TextState.State.MISSING
        for language in texts
        if language != thing.original_language
    }
    _set_states(thing, CARD, states, note=note, official=official, pairs=pairs, by=by)
    if digest(thing) != before:
        _original_changed(thing, CARD, changes_meaning)
    _set_languages(thing)
    if is_all:
        publication.changed(thing)
    return thing


@transaction.atomic
def save_body(
    thing, language, markdown, *, approve=False, changes_meaning=True, pairs=None, is_all=True, by=None
):
    """Save the long text of one language as Markdown, rendered once; a translation becomes a draft, or approved.

    `pairs` says which paragraph translates which; where nobody says it, they are paired in order. `is_all` is
    that of `save_texts`; the parts of a thing do not show its long text.
    """
    before = digest(thing, BODY)
    body, _created = Body.objects.update_or_create(
        content_type=ContentType.objects.get_for_model(thing),
        object_id=thing.pk,
        language=language,
        defaults={"markdown": markdown, "html": str(markup.coordinators(markdown))},
    )
    if language != thing.original_language:
        written = TextState.State.APPROVED if approve else TextState.State.DRAFT
        written = written if markdown else TextState.State.MISSING
        _set_states(thing, BODY, {language: written}, pairs={language: pairs}, by=by)
    elif digest(thing, BODY) != before:
        _original_changed(thing, BODY, changes_meaning)
    if is_all:
        publication.changed(thing, parts=())
    return body


@transaction.atomic
def approve(thing, language, *, group=CARD, by):
    """Approve a translation against the original as it stands, so that readers see it."""
    _set_states(thing, group, {language: TextState.State.APPROVED}, by=by)
    refresh_languages(thing)
    log.record(f"{group} approved in {language}", thing, by=by)
    return thing


def refresh_languages(thing):
    """Keep `languages` in step with the states, and the search with them."""
    _set_languages(thing)
    publication.changed(thing)


def _set_languages(thing):
    """The languages of a thing: the original and every readable translation."""
    readable = thing.text_states.filter(group=CARD, state__in=TextState.READABLE)
    codes = {thing.original_language, *(row.language for row in readable)}
    thing.languages = sorted(codes, key=lambda code: (code not in languages.CODES, code))
    type(thing).objects.filter(pk=thing.pk).update(languages=thing.languages)


def readable_body(thing, language):
    """The Body to show: in the language if approved, else the original, else any approved; or None."""
    rows = thing.readable_bodies()
    for code in (language, thing.original_language, *languages.CODES):
        if code in rows:
            return rows[code]
    return None


def _has_text(thing, language):
    return any(getattr(thing, f"{field}_{language}", None) for field in fields_of(thing))


def original_of(thing, group):
    """What a group of texts says in the original: [each short text], or [the long text]."""
    return said_in(thing, group, thing.original_language)


def said_in(thing, group, language):
    """What a group of texts says in a language, read or not: [each short text], or [the long text]."""
    if group == BODY:
        body = thing.bodies.filter(language=language).first()
        return [body.markdown if body else ""]
    return [getattr(thing, f"{field}_{language}", None) or "" for field in fields_of(thing)]


def pairs_of(thing, group, language):
    """Which words of the original those of a translation stand for, in order; a whole for a whole where they differ."""
    original, translated = original_of(thing, group), said_in(thing, group, language)
    if group == BODY:
        ours, theirs = paragraphs.pieces(original[0]), paragraphs.pieces(translated[0])
        if len(ours) == len(theirs):
            original, translated = ours, theirs
    return [list(pair) for pair in zip(original, translated, strict=True)]


def _set_states(thing, group, states, *, note="", official=False, pairs=None, by=None):
    """Write the states of several languages, {language: state}; an approval is of the original as it stands."""
    approval = (
        {"source_digest": digest(thing, group), "approved_by": by, "approved_at": clock.now()}
        if states
        else {}
    )
    place = {"content_type": ContentType.objects.get_for_model(thing), "object_id": thing.pk, "group": group}
    values = {"note": note, "is_official": official}
    pairs = {code: (pairs or {}).get(code) or pairs_of(thing, group, code) for code in states}
    for is_approved in (True, False):
        said = values | (approval if is_approved else {})
        TextState.objects.bulk_create(
            [
                TextState(**place, language=language, state=state, pairs=pairs[language], **said)
                for language, state in states.items()
                if (state == TextState.State.APPROVED) == is_approved
            ],
            update_conflicts=True,
            unique_fields=["content_type", "object_id", "group", "language"],
            update_fields=["state", "pairs", *said],
        )


def _original_changed(thing, group, changes_meaning):
    """A new meaning makes approved translations stale; a new wording carries their approval on."""
    approved = thing.text_states.filter(group=group, state=TextState.State.APPROVED)
    approved = approved.exclude(language=thing.original_language)
    if changes_meaning:
        approved.update(state=TextState.State.STALE)
    else:
        approved.update(source_digest=digest(thing, group))
