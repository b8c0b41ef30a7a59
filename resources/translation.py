"""Which fields have a column per language."""

from modeltranslation.translator import TranslationOptions, register

from resources.models import Campaign, Document, PageSection, Practice, ResourcePage


@register([Document, ResourcePage, Campaign, Practice])
class RecordOptions(TranslationOptions):
    fields = ("title", "summary")


@register(PageSection)
class SectionOptions(TranslationOptions):
    fields = ("title",)
