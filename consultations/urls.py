"""Addresses of the work."""

from django.urls import path

from consultations.views import (
    accreditation,
    admissions,
    announcements,
    answers,
    attendance,
    briefings,
    calls,
    circulars,
    comment_answers,
    comment_rounds,
    comments,
    commitments,
    consents,
    consultations,
    contributions,
    delegations,
    drafts,
    endorsements,
    feeds,
    giving,
    groups,
    guests,
    hearing,
    inputs,
    meeting_notes,
    meetings,
    offers,
    outside_signers,
    packs,
    paper_drafts,
    papers,
    postcards,
    prints,
    priorities,
    publishing,
    questions,
    quotas,
    reading,
    registration_answers,
    registrations,
    reminders,
    reports,
    sections,
    sign_on,
    signatures,
    sources,
    submissions,
    themes,
    translation_files,
    translations,
    version_changes,
    voices,
)

app_name = "consultations"


def announcing():
    """Announcements: the archive, and how one is written, sent, stopped and corrected."""
    one = "announcements/<uuid:key>/"
    return [
        path("announcements/", announcements.announcements, name="announcements"),
        path("announcements/new/", announcements.editor.new, name="announcement-new"),
        path(f"{one}edit/", announcements.edit, name="announcement-edit"),
        path(f"{one}preview/", announcements.preview, name="announcement-preview"),
        path(f"{one}try/", announcements.try_out, name="announcement-try"),
        path(f"{one}ask/", announcements.step, {"act": "ask"}, name="announcement-ask"),
        path(f"{one}approve/", announcements.step, {"act": "approve"}, name="announcement-approve"),
        path(f"{one}back/", announcements.step, {"act": "back"}, name="announcement-back"),
        path(f"{one}schedule/", announcements.schedule, name="announcement-schedule"),
        path(f"{one}unschedule/", announcements.step, {"act": "unschedule"}, name="announcement-unschedule"),
        path(f"{one}send/", announcements.send, name="announcement-send"),
        path(f"{one}withdraw/", announcements.step, {"act": "withdraw"}, name="announcement-withdraw"),
        path(f"{one}progress/", announcements.progress, name="announcement-progress"),
        path(f"{one}stop/", announcements.halt, {"act": "stop"}, name="announcement-stop"),
        path(f"{one}resume/", announcements.halt, {"act": "resume"}, name="announcement-resume"),
        path(f"{one}correct/<str:language>/", announcements.correct, name="announcement-correct"),
        path(
            "announcement-corrections/<uuid:key>/", announcements.correction, name="announcement-correction"
        ),
        *(
            path(
                f"announcement-corrections/<uuid:key>/{act}/",
                announcements.answer_correction,
                {"act": act},
                name=f"announcement-correction-{act}",
            )
            for act in ("approve", "drop")
        ),
        path("announcements/<key:key>/", announcements.announcement, name="announcement"),
    ]


def moves():
    """One address for each step of a consultation's life."""
    for act in drafts.MOVES:
        address = f"consultations/<uuid:key>/{act}/"
        yield path(address, drafts.move, {"act": act}, name=f"consultation-{act}")


def commenting():
    """Rounds of comments, what organizations say in them, and what those who write the paper decide."""
    yield path("papers/<uuid:key>/comment-rounds/new/", comment_rounds.new, name="comment-round-new")
    yield path("papers/<uuid:key>/comments/", comment_answers.listing, name="paper-comments")
    yield path("papers/<uuid:key>/comments.csv", comment_answers.export, name="paper-comments-file")
    yield path("papers/<uuid:key>/comments.xlsx", comment_answers.workbook, name="paper-comments-workbook")
    yield path("comment-rounds/<uuid:key>/", comment_rounds.comment_round, name="comment-round")
    yield path("comment-rounds/<uuid:key>/extend/", comment_rounds.extend, name="comment-round-extend")
    yield path("comment-rounds/<uuid:key>/close/", comment_rounds.close, name="comment-round-close")
    paragraph = "comment-rounds/<uuid:key>/paragraphs/<uuid:paragraph>/"
    yield path(paragraph, comments.paragraph, name="comment-new")
    yield path("comments/", comments.own_comments, name="own-comments")
    yield path("comments/<uuid:key>/", comments.comment, name="comment")
    yield path("comments/<uuid:key>/edit/", comments.edit, name="comment-edit")
    yield path("comments/<uuid:key>/consent/", comments.consent, name="comment-consent")
    yield path("comments/<uuid:key>/withdraw/", comments.withdraw, name="comment-withdraw")
    for act in comment_answers.ACTS:
        address = f"comments/<uuid:key>/{act}/"
        yield path(address, comment_answers.decide, {"act": act}, name=f"comment-{act}")
    yield path("comments/<uuid:key>/reopen/", comment_answers.reopen, name="comment-reopen")
    yield path("versions/<uuid:key>/changes/", version_changes.changes, name="version-changes")


