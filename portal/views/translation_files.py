"""A text goes out to be translated elsewhere, and comes back into the same paragraphs."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from portal import sheets, side_by_side, translation_files, word_files
from portal.forms.translations import PREFIX, BroughtForm, TranslationForm
from portal.translation_files import Outgoing
from portal.views import translations


@require_safe
def word_file(request, name, key, language):
    """The text as a Word file, the original and its translation beside each other."""
    text = outgoing(*translations.one_here(request, name, key, language), language)
    return word_files.answer(f"{text.title} {language}", translation_files.word_file(text.title, [text]))


@require_safe
def table(request, name, key, language):
    """The same as a plain table."""
    head, *rows = outgoing(*translations.one_here(request, name, key, language), language).rows
    return sheets.answer(f"{name}-{language}.csv", head, rows)


@require_POST
def bring_back(request, name, key, language):
    """Take a translated file into its paragraphs as a draft; what changed meanwhile is shown beside what it brings."""
    source, found = translations.one_here(request, name, key, language)
    bringing = BroughtForm(request.POST, request.FILES, texts=[outgoing(source, found, language)])
    if not bringing.is_valid():
        form = TranslationForm(sheet=side_by_side.of(found, language))
        return translations.page(request, source, found, form, bringing)
    [(text, back), *_others] = bringing.cleaned_data["file"]
    if overtaken := put(request, source, found, language, back):
        return overtaken
    tell(request, is_new=not back.is_in(text))
    return redirect("translation", name, key, language)


def put(request, source, found, language, back):
    """Put what a file brings into its paragraphs; None, or the page of what changed meanwhile."""
    sheet = side_by_side.of(found, language)
    form = TranslationForm(typed(back, sheet), sheet=sheet)
    if back.is_in(sheet) or form.carry_out(source.save, found, language, by=request.user):
        return None
    return translations.overtaken(request, source, found, form)


def tell(request, *, is_new):
    """Say what has become of a file."""
    if is_new:
        said = _("The translation stands in its paragraphs, as a draft. Look at it, then approve it.")
        messages.success(request, said)
    else:
        messages.info(request, _("This file brings nothing new: all of it stands here already."))


def outgoing(source, found, language):
    """A text as it stands on both sides."""
    sheet = side_by_side.of(found, language)
    title = source.title(found, found.original_language)
    return Outgoing(
        source.name, str(found.key), title, found.original_language, language, sheet.seal, sheet.passages
    )


def typed(back, sheet):
    """What a file brings, as if it were typed over what stands here."""
    seen = sheet.digest if back.seen == sheet.seal else back.seen
    words = {passage.mark: passage.translation for passage in sheet.passages} | back.passages
    return {"seen": seen} | {PREFIX + mark: said for mark, said in words.items()}
