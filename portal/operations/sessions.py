"""Sessions end: one by one, all but one's own, or all at once because what a person may do has changed (safety.md, D8)."""

from django.db import transaction

from portal import tokens
from portal.models import Session
from portal.operations import log


@transaction.atomic
def end(session, *, by):
    """Sign a person out in one place."""
    session.delete()
    log.record("session ended", session.user, by=by)


@transaction.atomic
def end_others(user, *, kept, by):
    """Sign a person out everywhere but in the session that she uses; say in how many places that was."""
    gone, _rows = Session.objects.filter(user=user).exclude(pk=kept and kept.pk).delete()
    if gone:
        log.record("other sessions ended", user, by=by)
    return gone


def end_all(user):
    """Sign a person out everywhere; a new nonce ends also what is being written at this very moment."""
    user.session_nonce = tokens.nonce()
    user.save(update_fields=["session_nonce"])
    Session.objects.filter(user=user).delete()