def decisions():
    """One address for each thing that is decided about an input, and for each that is taken back."""
    for act in ("tag", "merge", "use", "aside", "note"):
        yield path(f"inputs/<uuid:key>/{act}/", inputs.decide, {"act": act}, name=f"input-{act}")
    for act in ("read", "untag", "part", "unuse", "take-up"):
        yield path(f"inputs/<uuid:key>/{act}/", inputs.undo, {"act": act}, name=f"input-{act}")


def questions_of(of):
    """What a consultation or a call asks, for its coordinators."""
    yield path(f"{of}s/<uuid:key>/questions/", questions.listing, {"of": of}, name=f"{of}-questions")
    yield path(f"{of}s/<uuid:key>/questions/new/", questions.new, {"of": of}, name=f"{of}-question-new")


def signing():
    """Endorsing versions of papers, and signing open letters."""
    yield path("papers/<uuid:key>/sign-on/", sign_on.sign_on, name="sign-on")
    yield path("papers/<uuid:key>/sign-on/extend/", sign_on.extend, name="sign-on-extend")
    yield path("papers/<uuid:key>/sign-on/close/", sign_on.close, name="sign-on-close")
    yield path("papers/<uuid:key>/endorse/", endorsements.of_paper, name="paper-endorse")
    yield path("versions/<uuid:key>/endorse/", endorsements.endorse, name="endorse")
    yield path("versions/<uuid:key>/signatures/", signatures.signatures, name="signatures")
    yield path("versions/<uuid:key>/signatures.csv", signatures.export, name="signatures-file")
    yield path("versions/<uuid:key>/signatures.xlsx", signatures.workbook, name="signatures-workbook")
    yield path("versions/<uuid:key>/sign/", outside_signers.sign, name="signature-new")
    yield path("versions/<uuid:key>/sign/sent/", outside_signers.sent, name="signature-sent")
    yield path("endorse/", endorsements.letter_open, name="endorse-open")
    yield path("endorse/<str:token>/", endorsements.letter, name="endorse-letter")
    yield path("endorsements/", endorsements.endorsements, name="endorsements")
    yield path("endorsements/<uuid:key>/", endorsements.endorsement, name="endorsement")
    yield path("endorsements/<uuid:key>/edit/", endorsements.change, name="endorsement-edit")
    yield path("endorsements/<uuid:key>/withdraw/", endorsements.withdraw, name="endorsement-withdraw")
    yield path("signatures/", outside_signers.signature, name="signature")
    yield path("signatures/answer/", outside_signers.answer, name="signature-answer")
    yield path("signatures/<uuid:key>/accept/", outside_signers.accept, name="signature-accept")
    yield path("signatures/<uuid:key>/decline/", outside_signers.decline, name="signature-decline")
    yield path("signatures/<str:token>/", outside_signers.letter, name="signature-letter")


