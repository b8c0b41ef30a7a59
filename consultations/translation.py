"""Which fields have a column per language."""

from modeltranslation.translator import TranslationOptions, register

from consultations.models import (
    AccreditationTrack,
    Announcement,
    Call,
    Commitment,
    ConsentText,
    Consultation,
    Meeting,
    Option,
    Paper,
    Question,
    Quota,
    Submission,
    Theme,
)


@register([Consultation, Call, Theme, Commitment, AccreditationTrack, Submission, Paper, Announcement])
class RecordOptions(TranslationOptions):
    fields = ("title", "summary")


@register([Meeting, Quota])
class TitledOptions(TranslationOptions):
    fields = ("title",)


@register(Question)
class QuestionOptions(TranslationOptions):
    fields = ("prompt", "help")


@register(Option)
class OptionOptions(TranslationOptions):
    fields = ("label",)


@register(ConsentText)
class ConsentTextOptions(TranslationOptions):
    fields = ("words",)
