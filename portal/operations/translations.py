"""Translations of what has a title, a summary or a long text: saved as drafts, or approved so that readers see them."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import side_by_side
from portal.errors import Refused
from portal.operations import log, publication, records, texts


@transaction.atomic
def save(thing, language, *, seen, passages, approve=False, by):
    """Save passages of a translation, {mark: words}, beside the original and the translation that were `seen`."""
    thing = records.lock(thing)
    sheet = sheet_as_seen(thing, language, seen)
    card = {row.field: passages.get(row.mark, row.translation) for row in sheet.short}
    pairs = [pair(row, passages.get(row.mark, row.translation), approve) for row in sheet.long]
    if approve:
        _refuse_gaps(card, pairs)
    if hasattr(type(thing), "changed_by"):
        thing.changed_by = by
    if any(field.name == "version" for field in thing._meta.concrete_fields):
        thing.version += 1  # whoever writes all languages at once sees that this one is another now
    short = {row.field: pair(row, card[row.field], approve) for row in sheet.short}
    beside = {language: [short.get(name, ["", ""]) for name in texts.fields_of(thing)]}
    texts.save_texts(thing, {language: card}, approve=approve, pairs=beside, is_all=False, by=by)
    body = side_by_side.join(said for _original, said in pairs)
    if body or sheet.state_of(texts.BODY) != "missing":
        texts.save_body(thing, language, body, approve=approve, pairs=pairs, is_all=False, by=by)
    publication.changed(thing)
    log.record(f"{'translation approved' if approve else 'translated'} in {language}", thing, by=by)
    return thing


def pair(row, said, approve):
    """Words with the original that they stand for: in a draft, untouched ones stay with that of which they were made."""
    is_untouched = not approve and row.was and said == row.translation
    return [row.was if is_untouched else row.original, said]


def sheet_as_seen(thing, language, seen):
    """The sheet of a locked thing, which is to be the one that was seen."""
    sheet = side_by_side.of(thing, language)
    if seen != sheet.digest:
        raise Refused(
            _("Somebody changed this meanwhile. Compare what you typed with what stands there now.")
        )
    return sheet


def _refuse_gaps(card, pairs):
    said = [bool(words) for _original, words in pairs]
    if not any(card.values()):
        raise Refused(_("Translate the title first: readers need something to know it by."))
    if any(said) and not all(said):
        raise Refused(_("Some paragraphs are not translated yet. Save it as a draft, or translate them all."))