def papers_written():
    """Papers: the list, the page of one, its versions, and its text as it is being written."""
    yield path("papers/", papers.papers, name="papers")
    yield path("papers/new/", papers.editor.new, name="paper-new")
    yield path("papers/<uuid:key>/edit/", papers.editor.edit, name="paper-edit")
    yield path("papers/<uuid:key>/draft/", paper_drafts.draft, name="paper-draft")
    yield path("papers/<uuid:key>/draft.docx", paper_drafts.word_file, name="paper-draft-file")
    translate = "papers/<uuid:key>/translate/<str:language>/"
    yield path(f"{translate}text.docx", translation_files.whole_word_file, name="paper-translation-file")
    yield path(f"{translate}text.csv", translation_files.whole_table, name="paper-translation-table")
    yield path(
        f"{translate}bring-back/", translation_files.bring_back_whole, name="paper-translation-bring-back"
    )
    yield path("papers/<uuid:key>/coverage/", paper_drafts.coverage, name="paper-coverage")
    yield path("papers/<uuid:key>/sections/new/", sections.new, name="section-new")
    yield path("papers/<uuid:key>/preview/", sections.preview, name="section-preview")
    yield path("sections/<uuid:key>/", sections.section, name="section")
    yield path("sections/<uuid:key>/about/", sections.describe, name="section-about")
    yield path("sections/<uuid:key>/up/", sections.move, {"by": -1}, name="section-up")
    yield path("sections/<uuid:key>/down/", sections.move, {"by": 1}, name="section-down")
    yield path("sections/<uuid:key>/remove/", sections.remove, name="section-remove")
    yield path("sections/<uuid:key>/put-back/", sections.put_back, name="section-put-back")
    yield path(
        "sections/<uuid:key>/translate/<str:language>/", translations.translate, name="section-translate"
    )
    translate = "sections/<uuid:key>/translate/<str:language>/"
    yield path(f"{translate}text.docx", translation_files.word_file, name="section-translation-file")
    yield path(f"{translate}text.csv", translation_files.table, name="section-translation-table")
    yield path(f"{translate}bring-back/", translation_files.bring_back, name="section-translation-bring-back")
    yield path("sections/<uuid:key>/history/<str:language>/", translations.history, name="section-history")
    yield path("section-edits/<uuid:key>/take-back/", translations.take_back, name="section-take-back")
    yield path("sections/<uuid:key>/sources/", sources.sources, name="section-sources")
    for of in sources.OPERATIONS:
        address = f"sections/<uuid:key>/sources/{of}/"
        yield path(address, sources.add, {"of": of}, name=f"source-{of}")
    yield path("sources/<uuid:key>/remove/", sources.remove, name="source-remove")
    yield path("paper-versions/<uuid:key>/", papers.version, name="version")
    yield path("paper-versions/<uuid:key>/text.docx", papers.word_file, name="version-file")
    yield path("papers/<key:key>/", papers.paper, name="paper")


def publishing_papers():
    """Papers come before their readers; their postcards and files."""
    for act in ("freeze", "reopen", "publish", "unschedule", "correct", "withdraw", "restore"):
        yield path(f"papers/<uuid:key>/{act}/", getattr(publishing, act), name=f"paper-{act}")
    address = "papers/<uuid:key>/languages/<str:language>/"
    yield path(address, publishing.add_language, name="paper-language")
    yield path("papers/<uuid:key>/postcards/", postcards.postcards, name="postcards")
    yield path("postcards/<uuid:key>/edit/", postcards.edit, name="postcard-edit")
    yield path("postcards/<uuid:key>/remove/", postcards.remove, name="postcard-remove")
    yield path("prints/<uuid:key>/", prints.print_, name="print")


