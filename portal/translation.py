"""Which fields have a column per language."""

from modeltranslation.translator import TranslationOptions, register

from portal.models import Country, Objective, Organization, Phase, Principle, Process, Region, WorkingGroup


@register([Process, Phase, WorkingGroup])
class RecordOptions(TranslationOptions):
    fields = ("title", "summary")


@register(Objective)
class ObjectiveOptions(TranslationOptions):
    fields = ("title", "label")


@register([Principle, Region])
class TitleOptions(TranslationOptions):
    fields = ("title",)


@register(Country)
class CountryOptions(TranslationOptions):
    fields = ("name",)


@register(Organization)
class OrganizationOptions(TranslationOptions):
    fields = ("name", "summary")
