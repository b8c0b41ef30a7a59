"""A text goes out to be translated elsewhere, and comes back into the same paragraphs."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from portal import sheets, side_by_side, word_files
from portal.forms.translations import PREFIX, BroughtForm, TranslationForm
from portal.translation_files import Outgoing
from portal.views import translations


@require_safe
def word_file(request, name, key, language):
    """The text as a Word file, the original and its translation beside each other."""
    text = outgoing(*translations.one(request, name, key, language), language)
    return word_files.answer(f"{text.title} {language}", text.word_file)


@require_safe
def table(request, name, key, language):
    """The same as a plain table."""
    head, *rows = outgoing(*translations.one(request, name, key, language), language).rows
    return sheets.answer(f"{name}-{language}.csv", head, rows)


@require_POST
def bring_back(request, name, key, language):
    """Take a translated file into its paragraphs as a draft; what changed meanwhile is shown beside what it brings."""
    source, found = translations.one(request, name, key, language)
    sheet = side_by_side.of(found, language)
    text = outgoing(source, found, language, sheet)
    bringing = BroughtForm(request.POST, request.FILES, text=text)
    if not bringing.is_valid():
        return translations.page(request, source, found, TranslationForm(sheet=sheet), bringing)
    back = bringing.cleaned_data["file"]
    if back.is_in(text):
        messages.info(request, _("This file brings nothing new: all of it stands here already."))
        return redirect("translation", name, key, language)
    form = TranslationForm(typed(back, sheet), sheet=sheet)
    if not form.carry_out(source.save, found, language, by=request.user):
        return translations.overtaken(request, source, found, form)
    messages.success(
        request, _("The translation stands in its paragraphs, as a draft. Look at it, then approve it.")
    )
    return redirect("translation", name, key, language)


def outgoing(source, found, language, sheet=None):
    """A text as it stands on both sides."""
    sheet = sheet or side_by_side.of(found, language)
    title = source.title(found, found.original_language)
    return Outgoing(
        source.name, str(found.key), title, found.original_language, language, sheet.seal, sheet.passages
    )


def typed(back, sheet):
    """What a file brings, as if it were typed over what stands here."""
    seen = sheet.digest if back.seen == sheet.seal else back.seen
    words = {passage.mark: passage.translation for passage in sheet.passages} | back.passages
    return {"seen": seen} | {PREFIX + mark: said for mark, said in words.items()}
