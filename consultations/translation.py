"""Which fields have a column per language."""

from modeltranslation.translator import TranslationOptions, register

from consultations.models import (
    AccreditationTrack,
    Call,
    Commitment,
    Consultation,
    Meeting,
    Quota,
    Submission,
    Theme,
)


@register([Consultation, Call, Theme, Commitment, AccreditationTrack, Submission])
class RecordOptions(TranslationOptions):
    fields = ("title", "summary")


@register([Meeting, Quota])
class TitledOptions(TranslationOptions):
    fields = ("title",)
