"""What becomes of comments: accepted, adapted, merged, declined with a reason; whoever made one is told."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations import commenting
from consultations.models import Comment, ParagraphText
from consultations.notifications import CommentAnswered
from consultations.operations import drafting
from portal import clock
from portal.errors import Refused
from portal.notifications import notify
from portal.operations import log, records

Status = Comment.Status


@transaction.atomic
def accept(comment, *, version, number=0, changes_meaning=True, answer="", language, by):
    """Accept a comment; proposed words land in the text in their language, in which `number` was the edit shown."""
    comment = _locked(comment, version)
    edit = None
    if comment.is_proposal:
        edit = _land(comment, comment.proposed, comment.language, number, changes_meaning, by=by)
    return _decide(comment, Status.ACCEPTED, edit=edit, answer=answer, language=language, by=by)


@transaction.atomic
def adapt(comment, *, version, number, markdown, changes_meaning=True, answer="", language, by):
    """Accept a comment with other words, which land in the paper's own language."""
    comment = _locked(comment, version)
    own = comment.round.paper.original_language
    edit = _land(comment, markdown, own, number, changes_meaning, by=by)
    return _decide(comment, Status.ADAPTED, edit=edit, answer=answer, language=language, by=by)


@transaction.atomic
def merge(comment, *, version, into, answer="", language, by):
    """Let a comment go on together with another on the same paper; what was merged with it goes along."""
    comment = _locked(comment, version)
    rows = Comment.objects.standing().filter(round__paper=comment.round.paper_id)
    into = rows.select_for_update(of=["self"], no_key=True).exclude(pk=comment.pk).filter(pk=into.pk).first()
    if into is None:
        raise Refused(_("This comment was withdrawn meanwhile. Choose another."), "into")
    if into.status == Status.MERGED:
        raise Refused(_("This comment is itself merged with another. Choose that one."), "into")
    comment.merged.update(merged_into=into)
    return _decide(comment, Status.MERGED, merged_into=into, answer=answer, language=language, by=by)


@transaction.atomic
def decline(comment, *, version, answer, language, by):
    """Decline a comment with a reason, which the organization reads that made it."""
    comment = _locked(comment, version)
    return _decide(comment, Status.DECLINED, answer=answer, language=language, by=by)


@transaction.atomic
def reopen(comment, *, version, by):
    """Take a decision back while the paper is written; words that landed are taken out, unless they were changed since.

    The comment that is returned says in `words_stay` whether they still stand in the text.
    """
    drafting.lock(comment.round.paper)
    comment = _locked(comment, version)
    edit = comment.edit
    comment.move_to(Status.OPEN)
    comment.edit = comment.merged_into = comment.decided_by = comment.decided_at = None
    comment.answer = comment.answer_language = ""
    comment.save()
    comment.words_stay = edit is not None and not _take_out(comment, edit, by=by)
    log.record("answer to a comment taken back", comment, by=by)
    return comment


def _decide(comment, status, *, edit=None, merged_into=None, answer, language, by):
    """Set the decision; whoever made the comment is told, and those whose comments go on together with it."""
    comment.move_to(status)
    comment.answer, comment.answer_language = answer, language if answer else ""
    comment.edit, comment.merged_into = edit, merged_into
    comment.decided_by, comment.decided_at = by, clock.now()
    comment.save()
    log.record(f"comment {status.value}", comment, by=by)
    notify(CommentAnswered, comment, by=by)
    for row in comment.merged.select_for_update(no_key=True).filter(status=Status.MERGED).order_by("pk"):
        row.version += 1
        row.save(update_fields=["version"])
        notify(CommentAnswered, row, by=by)
    return comment


def _land(comment, words, language, number, changes_meaning, *, by):
    """Give the paragraph of the comment, or the one in its place, these words; return the edit."""
    place = commenting.where(comment.paragraph)
    if place is None:
        raise Refused(
            _(
                "Its paragraph is not in the text any more. Merge it with another, or decline it with a reason."
            )
        )
    return drafting.replace(
        place, language=language, number=number, markdown=words, changes_meaning=changes_meaning, by=by
    )


def _take_out(comment, edit, *, by):
    """Give the paragraph the words it had before this edit; False where they have been changed since, or taken apart."""
    place = commenting.where(comment.paragraph)
    earlier = edit.section.edits.filter(language=edit.language, number=edit.number - 1).first()
    landed, before = dict(edit.text), dict(earlier.text) if earlier else {}
    key = str(place.key) if place else ""
    text = ParagraphText.objects.filter(paragraph=place, language=edit.language).first()
    if text is None or landed.keys() - before.keys() - {key} or text.markdown != landed.get(key):
        return False
    drafting.replace(
        place,
        language=edit.language,
        number=drafting.last_number(place.section, edit.language),
        markdown=before.get(key, ""),
        changes_meaning=edit.changes_meaning,
        by=by,
    )
    return True


def _locked(comment, version):
    """The comment as it stands now, behind the lock of its paper, if nobody has changed or answered it since."""
    records.lock(comment.round.paper)
    rows = Comment.objects.select_for_update(of=["self"], no_key=True)
    rows = rows.select_related("round__paper", "organization", "paragraph__section", "edit__section")
    comment = rows.get(pk=comment.pk)
    if comment.version != version:
        raise Refused(_("Somebody has just changed this. Please look at it again and retry."))
    return comment
