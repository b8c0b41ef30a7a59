"""Postcards of papers: a sentence about what is asked, in each language, approved before readers see it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Paper, Postcard, PostcardText
from consultations.operations import prints
from portal.errors import Refused
from portal.operations import log, records

MOST = 12  # of one paper: more than anybody shares


@transaction.atomic
def add(paper, *, words, approved=(), objective=None, by):
    """Add a postcard at the end; `words` is {language: sentence}, `approved` the languages that readers may see."""
    paper = _lock(paper)
    if paper.postcards.count() >= MOST:
        raise Refused(_("A paper has twelve postcards at most."))
    card = Postcard.objects.create(paper=paper, position=paper.postcards.count(), objective=objective)
    _say(card, words, approved)
    prints.renew_postcard(card)
    log.record("postcard added", paper, by=by)
    return card


@transaction.atomic
def edit(card, *, words, approved=(), objective=None, by):
    """Give a postcard other words; its files are made anew."""
    paper = _lock(card.paper)
    card.paper, card.objective = paper, objective
    card.save(update_fields=["objective"])
    _say(card, words, approved)
    prints.renew_postcard(card)
    log.record("postcard changed", paper, by=by)
    return card


@transaction.atomic
def remove(card, *, by):
    """Take a postcard away, with its files."""
    paper = _lock(card.paper)
    prints.discard_postcard(card)
    card.delete()
    for position, other in enumerate(paper.postcards.order_by("position", "pk")):
        paper.postcards.filter(pk=other.pk).update(position=position)
    log.record("postcard removed", paper, by=by)
    return paper


def _lock(paper):
    paper = records.lock(paper)
    if paper.status == Paper.Status.WITHDRAWN:
        raise Refused(_("This paper is withdrawn."))
    return paper


def _say(card, words, approved):
    if not any(words.values()):
        raise Refused(_("Write the sentence in at least one language."))
    for code, sentence in words.items():
        if sentence:
            values = {"words": sentence, "is_approved": code in approved}
            PostcardText.objects.update_or_create(postcard=card, language=code, defaults=values)
        else:
            card.texts.filter(language=code).delete()
