"""Comments by organizations: written while the round is open, changed, shown as they consent, withdrawn at any time."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations import commenting
from consultations.models import Comment, CommentRound
from portal import clock
from portal.errors import Refused
from portal.models import Organization
from portal.operations import log


@transaction.atomic
def write(comment_round, *, paragraph, organization, kind, language, text="", proposed="", consent, by):
    """Say something of a paragraph, or propose words for it, in the name of a member, while the round is open."""
    now = clock.now()
    comment_round = _locked_round(comment_round)
    _refuse_closed(comment_round, now)
    if not Organization.objects.members().filter(pk=organization.pk).exists():
        raise Refused(_("Verified organizations of civil society comment on this draft."), "organization")
    made = Comment(
        round=comment_round, paragraph=paragraph, organization=organization, written_by=by, written_at=now
    )
    _say(made, kind=kind, language=language, text=text, proposed=proposed, consent=consent)
    made.save()
    log.record("comment made", made, by=by)
    return made


@transaction.atomic
def change(comment, *, version, kind, language, text="", proposed="", consent, by):
    """Change a comment from the version that was shown, while its round is open and nobody has answered it."""
    now = clock.now()
    _refuse_closed(_locked_round(comment.round), now)
    comment = _locked(comment)
    if comment.version != version:
        raise Refused(_("Somebody else saved this while you were writing. Compare both texts below."))
    if comment.status != Comment.Status.OPEN:
        raise Refused(_("This comment is answered already."))
    _say(comment, kind=kind, language=language, text=text, proposed=proposed, consent=consent)
    comment.version += 1
    comment.written_by, comment.written_at = by, now
    comment.save()
    log.record("comment changed", comment, by=by)
    return comment


@transaction.atomic
def choose_consent(comment, *, consent, by):
    """Change to whom a comment is shown, and with which name: it counts everywhere at once."""
    comment = _locked(comment)
    comment.consent = consent
    comment.save(update_fields=["consent"])
    log.record("consent to a comment changed", comment, by=by)
    return comment


@transaction.atomic
def withdraw(comment, *, by):
    """Take a comment back, with every word of it; those that were merged with it stand by themselves again."""
    comment = _locked(comment)
    comment.move_to(Comment.Status.WITHDRAWN)
    comment.text = comment.proposed = comment.answer = ""
    comment.merged_into = None
    comment.save()
    for row in comment.merged.select_for_update(no_key=True).filter(status=Comment.Status.MERGED):
        row.move_to(Comment.Status.OPEN)
        row.merged_into = row.decided_by = row.decided_at = None
        row.answer = ""
        row.save()
    log.record("comment withdrawn", comment, by=by)
    return comment


def _say(comment, *, kind, language, text, proposed, consent):
    """Set what is said, if the version holds the paragraph and the words are others than its own."""
    is_proposal = kind == Comment.Kind.PROPOSAL
    version_text = comment.round.version.texts.filter(language=language).first()
    original = comment.round.version.texts.get(language=comment.round.paper.original_language)
    if str(comment.paragraph.key) not in commenting.words_of(original):
        raise Refused(_("This paragraph does not stand in the text any more."))
    if is_proposal:
        if version_text is None:
            raise Refused(_("The draft is not in this language: propose words in another one."), "language")
        standing = commenting.words_of(version_text).get(str(comment.paragraph.key), "")
        if not proposed or proposed == standing:
            raise Refused(_("Change the words of the paragraph: these stand there already."), "proposed")
    elif not text:
        raise Refused(_("Say something of this paragraph, or propose other words for it."), "text")
    comment.kind, comment.language, comment.consent = kind, language, consent
    comment.text, comment.proposed = text, proposed if is_proposal else ""


def _refuse_closed(comment_round, now):
    if not comment_round.is_open(now):
        raise Refused(
            _("This round of comments is closed. What you typed is kept below, for you to copy."), None
        )


def _locked_round(comment_round):
    rows = CommentRound.objects.select_for_update(of=["self"], no_key=True)
    return rows.select_related("paper", "version").get(pk=comment_round.pk)


def _locked(comment):
    rows = Comment.objects.select_for_update(of=["self"], no_key=True)
    return rows.select_related("round__paper", "round__version", "organization", "paragraph").get(
        pk=comment.pk
    )
