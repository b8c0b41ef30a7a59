"""Addresses of the work."""

from django.urls import path

from consultations.views import (
    accreditation,
    answers,
    calls,
    commitments,
    consents,
    consultations,
    drafts,
    feeds,
    groups,
    guests,
    meetings,
    questions,
    registration_answers,
    registrations,
    reports,
    submissions,
)

app_name = "consultations"


def moves():
    """One address for each step of a consultation's life."""
    for act in drafts.MOVES:
        address = f"consultations/<uuid:key>/{act}/"
        yield path(address, drafts.move, {"act": act}, name=f"consultation-{act}")


def questions_of(of):
    """What a consultation or a call asks, for its coordinators."""
    yield path(f"{of}s/<uuid:key>/questions/", questions.listing, {"of": of}, name=f"{of}-questions")
    yield path(f"{of}s/<uuid:key>/questions/new/", questions.new, {"of": of}, name=f"{of}-question-new")


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
    path("consultations/<uuid:key>/registrations.csv", answers.export, name="registrations-file"),
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
    path("meetings/<uuid:key>/cancel/", meetings.cancel, name="meeting-cancel"),
    path("meetings/<uuid:key>/remove/", meetings.remove, name="meeting-remove"),
    path("registrations/<uuid:key>/", registrations.registration, name="registration"),
    path("registrations/<uuid:key>/delegates/", registrations.delegates, name="delegates"),
    path("registrations/<uuid:key>/answers/", registration_answers.change, name="registration-answers"),
    path("registration-files/<uuid:key>/", registration_answers.file, name="registration-file"),
    path("registrations/<uuid:key>/cancel/", registrations.cancel, name="registration-cancel"),
    path("registrations/<uuid:key>/calendar.ics", registrations.calendar, name="registration-calendar"),
    path("registrations/<uuid:key>/confirm/", answers.confirm, name="registration-confirm"),
    path("registrations/<uuid:key>/decline/", answers.decline, name="registration-decline"),
    path("calls/", calls.calls, name="calls"),
    *questions_of("call"),
    path("calls/<key:key>/", calls.call, name="call"),
    path("commitments/", commitments.commitments, name="commitments"),
    path("commitments/compared/", commitments.compare, name="commitments-compared"),
    path("commitments.csv", commitments.sheet, name="commitments-file"),
    path("commitments.json", commitments.data, name="commitments-data"),
    *commitments.editor.urls("commitments"),
    path("commitments/<uuid:key>/report/", reports.report, name="commitment-report"),
    path("commitment-reports/<uuid:key>/accept/", reports.accept, name="report-accept"),
    path("commitment-reports/<uuid:key>/decline/", reports.decline, name="report-decline"),
    path("commitment-updates/<uuid:key>/remove/", reports.update_remove, name="update-remove"),
    path("commitments/<key:key>/", commitments.commitment, name="commitment"),
    path("submissions/", submissions.submissions, name="submissions"),
    path("submissions.csv", submissions.sheet, name="submissions-file"),
    path("submissions.json", submissions.data, name="submissions-data"),
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
    path("working-groups/<uuid:key>/belongings/", groups.work, name="group-work"),
    path("accreditation/<key:key>/", accreditation.track, name="accreditation-track"),
]
