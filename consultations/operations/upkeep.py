"""What consultations keep for a time: who comes, came or was invited, what was answered, what was told in confidence."""

from datetime import timedelta

from django.conf import settings

from consultations.models import (
    Admission,
    Attendance,
    Contribution,
    Delegate,
    DoorCode,
    FormerDelegate,
    Guest,
    KeptFile,
    OutsideSigner,
    Registration,
    RegistrationLink,
    Voice,
    VoiceConsent,
)
from consultations.models.endings import held_before
from consultations.operations import answers, attendance, erasure, outside_signers, retention, voices
from portal import clock
from portal.operations.keeping import Limit


def tidy():
    """Forget some of what is past its time, of every kind."""
    for limit in LIMITS:
        limit.sweep()


def _held():
    return held_before(clock.now() - timedelta(days=settings.KEEP_DELEGATES_DAYS))


def _of_registrations(model):
    return lambda: model._base_manager.filter(registration__consultation__in=_held())


def _of_addresses(model):
    """Who was invited by an address; what an organization was invited to stays its own."""
    return lambda: model._base_manager.filter(consultation__in=_held(), recipient__isnull=False)


LIMITS = [
    Limit(KeptFile, answers.past_kept, answers.forget_kept),
    Limit(Attendance, attendance.past),
    Limit(OutsideSigner, outside_signers.past),
    Limit(Voice, voices.past, voices.forget),
    Limit(VoiceConsent, voices.past_consents),
    Limit(Registration, retention.past_answers, retention.forget_answers),
    Limit(Contribution, retention.past_files, retention.forget_files),
    Limit(Contribution, retention.past_drafts, retention.forget_drafts),
    Limit(Delegate, _of_registrations(Delegate)),
    Limit(FormerDelegate, _of_registrations(FormerDelegate)),
    Limit(RegistrationLink, _of_registrations(RegistrationLink)),
    Limit(DoorCode, lambda: DoorCode.objects.filter(ends_at__lt=clock.now())),
    Limit(Admission, _of_addresses(Admission), lambda: erasure.leave_admissions(_of_addresses(Admission)())),
    Limit(Guest, _of_addresses(Guest)),
]
