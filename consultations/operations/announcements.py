"""Announcements: drafted, approved by a second person, sent at once or at a moment, stopped, corrected, resumed."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Announcement, AnnouncementCorrection, AnnouncementTrial
from consultations.notifications import AnnouncementSent, AnnouncementTried
from portal import clock, languages, progress
from portal.errors import Refused
from portal.models import Delivery, TextState
from portal.notifications import notify
from portal.operations import holding, log, moments, publication, records, texts, translations

Status = Announcement.Status
# What the log calls it.
WRITING = (
    "announcement drafted",
    "announcement changed",
    *(f"{act} in {code}" for act in ("translated", "translation approved") for code in languages.CODES),
)
create = records.create


@transaction.atomic
def edit(announcement, *, by, **values):
    """Change what is not sent yet, from the version that was shown; what was approved must be approved again."""
    announcement = records.lock(announcement)
    if not announcement.is_unsent:
        raise Refused(_("This is sent already. Correct it in one language instead."))
    announcement = records.edit(announcement, by=by, **(values | moments.NONE))
    _renew(announcement, texts.CARD, values.get("approved", ()), by=by)
    _renew(announcement, texts.BODY, values.get("approved_bodies", ()), by=by)
    if announcement.status != Status.DRAFT:
        _back_to_draft(announcement, by=by)
    return announcement


@transaction.atomic
def translate(announcement, language, *, seen, passages, approve=False, by):
    """Write a draft in another language: readers of it get what is approved; what a second person looks at stands still."""
    if records.lock(announcement).status != Status.DRAFT:
        raise Refused(_("This is no draft any more: its words stay as they are."))
    return translations.save(announcement, language, seen=seen, passages=passages, approve=approve, by=by)


@transaction.atomic
def ask_approval(announcement, *, version, by):
    """Have a second person look at an announcement before it may be sent."""
    announcement = _locked(announcement, version)
    _refuse_without_words(announcement)
    announcement.move_to(Status.WAITING)
    announcement.asked_by, announcement.asked_at = by, clock.now()
    moments.set_none(announcement)
    return _keep(announcement, "announcement waits for approval", by=by)


@transaction.atomic
def approve(announcement, *, version, by):
    """Let an announcement be sent; whoever wrote it or asked for that is not the one who approves."""
    announcement = _locked(announcement, version)
    if not may_approve(announcement, by):
        raise Refused(_("Somebody else approves it than who wrote it."))
    announcement.move_to(Status.APPROVED)
    announcement.approved_by = by
    return _keep(announcement, "announcement approved", by=by)


@transaction.atomic
def hand_back(announcement, *, version, by):
    """Make an announcement a draft again that waits for approval, or has it."""
    announcement = _locked(announcement, version)
    _back_to_draft(announcement, by=by)
    return announcement


@transaction.atomic
def schedule(announcement, *, version, at, time_zone, by):
    """Have an announcement sent at a moment as it was shown, to whom the filters find then."""
    announcement = _locked(announcement, version)
    if announcement.status not in (Status.DRAFT, Status.APPROVED):
        raise Refused(_("Only what could be sent now can be sent at a moment."))
    _refuse_unapproved(announcement)
    _refuse_without_words(announcement)
    moments.set_moment(announcement, at=at, time_zone=time_zone, by=by)
    return _keep(announcement, "announcement set for a moment", by=by)


@transaction.atomic
def unschedule(announcement, *, version, by):
    """Send an announcement at no moment by itself."""
    announcement = _locked(announcement, version)
    moments.set_none(announcement)
    return _keep(announcement, "announcement set for no moment", by=by)


def send_due():
    """Send the announcements whose moment has come; return how many."""
    return moments.publish_due(Announcement, send)


@transaction.atomic
def send(announcement, *, version=None, by):
    """Send an announcement to the organizations that its filters find now; whoever comes later is not told."""
    announcement = _locked(announcement, version)
    _refuse_unapproved(announcement)
    _refuse_without_words(announcement)
    organizations = list(announcement.audience().values_list("pk", flat=True))
    if not organizations:
        raise Refused(_("The filters find no organization. Nobody would be told."))
    announcement.move_to(Status.PUBLISHED)
    announcement.sent_at = clock.now()
    moments.set_none(announcement)
    announcement.make_slug()
    announcement.organizations.set(organizations)
    _keep(announcement, "announcement sent", by=by)
    _leave_out_stale(announcement)
    publication.changed(announcement)
    notify(AnnouncementSent, announcement, by=by)
    return announcement


@transaction.atomic
def withdraw(announcement, *, version, by):
    """Take an announcement out of the archive; what has not left yet never does."""
    announcement = _locked(announcement, version)
    announcement.move_to(Status.WITHDRAWN)
    _keep(announcement, "announcement withdrawn", by=by)
    holding.end(announcement.notice, by=by)
    publication.changed(announcement)
    return announcement


@transaction.atomic
def stop(announcement, *, by):
    """Let no more messages of an announcement leave until it is resumed."""
    announcement = records.lock(announcement)
    notice = _told(announcement)
    if progress.of_notices([notice])[0].is_over:
        raise Refused(_("Everybody has an answer already: there is nothing to stop."))
    holding.stop(notice, by=by)
    return announcement


@transaction.atomic
def resume(announcement, *, by):
    """Let the messages leave that have not left yet, unless a correction waits: it is for those who get them."""
    announcement = records.lock(announcement)
    notice = _told(announcement)
    if announcement.corrections.waiting().exists():
        raise Refused(_("A correction waits for a second person. Approve it or drop it, then resume."))
    holding.resume(notice, by=by)
    return announcement


@transaction.atomic
def correct(announcement, *, language, subject, text, version, by):
    """Change an announcement in one language while nothing of it leaves, at once or when a second person approves.

    The old words are kept, and who has read them.
    """
    announcement = _locked(announcement, version)
    _refuse_while_leaving(_told(announcement))
    if announcement.corrections.waiting().filter(language=language).exists():
        raise Refused(_("A correction of this language waits already. Approve it or drop it first."))
    body = announcement.bodies.filter(language=language).first()
    correction = AnnouncementCorrection.objects.create(
        announcement=announcement,
        language=language,
        was_subject=getattr(announcement, f"title_{language}") or "",
        was_text=body.markdown if body else "",
        subject=subject,
        text=text,
        waits=needs_approval(),
        corrected_by=by,
    )
    if correction.waits:
        log.record("announcement correction waits for approval", announcement, by=by)
        return correction
    return _carry_out(correction, announcement, by=by)


@transaction.atomic
def approve_correction(correction, *, by):
    """Let the words of a correction stand that another person wrote."""
    announcement, correction = _waiting(correction)
    if by.pk == correction.corrected_by_id:
        raise Refused(_("Somebody else approves it than who wrote it."))
    _refuse_while_leaving(_told(announcement))
    correction.waits, correction.approved_by = False, by
    log.record("announcement correction approved", announcement, by=by)
    return _carry_out(correction, announcement, by=by)


@transaction.atomic
def drop_correction(correction, *, by):
    """Let the words stand as they are: a correction that waits is never made."""
    announcement, correction = _waiting(correction)
    correction.delete()
    log.record("announcement correction dropped", announcement, by=by)
    return announcement


@transaction.atomic
def try_out(announcement, *, by):
    """Send an announcement to oneself alone, to see how it arrives."""
    announcement = records.lock(announcement)
    _refuse_without_words(announcement)
    trial = AnnouncementTrial.objects.create(announcement=announcement, asked_by=by)
    log.record("announcement tried out", announcement, by=by)
    notify(AnnouncementTried, trial, by=by)
    return trial


def needs_approval():
    """Whether a second person must approve each announcement."""
    return settings.APPROVE_ANNOUNCEMENTS


def may_approve(announcement, user):
    """Whether somebody is a second person: one who neither wrote in it nor asked for approval."""
    wrote = user.pk in (announcement.created_by_id, announcement.changed_by_id)
    return not (wrote or user.pk == announcement.asked_by_id or log.has(WRITING, announcement, by=user))


def _locked(announcement, version):
    announcement = records.lock(announcement)
    if version not in (None, announcement.version):
        raise Refused(_("Somebody else changed this announcement meanwhile. Look at it again."))
    return announcement


def _told(announcement):
    """The notice of a sent announcement, which is locked."""
    notice = records.lock(announcement).notice
    if notice is None:
        raise Refused(_("This is not sent yet."))
    return notice


def _waiting(correction):
    """The locked announcement of a correction, and the correction, which still waits."""
    announcement = records.lock(correction.announcement)
    found = announcement.corrections.waiting().filter(pk=correction.pk).first()
    if found is None:
        raise Refused(_("This correction does not wait any more."))
    return announcement, found


def _carry_out(correction, announcement, *, by):
    """Let the words of a correction stand in a locked announcement, and keep who had been told before."""
    language, words = correction.language, {"title": correction.subject}
    before = _readers(announcement, language)
    announcement.version += 1
    announcement.changed_by = by
    texts.save_texts(announcement, {language: words}, approve=True, changes_meaning=False, by=by)
    texts.save_body(announcement, language, correction.text, approve=True, changes_meaning=False, by=by)
    correction.readers = sorted(before | _readers(announcement, language))
    correction.corrected_at = clock.now()
    told = Delivery.objects.filter(notice=announcement.notice, state=Delivery.State.SENT)
    correction.told = told.filter(lang__in=correction.readers).count()
    correction.save()
    correction.organizations.set(correction.told_before())
    log.record("announcement corrected", announcement, by=by)
    return correction


def _refuse_while_leaving(notice):
    """Who is told at this very moment would be told in words that nobody could name afterwards."""
    if progress.of_notices([notice])[0].is_under_way:
        raise Refused(_("Stop the sending first, so that we know who has read which words."))
    if holding.is_in_hand(notice):
        raise Refused(_("Some messages are being handed over at this moment. Please try again in a minute."))


def _refuse_without_words(announcement):
    if announcement.words(announcement.original_language) is None:
        raise Refused(_("Write subject and text in the original language first."))


def _refuse_unapproved(announcement):
    if needs_approval() and announcement.status != Status.APPROVED:
        raise Refused(_("A second person must approve this first."))


def _renew(announcement, group, approved, *, by):
    """Approve again what was approved beside a changed original: whoever ticked that saw both."""
    stale = announcement.text_states.filter(group=group, state=TextState.State.STALE)
    for row in stale.filter(language__in=approved):
        texts.approve(announcement, row.language, group=group, by=by)


def _leave_out_stale(announcement):
    """Let what is stale wait for approval: nobody shall read it, where its readers are told in the original."""
    stale = announcement.text_states.filter(state=TextState.State.STALE)
    if stale.update(state=TextState.State.DRAFT):
        texts.refresh_languages(announcement)


def _readers(announcement, language):
    """The languages whose readers get an announcement in this one."""
    found = {code: announcement.words(code) for code in languages.CODES}
    return {code for code, words in found.items() if words and words.language == language}


def _back_to_draft(announcement, *, by):
    announcement.move_to(Status.DRAFT)
    announcement.asked_by = announcement.asked_at = announcement.approved_by = None
    moments.set_none(announcement)
    _keep(announcement, "announcement is a draft again", by=by)


def _keep(announcement, act, *, by):
    announcement.changed_by = by
    announcement.save()
    log.record(act, announcement, by=by)
    return announcement