urlpatterns = [
    path("consultations/", consultations.consultations, name="consultations"),
    path("consultations/new/", drafts.new, name="consultation-new"),
    path("consultations/<uuid:key>/edit/", drafts.edit, name="consultation-edit"),
    *moves(),
    path("consultations/<uuid:key>/meetings/new/", meetings.new, name="meeting-new"),
    *questions_of("consultation"),
    path("consultations/<uuid:key>/consent/", consents.write, name="consent"),
    path("consent-texts/<uuid:key>/", consents.text, name="consent-text"),
    path("questions/<uuid:key>/edit/", questions.edit, name="question-edit"),
    path("questions/<uuid:key>/up/", questions.act, {"act": "up"}, name="question-up"),
    path("questions/<uuid:key>/down/", questions.act, {"act": "down"}, name="question-down"),
    path("questions/<uuid:key>/remove/", questions.act, {"act": "remove"}, name="question-remove"),
    path("questions/<uuid:key>/again/", questions.act, {"act": "again"}, name="question-again"),
    path("consultations/<uuid:key>/register/", registrations.register, name="register"),
    path("consultations/<uuid:key>/registrations/", answers.listing, name="registrations"),
    path("consultations/<uuid:key>/registrations/many/", circulars.many, name="registrations-many"),
    path("consultations/<uuid:key>/registrations.csv", answers.export, name="registrations-file"),
    path("consultations/<uuid:key>/registrations.xlsx", answers.workbook, name="registrations-workbook"),
    path("circulars/<uuid:key>/", circulars.circular, name="circular"),
    path("consultations/<uuid:key>/quotas/", quotas.quotas, name="quotas"),
    path("consultations/<key:key>/", consultations.consultation, name="consultation"),
    path("consultations/<key:key>/calendar.ics", consultations.calendar, name="calendar"),
    path("meetings/<uuid:key>/edit/", meetings.edit, name="meeting-edit"),
    path("meetings/<uuid:key>/repeat/", meetings.repeat, name="meeting-repeat"),
    path("meetings/<uuid:key>/groups/", meetings.groups, name="meeting-groups"),
    path("meetings/<uuid:key>/materials/", meetings.materials, name="meeting-materials"),
    path("materials/<uuid:key>/", meetings.material, name="material"),
    path("materials/<uuid:key>/remove/", meetings.material_remove, name="material-remove"),
    path("consultations/<uuid:key>/guests/", guests.guests, name="guests"),
    path("guests/", guests.invited, name="invited"),
    path("guests/letter/", guests.letter_open, name="guest-letter-open"),
    path("guests/letter/answer/", guests.letter_answer, name="guest-letter-answer"),
    path("guests/letter/<str:token>/", guests.letter, name="guest-letter"),
    path("guests/<uuid:key>/", guests.guest, name="guest"),
    path("guests/<uuid:key>/answer/", guests.answer, name="guest-answer"),
    path("guests/<uuid:key>/withdraw/", guests.withdraw, name="guest-withdraw"),
    path("account/calendar/", feeds.own, name="own-calendar"),
    path("account/calendar/make/", feeds.make, name="own-calendar-make"),
    path("account/calendar/revoke/", feeds.revoke, name="own-calendar-revoke"),
    path("meetings/<uuid:key>/attendance/", attendance.attendance, name="attendance"),
    path("meetings/<uuid:key>/door/", attendance.door, name="door"),
    path("meetings/<uuid:key>/arrive/", attendance.arrive, name="arrive"),
    path("meetings/<uuid:key>/arrive/<str:token>/", attendance.letter, name="arrival-letter"),
    path("meetings/<uuid:key>/cancel/", meetings.cancel, name="meeting-cancel"),
    path("meetings/<uuid:key>/remove/", meetings.remove, name="meeting-remove"),
    path("registrations/<uuid:key>/", registrations.registration, name="registration"),
    path("registrations/<uuid:key>/delegates/", registrations.delegates, name="delegates"),
    path("registrations/<uuid:key>/link/", delegations.make, name="delegation-link"),
    path("registrations/<uuid:key>/link/close/", delegations.close, name="delegation-close"),
    path("delegations/", delegations.delegation, name="delegation"),
    path("delegations/<str:token>/", delegations.letter, name="delegation-letter"),
    path("registrations/<uuid:key>/offer/", offers.answer, name="offer-answer"),
    path("offers/", offers.letter_open, name="offer-open"),
    path("offers/answer/", offers.letter_answer, name="offer-letter-answer"),
    path("offers/<str:token>/", offers.letter, name="offer"),
    path("registrations/<uuid:key>/answers/", registration_answers.change, name="registration-answers"),
    path("registration-files/<uuid:key>/", registration_answers.file, name="registration-file"),
    path("registrations/<uuid:key>/cancel/", registrations.cancel, name="registration-cancel"),
    path("registrations/<uuid:key>/calendar.ics", registrations.calendar, name="registration-calendar"),
    path("registrations/<uuid:key>/confirm/", answers.confirm, name="registration-confirm"),
    path("registrations/<uuid:key>/decline/", answers.decline, name="registration-decline"),
    path("consultations/<uuid:key>/reminders/", reminders.reminders, name="reminders"),
    path("consultations/<uuid:key>/reminders/remove/", reminders.remove, name="reminder-remove"),
    path("consultations/<uuid:key>/invitations/", admissions.admissions, name="admissions"),
    path("admissions/", admissions.admission, name="admission"),
    path("admissions/<uuid:key>/withdraw/", admissions.withdraw, name="admission-withdraw"),
    path("admissions/<str:token>/", admissions.letter, name="admission-letter"),
    path("quotas/<uuid:key>/edit/", quotas.edit, name="quota-edit"),
    path("quotas/<uuid:key>/remove/", quotas.remove, name="quota-remove"),
    path("calls/", calls.calls, name="calls"),
    *questions_of("call"),
    *calls.editor.urls("calls"),
    path("calls/<uuid:key>/open/", calls.move, {"act": "open"}, name="call-open"),
    path("calls/<uuid:key>/close/", calls.move, {"act": "close"}, name="call-close"),
    path("calls/<uuid:key>/answer/", giving.begin, name="contribution-new"),
    path("calls/<uuid:key>/answer/member/", giving.member, name="contribution-member"),
    path("calls/<uuid:key>/answer/without-account/", giving.stranger, name="contribution-stranger"),
    path("calls/<key:key>/", calls.call, name="call"),
    path("contributions/resume/", contributions.resume, name="contribution-resume"),
    path("contributions/<uuid:key>/", contributions.contribution, name="contribution"),
    path("contributions/<uuid:key>/edit/", contributions.edit, name="contribution-edit"),
    path("calls/<uuid:key>/pack/<str:language>/", packs.pack, name="round-pack"),
    path("contributions/<uuid:key>/upload/", packs.upload, name="contribution-upload"),
    path("contributions/<uuid:key>/send/", contributions.send, name="contribution-send"),
    path("contributions/<uuid:key>/consent/", contributions.consent, name="contribution-consent"),
    path("contributions/<uuid:key>/withdraw/", contributions.withdraw, name="contribution-withdraw"),
    path("contributions/<uuid:key>/again/", contributions.again, name="contribution-again"),
    path("contributions/<uuid:key>/discard/", contributions.discard, name="contribution-discard"),
    path("contributions/<uuid:key>/code/", contributions.code, name="contribution-code"),
    path("calls/<uuid:key>/urgent/", priorities.mark, name="urgent"),
    path("calls/<uuid:key>/urgent/ask/", priorities.ask, name="urgent-ask"),
    path("calls/<uuid:key>/urgent/result/", priorities.result, name="urgent-result"),
    path("calls/<uuid:key>/briefing/", briefings.draft, name="briefing-new"),
    path("calls/<uuid:key>/heard/", hearing.heard, name="heard"),
    path("calls/<uuid:key>/rapporteurs/", hearing.readers, name="rapporteurs"),
    path("calls/<uuid:key>/contributions.csv", contributions.export, name="contributions-file"),
    path("calls/<uuid:key>/contributions.xlsx", contributions.workbook, name="contributions-workbook"),
    path("themes/<uuid:key>/edit/", themes.editor.edit, name="theme-edit"),
    path("themes/<uuid:key>/publish/", themes.editor.publish, name="theme-publish"),
    path("themes/<uuid:key>/withdraw/", themes.editor.withdraw, name="theme-withdraw"),
    path("meetings/<uuid:key>/notes/", meeting_notes.notes, name="meeting-notes"),
    path("meeting-notes/<uuid:key>/remove/", meeting_notes.remove, name="meeting-note-remove"),
    path("calls/<uuid:key>/reading/", reading.room, name="reading"),
    path("inputs/<uuid:key>/", inputs.input_, name="input"),
    *decisions(),
    path("inputs/<uuid:key>/file/", contributions.file, name="input-file"),
    *commenting(),
    path("commitments/", commitments.commitments, name="commitments"),
    path("commitments/compared/", commitments.compare, name="commitments-compared"),
    *commitments.editor.urls("commitments"),
    path("commitments/<uuid:key>/report/", reports.report, name="commitment-report"),
    path("commitment-reports/<uuid:key>/accept/", reports.accept, name="report-accept"),
    path("commitment-reports/<uuid:key>/decline/", reports.decline, name="report-decline"),
    path("commitment-updates/<uuid:key>/remove/", reports.update_remove, name="update-remove"),
    path("commitments/<key:key>/", commitments.commitment, name="commitment"),
    path("submissions/", submissions.submissions, name="submissions"),
    *submissions.editor.urls("submissions"),
    path("submissions/<uuid:key>/receipt/", submissions.receipt, name="submission-receipt"),
    path("submissions/<uuid:key>/outcome/", submissions.outcome, name="submission-outcome"),
    path("submission-outcomes/<uuid:key>/remove/", submissions.outcome_remove, name="outcome-remove"),
    path("submissions/<key:key>/", submissions.submission, name="submission"),
    path("accreditation/", accreditation.tracks, name="accreditation-tracks"),
    path("accreditation/guide/", accreditation.guide, name="accreditation-guide"),
    *accreditation.editor.urls("accreditation"),
    path("accreditation/<uuid:key>/note/", accreditation.note, name="door-note"),
    path("accreditation-notes/<uuid:key>/remove/", accreditation.note_remove, name="door-note-remove"),
    *announcing(),
    path("voices/", voices.voices, name="voices"),
    path("voices/new/", voices.new, name="voice-new"),
    path("voices/<uuid:key>/", voices.voice, name="voice"),
    path("voices/<uuid:key>/edit/", voices.edit, name="voice-edit"),
    path("voices/<uuid:key>/consent/", voices.consent, name="voice-consent"),
    path("voices/<uuid:key>/withdraw/", voices.withdraw, name="voice-withdraw"),
    path("voices/<uuid:key>/use/", voices.use, name="voice-use"),
    path("voice-uses/<uuid:key>/remove/", voices.use_remove, name="voice-use-remove"),
    path("working-groups/<uuid:key>/belongings/", groups.work, name="group-work"),
    *publishing_papers(),
    *signing(),
    path("accreditation/<key:key>/", accreditation.track, name="accreditation-track"),
    *papers_written(),
]
